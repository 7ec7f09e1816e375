/** What stands on the admin page in its pictures: recordings, rooms and what happened. */
import type { Page } from 'playwright-core';
import type { RecordingView } from '../../src/api/ports.ts';
import type { PageServer } from '../../tests/helpers/page-server.ts';
import {
  answerRecording,
  answerShared,
  type RecordingMedia,
  type RecordingStory,
} from '../../tests/helpers/recording-answers.ts';

/** Seconds of the film. */
export const FILM_SECONDS = 120;

const STORY: RecordingStory = {
  speakers: [
    { name: 'Ann Lee', share: 5 },
    { name: 'Rui Lima', share: 3 },
    { name: 'Zoë Ångström', share: 2 },
    { name: 'Kofi Mensah', share: 1.4 },
    { name: 'Mei-Ling Chen', share: 0.8 },
  ],
  chapters: [
    { t: 0, title: 'Good morning' },
    { t: 22, title: 'The numbers of May' },
    { t: 63, title: 'Plans for June' },
    { t: 95, title: 'Questions' },
  ],
  markers: [{ t: 44, label: 'Decision: two more buoys' }],
  chat: [
    { t: 4, name: 'Rui Lima', text: 'Good morning everybody' },
    { t: 12, name: 'Zoë Ångström', text: 'Sorry, I am two minutes late.' },
    { t: 21, name: 'Kofi Mensah', text: 'Slides: https://example.org/may' },
    { t: 45, name: 'Ann Lee', text: 'Then it is decided: one at the pier, one at the mole.' },
    { t: 47, name: 'Rui Lima', text: 'Yes' },
    { t: 70, name: 'Mei-Ling Chen', text: 'Can we have the plan as a file?' },
  ],
  gaps: [
    { at: 61, resumesAt: 63, leftOutSeconds: 452, reason: 'pause' },
    { at: 88, resumesAt: 88.4, leftOutSeconds: 2, reason: 'interruption' },
  ],
};
const PEOPLE = STORY.speakers.map(({ name }) => name);

const RECORDINGS: Readonly<Record<string, Partial<RecordingView>>> = {
  r0: { state: 'recording', title: 'Town hall', room: 'hall', duration: 754, startedAt: '2031-05-14T12:30:00.000Z' },
  r1: {
    title: 'Shore station, morning round',
    room: 'shore',
    duration: FILM_SECONDS,
    size: 123_456_789,
    recovered: true,
    stopReason: 'session_ended',
    people: PEOPLE,
    startedAt: '2031-05-14T07:30:00.000Z',
  },
  r2: { state: 'archiving', progress: 0.62, title: 'Design review', room: 'design', duration: 3120 },
  r4: {
    state: 'failed',
    error: 'The disk is full; free some space.',
    title: 'Friday demo',
    room: 'demo',
    duration: 1543,
    startedAt: '2031-05-12T15:00:00.000Z',
  },
  r5: {
    title: 'Interview with the harbour master',
    room: 'shore',
    duration: 2711,
    size: 451_000_000,
    people: ['Ann Lee', 'Piet de Vries'],
    startedAt: '2031-05-11T10:00:00.000Z',
  },
};

const STEPS = [
  { name: 'film', state: 'active', progress: 0.41, attempts: 1 },
  { name: 'tracks', state: 'done', progress: 1, attempts: 2 },
  { name: 'texts', state: 'done', progress: 1, attempts: 1 },
  { name: 'pictures', state: 'active', progress: 0.75, attempts: 1 },
  { name: 'vod', state: 'waiting', progress: 0, attempts: 0 },
  { name: 'finish', state: 'waiting', progress: 0, attempts: 0 },
];
const LOG = ['texts: 5 people, 4 chapters, 1 marker', 'tracks: 5 of 5', 'pictures: 24 of 32', 'film: 3 of 7 pieces'];

const SHARE = { id: 's1', createdAt: '2031-05-14T08:00:00.000Z', expires: '2031-06-14T07:30:00.000Z', watchPage: true };
const RENDERS = [
  {
    id: 'd1',
    state: 'active',
    progress: 0.4,
    format: 'mp4',
    layout: { policy: 'side-by-side' },
    from: 12,
    to: 95,
    without: ['p2'],
  },
  { id: 'd2', state: 'ready', format: 'mp3', layout: 'recorded', from: 0, to: 120, without: [], size: 1_900_000 },
];
const AUDIT = [
  { at: '2031-05-14T08:02:41.000Z', who: 'share:s1', action: 'share_used', recording: 'r1', address: '203.0.113.9' },
  { at: '2031-05-14T08:00:10.000Z', who: 'admin', action: 'share_made', recording: 'r1', address: '192.0.2.7' },
  { at: '2031-05-13T17:12:00.000Z', who: 'host:Ann', action: 'render', recording: 'r5', address: '192.0.2.7' },
  {
    at: '2031-05-13T16:40:05.000Z',
    who: 'admin',
    action: 'download',
    recording: 'r5',
    detail: { file: 'recording.mp4' },
  },
  {
    at: '2031-05-12T03:00:00.000Z',
    who: 'server',
    action: 'retention_delete',
    recording: 'rOld',
    detail: { days: 90 },
  },
];

const PASSWORD = 'correct horse battery';
const ACCOUNTS = [
  { login: 'ann', name: 'Ann Lee', admin: true },
  { login: 'kofi', name: 'Kofi Mensah' },
  { login: 'mei', name: 'Mei-Ling Chen' },
  { login: 'rui', name: 'Rui Lima' },
  { login: 'zoe', name: 'Zoë Ångström' },
];
const ANN = { id: 'ann', name: 'Ann Lee', role: 'host' } as const;
const KOFI = { id: 'kofi', name: 'Kofi Mensah', role: 'participant' } as const;
const HAPPENED = [
  { type: 'room.created', room: 'hall', data: { title: 'Town hall' } },
  { type: 'participant.joined', room: 'hall', subject: ANN },
  { type: 'participant.joined', room: 'hall', subject: KOFI },
  { type: 'recording.started', room: 'hall', actor: ANN },
  { type: 'participant.muted', room: 'hall', actor: ANN, subject: KOFI },
  { type: 'recording.ready', room: 'shore', data: { title: 'Shore station, morning round' } },
] as const;

/** Fills a server with them. */
export async function addScenes(server: PageServer, { poster }: RecordingMedia): Promise<void> {
  for (const account of ACCOUNTS) await server.people.control.create({ ...account, password: PASSWORD });
  for (const event of HAPPENED) server.events.record(event);
  for (const [id, recording] of Object.entries(RECORDINGS)) server.addRecording(id, recording);
  const health = { encoder: 'x264', tiles: 5, frames: 22_620, lateFrames: 3, skippedFrames: 0, restarts: 0, step: 0 };
  server.addRoom('hall', { title: 'Town hall', live: true, recording: true, participants: 5, health });
  const slow = { ...health, step: 2, reason: 'pictures came late', tiles: 2, frames: 9000, lateFrames: 300 };
  server.addRoom('shore', { title: 'Shore station', live: true, participants: 2, health: slow });
  server.addRoom('design', { title: 'Design review' });
  for (let viewer = 0; viewer < 214; viewer += 1) server.viewers.seen('hall', `viewer-${viewer}`);
  for (let viewer = 0; viewer < 8; viewer += 1) server.viewers.seen('shore', `viewer-${viewer}`);
  server.state.hls = (path) => {
    const answer = (contentType: string, body: string | Buffer) =>
      ({ status: 200, contentType, cacheControl: 'no-store', body }) as const;
    if (path === 'index.m3u8') return answer('application/vnd.apple.mpegurl', '#EXTM3U\ns1/video.m3u8\n');
    if (path.endsWith('.vtt')) return answer('text/vtt', 'WEBVTT\n\n00:00.000 --> 00:02.000\nthumbnail-4.jpg\n');
    return path.endsWith('.jpg') ? answer('image/jpeg', poster) : undefined;
  };
}

/** Answers what such a server has nothing of. */
export async function answerScenes(page: Page, media: RecordingMedia): Promise<void> {
  await answerRecording(page, 'r1', media, STORY);
  await answerShared(page, 'good', media, STORY);
  await page.route('**/api/shared/ended', (route) => route.fulfill({ status: 410, json: { code: 'share_ended' } }));
  await page.route('**/api/recordings/r5/files/poster.jpg', (route) =>
    route.fulfill({ body: media.poster, contentType: 'image/jpeg' }),
  );
  await page.route('**/api/recordings/r2', async (route) => {
    const answer = await route.fetch();
    const recording: unknown = await answer.json();
    return route.fulfill({ json: { ...(typeof recording === 'object' ? recording : {}), steps: STEPS, log: LOG } });
  });
  await page.route('**/api/recordings/*/shares', (route) => route.fulfill({ json: { items: [SHARE] } }));
  await page.route('**/api/recordings/*/renders', (route) => route.fulfill({ json: { items: RENDERS } }));
  await page.route('**/api/audit?*', (route) => route.fulfill({ json: { items: AUDIT } }));
}
