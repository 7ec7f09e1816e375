/** Moderation that only writes down what it is asked for. */
import type { BanView, ModerationControl, Moderator } from '../../src/api/moderation-port.ts';
import { NotFoundError } from '../../src/errors.ts';
import type { KeptOutEntry } from '../../src/room/kept-out.ts';
import { viewOfParticipant } from './room-views.ts';

const BAN: Omit<BanView, 'by'> = { id: 'ban1', participant: 'ann', name: 'Ann', at: '2026-01-01T00:00:00.000Z' };

/** Knows `ann`, and a ban `ban1`; `calls` gets a line for each deed. */
export function fakeModeration(calls: string[]): ModerationControl {
  const note = (deed: string, room: string, about: string, { person }: Moderator): void => {
    calls.push([deed, room, about].filter((word) => word !== '').join(' '));
    if (person.name !== '') calls.push(`by ${person.name}`);
  };
  return {
    change(_room, id, { stopVideo: _stopped, hand: _lowered, ...change }) {
      if (id !== 'ann') throw new NotFoundError('participant_not_found', 'This participant is no longer in the room.');
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      return { ...viewOfParticipant(id, { name: 'Ann' }), ...given };
    },
    remove: async (room, id, by) => note('kick', room, id, by),
    async ban(room, id, by) {
      note('ban', room, id, by);
      return { ...BAN, participant: id, by: by.person.name };
    },
    bans: () => [{ ...BAN, by: 'Hanna' }],
    unban: async (room, ban, by) => note('unban', room, ban, by),
    lowerHands(room, by) {
      note('lower', room, '', by);
      return 2;
    },
    muteAll(room, muted, by) {
      note(muted ? 'mute' : 'unmute', room, '', by);
      return 3;
    },
    end: async (room, by) => note('end', room, '', by),
  };
}

/** Who is kept out by the deeds in `calls`. */
export function keptOutBy(calls: readonly string[], room: string, id: string): KeptOutEntry['kind'] | undefined {
  if (calls.includes(`ban ${room} ${id}`)) return 'banned';
  return calls.includes(`kick ${room} ${id}`) ? 'removed' : undefined;
}
