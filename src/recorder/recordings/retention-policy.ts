/** Selects the recordings that are too old or too many: pure. */

import { isFromSetClock } from '../../util/clock-doubt.ts';

/** How long and how much is kept; 0 is without end. */
export interface RetentionRules {
  readonly days: number;
  /** A thousand million bytes each, of all finished recordings together. */
  readonly maxGigabytes: number;
  /** Days in the trash, other than the rest: 0 is none. */
  readonly trashDays: number;
}

/** A finished recording. */
export interface KeptRecording {
  readonly id: string;
  /** When it ended, milliseconds since 1970. */
  readonly endedMs: number;
  /** Of all of its files. */
  readonly bytes: number;
  /** Since when it is in the trash, milliseconds since 1970. */
  readonly trashedMs?: number | undefined;
}

/** Why one is to be deleted: by a rule, for want of space, or because its deletion was cut off. */
export interface Outdated {
  readonly id: string;
  readonly reason: 'days' | 'maxGigabytes' | 'trashDays' | 'diskFloor' | 'unfinished';
  readonly bytes: number;
}

const DAY_MS = 86_400_000;
const GIGABYTE = 1e9;

/**
 * What is to be deleted: what is in the trash first, then the rest, oldest first. What ended while the clock was not set has no age.
 * @param isBusy whether somebody needs it at the moment; a younger one goes in its place only for its age
 */
export function outdated(
  recordings: readonly KeptRecording[],
  rules: Omit<RetentionRules, 'trashDays'>,
  nowMs: number,
  isBusy: (id: string) => boolean,
): Outdated[] {
  const limit = rules.maxGigabytes * GIGABYTE;
  const oldest = recordings.toSorted(byTurn);
  let total = oldest.reduce((sum, { bytes }) => sum + bytes, 0);
  const found: Outdated[] = [];
  for (const { id, endedMs, bytes } of oldest) {
    const tooOld = rules.days > 0 && isFromSetClock(endedMs) && nowMs - endedMs > rules.days * DAY_MS;
    const tooMuch = rules.maxGigabytes > 0 && total > limit;
    if (!tooOld && !tooMuch) continue;
    // Counted as gone: it is next to go, and nobody else's turn comes early for it.
    total -= bytes;
    if (!isBusy(id)) found.push({ id, bytes, reason: tooOld ? 'days' : 'maxGigabytes' });
  }
  return found;
}

/** Whether what is in the trash since `trashedMs` has been there for long enough. */
export function isTrashDue(
  trashedMs: number,
  { trashDays }: Pick<RetentionRules, 'trashDays'>,
  nowMs: number,
): boolean {
  return trashDays === 0 || nowMs - trashedMs > trashDays * DAY_MS;
}

/** Nothing that is listed goes while there is something that was thrown away. */
function byTurn(a: KeptRecording, b: KeptRecording): number {
  const [one, other] = [a.trashedMs ?? Number.POSITIVE_INFINITY, b.trashedMs ?? Number.POSITIVE_INFINITY];
  if (one !== other) return one - other;
  return a.endedMs - b.endedMs || a.id.localeCompare(b.id);
}
