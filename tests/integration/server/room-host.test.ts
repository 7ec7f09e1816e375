import { describe, expect, it, vi } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { layoutSchema } from '../../../src/layout/layout.ts';
import { type PartEntry, loadSessionIndex } from '../../../src/recorder/session/session-index.ts';
import type { RoomPipeline } from '../../../src/server/room-pipeline.ts';
import { pngOf } from '../../helpers/pictures.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { EMPTY_MS, enter, openRooms } from './rooms.ts';

const WAIT = { timeout: 20_000, interval: 25 };

/** Resolves with the program's newest frame once it is beyond `frame`. */
async function frameBeyond(pipeline: RoomPipeline, frame: number): Promise<number> {
  const reader = pipeline.mixer.video.subscribe({
    label: 'test',
    limits: { maxItems: 1000, maxBytes: 10_000_000 },
    onOverflow: 'fail',
  });
  for await (const packet of reader) if (packet.pts > frame) return packet.pts;
  throw new Error('The program ended.');
}

function framesOf(parts: readonly PartEntry[]): number {
  return parts.reduce((sum, { frames }) => sum + frames, 0);
}

describe('a session', () => {
  it('goes on without anybody for a while, and who comes back in that time is in the same one', async () => {
    const { host, clock } = await openRooms(await tempDir());
    await host.create({ id: 'hall' });
    const { pipeline } = enter(host, 'hall', 'ann');
    const before = await frameBeyond(pipeline, 0);
    host.room('hall')?.leave('ann');
    expect(host.find('hall')).toMatchObject({ live: true, participants: 0 });
    expect(await frameBeyond(pipeline, before + 20)).toBeGreaterThan(before + 20);
    clock.advance(EMPTY_MS - 1);
    expect(enter(host, 'hall', 'bob').pipeline).toBe(pipeline);
    clock.advance(10 * EMPTY_MS);
    expect(host.pipeline('hall')).toBe(pipeline);
    host.room('hall')?.leave('bob');
    clock.advance(EMPTY_MS);
    expect(host.find('hall')).toMatchObject({ live: false });
    // A recording of the session that is still ending.
    const hall = host.room('hall');
    if (hall) hall.recordingMark = 'recording';
    const next = enter(host, 'hall', 'ann').pipeline;
    expect(next.sessionId).not.toBe(pipeline.sessionId);
    expect(host.find('hall')).toMatchObject({ recording: false });
    await pipeline.close();
    expect(clock.pending).toBe(0);
  });

  it('has the program that was ordered before it began, and the next one what was ordered since', async () => {
    const { host, origin, clock } = await openRooms(await tempDir());
    const portrait = { width: 180, height: 320, framerate: 25 };
    await host.create({ id: 'hall', program: portrait });
    const { pipeline } = enter(host, 'hall', 'ann');
    const view = await host.update('hall', { program: { framerate: 15 } });
    expect(view.program.ordered).toMatchObject({ ...portrait, framerate: 15, preset: 'ultrafast' });
    expect(view.program.inForce).toMatchObject(portrait);
    await vi.waitFor(
      async () => expect((await origin.get('hall', 'index.m3u8', new URLSearchParams())).status).toBe(200),
      WAIT,
    );
    const playlist = String((await origin.get('hall', 'index.m3u8', new URLSearchParams())).body);
    expect(playlist).toContain('RESOLUTION=180x320');
    expect(playlist).toContain('FRAME-RATE=25.000');
    await vi.waitFor(() => expect(host.find('hall')?.health).toMatchObject({ step: 0, restarts: 0 }), WAIT);
    host.room('hall')?.leave('ann');
    clock.advance(EMPTY_MS);
    await pipeline.close();
    expect(host.find('hall')).not.toHaveProperty('health');
    expect(enter(host, 'hall', 'ann').pipeline.program).toMatchObject({ ...portrait, framerate: 15 });
  });

  it.each([
    { framerate: 15, parts: [8, 7] },
    { framerate: 25, parts: [13, 12] },
    { framerate: 60, parts: [30, 30] },
  ])('is cut into parts of half a second at $framerate frames a second', async ({ framerate, parts }) => {
    const { host } = await openRooms(await tempDir());
    await host.create({ id: 'hall', program: { framerate } });
    const { pipeline } = enter(host, 'hall', 'ann');
    // A machine that is too slow breaks a segment off; one of them is whole.
    const whole = await vi.waitFor(async () => {
      const index = await loadSessionIndex(pipeline.session?.log.folder ?? '');
      const bySegment = Map.groupBy(index.parts, ({ segment }) => segment);
      const found = [...bySegment.values()].find((those) => framesOf(those) === framerate);
      if (!found) throw new Error('No segment is whole yet.');
      return found;
    }, WAIT);
    expect(whole.map(({ frames }) => frames)).toEqual(parts);
    expect(whole[0]).toMatchObject({ independent: true, index: 0 });
  });
});

describe('a new room', () => {
  it('is there when it is stored, and nobody can be in one that could not be', async () => {
    const rooms = await openRooms(await tempDir());
    const { host } = rooms;
    const [created, again] = await Promise.allSettled([host.create({ id: 'hall' }), host.create({ id: 'hall' })]);
    expect([created.status, again]).toMatchObject(['fulfilled', { reason: { code: 'room_exists' } }]);
    expect(host.room('hall')).toBeDefined();
    await rooms.close();
    // Whoever joined it meanwhile would begin a session that nobody ended.
    const seen: unknown[] = [];
    const look = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn += 1) {
        seen.push(host.room('attic'));
        await Promise.resolve();
      }
    };
    const [refused] = await Promise.allSettled([host.create({ id: 'attic' }), look()]);
    expect([refused.status, seen]).toEqual(['rejected', Array.from({ length: 5 }, () => undefined)]);
    expect(host.list().map(({ id }) => id)).toEqual(['hall']);
  });

  it('is one of five, also when seven are asked for at once', async () => {
    const { host } = await openRooms(await tempDir());
    const asked = await Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => host.create({ id })));
    const refusals = asked.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []));
    expect(refusals).toMatchObject([{ code: 'too_many_rooms' }, { code: 'too_many_rooms' }]);
    expect(host.list()).toHaveLength(5);
    await host.remove('a');
    await expect(host.create({ id: 'f' })).resolves.toMatchObject({ id: 'f' });
  });
});

describe('what a room is set to', () => {
  it('is there again after a restart of the server', async () => {
    const dir = await tempDir();
    const first = await openRooms(dir);
    const logo = pngOf(9, 9);
    await first.host.create({ id: 'hall', title: 'Hall', program: { width: 180, height: 320 } });
    await first.host.update('hall', { layout: layoutSchema.parse({ policy: 'portrait', maxTiles: 4 }) });
    const { annotation } = first.host.find('hall') ?? {};
    if (annotation) await first.host.update('hall', { annotation: { ...annotation, clock: false } });
    await first.pictures.set('hall', 'logo', logo);
    const before = first.host.find('hall');
    await first.close();
    const second = await openRooms(dir);
    expect(second.host.find('hall')).toEqual(before);
    expect(before).toMatchObject({
      program: { ordered: { width: 180, height: 320, framerate: 30 } },
      layout: { policy: 'portrait', maxTiles: 4 },
      annotation: { clock: false, names: true },
      images: { logo: true, background: false },
    });
    expect(Buffer.from(second.pictures.find('hall', 'logo') ?? [])).toEqual(logo);
    await second.host.remove('hall');
    await second.host.create({ id: 'hall' });
    expect(second.host.find('hall')).toMatchObject({ layout: { policy: 'grid' }, images: { logo: false } });
    await second.close();
    const third = await openRooms(dir);
    expect(third.host.find('hall')).toMatchObject({ images: { logo: false } });
  });

  it('loses neither of two changes at the same time', async () => {
    const { host } = await openRooms(await tempDir());
    await host.create({ id: 'hall' });
    const { layout, annotation } = host.find('hall') ?? {};
    if (!layout || !annotation) throw new Error('The room is not there.');
    await Promise.all([
      host.update('hall', { layout: { ...layout, policy: 'single' } }),
      host.update('hall', { annotation: { ...annotation, clock: false } }),
      host.update('hall', { program: { width: 640 } }),
      host.update('hall', { program: { height: 360 } }),
    ]);
    expect(host.find('hall')).toMatchObject({
      layout: { policy: 'single' },
      annotation: { clock: false },
      program: { ordered: { width: 640, height: 360 } },
    });
  });

  it('is refused as a whole when the program is not possible', async () => {
    const { host } = await openRooms(await tempDir());
    await host.create({ id: 'hall' });
    const before = host.find('hall');
    await expect(host.update('hall', { title: 'New', program: { width: 1920, height: 1920 } })).rejects.toMatchObject({
      code: 'invalid_program',
    });
    await expect(host.create({ id: 'den', program: { width: 180 } })).rejects.toMatchObject({
      code: 'invalid_program',
    });
    expect(host.find('hall')).toEqual(before);
    expect(host.find('den')).toBeUndefined();
  });
});

describe('private messages of a room', () => {
  it('are on until somebody switches them off, which is a change like any other, and stays over a restart', async () => {
    const dir = await tempDir();
    const first = await openRooms(dir);
    expect((await first.host.create({ id: 'hall' })).chat).toEqual({ viewers: 'read', slowSeconds: 0, private: true });
    const changes: unknown[] = [];
    first.host.events.on('changed', ({ room, by, what }) => changes.push([room.id, by?.name, what]));
    let switched = 0;
    first.host.room('hall')?.events.on('chatSwitched', () => {
      switched += 1;
    });
    const hal = { id: 'hal', name: 'Hal', role: 'host' } as const;
    await first.host.update('hall', { chat: { private: false } }, hal);
    await first.host.update('hall', { chat: { slowSeconds: 5 } }, hal);
    expect(changes).toEqual([
      ['hall', 'Hal', ['chat']],
      ['hall', 'Hal', ['chat']],
    ]);
    expect(switched).toBe(2);
    await first.close();
    const { host } = await openRooms(dir);
    expect(host.find('hall')?.chat).toEqual({ viewers: 'read', slowSeconds: 5, private: false });
    expect((await host.update('hall', { chat: { private: true } })).chat.private).toBe(true);
  });
});

describe('who may watch a room', () => {
  it('is what the room says, else the configuration, and is there again after a restart', async () => {
    const dir = await tempDir();
    const first = await openRooms(dir);
    await first.host.create({ id: 'hall' });
    expect(first.host.find('hall')?.viewing).toEqual({
      access: 'public',
      profile: 'standard',
      abr: false,
      captions: false,
    });
    await first.host.update('hall', { viewing: { access: 'private' } });
    await first.host.update('hall', { viewing: { profile: 'fast', abr: true } });
    const before = first.host.watchRules('hall');
    await first.close();
    const second = await openRooms(dir);
    expect(second.host.find('hall')?.viewing).toEqual({
      access: 'private',
      profile: 'fast',
      abr: true,
      captions: false,
    });
    expect(second.host.watchRules('hall')).toEqual(before);
    expect(before?.access).toBe('private');
    await second.host.update('hall', { viewing: null });
    expect(second.host.find('hall')?.viewing).toEqual({
      access: 'public',
      profile: 'standard',
      abr: false,
      captions: false,
    });
    expect(second.host.watchRules('nowhere')).toBeUndefined();
  });

  it('is another matter each time that the room is made private, or made at all', async () => {
    const { host, clock } = await openRooms(await tempDir());
    const versions = new Set<string | undefined>();
    const note = () => versions.add(host.watchRules('hall')?.version);
    await host.create({ id: 'hall', viewing: { access: 'private' } });
    note();
    await host.update('hall', { viewing: { access: 'private', abr: true } });
    await host.update('hall', { viewing: { access: 'public' } });
    note();
    expect(versions.size).toBe(1);
    await host.update('hall', { viewing: { access: 'private' } });
    note();
    clock.advance(1);
    await host.remove('hall');
    await host.create({ id: 'hall', viewing: { access: 'private' } });
    note();
    expect(versions.size).toBe(3);
  });

  it('is another matter for viewers who were sent out, also after a restart', async () => {
    const dir = await tempDir();
    const first = await openRooms(dir);
    await first.host.create({ id: 'hall', viewing: { access: 'private' } });
    const before = first.host.watchRules('hall')?.version;
    await Promise.all([first.host.expelViewers('hall'), first.host.expelViewers('hall')]);
    expect(first.host.tokenVersion('hall')).toBe(3);
    await expect(first.host.expelViewers('nowhere')).rejects.toMatchObject({ code: 'room_not_found' });
    await first.close();
    const second = await openRooms(dir);
    expect(second.host.tokenVersion('hall')).toBe(3);
    expect(second.host.tokenVersion('nowhere')).toBeUndefined();
    expect(second.host.watchRules('hall')?.version).not.toBe(before);
  });

  it('holds at once; the form holds from the next session on', async () => {
    const { host } = await openRooms(await tempDir());
    await host.create({ id: 'hall', viewing: { profile: 'safe' } });
    const { pipeline } = enter(host, 'hall', 'ann');
    await host.update('hall', { viewing: { access: 'private', profile: 'fast' } });
    expect(pipeline.viewing).toEqual({ access: 'public', profile: 'safe', abr: false, captions: false });
    expect(host.watchRules('hall')).toMatchObject({ access: 'private' });
    expect(host.find('hall')?.viewing).toMatchObject({ access: 'private', profile: 'fast' });
  });
});

describe('a room that is deleted', () => {
  it('goes once, however many ask for it, and takes no later room of its id along', async () => {
    const { host } = await openRooms(await tempDir());
    const deleted: string[] = [];
    host.events.on('deleted', ({ room }) => deleted.push(room.title));
    await host.create({ id: 'hall', title: 'Old' });
    // As the calls do, which are told that the room of one has ended.
    let besides: Promise<void> | undefined;
    host.room('hall')?.events.on('ended', () => {
      besides = host.remove('hall');
    });
    await host.remove('hall');
    const created = host.create({ id: 'hall', title: 'New' });
    await Promise.all([besides, created]);
    expect(deleted).toEqual(['Old']);
    expect(host.find('hall')).toMatchObject({ title: 'New' });
    await expect(host.remove('attic')).rejects.toMatchObject({ code: 'room_not_found' });
  });

  it('can be deleted again when that failed', async () => {
    let fails = true;
    const onRemove = async (): Promise<void> => {
      if (fails) throw new Error('The disk is away.');
    };
    const { host } = await openRooms(await tempDir(), nullLogger, { onRemove });
    await host.create({ id: 'hall' });
    await expect(host.remove('hall')).rejects.toThrow('The disk is away.');
    fails = false;
    await host.remove('hall');
    expect(host.find('hall')).toBeUndefined();
  });

  it('is gone before the server is', async () => {
    const dir = await tempDir();
    const { promise: deleting, resolve: goOn } = Promise.withResolvers<void>();
    const first = await openRooms(dir, nullLogger, { onRemove: () => deleting });
    await first.host.create({ id: 'hall' });
    const removed = first.host.remove('hall');
    const closed = first.close();
    setImmediate(goOn);
    await Promise.all([removed, closed]);
    expect((await openRooms(dir)).host.find('hall')).toBeUndefined();
  });
});

describe('what is changed about somebody', () => {
  it('is in force and shown', async () => {
    const { host, pictures } = await openRooms(await tempDir());
    await host.create({ id: 'hall' });
    const { participant } = enter(host, 'hall', 'ann');
    host.room('hall')?.change(participant, { silenced: true, gainDb: -12 });
    await pictures.setAvatar('hall', 'ann', pngOf(1, 1));
    const room = host.room('hall');
    if (room) room.speaking = { participants: ['ann'], speaker: 'ann' };
    room?.change(participant, { detached: true });
    expect(host.participants('hall')).toEqual([
      {
        id: 'ann',
        name: 'ann',
        role: 'participant',
        muted: true,
        gain: -12,
        connected: false,
        speaking: true,
        avatar: true,
        tracks: [],
      },
    ]);
  });
});
