import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { locateFfmpeg } from '../../../../src/ffmpeg/locate.ts';
import type { Part } from '../../../../src/media/part.ts';
import { RecordingHls } from '../../../../src/recorder/recordings/recording-hls.ts';
import type { Recording } from '../../../../src/recorder/recordings/recording-view.ts';
import { numberedProgram, readNumbers } from '../../../helpers/numbered-program.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';
import { TestSession } from '../../../helpers/test-session.ts';

let ffmpeg: string;
let parts: Part[];
let dataDir: string;
let session: TestSession;
let isLive: boolean;
let isWritten: boolean;
let endsAt: number | undefined;
let recording: Recording;
let hls: RecordingHls;

beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
  parts = await numberedProgram({ seconds: 12 });
});

beforeEach(async () => {
  dataDir = await tempDir();
  const opened = await TestSession.open(dataDir, 's1', parts);
  session = opened;
  onTestFinished(() => opened.log.close());
  [isLive, isWritten] = [true, true];
  endsAt = undefined;
  recording = {
    id: 'r1',
    room: 'demo',
    title: 'Demo',
    session: 's1',
    state: 'recording',
    startedAt: new Date(0),
    ranges: [{ from: 70, to: null }],
    framerate: 30,
  };
  hls = new RecordingHls({
    store: { find: async (id) => (id === 'r1' ? recording : undefined) },
    sessions: { find: () => (isLive ? session : undefined) },
    isWritten: () => isWritten,
    endsAt: () => endsAt,
    dataDir,
    segmentSeconds: 2,
  });
});

async function feed(frame: number): Promise<void> {
  session.feed(frame);
  await session.log.reachedFrame(Math.floor(frame / 15) * 15);
}

async function endSession(): Promise<void> {
  await session.log.close();
  isLive = false;
}

/** A file that is served here, and not from the archive. */
async function served(file: string): Promise<string | Uint8Array> {
  const found = await hls.get('r1', file);
  if ('archived' in found) throw new Error(`${file} is in the archive`);
  const { body, bytes } = found;
  if (typeof body === 'string') return body;
  const read = await buffer(body);
  expect(read).toHaveLength(bytes);
  return read;
}

const playlist = async (): Promise<string> => String(await served('index.m3u8'));
const refused = (status: number, code: string) => expect.objectContaining({ status, code });

/** The frames that a player shows of the whole list, as numbered. */
async function played(): Promise<number[]> {
  const folder = await tempDir();
  const text = await playlist();
  await writeFile(
    join(folder, 'index.m3u8'),
    text.replace(/^#EXT-X-START.*\n|#EXT-X-ENDLIST\n/gm, '') + '#EXT-X-ENDLIST\n',
  );
  for (const [, file = ''] of text.matchAll(/^(?:#EXT-X-MAP:URI=")?((?:init|segment)-[\w.-]+)/gm)) {
    await writeFile(join(folder, file), await served(file));
  }
  return (await readNumbers(ffmpeg, join(folder, 'index.m3u8'))).map(({ number }) => number);
}

const frames = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('RecordingHls', () => {
  it('plays what is finished of a recording that runs', async () => {
    await feed(100);
    await expect(hls.get('r1', 'index.m3u8')).rejects.toEqual(refused(404, 'recording_too_young'));
    await feed(130);
    expect(await playlist()).toMatch(/TYPE:EVENT[^]*TIME-OFFSET=0.33333,[^]*\nsegment-1.m4s\n$/);
    await feed(250);
    expect(await playlist()).toMatch(/segment-1.m4s\n[^]*segment-2.m4s\n[^]*segment-3.m4s\n$/);
    expect(await played()).toEqual(frames(60, 240));
    const media = await hls.get('r1', 'segment-2.m4s');
    expect(media).toMatchObject({ contentType: 'video/mp4', immutable: true });
    if ('body' in media && typeof media.body !== 'string') media.body.destroy();
  });

  it('reads of a segment only what is asked for, and as it is taken', async () => {
    recording = { ...recording, state: 'archiving', ranges: [{ from: 70, to: 131 }] };
    await feed(330);
    // More than can be held in memory at once.
    await truncate(join(dataDir, 'sessions', 's1', 'segment-2.m4s'), 3 * 2 ** 30);
    expect(await served('segment-2-1.m4s')).toHaveLength(parts[8]?.data.byteLength ?? 0);
  });

  it('lists nothing that it may leave out while nobody is there, and all of it once somebody is back', async () => {
    // The last person left at frame 130.
    endsAt = 190;
    await feed(250);
    expect(await playlist()).toMatch(/TYPE:EVENT[^]*\nsegment-2.m4s\n$/);
    await expect(hls.get('r1', 'segment-3.m4s')).rejects.toEqual(refused(404, 'no_such_media'));
    endsAt = undefined;
    expect(await playlist()).toMatch(/TYPE:EVENT[^]*segment-2.m4s\n[^]*segment-3.m4s\n$/);
    // Nobody was, and it has ended behind the last person.
    endsAt = 190;
    recording = { ...recording, state: 'archiving', ranges: [{ from: 70, to: 190, emptyTo: 250 }] };
    await endSession();
    expect(await playlist()).toMatch(/TYPE:VOD[^]*segment-2.m4s\n[^]*segment-3-1.m4s\n#EXT-X-ENDLIST\n$/);
  });

  it('plays all of one that has stopped, without its pauses but for what key frames and parts make necessary', async () => {
    const ranges = [
      { from: 70, to: 131 },
      { from: 190, to: 260 },
    ];
    recording = { ...recording, state: 'archiving', ranges };
    await feed(255);
    expect(await playlist()).toMatch(/TYPE:EVENT[^]*segment-3.m4s\n$/);
    await feed(330);
    expect(await playlist()).toMatch(/TYPE:VOD[^]*segment-4-2.m4s\n#EXT-X-ENDLIST\n$/);
    const wanted = [...frames(60, 135), ...frames(180, 270)];
    expect(await played()).toEqual(wanted);
    await endSession();
    expect(await played()).toEqual(wanted);
    expect(await playlist()).toMatch(/#EXT-X-ENDLIST\n$/);
  });

  it('has no end, and no segment that still grows, before all of it is on the disk', async () => {
    recording = { ...recording, state: 'archiving', ranges: [{ from: 70, to: 200 }] };
    await feed(195);
    await endSession();
    isWritten = false;
    expect(await playlist()).toMatch(/TYPE:EVENT[^]*segment-2.m4s\n$/);
    isWritten = true;
    expect(await playlist()).toMatch(/TYPE:VOD[^]*segment-3.m4s\n#EXT-X-ENDLIST\n$/);
  });

  it('gives nothing of the session that was not recorded, and nothing else from its folder', async () => {
    recording = { ...recording, state: 'archiving', ranges: [{ from: 70, to: 131 }] };
    await feed(330);
    for (const file of [
      'segment-0.m4s',
      'segment-2.m4s',
      'segment-2-2.m4s',
      'segment-2-0.m4s',
      'segment-3.m4s',
      'init-1.mp4',
      'parts.jsonl',
      '../s1/parts.jsonl',
      '',
    ]) {
      await expect(hls.get('r1', file), file).rejects.toEqual(refused(404, 'no_such_media'));
    }
    expect(await served('segment-2-1.m4s')).toHaveLength(parts[8]?.data.byteLength ?? 0);
    await expect(hls.get('r2', 'index.m3u8')).rejects.toEqual(refused(404, 'recording_not_found'));
  });

  it('leads to the archive once the media are gone and that has them', async () => {
    await feed(330);
    await endSession();
    await rm(session.log.folder, { recursive: true });
    const folder = join(dataDir, 'recordings', 'r1');
    await mkdir(folder, { recursive: true });
    const form = { duration: 2, width: 2, height: 2, framerate: 30, ranges: [], missingFrames: 0 };
    const file = { name: 'vod.m3u8', kind: 'vod', contentType: 'x/y', size: 0, sha256: '0'.repeat(64) };
    const manifest = { version: 2, recording: 'r1', session: 's1', ...form, files: [file], facts: {}, left: [] };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    recording = { ...recording, state: 'ready', ranges: [{ from: 70, to: 131 }] };
    expect(await hls.get('r1', 'index.m3u8')).toEqual({ archived: 'vod.m3u8' });
    // Who has loaded the list before plays on.
    expect(await hls.get('r1', 'segment-2-1.m4s')).toEqual({ archived: 'vod-segment-2-1.m4s' });
    expect(await hls.get('r1', 'init-0.mp4')).toEqual({ archived: 'vod-init-0.mp4' });
    await expect(hls.get('r1', 'parts.jsonl')).rejects.toEqual(refused(404, 'no_such_media'));
  });

  it('leaves it to the MP4 once that is there and the media are going', async () => {
    const kept = await TestSession.open(dataDir, 's2', parts, 3);
    session = kept;
    onTestFinished(() => kept.log.close());
    recording = { ...recording, session: 's2', state: 'ready', ranges: [{ from: 70, to: 131 }] };
    await feed(210);
    expect(await playlist()).toMatch(/#EXT-X-ENDLIST\n$/);
    isLive = false;
    expect(await playlist()).toMatch(/#EXT-X-ENDLIST\n$/);
    isLive = true;
    await feed(330);
    await expect(hls.get('r1', 'index.m3u8')).rejects.toEqual(refused(410, 'recording_archived'));
    await endSession();
    await rm(kept.log.folder, { recursive: true });
    await expect(hls.get('r1', 'index.m3u8')).rejects.toEqual(refused(410, 'recording_archived'));
    recording = { ...recording, state: 'failed' };
    await expect(hls.get('r1', 'index.m3u8')).rejects.toEqual(refused(410, 'media_gone'));
  });
});
