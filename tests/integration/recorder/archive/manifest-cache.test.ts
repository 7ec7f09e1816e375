import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ManifestCache } from '../../../../src/recorder/archive/manifest-cache.ts';
import { MediaSamples } from '../../../helpers/media-samples.ts';
import { writeArchive, writeManifest } from '../../../helpers/small-archive.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

it('reads a manifest once, and again when it is another one or gone', async () => {
  const samples = new MediaSamples();
  onTestFinished(() => samples.close());
  const film = await samples.file({ seconds: 2 });
  const cache = new ManifestCache();
  const folder = await writeArchive(await tempDir(), film);
  const first = await cache.read(folder);
  expect(first).toMatchObject({ recording: 'r1', duration: 2 });
  expect(await cache.read(folder)).toBe(first);
  await writeManifest(folder, { duration: 3.5 });
  expect(await cache.read(folder)).toMatchObject({ duration: 3.5 });
  // Of many only the newest are remembered.
  const others = await Promise.all(Array.from({ length: 16 }, async () => writeArchive(await tempDir(), film)));
  const before = await cache.read(folder);
  for (const other of others.slice(1)) await cache.read(other);
  expect(await cache.read(folder)).toBe(before);
  for (const other of others) await cache.read(other);
  const again = await cache.read(folder);
  expect(again).not.toBe(before);
  expect(again).toEqual(before);
  await rm(join(folder, 'manifest.json'));
  expect(await cache.read(folder)).toBeUndefined();
});
