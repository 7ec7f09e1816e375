import { expect, it } from 'vitest';
import { createParticipant, type Participant } from '../../../src/room/participant.ts';
import { createTrack } from '../../../src/room/track.ts';
import { isIdle } from '../../../src/server/idle-room.ts';

function sending(...states: ('live' | 'paused' | 'muted')[]): Participant {
  const participant = createParticipant('ann', 'Ann');
  for (const [number, state] of states.entries()) {
    const track = createTrack(number, 'audio', 'mic', 'test');
    track.state = state;
    participant.tracks.set(number, track);
  }
  return participant;
}

it.each([
  { who: 'nobody', participants: [], idle: true },
  { who: 'somebody who sends nothing', participants: [sending()], idle: true },
  { who: 'somebody who has muted and paused everything', participants: [sending('muted', 'paused')], idle: true },
  { who: 'somebody who is live', participants: [sending('muted'), sending('muted', 'live')], idle: false },
])('a room with $who is idle: $idle', ({ participants, idle }) => {
  expect(isIdle({ participants })).toBe(idle);
});

it('a room that is gone is idle', () => {
  expect(isIdle(undefined)).toBe(true);
});
