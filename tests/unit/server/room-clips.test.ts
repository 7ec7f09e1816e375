import { describe, expect, it } from 'vitest';
import type { Moderator } from '../../../src/api/moderation-port.ts';
import { ConflictError } from '../../../src/errors.ts';
import type { EventDraft } from '../../../src/events/event.ts';
import type { ClipFile, ClipView } from '../../../src/recorder/clips/clips.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { RoomClips } from '../../../src/server/room-clips.ts';

const CLIP: ClipView = {
  id: 'c1',
  room: 'hall',
  title: 'Hall',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-01T00:00:30.000Z',
  duration: 30,
  bytes: 10,
  createdAt: '2026-01-01T00:00:31.000Z',
};
const HOST: Moderator = { person: { id: 'invite', name: '', role: 'host' }, tokenId: 't-host' };
const ADMIN: Moderator = { person: { id: 'admin', name: 'admin', role: 'admin' } };

function setUp(hosts: readonly string[], make: () => Promise<ClipView> = async () => CLIP) {
  const limits = { maxParticipants: 9, maxTracksPerParticipant: 3 };
  const room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  for (const name of hosts) room.join(Object.assign(createParticipant(name, name, 'host'), { tokenId: 't-host' }));
  const told: unknown[] = [];
  room.events.on('clipped', (clip) => told.push(clip));
  const events: EventDraft[] = [];
  const file = (): ClipFile => ({ path: '/clip.mp4', clip: CLIP });
  const clips = new RoomClips({
    clips: { make, file, list: () => [CLIP], remove: async () => undefined },
    events: { record: (draft) => void events.push(draft) },
    room: () => room,
  });
  return { clips, told, events };
}

describe('RoomClips', () => {
  it('tells the room who has kept what', async () => {
    const { clips, told } = setUp(['Hanna']);
    expect(await clips.make('hall', { last: 30 }, HOST)).toBe(CLIP);
    await clips.make('hall', { from: 0, to: 30_000 }, HOST);
    expect(told).toEqual([
      { seconds: 30, newest: true, by: 'Hanna' },
      { seconds: 30, newest: false, by: 'Hanna' },
    ]);
  });

  it('names nobody when several have come by the same link, or an admin did it', async () => {
    const { clips, told } = setUp(['Hanna', 'Hugo']);
    await clips.make('hall', { last: 30 }, HOST);
    await clips.make('hall', { last: 30 }, ADMIN);
    expect(told).toEqual([
      { seconds: 30, newest: true, by: undefined },
      { seconds: 30, newest: true, by: undefined },
    ]);
  });

  it('records who saves clips, and who deletes them', async () => {
    const { clips, events } = setUp(['Hanna']);
    await clips.make('hall', { last: 30 }, HOST);
    await clips.remove('hall', 'c1', ADMIN);
    const data = { clip: 'c1', title: 'Hall', duration: 30 };
    expect(events).toEqual([
      { type: 'clip.saved', room: 'hall', actor: { id: 'Hanna', name: 'Hanna', role: 'host' }, data },
      { type: 'clip.deleted', room: 'hall', actor: ADMIN.person, data },
    ]);
  });

  it('tells nothing of what was not kept', async () => {
    const refusal = new ConflictError('clip_not_recorded', 'Nothing was recorded.');
    const { clips, told, events } = setUp(['Hanna'], () => Promise.reject(refusal));
    await expect(clips.make('hall', { last: 30 }, HOST)).rejects.toBe(refusal);
    expect([told, events]).toEqual([[], []]);
  });
});
