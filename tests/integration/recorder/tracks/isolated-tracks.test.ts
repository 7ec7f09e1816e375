import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type IsolatedPacket, listIsolatedTracks } from '../../../../src/recorder/tracks/isolated-tracks.ts';
import { trackIndexPath, trackPath } from '../../../../src/recorder/tracks/track-index.ts';
import { packetRecord } from '../../../../src/recorder/tracks/track-record.ts';
import { KeptRoom, say, show } from '../../../helpers/kept-room.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const GOP = 5;
let folder: string;
let kept: KeptRoom;
/** A picture of 40 ms steps with a key frame every five, and a sound of as many packets. */
let whole: readonly IsolatedPacket[];
let bytes: Buffer;

beforeEach(async () => {
  folder = await tempDir();
  kept = new KeptRoom(folder);
  kept.keeper.keep();
  const ana = kept.join('ana');
  const camera = kept.camera(ana);
  for (let n = 0; n < 20; n += 1) show(camera, n * 40, n % GOP === 0);
  kept.room.removeTrack(ana, camera.number);
  await kept.keeper.settled();
  const microphone = kept.microphone(ana);
  for (let n = 0; n < 20; n += 1) say(microphone, n * 40);
  await kept.keeper.close();
  whole = await kept.packets(0);
  bytes = await readFile(trackPath(folder, 0));
});

const times = (packets: readonly IsolatedPacket[]): number[] => packets.map(({ ms }) => ms);

describe('isolated tracks on the disk', () => {
  it('are read as they were written', async () => {
    expect(times(whole)).toEqual(Array.from({ length: 20 }, (_, n) => n * 40));
    expect(whole.filter(({ keyframe }) => keyframe)).toHaveLength(4);
    expect(new Set(whole.map(({ config }) => config)).size).toBe(1);
  });

  it('are none where none were kept', async () => {
    const empty = await tempDir();
    expect(await listIsolatedTracks(empty)).toEqual([]);
    expect(await new KeptRoom(empty).packets(0)).toEqual([]);
    expect(await kept.packets(99)).toEqual([]);
  });

  it('are listed by what is in their files where nobody could write down how they ended', async () => {
    const listed = await listIsolatedTracks(folder);
    const lines = (await readFile(trackIndexPath(folder), 'utf8')).split('\n');
    await writeFile(trackIndexPath(folder), lines.filter((line) => !line.includes('"end"')).join('\n'));
    const scanned = await listIsolatedTracks(folder);
    expect(scanned.map(({ lost }) => lost)).toEqual([undefined, undefined]);
    expect(scanned.map((track) => ({ ...track, lost: 0 }))).toEqual(listed);
    expect(scanned.map(({ kind, packets }) => [kind, packets])).toEqual([
      ['video', 20],
      ['audio', 20],
    ]);
    await truncate(trackPath(folder, 0), bytes.byteLength - 1);
    await truncate(trackPath(folder, 1), 0);
    expect(await listIsolatedTracks(folder)).toMatchObject([{ id: 0, packets: 19 }]);
  });

  it('are listed by what is in their files where these grew after it was written down', async () => {
    const record = Buffer.concat(packetRecord({ ms: 5000, durationMs: 20, keyframe: true, data: new Uint8Array(3) }));
    await appendFile(trackPath(folder, 1), record);
    expect((await listIsolatedTracks(folder))[1]).toMatchObject({ packets: 21, toMs: 5020 });
  });

  it('survive torn and strange lines of the index', async () => {
    const text = await readFile(trackIndexPath(folder), 'utf8');
    await writeFile(trackIndexPath(folder), `{"type":"end","id":4}\n{"type":"tra\n\n${text}{"type":"track","id":5`);
    expect((await listIsolatedTracks(folder)).map(({ id }) => id)).toEqual([0, 1]);
  });

  it('end where their file was torn off, wherever that was', async () => {
    const lengths: number[] = [];
    for (let end = bytes.byteLength; end >= 0; end -= 7) {
      await writeFile(trackPath(folder, 0), bytes.subarray(0, end));
      const read = await kept.packets(0);
      expect(read).toEqual(whole.slice(0, read.length));
      lengths.push(read.length);
    }
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
    expect(new Set(lengths).size).toBe(21);
  });

  it('lose of a picture what a flipped byte takes and what cannot be decoded without it, and go on at the next key frame', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.byteLength - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        await writeFile(trackPath(folder, 0), damaged);
        const read = await kept.packets(0);
        const missing = times(whole).filter((ms) => !times(read).includes(ms));
        const [first = 0] = missing;
        // Up to the end of its group; the configuration at the beginning takes everything with it.
        const group = Math.floor(first / 40 / GOP);
        const lost =
          missing.length === 20 ? whole : whole.filter(({ ms }) => ms >= first && ms < (group + 1) * GOP * 40);
        expect(missing).toEqual(missing.length === 0 ? [] : times(lost));
        expect(read).toEqual(whole.filter(({ ms }) => !missing.includes(ms)));
      }),
      { numRuns: 200 },
    );
  });

  it('lose of a sound only what a flipped byte takes', async () => {
    const sound = await readFile(trackPath(folder, 1));
    sound[sound.byteLength - 100] = (sound[sound.byteLength - 100] ?? 0) ^ 1;
    await writeFile(trackPath(folder, 1), sound);
    expect(await kept.packets(1)).toHaveLength(19);
  });

  it('end cleanly where a file is nothing but damage, also one full of marks', async () => {
    const marks = Buffer.alloc(200_000);
    // A mark, and a length that reaches far.
    for (let at = 0; at + 8 <= marks.byteLength; at += 8) {
      marks.write('GPKT', at);
      marks.writeUInt32LE(100_000, at + 4);
    }
    await writeFile(trackPath(folder, 0), marks);
    expect(await kept.packets(0)).toEqual([]);
    // The mark behind it lies across the end of what is read at once, or does not.
    for (const length of [256 * 1024 - 2, 700_001]) {
      await writeFile(trackPath(folder, 0), Buffer.concat([Buffer.alloc(length, 7), bytes]));
      expect(await kept.packets(0)).toEqual(whole);
    }
  });
});
