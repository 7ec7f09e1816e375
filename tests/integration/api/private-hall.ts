/** Rooms that only some may watch, with an origin behind them that has one session. */
import { gzipSync } from 'node:zlib';
import type { RoomRole } from '../../../src/api/grant.ts';
import type { HlsControl } from '../../../src/api/ports.ts';
import { viewOfRoom } from '../../helpers/room-views.ts';
import { type Answer, startApi, type TestApi } from './api-server.ts';

/** Of an answer that is a playlist. */
export const PLAYLIST = {
  status: 200,
  contentType: 'application/vnd.apple.mpegurl',
  cacheControl: 'max-age=1',
} as const;
/** What the origin has: the multivariant playlist, its media playlist, where a segment is, and the poster. */
export const INDEX =
  '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="s1/audio.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1\ns1/live.m3u8\n';
export const LIVE = '#EXTM3U\n#EXT-X-MAP:URI="init-0.mp4"\n#EXTINF:2,\nsegment-1.m4s\n';
export const REST = 's1/segment-1.m4s';
export const POSTER = {
  status: 200,
  contentType: 'image/jpeg',
  cacheControl: 'public, max-age=5',
  body: 'a picture',
  etag: '"p1"',
} as const;

/** The origin. */
export const origin: HlsControl = {
  async get(_room, path) {
    if (path === 'index.m3u8') return { ...PLAYLIST, body: INDEX, gzip: gzipSync(INDEX) };
    if (path === 's1/live.m3u8') return { ...PLAYLIST, body: LIVE };
    if (path === REST) {
      const cacheControl = 'public, max-age=3600, immutable';
      return { status: 200, contentType: 'video/mp4', cacheControl, body: new Uint8Array([1, 2, 3]) };
    }
    if (path === 'poster.jpg') return POSTER;
    return { status: 404, contentType: 'text/plain', cacheControl: 'no-store', body: 'no' };
  },
};

/** Says from now on who may watch a live room. */
export function setAccess(api: TestApi, access: 'public' | 'private', room = 'hall'): void {
  api.rooms.set(
    room,
    viewOfRoom(room, { live: true, viewing: { access, profile: 'standard', abr: false, captions: false } }),
  );
}

/** The rooms `hall` and `attic`, both private. */
export async function startPrivate(hls: HlsControl = origin): Promise<TestApi> {
  const api = await startApi({ ports: { hls } });
  setAccess(api, 'private');
  setAccess(api, 'private', 'attic');
  return api;
}

/** A token for a room, for six hours. */
export async function tokenFor(api: TestApi, role: RoomRole, room = 'hall', ttlSeconds = 6 * 3600): Promise<string> {
  return (await api.deps.tokens.issue({ room, role, ttlSeconds })).token;
}

/** Asks for the index with a token in the query. */
export async function indexWith(api: TestApi, token: string, room = 'hall'): Promise<Answer> {
  return api.send('GET', `/hls/${room}/index.m3u8?token=${token}`);
}

/** What `/hls/hall/` is followed by in the addresses of the index. */
export async function passOf(api: TestApi, token: string): Promise<string> {
  const pass = /^~[\w.-]+(?=\/)/m.exec((await indexWith(api, token)).text)?.[0];
  if (pass === undefined) throw new Error('The index has no pass.');
  return pass;
}

/** Status and code of an answer. */
export function codeOf({ status, json }: Answer): string {
  return `${status} ${String(json['code'])}`;
}
