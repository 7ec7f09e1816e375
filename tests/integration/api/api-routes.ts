/** What is asked of the API, for tests that go through all of it. */
import { SHARE_TOKEN } from '../../helpers/kept-api.ts';
import { SIGN_IN } from './sign-in.ts';
import type { SendOptions } from './api-server.ts';

/** Callers whose token, if any, holds. A user has signed in; an owner is one who made the room. */
export const GOOD = [
  'none',
  'admin',
  'user',
  'owner',
  'host',
  'participant',
  'viewer',
  'host of another room',
] as const;
/** Callers whose token does not. */
export const BAD = ['expired', 'tampered', 'unsigned', 'of another algorithm', 'of another scheme'] as const;
/** Who asks. */
export type Caller = (typeof GOOD)[number] | (typeof BAD)[number];

const EVERYBODY = GOOD;
const ADMIN: readonly Caller[] = ['admin'];
const HOSTS: readonly Caller[] = ['admin', 'owner', 'host'];
const USERS: readonly Caller[] = ['admin', 'user', 'owner'];
/** Whose a recording is: who made its room. To others with an account there is none. */
const OWNERS = { allowed: ['admin', 'owner'], hidden: ['user'] } as const;
const MEMBERS: readonly Caller[] = ['admin', 'owner', 'host', 'participant', 'viewer'];

/** One route, a request that works, and for whom it does. */
export interface Row {
  readonly method: string;
  readonly route: string;
  readonly send?: SendOptions;
  readonly status: number;
  readonly allowed: readonly Caller[];
  /** For whom there is no such thing: 404. */
  readonly hidden?: readonly Caller[];
}

const AVATAR = '/api/rooms/:room/participants/:participant/avatar';
const CHAT = '/api/rooms/:room/chat';
const WAITING = '/api/rooms/:room/waiting';
const PEN = 'p'.repeat(22);
const FILES = '/api/rooms/:room/files';
const IN_ROOM: readonly Caller[] = ['admin', 'owner', 'host', 'participant'];
const TUS = { 'Tus-Resumable': '1.0.0' };
const INVITES = '/api/rooms/:room/invites';
const RENDERS = '/api/recordings/:recording/renders';
const WEBHOOK = '/api/webhooks/:webhook';
const SHARES = '/api/recordings/:recording/shares';
const FIRST = { token: 'x', login: 'root', name: 'Root', password: 'long enough' };
/** The smallest PNG that says how large it is: one pixel. */
export const PNG = Buffer.concat([
  Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
  Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0]),
]);

/** Every route of the API. */
export const rows: readonly Row[] = [
  { method: 'GET', route: '/healthz', status: 200, allowed: EVERYBODY },
  { method: 'GET', route: '/readyz', status: 200, allowed: EVERYBODY },
  { method: 'GET', route: '/openapi.json', status: 200, allowed: EVERYBODY },
  // What a proxy passes on is not local.
  { method: 'GET', route: '/metrics', send: { headers: { 'X-Forwarded-For': '::1' } }, status: 200, allowed: ADMIN },
  { method: 'POST', route: '/api/rooms', send: { body: {} }, status: 201, allowed: USERS },
  { method: 'GET', route: '/api/rooms', status: 200, allowed: USERS },
  { method: 'GET', route: '/api/rooms/:room', status: 200, allowed: ['none', 'user', ...MEMBERS] },
  { method: 'PATCH', route: '/api/rooms/:room', send: { body: { title: 'New' } }, status: 200, allowed: HOSTS },
  { method: 'DELETE', route: '/api/rooms/:room', status: 204, allowed: ['admin', 'owner'] },
  { method: 'POST', route: INVITES, send: { body: { role: 'viewer' } }, status: 201, allowed: HOSTS },
  { method: 'GET', route: INVITES, status: 200, allowed: HOSTS },
  { method: 'DELETE', route: `${INVITES}/:invite`, status: 204, allowed: HOSTS },
  { method: 'DELETE', route: '/api/rooms/:room/tokens/:token', status: 204, allowed: HOSTS },
  { method: 'POST', route: '/api/session', send: { body: SIGN_IN }, status: 201, allowed: EVERYBODY },
  { method: 'GET', route: '/api/session', status: 200, allowed: EVERYBODY },
  {
    method: 'PATCH',
    route: '/api/session',
    send: { body: { current: SIGN_IN.password, password: 'another password' } },
    status: 200,
    allowed: ['user', 'owner'],
  },
  {
    method: 'DELETE',
    route: '/api/session',
    status: 204,
    allowed: ['user', 'owner', 'host', 'participant', 'viewer', 'host of another room'],
  },
  // Whoever has the right token is no caller of this table.
  { method: 'POST', route: '/api/session/first', send: { body: FIRST }, status: 401, allowed: EVERYBODY },
  { method: 'GET', route: '/api/users', status: 200, allowed: ADMIN },
  {
    method: 'POST',
    route: '/api/users',
    send: { body: { login: 'new', name: 'New', password: 'long enough' } },
    status: 201,
    allowed: ADMIN,
  },
  { method: 'POST', route: '/api/users/import', send: { body: 'ben,Ben' }, status: 200, allowed: ADMIN },
  { method: 'PATCH', route: '/api/users/:user', send: { body: { name: 'Una' } }, status: 200, allowed: ADMIN },
  { method: 'DELETE', route: '/api/users/:user', status: 204, allowed: ADMIN },
  { method: 'GET', route: '/api/directory', status: 200, allowed: USERS },
  { method: 'POST', route: '/api/rooms/:room/tokens', send: { body: { role: 'host' } }, status: 201, allowed: HOSTS },
  // Nobody has signed in with the admin token.
  { method: 'POST', route: '/api/rooms/:room/join', status: 201, allowed: ['owner'] },
  { method: 'GET', route: '/api/rooms/:room/layout', status: 200, allowed: MEMBERS },
  { method: 'PUT', route: '/api/rooms/:room/layout', send: { body: {} }, status: 200, allowed: HOSTS },
  { method: 'GET', route: '/api/rooms/:room/annotation', status: 200, allowed: MEMBERS },
  { method: 'PUT', route: '/api/rooms/:room/annotation', send: { body: {} }, status: 200, allowed: HOSTS },
  { method: 'GET', route: '/api/rooms/:room/images/:slot', status: 200, allowed: EVERYBODY },
  { method: 'PUT', route: '/api/rooms/:room/images/:slot', send: { body: PNG }, status: 204, allowed: HOSTS },
  { method: 'DELETE', route: '/api/rooms/:room/images/:slot', status: 204, allowed: HOSTS },
  { method: 'GET', route: AVATAR, status: 200, allowed: MEMBERS },
  { method: 'PUT', route: AVATAR, send: { body: PNG }, status: 204, allowed: HOSTS },
  { method: 'DELETE', route: AVATAR, status: 204, allowed: HOSTS },
  { method: 'GET', route: '/api/rooms/:room/participants', status: 200, allowed: MEMBERS },
  {
    method: 'PATCH',
    route: '/api/rooms/:room/participants/:participant',
    send: { body: { name: 'Anna' } },
    status: 200,
    allowed: HOSTS,
  },
  { method: 'DELETE', route: '/api/rooms/:room/participants/:participant', status: 204, allowed: HOSTS },
  { method: 'GET', route: '/api/rooms/:room/bans', status: 200, allowed: HOSTS },
  {
    method: 'POST',
    route: '/api/rooms/:room/bans',
    send: { body: { participant: 'ann' } },
    status: 201,
    allowed: HOSTS,
  },
  { method: 'DELETE', route: '/api/rooms/:room/bans/:ban', status: 204, allowed: HOSTS },
  { method: 'POST', route: '/api/rooms/:room/hands/lower', status: 200, allowed: HOSTS },
  { method: 'POST', route: '/api/rooms/:room/mute', send: { body: {} }, status: 200, allowed: HOSTS },
  { method: 'POST', route: '/api/rooms/:room/end', status: 204, allowed: HOSTS },
  { method: 'POST', route: '/api/rooms/:room/clips', send: { body: { last: 5 } }, status: 201, allowed: HOSTS },
  { method: 'GET', route: '/api/rooms/:room/clips', status: 200, allowed: HOSTS },
  { method: 'GET', route: '/api/rooms/:room/clips/:clip', status: 200, allowed: HOSTS },
  {
    method: 'POST',
    route: '/api/rooms/:room/clips/:clip/link',
    send: { body: {} },
    status: 201,
    allowed: HOSTS,
  },
  { method: 'DELETE', route: '/api/rooms/:room/clips/:clip', status: 204, allowed: HOSTS },
  { method: 'POST', route: '/api/rooms/:room/recordings', status: 201, allowed: HOSTS },
  { method: 'POST', route: '/api/recordings/:recording/pause', status: 200, allowed: HOSTS },
  { method: 'POST', route: '/api/recordings/:recording/resume', status: 200, allowed: HOSTS },
  { method: 'POST', route: '/api/recordings/:recording/stop', status: 200, allowed: HOSTS },
  { method: 'POST', route: '/api/recordings/:recording/retry', status: 200, allowed: ADMIN },
  { method: 'GET', route: '/api/recordings', status: 200, allowed: USERS },
  { method: 'GET', route: '/api/recordings/:recording', status: 200, ...OWNERS },
  {
    method: 'PATCH',
    route: '/api/recordings/:recording',
    send: { body: { title: 'Named' } },
    status: 200,
    ...OWNERS,
  },
  { method: 'DELETE', route: '/api/recordings/:recording', status: 204, allowed: ADMIN },
  { method: 'POST', route: '/api/recordings/:recording/trash', status: 200, allowed: ADMIN },
  { method: 'GET', route: '/api/trash', status: 200, allowed: ADMIN },
  { method: 'GET', route: '/api/trash/:recording', status: 200, allowed: ADMIN },
  { method: 'POST', route: '/api/trash/:recording/restore', status: 200, allowed: ADMIN },
  { method: 'DELETE', route: '/api/trash/:recording', status: 204, allowed: ADMIN },
  {
    method: 'POST',
    route: '/api/recordings/:recording/markers',
    send: { body: { label: 'Questions' } },
    status: 201,
    allowed: HOSTS,
  },
  { method: 'GET', route: '/api/recordings/:recording/files', status: 200, ...OWNERS },
  { method: 'GET', route: '/api/recordings/:recording/bundle.zip', status: 200, ...OWNERS },
  { method: 'GET', route: '/api/recordings/:recording/vod/*path', status: 200, ...OWNERS },
  { method: 'GET', route: '/api/recordings/:recording/download', status: 200, ...OWNERS },
  { method: 'GET', route: '/api/recordings/:recording/files/:name', status: 200, ...OWNERS },
  { method: 'POST', route: '/api/recordings/:recording/link', send: { body: {} }, status: 201, ...OWNERS },
  { method: 'GET', route: '/api/recordings/:recording/hls/*path', status: 200, ...OWNERS },
  { method: 'POST', route: '/api/recordings/:recording/hls-link', status: 201, ...OWNERS },
  { method: 'POST', route: RENDERS, send: { body: { to: 5 } }, status: 202, allowed: ADMIN },
  { method: 'GET', route: RENDERS, status: 200, allowed: ADMIN },
  { method: 'GET', route: `${RENDERS}/:render`, status: 200, allowed: ADMIN },
  { method: 'DELETE', route: `${RENDERS}/:render`, status: 204, allowed: ADMIN },
  { method: 'GET', route: `${RENDERS}/:render/download`, status: 200, allowed: ADMIN },
  { method: 'POST', route: `${RENDERS}/:render/link`, status: 201, allowed: ADMIN },
  { method: 'POST', route: SHARES, send: { body: {} }, status: 201, ...OWNERS },
  { method: 'GET', route: SHARES, status: 200, ...OWNERS },
  { method: 'DELETE', route: `${SHARES}/:share`, status: 204, ...OWNERS },
  { method: 'GET', route: '/api/shared/:token', status: 200, allowed: EVERYBODY },
  { method: 'GET', route: '/api/shared/:token/:name', status: 200, allowed: EVERYBODY },
  // Of whoever has signed in.
  { method: 'GET', route: '/api/calls', status: 200, allowed: ['user', 'owner'] },
  { method: 'GET', route: '/api/audit', status: 200, allowed: ADMIN },
  { method: 'GET', route: '/api/events', status: 200, allowed: ADMIN },
  { method: 'GET', route: '/api/events/stream', send: { endless: true }, status: 200, allowed: ADMIN },
  {
    method: 'POST',
    route: '/api/webhooks',
    send: { body: { url: 'https://hooks.example/a' } },
    status: 201,
    allowed: ADMIN,
  },
  { method: 'GET', route: '/api/webhooks', status: 200, allowed: ADMIN },
  { method: 'GET', route: WEBHOOK, status: 200, allowed: ADMIN },
  { method: 'PATCH', route: WEBHOOK, send: { body: { paused: true } }, status: 200, allowed: ADMIN },
  { method: 'DELETE', route: WEBHOOK, status: 204, allowed: ADMIN },
  { method: 'POST', route: `${WEBHOOK}/secret`, status: 200, allowed: ADMIN },
  { method: 'POST', route: `${WEBHOOK}/replay`, send: { body: { after: 0 } }, status: 200, allowed: ADMIN },
  { method: 'GET', route: `${WEBHOOK}/deliveries`, status: 200, allowed: ADMIN },
  { method: 'GET', route: '/hls/:room/*path', status: 200, allowed: EVERYBODY },
  { method: 'OPTIONS', route: '/hls/:room/*path', status: 204, allowed: EVERYBODY },
  { method: 'GET', route: '/api/settings', status: 200, allowed: ADMIN },
  { method: 'GET', route: '/api/time', status: 200, allowed: EVERYBODY },
  { method: 'POST', route: '/api/rooms/:room/viewers', send: { body: { id: 'tab' } }, status: 200, allowed: EVERYBODY },
  { method: 'DELETE', route: '/api/rooms/:room/viewers', status: 204, allowed: HOSTS },
  { method: 'OPTIONS', route: '/api/rooms/:room/viewers', status: 204, allowed: EVERYBODY },
  {
    method: 'POST',
    route: '/api/rooms/:room/markers',
    send: { body: { label: 'Now' } },
    status: 201,
    allowed: HOSTS,
  },
  {
    method: 'POST',
    route: '/api/rooms/:room/captions',
    send: { body: { text: 'Hello' } },
    status: 201,
    allowed: HOSTS,
  },
  { method: 'GET', route: WAITING, status: 200, allowed: HOSTS },
  { method: 'POST', route: WAITING, send: { body: { admit: true } }, status: 200, allowed: HOSTS },
  { method: 'POST', route: `${WAITING}/:waiting`, send: { body: { admit: false } }, status: 204, allowed: HOSTS },
  {
    method: 'POST',
    route: '/api/rooms/:room/enter',
    send: { body: { password: 'open sesame', name: 'Ann' } },
    status: 201,
    allowed: EVERYBODY,
  },
  { method: 'GET', route: CHAT, status: 200, allowed: ['none', 'user', ...MEMBERS] },
  {
    method: 'POST',
    route: CHAT,
    send: { body: { text: 'Hello', key: 'key-00001', name: 'Ann', me: PEN } },
    status: 201,
    allowed: [...HOSTS, 'participant'],
  },
  { method: 'GET', route: `${CHAT}/export`, status: 200, allowed: [...HOSTS, 'participant'] },
  // Nobody of these wrote it.
  { method: 'PATCH', route: `${CHAT}/:message`, send: { body: { text: 'Mine', me: PEN } }, status: 200, allowed: [] },
  { method: 'POST', route: `${CHAT}/:message/delete`, send: { body: { me: PEN } }, status: 200, allowed: HOSTS },
  { method: 'GET', route: FILES, status: 200, allowed: IN_ROOM },
  { method: 'OPTIONS', route: FILES, status: 204, allowed: EVERYBODY },
  {
    method: 'POST',
    route: FILES,
    send: { headers: { ...TUS, 'Upload-Length': '3' } },
    status: 201,
    allowed: IN_ROOM,
  },
  { method: 'GET', route: `${FILES}/:file`, status: 200, allowed: IN_ROOM },
  // Nobody of these sent it.
  {
    method: 'PATCH',
    route: `${FILES}/:file`,
    send: { headers: { ...TUS, 'Upload-Offset': '5', 'Content-Type': 'application/offset+octet-stream' }, body: '' },
    status: 204,
    allowed: HOSTS,
  },
  { method: 'DELETE', route: `${FILES}/:file`, status: 204, allowed: HOSTS },
  { method: 'GET', route: `${FILES}/:file/content`, status: 200, allowed: IN_ROOM },
  { method: 'POST', route: `${FILES}/:file/link`, send: { body: {} }, status: 201, allowed: IN_ROOM },
  ...[CHAT, `${CHAT}/:message`, `${CHAT}/:message/delete`].map(
    (route): Row => ({ method: 'OPTIONS', route, status: 204, allowed: EVERYBODY }),
  ),
];

const NAMES: Readonly<Record<string, string>> = {
  ':room': 'hall',
  ':message': 'msg1',
  ':waiting': 'wendy',
  ':participant': 'ann',
  ':ban': 'ban1',
  ':slot': 'logo',
  ':recording': 'rec1',
  ':clip': 'clip1',
  ':render': 'v1',
  ':name': 'recording.mp4',
  ':share': 'share1',
  ':webhook': 'webhook1',
  ':token': SHARE_TOKEN,
  '*path': 'index.m3u8',
};

/** The address of a route, with names of things that exist; `made`: those that a server made up. */
export function urlOf(route: string, made: Readonly<Record<string, string>> = {}): string {
  return route.replace(/[:*]\w+/g, (name) => made[name] ?? NAMES[name] ?? name);
}
