/** What lies behind the picture on the screen, and when it may go. */

/** Seconds kept for whoever goes back a little, and how many more may gather before anything is removed. */
const KEPT_S = 30;
const GATHERED_S = 10;
/** Sound beside the picture ends with a packet, up to 21 ms before the part of the picture; and there are roundings. */
const NEARLY_S = 0.05;

/** What a buffer of the browser may hold. */
export const BUFFER_KINDS = ['audiovideo', 'video', 'audio'] as const;
export type BufferKind = (typeof BUFFER_KINDS)[number];

/** What was just appended, and around what; times are seconds of the video. */
export interface Appended {
  /** `audio` is sound beside the picture: loaded for itself, so that its moment is another one. */
  readonly playlist: string;
  /** End of the part; undefined for a whole segment. */
  readonly partEndS: number | undefined;
  /** End of the last part in the playlist; undefined when not known. */
  readonly listedEndS: number | undefined;
  readonly shownS: number;
  /** Where what each buffer holds begins; those without a beginning are empty. */
  readonly begins: Readonly<Partial<Record<BufferKind, number>>>;
}

/** A removal from the beginning until a moment, seconds. */
export interface Removal {
  readonly kind: BufferKind;
  readonly untilS: number;
}

/** What may be removed now: only while nothing more can be loaded until the playlist grows, and only when it is worth it. */
export function removalsAfter({ playlist, partEndS, listedEndS, shownS, begins }: Appended): Removal[] {
  const newest = partEndS === undefined || listedEndS === undefined || partEndS > listedEndS - NEARLY_S;
  if (!newest) return [];
  const apart = begins.video !== undefined && begins.audio !== undefined;
  return BUFFER_KINDS.filter((kind) => {
    const beginS = begins[kind] ?? shownS;
    const theirs = !apart || (kind === 'audio') === (playlist === 'audio');
    return theirs && shownS - beginS > KEPT_S + GATHERED_S;
  }).map((kind) => ({ kind, untilS: shownS - KEPT_S }));
}
