/** The age of everybody's picture and sound in the program. */
import type { LinkAge } from './link-messages.ts';
import type { MemberRoster } from './member-roster.ts';

/** After this long without a picture what is shown is held, not late. */
const HELD_MS = 1000;

/** The means since the last call: pictures that were shown, and sound as it is played now. */
export function takeAges(roster: MemberRoster, nowMs: number): LinkAge[] {
  const ages: LinkAge[] = [];
  for (const { number: participant, playout, tracks } of roster.members) {
    for (const entry of tracks.values()) {
      const { track, state } = entry;
      // Taken in any case: what is held now must not count later.
      const shownMs = entry.kind === 'video' ? entry.age.take() : undefined;
      if (state !== 'live' || !playout.started) continue;
      if (entry.kind === 'audio') ages.push({ participant, track, ms: nowMs - playout.playheadUs(nowMs) / 1000 });
      else if (shownMs !== undefined && entry.source.silentMs(nowMs) < HELD_MS) {
        ages.push({ participant, track, ms: shownMs });
      }
    }
  }
  return ages;
}
