/** What a server answers about one finished recording, for pages in a browser: the same each time, whatever else it can do. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page, Route } from 'playwright-core';

/** Seconds between two pictures of the seek bar. */
const SPRITE_S = 5;
const SPRITE = { width: 160, height: 90, columns: 6 } as const;

/** Files of a recording that FFmpeg made. */
export interface RecordingMedia {
  readonly film: Buffer;
  readonly poster: Buffer;
  readonly sprite: Buffer;
  readonly seconds: number;
}

/** Makes them in `dir`, which the caller removes. `picture` is a source for FFmpeg. */
export async function makeRecordingMedia(
  dir: string,
  seconds: number,
  picture = 'testsrc2=size=640x360:rate=10',
): Promise<RecordingMedia> {
  const run = (args: readonly string[]): Promise<unknown> =>
    promisify(execFile)('ffmpeg', ['-v', 'error', '-nostdin', ...args], { cwd: dir });
  await run([
    ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
    ...['-t', String(seconds), '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '20', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', '32k', '-movflags', '+faststart', 'recording.mp4'],
  ]);
  await run(['-i', 'recording.mp4', '-frames:v', '1', 'poster.jpg']);
  const { width, height, columns } = SPRITE;
  const rows = Math.ceil(Math.ceil(seconds / SPRITE_S) / columns);
  const sheet = `fps=1/${SPRITE_S},scale=${width}:${height},tile=${columns}x${rows}`;
  await run(['-i', 'recording.mp4', '-vf', sheet, '-frames:v', '1', 'sprite.jpg']);
  const [film, poster, sprite] = await Promise.all(
    ['recording.mp4', 'poster.jpg', 'sprite.jpg'].map((name) => readFile(join(dir, name))),
  );
  if (!film || !poster || !sprite) throw new Error('FFmpeg made no film');
  return { film, poster, sprite, seconds };
}

/** The same without a folder of the caller's. */
export async function recordingMedia(seconds: number): Promise<RecordingMedia> {
  const dir = await mkdtemp(join(tmpdir(), 'gridcast-test-'));
  try {
    return await makeRecordingMedia(dir, seconds);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Somebody in it, with the share of the time for which they spoke. */
export interface Speaker {
  readonly name: string;
  readonly share: number;
}

/** What is told of it. */
export interface RecordingStory {
  readonly speakers: readonly Speaker[];
  readonly chapters: readonly { readonly t: number; readonly title: string }[];
  readonly markers?: readonly { readonly t: number; readonly label: string }[];
  readonly chat: readonly { readonly t: number; readonly name: string; readonly text: string }[];
  readonly gaps?: readonly {
    readonly at: number;
    readonly resumesAt: number;
    readonly leftOutSeconds: number;
    readonly reason: string;
  }[];
}

/** Turns that people take, the same for the same people. */
function turns(speakers: readonly Speaker[], seconds: number): ReadonlyMap<string, { from: number; to: number }[]> {
  const spoke = new Map(speakers.map(({ name }) => [name, [] as { from: number; to: number }[]]));
  let state = 7;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const all = speakers.reduce((sum, { share }) => sum + share, 0);
  for (let at = 0.8; at < seconds - 1; ) {
    let pick = next() * all;
    const speaker = speakers.find(({ share }) => (pick -= share) < 0) ?? speakers[0];
    const to = Math.min(seconds - 0.5, at + 0.012 * seconds + next() * 0.05 * seconds);
    if (speaker) spoke.get(speaker.name)?.push({ from: at, to });
    at = to + 0.3 + next() * 0.01 * seconds;
  }
  return spoke;
}

/** `timeline.json`. */
export function timelineOf(story: RecordingStory, seconds: number): object {
  const spoke = turns(story.speakers, seconds);
  return {
    version: 1,
    duration: seconds,
    framerate: 30,
    width: 1280,
    height: 720,
    gaps: story.gaps ?? [],
    chapters: story.chapters,
    markers: story.markers ?? [],
    people: story.speakers.map(({ name }, index) => ({
      id: `p${index}`,
      name,
      role: index === 0 ? 'host' : 'participant',
      present: [{ from: index === 2 ? seconds * 0.12 : 0, to: index === 3 ? seconds * 0.8 : seconds }],
      spoke: spoke.get(name),
      tracks: [{ file: `track-0${index + 1}-camera.mp4`, kind: 'video', source: 'camera' }],
    })),
    events: story.chat.map((line, index) => ({ type: 'chat', id: `c${index}`, participant: 'p0', ...line })),
  };
}

/** Answers of a page's requests; what is not among them goes to the server. */
export async function answerRecording(
  page: Page,
  id: string,
  media: RecordingMedia,
  story: RecordingStory,
): Promise<void> {
  const { seconds } = media;
  const timeline = JSON.stringify(timelineOf(story, seconds));
  const texts: Readonly<Record<string, string>> = {
    'timeline.json': timeline,
    'waveform.json': JSON.stringify({ version: 1, interval: seconds / 300, peaks: peaks(story, seconds) }),
    'speakers.vtt': vtt(
      [...turns(story.speakers, seconds)].flatMap(([name, spans]) => spans.map((span) => [span, name])),
    ),
    'sprite.vtt': vtt(spriteCues(seconds)),
  };
  const files: Readonly<Record<string, Buffer>> = {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)])),
    'poster.jpg': media.poster,
    'sprite.jpg': media.sprite,
    'recording.mp4': media.film,
  };
  const below = `**/api/recordings/${id}`;
  const json = (route: Route, status: number, body: unknown): Promise<void> => route.fulfill({ status, json: body });
  await page.route(`${below}/link`, (route) =>
    json(route, 201, { url: `/api/recordings/${id}/files/recording.mp4?ticket=x` }),
  );
  await page.route(`${below}/files`, (route) => json(route, 200, { items: fileList(files, story) }));
  await page.route(`${below}/files/*`, (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    const file = files[name];
    return file ? sendRange(route, file, typeOf(name)) : json(route, 404, { code: 'file_missing' });
  });
}

/** `/api/shared/TOKEN` of the same. */
export async function answerShared(
  page: Page,
  token: string,
  media: RecordingMedia,
  story: RecordingStory,
): Promise<void> {
  const at = (name: string): string => `/api/shared/${token}/${name}`;
  const shown: Readonly<Record<string, Buffer>> = {
    'recording.mp4': media.film,
    'poster.jpg': media.poster,
    'sprite.jpg': media.sprite,
    'sprite.vtt': Buffer.from(vtt(spriteCues(media.seconds))),
  };
  await page.route(`**/api/shared/${token}`, (route) =>
    route.fulfill({
      json: {
        title: 'Shore station, morning round',
        startedAt: '2031-05-14T07:30:00.000Z',
        duration: media.seconds,
        expires: '2031-06-14T07:30:00.000Z',
        chapters: story.chapters,
        media: { mp4: at('recording.mp4'), poster: at('poster.jpg'), sprite: at('sprite.vtt') },
      },
    }),
  );
  await page.route(`**/api/shared/${token}/*`, (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    const file = shown[name];
    return file ? sendRange(route, file, typeOf(name)) : route.fulfill({ status: 404 });
  });
}

async function sendRange(route: Route, file: Buffer, contentType: string): Promise<void> {
  const { range = '' } = await route.request().allHeaders();
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
  const common = { 'content-type': contentType, 'accept-ranges': 'bytes' };
  if (from === '') return route.fulfill({ status: 200, headers: common, body: file });
  const end = to === '' ? file.byteLength - 1 : Math.min(Number(to), file.byteLength - 1);
  const headers = { ...common, 'content-range': `bytes ${from}-${end}/${file.byteLength}` };
  return route.fulfill({ status: 206, headers, body: file.subarray(Number(from), end + 1) });
}

function fileList(files: Readonly<Record<string, Buffer>>, { speakers }: RecordingStory): readonly object[] {
  const one = (name: string, kind: string, title: string, size: number): object => {
    const sha256 = createHash('sha256').update(`${name} ${size}`).digest('hex');
    return { name, kind, title, contentType: typeOf(name), size, sha256 };
  };
  const size = (name: string): number => files[name]?.byteLength ?? 0;
  return [
    one('recording.mp4', 'film', 'Film', 64 * size('recording.mp4')),
    ...speakers.map(({ name }, index) =>
      one(`track-0${index + 1}-camera.mp4`, 'track', `${name}, camera`, 9_400_000 + index * 1_730_000),
    ),
    one('timeline.json', 'timeline', 'Timeline', size('timeline.json')),
    one('speakers.vtt', 'captions', 'Who speaks', size('speakers.vtt')),
    one('attendance.csv', 'table', 'Attendance', 412),
    one('poster.jpg', 'poster', 'Poster', size('poster.jpg')),
    one('sprite.jpg', 'sprite', 'Pictures of the seek bar', size('sprite.jpg')),
    one('vod-init-0.mp4', 'vod', 'Streaming', 1200),
  ];
}

function peaks(story: RecordingStory, seconds: number): readonly number[] {
  const spans = [...turns(story.speakers, seconds).values()].flat();
  return Array.from({ length: 300 }, (_, index) => {
    const at = ((index + 0.5) * seconds) / 300;
    const loud = spans.some(({ from, to }) => at >= from && at < to);
    return Math.round(loud ? 45 + 50 * Math.abs(Math.sin(index * 1.7) * Math.cos(index * 0.37)) : 3);
  });
}

function spriteCues(seconds: number): readonly (readonly [{ from: number; to: number }, string])[] {
  const { width, height, columns } = SPRITE;
  return Array.from({ length: Math.ceil(seconds / SPRITE_S) }, (_, index) => {
    const x = (index % columns) * width;
    const y = Math.floor(index / columns) * height;
    const span = { from: index * SPRITE_S, to: Math.min(seconds, (index + 1) * SPRITE_S) };
    return [span, `sprite.jpg#xywh=${x},${y},${width},${height}`] as const;
  });
}

function vtt(cues: readonly (readonly [{ readonly from: number; readonly to: number }, string])[]): string {
  const time = (seconds: number): string => new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);
  return ['WEBVTT', ...cues.map(([{ from, to }, text]) => `${time(from)} --> ${time(to)}\n${text}`)].join('\n\n');
}

function typeOf(name: string): string {
  const types: Readonly<Record<string, string>> = {
    csv: 'text/csv',
    jpg: 'image/jpeg',
    json: 'application/json',
    mp4: 'video/mp4',
    vtt: 'text/vtt',
  };
  return types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
}
