/** Examples of rooms, who is in them, and how their program looks. */
import type { RouteExamples } from './route-example.ts';

const SITE = 'https://rooms.example.org';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoibW9uZGF5In0.c2lnbmF0dXJl';
const PROGRAM = { width: 1280, height: 720, framerate: 30, videoKbit: 2500, audioKbit: 128, preset: 'veryfast' };
const LAYOUT = {
  policy: 'grid',
  fit: 'contain',
  maxTiles: 25,
  more: true,
  pinned: [],
  hidden: [],
  order: [],
  rules: [{ screen: true, policy: 'presentation' }],
  transition: 'animate',
  regions: [],
};
const ANNOTATION = {
  language: 'en',
  names: true,
  marks: true,
  speakerBorder: true,
  clock: true,
  captureTime: false,
  title: false,
  timeStrip: false,
  background: '#101217',
  logo: { corner: 'bottom-right', height: 0.08, opacity: 0.85 },
  lowerThird: { title: 'Ann Lee', text: 'Tide office' },
};
const ROOM = {
  id: 'monday',
  title: 'Monday stand-up',
  createdAt: '2031-05-12T08:00:00.000Z',
  live: true,
  recording: false,
  participants: 2,
  program: { ordered: PROGRAM, inForce: PROGRAM },
  layout: LAYOUT,
  annotation: ANNOTATION,
  viewing: { access: 'public', profile: 'standard', abr: false, captions: false },
  recordingRules: { auto: false, consent: 'notice' },
  chat: { viewers: 'write', slowSeconds: 0, private: true },
  door: { locked: false, waitingRoom: true, whenEmpty: 'keep', passwordSet: false },
  files: { enabled: true },
  images: { logo: true, background: false },
  viewers: 31,
  links: {
    join: `${SITE}/r/monday#token=${JWT}`,
    host: `${SITE}/r/monday#token=${JWT}`,
    watch: `${SITE}/watch/monday`,
    hls: `${SITE}/hls/monday/index.m3u8`,
  },
};
const ANN = {
  id: 'p-7Qm2x9Lc',
  name: 'Ann Lee',
  role: 'participant',
  muted: false,
  gain: 0,
  connected: true,
  speaking: true,
  avatar: false,
  tracks: [
    { track: 0, kind: 'audio', source: 'mic', state: 'live' },
    { track: 1, kind: 'video', source: 'camera', state: 'live' },
  ],
};
const CLIP = {
  id: 'c-4kT8wZ1p',
  room: 'monday',
  title: 'The answer',
  url: `${SITE}/api/rooms/monday/clips/c-4kT8wZ1p`,
  from: '2031-05-12T08:14:30.000Z',
  to: '2031-05-12T08:15:00.000Z',
  duration: 30,
  bytes: 9_512_340,
  createdAt: '2031-05-12T08:15:02.113Z',
};

/** By route. */
export const roomExamples: RouteExamples = {
  'POST /api/rooms': {
    body: { id: 'monday', title: 'Monday stand-up', layout: { policy: 'speaker' }, viewing: { access: 'private' } },
    answer: { ...ROOM, live: false, participants: 0 },
  },
  'GET /api/rooms': { answer: { items: [ROOM] } },
  'GET /api/rooms/:room': { answer: ROOM },
  'PATCH /api/rooms/:room': {
    body: { title: 'Tuesday stand-up', recording: { auto: true }, chat: { private: false } },
    answer: {
      ...ROOM,
      title: 'Tuesday stand-up',
      recordingRules: { auto: true, consent: 'notice' },
      chat: { ...ROOM.chat, private: false },
    },
  },
  'POST /api/rooms/:room/tokens': {
    body: { role: 'participant', name: 'Ann Lee', ttl: 3600 },
    answer: {
      token: JWT,
      role: 'participant',
      identity: 'bJFlQnoZ7dR2',
      expires: '2031-05-12T09:00:00.000Z',
      link: `${SITE}/r/monday#token=${JWT}`,
    },
  },
  'POST /api/rooms/:room/join': {
    answer: {
      token: JWT,
      role: 'host',
      identity: 'u-8Jk3hG5sQ2aZ',
      expires: '2031-05-19T09:00:00.000Z',
      link: `${SITE}/r/monday#token=${JWT}`,
    },
  },
  'GET /api/rooms/:room/layout': { answer: LAYOUT },
  'PUT /api/rooms/:room/layout': {
    body: { policy: 'speaker', pinned: [ANN.id] },
    answer: { ...LAYOUT, policy: 'speaker', pinned: [ANN.id] },
  },
  'GET /api/rooms/:room/annotation': { answer: ANNOTATION },
  'PUT /api/rooms/:room/annotation': {
    body: { title: true, lowerThird: { title: 'Ann Lee', text: 'Tide office' } },
    answer: { ...ANNOTATION, title: true },
  },
  'GET /api/rooms/:room/participants': { answer: { items: [ANN] } },
  'PATCH /api/rooms/:room/participants/:participant': {
    body: { muted: true, gain: -3 },
    answer: { ...ANN, muted: true, gain: -3 },
  },
  'POST /api/rooms/:room/clips': { body: { last: 30, title: 'The answer' }, answer: CLIP },
  'GET /api/rooms/:room/clips': { answer: { items: [CLIP] } },
  'POST /api/rooms/:room/clips/:clip/link': {
    body: { ttl: 86_400 },
    answer: { url: `${CLIP.url}?ticket=eyJhbGciOiJIUzI1NiJ9.e30.c2ln`, expires: '2031-05-13T08:15:10.000Z' },
  },
  'POST /api/rooms/:room/viewers': {
    body: { id: '0d0cf2e1-9f2e-4b1c-8a77-5b4dd2f0a0c1' },
    answer: { viewers: 31, recording: true },
  },
  'POST /api/rooms/:room/markers': { body: { label: 'Questions' }, answer: { at: '2031-05-12T08:20:00.000Z' } },
  'POST /api/rooms/:room/captions': {
    body: { text: 'The tide turns at noon.', seconds: 5 },
    answer: { at: '2031-05-12T08:20:00.000Z' },
  },
};
