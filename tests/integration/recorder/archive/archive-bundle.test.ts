import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ArchiveBundles, type BundleEntry, zipStream } from '../../../../src/recorder/archive/archive-bundle.ts';
import type { Recording } from '../../../../src/recorder/recordings/recording-view.ts';
import { readPlainFile } from '../../../../src/recorder/storage/local-file.ts';
import { MediaSamples } from '../../../helpers/media-samples.ts';
import { writeArchive, writeManifest } from '../../../helpers/small-archive.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { unzip } from '../../../helpers/unzip.ts';

const MANIFEST = { name: 'a/manifest.json', text: Buffer.from('{}\n') };
const MODIFIED = new Date('2031-05-14T12:00:00Z');

const entry = (name: string, content: string, change: Partial<BundleEntry> = {}): BundleEntry => ({
  name,
  size: Buffer.byteLength(content),
  open: async () => Readable.from([Buffer.from(content)]),
  ...change,
});

describe('a ZIP that is made while it is sent', () => {
  it('holds all files as they are, and is as long as it says before', async () => {
    const { size, stream } = await zipStream(
      [entry('a/ä.txt', 'one'), entry('a/two', 'x'.repeat(200_000))],
      MANIFEST,
      MODIFIED,
    );
    const zip = await buffer(stream);
    expect(zip.length).toBe(size);
    expect(unzip(zip).map(({ name, data }) => [name, data.length])).toEqual([
      ['a/ä.txt', 3],
      ['a/two', 200_000],
      ['a/manifest.json', 3],
    ]);
  });

  it('opens one file after the other, and none once nobody takes it', async () => {
    const opened: string[] = [];
    const first = new Readable({ read() {} });
    const watched = (name: string, stream: Readable): BundleEntry => ({
      ...entry(name, 'x'.repeat(100)),
      open: async () => {
        opened.push(name);
        return stream;
      },
    });
    const { stream } = await zipStream([watched('a', first), watched('b', Readable.from(['x']))], MANIFEST, MODIFIED);
    stream.resume();
    first.push('x'.repeat(50));
    stream.destroy();
    await once(first, 'close');
    expect(first.destroyed).toBe(true);
    expect(opened).toEqual(['a']);
  });

  it.each([
    ['is missing', { open: () => Promise.reject(new Error('gone')) }],
    ['breaks off', { open: async () => Readable.from([Buffer.from('on')]) }],
    ['is longer than it was', { open: async () => Readable.from([Buffer.from('one more')]) }],
  ])('breaks off when a file %s, so that nobody takes it for whole', async (_, change) => {
    const { stream } = await zipStream([entry('a', 'one', change), entry('b', 'two')], MANIFEST, MODIFIED);
    await expect(buffer(stream)).rejects.toThrow();
  });
});

describe('the bundle of a recording', () => {
  it('is its archive in a folder of its own, without the HLS', async () => {
    const samples = new MediaSamples();
    onTestFinished(() => samples.close());
    const dataDir = await tempDir();
    const folder = await writeArchive(dataDir, await samples.file({ seconds: 2 }));
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    const recording: Recording = {
      id: 'r1',
      room: 'demo',
      title: 'Demo',
      session: 's1',
      state: 'ready',
      startedAt: MODIFIED,
      ranges: [],
      framerate: 30,
    };
    let state: Recording['state'] = 'ready';
    const bundles = new ArchiveBundles({
      store: { find: async (id) => (id === 'r1' ? { ...recording, state } : undefined) },
      source: { open: (id, name) => readPlainFile(join(dataDir, 'recordings', id, name)) },
      dataDir,
    });
    const bundle = await bundles.find('r1');
    expect(bundle.downloadName).toBe('Demo 2031-05-14T12-00-00Z-bundle.zip');
    const files = unzip(await buffer((await bundle.start()).stream));
    const stem = 'Demo 2031-05-14T12-00-00Z';
    expect(files.map(({ name }) => name)).toEqual(
      ['recording.mp4', 'track-01-camera.mp4', 'timeline.json', 'manifest.json'].map((name) => `${stem}/${name}`),
    );
    expect(files[0]?.data.equals(await readFile(join(folder, 'recording.mp4')))).toBe(true);
    expect(JSON.parse(files.at(-1)?.data.toString() ?? '')).toEqual(manifest);

    const reason = 'FFmpeg failed: file:/srv/data/x.mp4: No space left on device';
    const facts = { tracks: { tracks: [], leftOut: [{ file: 'track-02-mic.ogg', reason }] } };
    await writeManifest(folder, { facts, left: [{ step: 'pictures', reason }] });
    const told =
      unzip(await buffer((await (await bundles.find('r1')).start()).stream))
        .at(-1)
        ?.data.toString() ?? '';
    const message = expect.stringContaining('disk of the server was full');
    expect(JSON.parse(told)).toMatchObject({
      facts: { tracks: { tracks: [], leftOut: [{ file: 'track-02-mic.ogg', reason: message }] } },
      left: [{ step: 'pictures', reason: message }],
    });
    expect(told).not.toContain('srv');

    state = 'archiving';
    await expect(bundles.find('r1')).rejects.toMatchObject({ code: 'not_ready' });
    await expect(bundles.find('r2')).rejects.toMatchObject({ code: 'recording_not_found' });
  });
});
