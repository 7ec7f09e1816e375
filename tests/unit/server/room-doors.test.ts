import { describe, expect, it } from 'vitest';
import { AttemptLimits } from '../../../src/accounts/attempt-limits.ts';
import type { EventDraft } from '../../../src/events/event.ts';
import { Doors } from '../../../src/ingest/door.ts';
import { doorSettingsSchema } from '../../../src/room/door-settings.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import { RoomDoors } from '../../../src/server/room-doors.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const LIMITS = { maxParticipants: 9, maxTracksPerParticipant: 1 };

function open() {
  const clock = new FakeClock();
  const room = new Room({ id: 'demo', title: 'Demo', createdAt: new Date(0), limits: LIMITS });
  room.door.settings = doorSettingsSchema.parse({ password: '$right one' });
  const events: EventDraft[] = [];
  const doors = new Doors({ resumeMs: 1000, clock });
  const roomDoors = new RoomDoors({
    room: (id) => (id === 'demo' ? room : undefined),
    doors: () => doors,
    events: { record: (draft) => void events.push(draft) },
    passwords: { verify: async (password, stored) => stored === `$${password}` },
    addressLimits: new AttemptLimits({ clock }),
    roomLimits: new AttemptLimits({ clock, perMinute: 30 }),
    clock,
  });
  return { clock, room, events, roomDoors };
}

describe('the password of a room', () => {
  it('may be wrong five times a minute from one address, and then not even be right', async () => {
    const { roomDoors, clock } = open();
    for (let count = 0; count < 5; count += 1) {
      expect(await roomDoors.isPassword('demo', `guess ${count}`, '192.0.2.1')).toBe(false);
    }
    await expect(roomDoors.isPassword('demo', 'right one', '192.0.2.1')).rejects.toMatchObject({
      code: 'too_many_attempts',
      status: 429,
    });
    expect(await roomDoors.isPassword('demo', 'right one', '192.0.2.2')).toBe(true);
    clock.advance(60_000);
    expect(await roomDoors.isPassword('demo', 'right one', '192.0.2.1')).toBe(true);
  });

  it('may be wrong thirty times a minute from all addresses together', async () => {
    const { roomDoors } = open();
    for (let count = 0; count < 30; count += 1) {
      expect(await roomDoors.isPassword('demo', 'guess', `198.51.100.${count}`)).toBe(false);
    }
    await expect(roomDoors.isPassword('demo', 'guess', '198.51.100.200')).rejects.toMatchObject({ status: 429 });
  });

  it('may be right as often as people come', async () => {
    const { roomDoors } = open();
    for (let count = 0; count < 50; count += 1) {
      expect(await roomDoors.isPassword('demo', 'right one', '192.0.2.1')).toBe(true);
    }
  });

  it('is told from no password, and from no room', async () => {
    const { roomDoors, room } = open();
    room.door.settings = doorSettingsSchema.parse({});
    await expect(roomDoors.isPassword('demo', 'guess', '192.0.2.1')).rejects.toMatchObject({ code: 'no_password' });
    await expect(roomDoors.isPassword('attic', 'guess', '192.0.2.1')).rejects.toMatchObject({ code: 'room_not_found' });
    expect(() => roomDoors.decide('demo', 'ana', true)).toThrow('are no longer waiting');
    expect(roomDoors.decideAll('demo', true)).toBe(0);
  });

  it('leads to a line in the event log, without the password', () => {
    const { roomDoors, events } = open();
    roomDoors.knocked('demo', { id: 'p-1', name: 'Ana' });
    const subject = { id: 'p-1', name: 'Ana', role: 'participant' };
    expect(events).toEqual([{ type: 'door.knocked', room: 'demo', subject }]);
  });
});

describe('who is held up', () => {
  const someone = { id: 'ana', own: true };

  it('is who would have to wait, until a host lets them in', () => {
    const { roomDoors, room } = open();
    for (const [settings, reason] of [
      [{ waitingRoom: true }, 'admission'],
      [{ locked: true }, 'locked'],
      [{ opensAt: '2999-01-01T00:00:00Z' }, 'scheduled'],
    ] as const) {
      room.door.settings = doorSettingsSchema.parse(settings);
      room.door.forget();
      expect(roomDoors.heldUp('demo', someone)).toBe(reason);
      expect(roomDoors.heldUp('demo', { id: undefined, own: false })).toBe(reason);
      room.door.admit('ana');
      expect(roomDoors.heldUp('demo', someone)).toBeUndefined();
    }
    room.door.settings = doorSettingsSchema.parse({});
    expect(roomDoors.heldUp('demo', { id: undefined, own: false })).toBeUndefined();
  });

  it('is who would have to say the password, unless their token is theirs alone', () => {
    const { roomDoors } = open();
    expect(roomDoors.heldUp('demo', { id: 'ana', own: false })).toBe('password');
    expect(roomDoors.heldUp('demo', someone)).toBeUndefined();
  });

  it('is nobody who is in the room', () => {
    const { roomDoors, room } = open();
    room.join(createParticipant('ana', 'Ana', 'participant'));
    room.door.settings = doorSettingsSchema.parse({ locked: true, password: '$right one' });
    expect(roomDoors.heldUp('demo', { id: 'ana', own: false })).toBeUndefined();
    room.leave('ana');
    expect(roomDoors.heldUp('demo', { id: 'ana', own: false })).toBe('password');
  });
});
