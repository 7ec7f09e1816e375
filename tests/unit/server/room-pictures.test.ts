import { describe, expect, it, vi } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import type { PictureSlot } from '../../../src/room/picture-store.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room } from '../../../src/room/room.ts';
import type { RoomHost } from '../../../src/server/room-host.ts';
import { RoomPictures } from '../../../src/server/room-pictures.ts';
import { Emitter } from '../../../src/util/emitter.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const PICTURE = Uint8Array.of(1, 2, 3);
const OTHER = Uint8Array.of(4);

function open(kept: Record<string, Uint8Array> = {}, slow = false) {
  const limits = { maxParticipants: 3, maxTracksPerParticipant: 2 };
  const room = new Room({ id: 'hall', title: 'Hall', createdAt: new Date(0), limits });
  const events: RoomHost['events'] = new Emitter();
  room.events.on('joined', (participant) => events.emit('joined', { room, participant }));
  const stored = new Map<string, Uint8Array>(Object.entries(kept));
  const warnings: unknown[] = [];
  const clock = new FakeClock();
  let failure: Error | undefined;
  const check = (): void => {
    if (failure) throw failure;
  };
  const reading = Promise.withResolvers<void>();
  const store = {
    get: async (id: string, slot: PictureSlot) => {
      check();
      const data = stored.get(`${id}/${slot}`);
      if (slow) await reading.promise;
      return data;
    },
    put: async (id: string, slot: PictureSlot, data: Uint8Array) => {
      check();
      stored.set(`${id}/${slot}`, data);
    },
    remove: async (id: string, slot: PictureSlot) => {
      stored.delete(`${id}/${slot}`);
    },
  };
  const pictures = new RoomPictures({
    rooms: { all: [room], room: (id) => (id === 'hall' ? room : undefined), events },
    store,
    clock,
    log: { ...nullLogger, warn: (message) => warnings.push(message) },
  });
  const fail = (error: Error): void => {
    failure = error;
  };
  return { room, pictures, clock, stored, warnings, fail, read: () => reading.resolve() };
}

describe('the pictures of rooms', () => {
  it.each(['the room', 'somebody in it'])('of %s change ten times at once, and not once more', async (whose) => {
    const { room, pictures, clock } = open();
    for (const id of ['ann', 'bob']) room.join(createParticipant(id, id));
    const change = (id: string): Promise<void> =>
      whose === 'the room' ? pictures.set('hall', 'logo', PICTURE) : pictures.setAvatar('hall', id, PICTURE);
    for (let count = 0; count < 10; count += 1) await change('ann');
    await expect(change('ann')).rejects.toMatchObject({ code: 'rate_limited', status: 429, retryAfterS: 5 });
    // Another's are another's.
    await pictures.setAvatar('hall', 'bob', PICTURE);
    clock.advance(5000);
    await change('ann');
  });

  it('are back when the server starts', async () => {
    const { room, pictures } = open({ 'hall/logo': PICTURE });
    await pictures.load();
    expect(room.image('logo')).toBe(PICTURE);
    expect(pictures.find('hall', 'logo')).toBe(PICTURE);
    expect(pictures.find('hall', 'background')).toBeUndefined();
  });

  it('are stored and shown, and removed from both', async () => {
    const { room, pictures, stored } = open();
    await pictures.set('hall', 'background', PICTURE);
    expect([stored.get('hall/background'), room.image('background')]).toEqual([PICTURE, PICTURE]);
    await pictures.set('hall', 'background', undefined);
    expect([stored.size, room.image('background')]).toEqual([0, undefined]);
  });

  it('are not shown when they cannot be stored', async () => {
    const { room, pictures, fail } = open();
    fail(new Error('disk full'));
    await expect(pictures.set('hall', 'logo', PICTURE)).rejects.toThrow('disk full');
    expect(room.image('logo')).toBeUndefined();
  });

  it('are of rooms and people that are there', async () => {
    const { pictures } = open();
    await expect(pictures.set('cellar', 'logo', PICTURE)).rejects.toThrow(expect.objectContaining({ status: 404 }));
    await expect(pictures.setAvatar('hall', 'ann', PICTURE)).rejects.toThrow(
      expect.objectContaining({ code: 'participant_not_found' }),
    );
    expect(() => pictures.findAvatar('hall', 'ann')).toThrow(expect.objectContaining({ status: 404 }));
  });
});

describe('the avatar of somebody', () => {
  it('is theirs again when they come back', async () => {
    const { room, pictures } = open();
    room.join(createParticipant('ann', 'Ann'));
    await pictures.setAvatar('hall', 'ann', PICTURE);
    expect(pictures.findAvatar('hall', 'ann')).toBe(PICTURE);
    room.leave('ann');
    room.join(createParticipant('ann', 'Ann'));
    room.join(createParticipant('bob', 'Bob'));
    await vi.waitFor(() => expect(room.find('ann')?.avatar).toBe(PICTURE), WAIT);
    expect(room.find('bob')?.avatar).toBeUndefined();
    await pictures.setAvatar('hall', 'ann', undefined);
    expect(room.find('ann')?.avatar).toBeUndefined();
  });

  it('that they have set meanwhile is not replaced by the stored one', async () => {
    const { room, pictures, stored, read } = open({ 'hall/avatar/ann': PICTURE }, true);
    room.join(createParticipant('ann', 'Ann'));
    await pictures.setAvatar('hall', 'ann', OTHER);
    read();
    await new Promise(setImmediate);
    expect(stored.get('hall/avatar/ann')).toBe(OTHER);
    expect(room.find('ann')?.avatar).toBe(OTHER);
  });

  it('is not told of when they have gone before it was read', async () => {
    const { room, read } = open({ 'hall/avatar/ann': PICTURE }, true);
    const shown: unknown[] = [];
    room.events.on('participantChanged', ({ participant }) => shown.push(participant.id));
    room.join(createParticipant('ann', 'Ann'));
    room.leave('ann');
    read();
    await new Promise(setImmediate);
    expect(shown).toEqual([]);
  });

  it('that cannot be read is a line in the log, and nobody is kept out for it', async () => {
    const { room, warnings, fail } = open({ 'hall/avatar/ann': PICTURE });
    fail(new Error('disk gone'));
    room.join(createParticipant('ann', 'Ann'));
    await vi.waitFor(() => expect(warnings).toEqual(['an avatar could not be read']), WAIT);
    expect(room.find('ann')?.avatar).toBeUndefined();
  });
});
