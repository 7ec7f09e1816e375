import { open, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import { type VerifyOptions, verifyArchive } from '../../../../src/recorder/archive/verify-archive.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { MediaSamples } from '../../../helpers/media-samples.ts';
import { writeArchive, writeManifest, writeTimeline } from '../../../helpers/small-archive.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

let samples: MediaSamples;
let ffmpeg: { path: string; ffprobePath: string };
let dataDir: string;
let folder: string;

beforeAll(async () => {
  samples = new MediaSamples();
  ffmpeg = await locateFfmpeg({});
});
afterAll(() => samples.close());

beforeEach(async () => {
  dataDir = await tempDir();
  folder = await writeArchive(dataDir, await samples.file({ seconds: 2 }));
});

async function flipByte(name: string, from: number): Promise<void> {
  const file = await open(join(folder, name), 'r+');
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, from);
    await file.write(Buffer.of((byte[0] ?? 0) ^ 0x40), 0, 1, from);
  } finally {
    await file.close();
  }
}

async function verify(change: Partial<VerifyOptions> = {}) {
  const options = {
    folder,
    quick: false,
    ffmpegPath: ffmpeg.path,
    ffprobePath: ffmpeg.ffprobePath,
    clock: systemClock,
  };
  const verdict = await verifyArchive({ ...options, ...change });
  const faults = verdict.files.flatMap(({ name, faults: all }) => all.map((fault) => `${name}: ${fault}`));
  expect(verdict.ok).toBe(faults.length === 0);
  return { ...verdict, faults };
}

describe('verifyArchive', () => {
  it('finds nothing wrong with an archive that is whole, and tells of each file', async () => {
    await writeFile(join(folder, 'notes.txt'), 'of somebody');
    const told: string[] = [];
    const { faults, files, unknown } = await verify({ onFile: ({ name }) => told.push(name) });
    expect(faults).toEqual([]);
    expect(told).toEqual(['manifest.json', 'recording.mp4', 'track-01-camera.mp4', 'timeline.json']);
    expect(files.map(({ name }) => name)).toEqual(told);
    expect(unknown).toEqual(['notes.txt']);
  });

  it.each(['recording.mp4', 'track-01-camera.mp4', 'timeline.json'])('finds a flipped byte in %s', async (name) => {
    const { size } = await stat(join(folder, name));
    await flipByte(name, Math.floor(size / 2));
    const { faults } = await verify({ quick: true });
    expect(faults).toContain(`${name}: its SHA-256 is not that of the manifest`);
    expect(faults.filter((fault) => !fault.startsWith(name) && !fault.startsWith('manifest.json'))).toEqual([]);
  });

  it('finds a film that cannot be decoded, even when its hash is right', async () => {
    const bytes = await readFile(join(folder, 'recording.mp4'));
    const media = bytes.indexOf('mdat') + 4;
    await writeFile(
      join(folder, 'recording.mp4'),
      bytes.map((byte, index) => (index > media + 100 && index < media + 2000 ? 0xff : byte)),
    );
    await writeManifest(folder);
    expect((await verify({ quick: true })).faults).toEqual([]);
    expect((await verify()).faults).toEqual([expect.stringMatching(/^recording\.mp4: it cannot be decoded: /)]);
  });

  it('finds a film that was cut', async () => {
    const { size } = await stat(join(folder, 'recording.mp4'));
    await truncate(join(folder, 'recording.mp4'), Math.floor(size / 2));
    const { faults } = await verify({ quick: true });
    expect(faults[0]).toBe(`recording.mp4: it has ${Math.floor(size / 2)} bytes, not ${size}`);
  });

  it('finds what is missing, and what is no file', async () => {
    await rm(join(folder, 'recording.mp4'));
    await rename(join(folder, 'timeline.json'), join(dataDir, 'elsewhere.json'));
    await symlink(join(dataDir, 'elsewhere.json'), join(folder, 'timeline.json'));
    expect((await verify()).faults).toEqual(['recording.mp4: it is missing', 'timeline.json: it is no plain file']);
  });

  it('finds lengths that are not as told', async () => {
    await writeTimeline(folder, 4);
    await writeManifest(folder, { duration: 3 });
    expect((await verify({ quick: true })).faults).toEqual([
      expect.stringMatching(/^recording\.mp4: it lasts 2\.\d{3} s, not 3\.000 s$/),
      expect.stringMatching(/^track-01-camera\.mp4: it lasts 2\.\d{3} s, which is not as the timeline says$/),
    ]);
  });

  it('finds a track of the timeline that no step made, unless that is told', async () => {
    await rename(join(folder, 'track-01-camera.mp4'), join(folder, 'other.mp4'));
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    const files = manifest.files.filter(({ name }: { name: string }) => name !== 'track-01-camera.mp4');
    const write = (change: object) =>
      writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, files, ...change }));
    await write({});
    expect((await verify({ quick: true })).faults).toEqual([
      'manifest.json: the timeline names track-01-camera.mp4, which is not in it',
    ]);
    await write({ facts: { tracks: { leftOut: [{ file: 'track-01-camera.mp4', reason: 'damaged' }] } } });
    expect((await verify({ quick: true })).faults).toEqual([]);
    await write({ left: [{ step: 'tracks', reason: 'damaged' }] });
    expect((await verify({ quick: true })).faults).toEqual([]);
  });

  it('takes no folder without a manifest for an archive', async () => {
    await writeFile(join(folder, 'manifest.json'), '{"version":9}');
    expect((await verify()).faults).toEqual(['manifest.json: it is damaged, or of another version']);
    await rm(join(folder, 'manifest.json'));
    expect((await verify()).faults).toEqual(['manifest.json: it is missing: this is no finished archive']);
  });
});
