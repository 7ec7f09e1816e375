/** What becomes of files that are held over a room: pure. */

/** Played for everybody like a camera, or sent to everybody as they are. */
export type DropUse = 'play' | 'share';

/** What is held over the page. */
export interface HeldFiles {
  /** Type of each file; browsers that do not tell before the drop give an empty text or a word of their own. */
  readonly types: readonly string[];
  /** Files may be shared in this room. */
  readonly shares: boolean;
}

/** The ways there are to use them, the first on the left; a single film or sound has both. */
export function dropUses({ types, shares }: HeldFiles): readonly DropUse[] {
  if (!shares) return ['play'];
  const [type = ''] = types;
  const playable = types.length <= 1 && /^$|^application\/x-moz-file$|^(?:audio|video)\//.test(type);
  return playable ? ['play', 'share'] : ['share'];
}

/** The one that is meant at `share` of the page's width, from 0 on the left to 1. */
export function meantUse(held: HeldFiles, share: number): DropUse {
  const [left = 'share', right = left] = dropUses(held);
  return share < 0.5 ? left : right;
}
