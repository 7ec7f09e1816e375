import { mkdir, readdir, rmdir, stat, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { type IsolatedTrack, listIsolatedTracks } from '../../../../src/recorder/tracks/isolated-tracks.ts';
import { trackIndexPath, trackPath } from '../../../../src/recorder/tracks/track-index.ts';
import { KeptRoom, OPUS, say, show, VP8 } from '../../../helpers/kept-room.ts';
import { SmallDisk } from '../../../helpers/small-disk.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 20_000 };

let folder: string;
let disk: SmallDisk;
let kept: KeptRoom;
beforeEach(async () => {
  folder = await tempDir();
  disk = new SmallDisk();
  kept = new KeptRoom(folder, { openFile: disk.open });
});

const tracks = (): Promise<readonly IsolatedTrack[]> => listIsolatedTracks(folder);
const sizeOf = async (id: number): Promise<number> => (await stat(trackPath(folder, id))).size;
const times = async (id: number): Promise<number[]> => (await kept.packets(id)).map(({ ms }) => Math.round(ms));

/** Lets what was written to streams reach the keeper's files. */
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('the keeper of isolated tracks', () => {
  it('keeps what everybody sends, in files of their own, with the times of the session', async () => {
    const ana = kept.join('ana');
    const [microphone, camera] = [kept.microphone(ana), kept.camera(ana)];
    kept.keeper.keep();
    const ben = kept.camera(kept.join('ben'));
    show(camera, -20, true);
    say(microphone, 5);
    show(ben, 7, true);
    say(microphone, 25);
    show(camera, 13);
    await kept.keeper.close();
    const common = { packets: 2, lost: 0, participant: 'ana', name: 'ANA' };
    const picture = { kind: 'video', source: 'camera', codec: 'vp8', track: 1, width: 320, height: 180 };
    const sound = { kind: 'audio', source: 'mic', codec: 'opus', track: 0 };
    expect(await tracks()).toEqual(
      [
        { id: expect.any(Number), ...common, ...sound, fromMs: 5, toMs: 45 },
        { id: expect.any(Number), ...common, ...picture, fromMs: -20, toMs: expect.closeTo(46.333, 6) },
        {
          id: expect.any(Number),
          ...common,
          ...picture,
          participant: 'ben',
          name: 'BEN',
          packets: 1,
          fromMs: 7,
          toMs: expect.closeTo(40.333, 6),
        },
      ].sort(byWhoCameFirst(await tracks())),
    );
    const id = (await tracks()).find(({ kind }) => kind === 'audio')?.id ?? -1;
    expect(await kept.packets(id)).toEqual([
      { ms: 5, durationMs: 20, keyframe: true, config: OPUS, data: Uint8Array.of(5, 0) },
      { ms: 25, durationMs: 20, keyframe: true, config: OPUS, data: Uint8Array.of(25, 0) },
    ]);
    expect([disk.opened, kept.clock.pending]).toEqual([0, 0]);
  });

  it('writes nothing while nobody wants it, and as long as one of several does', async () => {
    const camera = kept.camera(kept.join('ana'));
    show(camera, 0, true);
    expect(await readdir(folder)).toEqual([]);
    const [first, second] = [kept.keeper.keep(), kept.keeper.keep()];
    first();
    first();
    show(camera, 40);
    second();
    await kept.keeper.settled();
    show(camera, 80);
    expect(await times(0)).toEqual([0, 40]);
    expect(disk.opened).toBe(1);
    await kept.keeper.close();
    expect(disk.opened).toBe(0);
  });

  it('goes on in the same file after a pause, with the pictures of the pause that the next ones need, and none twice', async () => {
    const camera = kept.camera(kept.join('ana'));
    const pause = kept.keeper.keep();
    show(camera, 0, true);
    show(camera, 40);
    await turn();
    pause();
    await kept.keeper.settled();
    show(camera, 80);
    const again = kept.keeper.keep();
    show(camera, 120);
    again();
    await kept.keeper.settled();
    expect(await times(0)).toEqual([0, 40, 80, 120]);
    show(camera, 160, true);
    show(camera, 200);
    kept.keeper.keep();
    show(camera, 240);
    await kept.keeper.close();
    expect(await times(0)).toEqual([0, 40, 80, 120, 160, 200, 240]);
    expect(await tracks()).toMatchObject([{ id: 0, packets: 7, lost: 0, fromMs: 0 }]);
  });

  it('begins with the sound of just before, which the program is behind by', async () => {
    const microphone = kept.microphone(kept.join('ana'));
    for (let n = 0; n < 20; n += 1) say(microphone, n * 20);
    const pause = kept.keeper.keep();
    say(microphone, 400);
    pause();
    await kept.keeper.settled();
    expect(await times(0)).toEqual(Array.from({ length: 16 }, (_, n) => 100 + n * 20));
    say(microphone, 420);
    kept.keeper.keep();
    say(microphone, 440);
    await kept.keeper.close();
    expect((await times(0)).slice(-3)).toEqual([400, 420, 440]);
  });

  it('keeps nothing that somebody sent before they agreed', async () => {
    kept.room.consentRule = 'ask';
    const ana = kept.join('ana');
    const [microphone, camera] = [kept.microphone(ana), kept.camera(ana)];
    const asked = vi.fn<() => void>();
    camera.events.on('keyframeWanted', asked);
    kept.keeper.keep();
    show(camera, 0, true);
    say(microphone, 0);
    // Time 100 of the session.
    kept.clock.advance(1100);
    kept.room.change(ana, { consent: true });
    for (const ms of [90, 110]) show(camera, ms);
    say(microphone, 120);
    show(camera, 130, true);
    await kept.keeper.close();
    const found = await tracks();
    expect(Object.fromEntries(found.map(({ kind, fromMs, packets }) => [kind, [fromMs, packets]]))).toEqual({
      audio: [120, 1],
      video: [130, 1],
    });
    expect(asked).toHaveBeenCalledOnce();
  });

  it('waits for a key frame, which it asks for, when the track has none to begin with', async () => {
    const camera = kept.camera(kept.join('ana'));
    const asked = vi.fn<() => void>();
    camera.events.on('keyframeWanted', asked);
    // A group with more than the track keeps for those who come late.
    show(camera, 0, true);
    for (let n = 1; n <= 300; n += 1) show(camera, n * 2);
    kept.keeper.keep();
    expect(asked).toHaveBeenCalledOnce();
    for (const ms of [700, 740]) show(camera, ms);
    show(camera, 780, true);
    show(camera, 820);
    await kept.keeper.close();
    expect(asked).toHaveBeenCalledOnce();
    expect(await times(0)).toEqual([780, 820]);
    expect(await tracks()).toMatchObject([{ lost: 2 }]);
  });

  it('asks again for a key frame that does not come, but not all the time', async () => {
    const camera = kept.camera(kept.join('ana'));
    const asked = vi.fn<() => void>();
    camera.events.on('keyframeWanted', asked);
    kept.keeper.keep();
    for (let ms = 0; ms < 4000; ms += 40) {
      show(camera, ms);
      await turn();
      kept.clock.advance(40);
    }
    expect(asked).toHaveBeenCalledTimes(2);
    await kept.keeper.close();
  });

  it('begins another track when the codec changes, and keeps a change of size in one', async () => {
    const camera = kept.camera(kept.join('ana'));
    kept.keeper.keep();
    const h264 = {
      codec: 'h264',
      format: 'annexb',
      codecString: 'avc1.42E01F',
      width: 640,
      height: 360,
      framerate: 30,
    } as const;
    show(camera, 0, true);
    show(camera, 40, true, { ...VP8, width: 160 });
    show(camera, 80, true, h264);
    show(camera, 120, false, h264);
    await kept.keeper.close();
    expect(await tracks()).toMatchObject([
      { id: 0, codec: 'vp8', width: 320, packets: 2 },
      { id: 1, codec: 'h264', width: 640, packets: 2 },
    ]);
    expect((await kept.packets(0)).map(({ config }) => config)).toEqual([VP8, { ...VP8, width: 160 }]);
  });

  it('keeps nobody who has not agreed where people are asked, and stops as soon as somebody does not any more', async () => {
    kept.room.consentRule = 'ask';
    const [ana, ben] = [kept.join('ana'), kept.join('ben')];
    const [anas, bens] = [kept.microphone(ana), kept.microphone(ben)];
    kept.room.change(ana, { consent: true });
    kept.keeper.keep();
    kept.clock.advance(1000);
    const sayAll = async (ms: number): Promise<void> => {
      for (const track of [anas, bens]) say(track, ms);
      await turn();
      kept.clock.advance(20);
    };
    await sayAll(10);
    kept.room.change(ana, { consent: false });
    kept.room.change(ben, { consent: true });
    await sayAll(30);
    kept.room.consentRule = 'notice';
    await sayAll(50);
    await kept.keeper.close();
    const found = await tracks();
    expect(found.map(({ participant }) => participant)).toEqual(['ana', 'ben']);
    expect([await times(0), await times(1)]).toEqual([
      [10, 50],
      [30, 50],
    ]);
  });

  it('closes the file of a track that ends, and counts on for whoever comes', async () => {
    const ana = kept.join('ana');
    kept.keeper.keep();
    for (const ms of [0, 100]) {
      const track = kept.microphone(ana);
      say(track, ms);
      kept.room.removeTrack(ana, track.number);
      await kept.keeper.settled();
      expect(disk.opened).toBe(1);
    }
    await kept.keeper.close();
    expect((await tracks()).map(({ id, fromMs }) => [id, fromMs])).toEqual([
      [0, 0],
      [1, 100],
    ]);
  });

  it('counts on in a session that is opened again, behind what its predecessor left without a word', async () => {
    kept.keeper.keep();
    const track = kept.microphone(kept.join('ana'));
    say(track, 0);
    await kept.keeper.close();
    await writeFile(trackPath(folder, 7), '');
    kept = new KeptRoom(folder);
    kept.keeper.keep();
    say(kept.microphone(kept.join('ana')), 5000);
    await kept.keeper.close();
    expect((await tracks()).map(({ id, fromMs }) => [id, fromMs])).toEqual([
      [0, 0],
      [8, 5000],
    ]);
  });

  it('keeps tracks once the folder can be read, when it could not be for a moment', async () => {
    const warn = vi.fn<(message: string) => void>();
    kept = new KeptRoom(folder, { log: { ...nullLogger, warn } });
    // No number can be had where the list is none.
    await mkdir(trackIndexPath(folder), { recursive: true });
    const camera = kept.camera(kept.join('ana'));
    kept.keeper.keep();
    show(camera, 0, true);
    await vi.waitFor(() => expect(warn).toHaveBeenCalled(), WAIT);
    await rmdir(trackIndexPath(folder));
    kept.clock.advance(6000);
    for (const ms of [6000, 6033]) show(camera, ms, ms === 6000);
    await kept.keeper.close();
    expect((await kept.packets(0)).map(({ ms }) => ms)).toEqual([6000, 6033]);
  });

  it('keeps as many tracks as it may and no more', async () => {
    kept = new KeptRoom(folder, { maxTracks: 2 });
    kept.keeper.keep();
    for (const name of ['ana', 'ben', 'cleo']) {
      const track = kept.microphone(kept.join(name));
      for (const ms of [0, 20]) say(track, ms);
      await turn();
    }
    await kept.keeper.close();
    expect((await tracks()).map(({ participant, packets }) => [participant, packets])).toEqual([
      ['ana', 2],
      ['ben', 2],
    ]);
  });

  it('keeps as many tracks of one person as it may, whatever they change, and has room for the others', async () => {
    kept = new KeptRoom(folder, { maxTracksOfOne: 3 });
    kept.keeper.keep();
    const camera = kept.camera(kept.join('ana'));
    const h264 = { ...VP8, codec: 'h264', format: 'annexb', codecString: 'avc1.42E01F' } as const;
    for (const [n, config] of [VP8, h264, VP8, h264, VP8].entries()) {
      show(camera, n * 40, true, config);
      await turn();
    }
    const ben = kept.camera(kept.join('ben'));
    show(ben, 300, true);
    await kept.keeper.close();
    expect((await tracks()).map(({ participant }) => participant).toSorted()).toEqual(['ana', 'ana', 'ana', 'ben']);
  });

  it('gathers what comes: one write of a file for a tenth of a second, or for 64 KiB', async () => {
    const camera = kept.camera(kept.join('ana'));
    const writes = (): number => disk.writes.filter((path) => path === trackPath(folder, 0)).length;
    kept.keeper.keep();
    for (let n = 0; n < 50; n += 1) show(camera, n * 2, n === 0);
    await vi.waitFor(() => expect(kept.clock.pending).toBeGreaterThan(1), WAIT);
    expect(writes()).toBe(0);
    kept.clock.advance(100);
    await vi.waitFor(async () => expect(await sizeOf(0)).toBeGreaterThan(50 * 32), WAIT);
    expect(writes()).toBe(1);
    show(camera, 200, false, VP8, 70_000);
    await vi.waitFor(async () => expect(await sizeOf(0)).toBeGreaterThan(70_000), WAIT);
    expect(writes()).toBe(2);
    await kept.keeper.close();
    expect(await kept.packets(0)).toHaveLength(51);
  });

  it('loses what a full disk does not take, says how much, and goes on from the next key frame when there is space', async () => {
    const warn = vi.fn<(message: string) => void>();
    kept = new KeptRoom(folder, { openFile: disk.open, log: { ...nullLogger, warn } });
    const camera = kept.camera(kept.join('ana'));
    const asked = vi.fn<() => void>();
    camera.events.on('keyframeWanted', asked);
    kept.keeper.keep();
    show(camera, 0, true);
    await vi.waitFor(() => expect(kept.clock.pending).toBeGreaterThan(1), WAIT);
    kept.clock.advance(100);
    await vi.waitFor(async () => expect(await sizeOf(0)).toBeGreaterThan(0), WAIT);
    disk.free = 10;
    for (const ms of [40, 80]) show(camera, ms);
    await turn();
    kept.clock.advance(100);
    await vi.waitFor(() => expect(warn).toHaveBeenCalledOnce(), WAIT);
    disk.free = Number.POSITIVE_INFINITY;
    kept.clock.advance(4000);
    show(camera, 160, true);
    await turn();
    kept.clock.advance(1000);
    show(camera, 200);
    await turn();
    expect(asked).toHaveBeenCalledOnce();
    show(camera, 240, true);
    show(camera, 280);
    await kept.keeper.close();
    expect(await times(0)).toEqual([0, 240, 280]);
    expect(await tracks()).toMatchObject([{ packets: 3, lost: 4 }]);
    expect(disk.opened).toBe(0);
  });

  it('says its configuration again where the disk did not take the first time', async () => {
    const microphone = kept.microphone(kept.join('ana'));
    kept.keeper.keep();
    await turn();
    disk.free = 0;
    say(microphone, 0);
    await vi.waitFor(() => expect(kept.clock.pending).toBeGreaterThan(1), WAIT);
    kept.clock.advance(100);
    await vi.waitFor(() => expect(disk.writes).toContain(trackPath(folder, 0)), WAIT);
    disk.free = Number.POSITIVE_INFINITY;
    kept.clock.advance(5000);
    say(microphone, 20);
    await kept.keeper.close();
    expect(await times(0)).toEqual([20]);
    expect(await tracks()).toMatchObject([{ packets: 1, lost: 1 }]);
  });

  it('closes everything when there is no space at all', async () => {
    disk.free = 0;
    kept.keeper.keep();
    const ana = kept.join('ana');
    say(kept.microphone(ana), 0);
    show(kept.camera(ana), 0, true);
    await turn();
    await kept.keeper.close();
    expect(await tracks()).toEqual([]);
    expect([disk.opened, kept.clock.pending]).toEqual([0, 0]);
  });
});

/** Tracks get their ids in the order in which their first packets come; which of two at the same time is first is left open. */
function byWhoCameFirst(found: readonly IsolatedTrack[]) {
  const place = (track: { readonly participant: string; readonly kind: string }): number =>
    found.findIndex(({ participant, kind }) => participant === track.participant && kind === track.kind);
  return (a: { participant: string; kind: string }, b: { participant: string; kind: string }): number =>
    place(a) - place(b);
}
