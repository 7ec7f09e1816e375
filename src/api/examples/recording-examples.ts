/** Examples of recordings and of what is made of them. */
import type { RouteExamples } from './route-example.ts';

const SITE = 'https://rooms.example.org';
const TICKET = 'eyJhbGciOiJIUzI1NiJ9.eyJmaWxlIjoicmVjb3JkaW5nLm1wNCJ9.c2lnbmF0dXJl';
const RUNNING = {
  id: 'r-20310512-8Jk3',
  room: 'monday',
  title: 'Monday stand-up',
  state: 'recording',
  startedAt: '2031-05-12T08:00:05.000Z',
  duration: 754.2,
};
const READY = {
  ...RUNNING,
  state: 'ready',
  stoppedAt: '2031-05-12T08:30:00.000Z',
  duration: 1795,
  size: 512_340_112,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  people: ['Ann Lee', 'Ben Ode'],
  stopReason: 'asked',
  stored: 'local',
};
const TRASHED = { ...READY, trashedAt: '2031-05-13T10:00:00.000Z', deletesAt: '2031-05-20T10:00:00.000Z' };
const RENDER = {
  id: 'v-2wQ9',
  recording: READY.id,
  state: 'waiting',
  progress: 0,
  format: 'mp4',
  layout: 'recorded',
  from: 0,
  to: 600,
  without: ['p-7Qm2x9Lc'],
  width: 1280,
  height: 720,
  createdAt: '2031-05-12T09:00:00.000Z',
};
const SHARE = {
  id: 'sH4vT2kQpL9x',
  createdAt: '2031-05-12T09:00:00.000Z',
  expires: '2031-05-19T09:00:00.000Z',
  watchPage: true,
};
const EXPIRES = '2031-05-12T09:01:00.000Z';
const FILES = `${SITE}/api/recordings/${READY.id}`;

/** By route. */
export const recordingExamples: RouteExamples = {
  'POST /api/rooms/:room/recordings': { answer: { ...RUNNING, duration: 0 } },
  'POST /api/recordings/:recording/pause': { answer: { ...RUNNING, state: 'paused' } },
  'POST /api/recordings/:recording/resume': { answer: RUNNING },
  'POST /api/recordings/:recording/stop': { answer: { ...RUNNING, state: 'archiving', progress: 0 } },
  'POST /api/recordings/:recording/retry': { answer: { ...RUNNING, state: 'archiving', progress: 0 } },
  'GET /api/recordings': { answer: { items: [RUNNING, READY], next: 'MTc2NzIyNTYwMA' } },
  'GET /api/recordings/:recording': {
    answer: {
      ...READY,
      markers: [{ at: 610.5, label: 'Questions' }],
      steps: [{ name: 'film', state: 'done', progress: 1, attempts: 1 }],
    },
  },
  'PATCH /api/recordings/:recording': {
    body: { title: 'Stand-up: the move to Lisbon' },
    answer: { ...READY, title: 'Stand-up: the move to Lisbon' },
  },
  'POST /api/recordings/:recording/trash': { answer: TRASHED },
  'GET /api/trash': { answer: { items: [TRASHED], days: 7 } },
  'GET /api/trash/:recording': { answer: TRASHED },
  'POST /api/trash/:recording/restore': { answer: READY },
  'POST /api/recordings/:recording/markers': {
    body: { label: 'Questions' },
    answer: { at: 610.5, label: 'Questions' },
  },
  'GET /api/recordings/:recording/files': {
    answer: {
      items: [
        {
          name: 'recording.mp4',
          kind: 'film',
          title: 'The program',
          contentType: 'video/mp4',
          size: READY.size,
          sha256: READY.sha256,
        },
      ],
    },
  },
  'POST /api/recordings/:recording/link': {
    body: { name: 'recording.mp4', ttl: 60 },
    answer: { url: `${FILES}/download?ticket=${TICKET}`, expires: EXPIRES },
  },
  'POST /api/recordings/:recording/hls-link': {
    answer: { url: `${FILES}/hls/~${TICKET}/index.m3u8`, expires: '2031-05-12T15:00:00.000Z' },
  },
  'POST /api/recordings/:recording/renders': { body: { to: 600, without: ['p-7Qm2x9Lc'] }, answer: RENDER },
  'GET /api/recordings/:recording/renders': { answer: { items: [RENDER] } },
  'GET /api/recordings/:recording/renders/:render': { answer: { ...RENDER, state: 'active', progress: 0.4 } },
  'POST /api/recordings/:recording/renders/:render/link': {
    answer: { url: `${FILES}/renders/${RENDER.id}/download?ticket=${TICKET}`, expires: EXPIRES },
  },
  'POST /api/recordings/:recording/shares': {
    body: { ttl: 604_800, watchPage: true },
    answer: { ...SHARE, url: `${SITE}/shared/E8JOcCJT_PGURlV1g_BX3g` },
  },
  'GET /api/recordings/:recording/shares': { answer: { items: [SHARE] } },
  'GET /api/shared/:token': {
    answer: {
      title: READY.title,
      startedAt: READY.startedAt,
      duration: READY.duration,
      expires: SHARE.expires,
      chapters: [{ t: 610.5, title: 'Questions' }],
      media: { mp4: '/api/shared/E8JOcCJT_PGURlV1g_BX3g/recording.mp4' },
    },
  },
};
