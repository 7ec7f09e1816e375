import { expect, test } from 'vitest';
import { resourcePolicy } from '../../../src/api/resource-policy.ts';

const PARTNER = 'https://partner.example';
const ALLOWED = new Set([PARTNER, 'http://127.0.0.1:8090']);
const NOBODY = { origin: undefined, referer: undefined };

test.each([
  // Made to be shown anywhere.
  ['/hls/hall/index.m3u8', 'cross-origin'],
  ['/hls/hall/s1/thumbnail-4.jpg', 'cross-origin'],
  ['/hls/hall/~pass/s1/segment-1.m4s', 'cross-origin'],
  ['/assets/app-123.js', 'cross-origin'],
  ['/embed/player.js', 'cross-origin'],
  ['/api/time', 'cross-origin'],
  ['/api/rooms/hall/viewers', 'cross-origin'],
  ['/api/rooms/hall/chat', 'cross-origin'],
  ['/api/rooms/hall/chat/m1/delete', 'cross-origin'],
  ['/api/shared/abc/poster.jpg', 'cross-origin'],
  ['/api/shared/abc/recording.mp4', 'cross-origin'],
  ['/hls/hall/poster.jpg', 'cross-origin'],
  ['/api/rooms/hall/images/logo', 'cross-origin'],
  ['/api/rooms/hall/images/background', 'cross-origin'],
  // What a token or a ticket opens.
  ['/api/shared/abc', 'same-origin'],
  ['/api/rooms/hall', 'same-origin'],
  ['/api/rooms/hall/images/logo/x', 'same-origin'],
  ['/api/rooms/hall/images/other', 'same-origin'],
  ['/api/rooms/hall/participants/ann/avatar', 'same-origin'],
  ['/api/rooms/hall/files/f1/content', 'same-origin'],
  ['/api/recordings/r1/download', 'same-origin'],
  ['/api/recordings/r1/files/poster.jpg', 'same-origin'],
  ['/api/recordings/r1/hls/~ticket/segment-1.m4s', 'same-origin'],
  ['/api/recordings/r1/vod/~ticket/vod.m3u8', 'same-origin'],
  ['/api/events', 'same-origin'],
  // Pages and what only looks like something open.
  ['/', 'same-origin'],
  ['/r/hall', 'same-origin'],
  ['/admin', 'same-origin'],
  ['/metrics', 'same-origin'],
  ['/hls', 'same-origin'],
  ['/x/hls/hall/index.m3u8', 'same-origin'],
  ['/api/timeless', 'same-origin'],
])('%s is %s for a page of a site that nobody named', (path, policy) => {
  const stranger = 'https://elsewhere.example';
  expect(resourcePolicy({ path, ...NOBODY }, ALLOWED)).toBe(policy);
  expect(resourcePolicy({ path, origin: stranger, referer: `${stranger}/` }, ALLOWED)).toBe(policy);
});

test.each([
  ['its origin', PARTNER, undefined, 'cross-origin'],
  ['a picture of its page', undefined, `${PARTNER}/`, 'cross-origin'],
  ['a picture of a page below', undefined, `${PARTNER}/news/1?x=https://a.example`, 'cross-origin'],
  ['the usual port', undefined, 'https://partner.example:443/', 'cross-origin'],
  ['an address with a port', undefined, 'http://127.0.0.1:8090/page', 'cross-origin'],
  ['an origin that is not named, whatever the page', 'https://elsewhere.example', `${PARTNER}/`, 'same-origin'],
  ['a page without an origin', 'null', undefined, 'same-origin'],
  ['another scheme', undefined, 'http://partner.example/', 'same-origin'],
  ['another port', undefined, 'https://partner.example:81/', 'same-origin'],
  ['a name that begins with it', undefined, 'https://partner.example.evil.example/', 'same-origin'],
  ['its name as a user', undefined, 'https://partner.example@evil.example/', 'same-origin'],
  ['nonsense', undefined, 'partner.example', 'same-origin'],
  ['nothing', undefined, undefined, 'same-origin'],
  ['an empty word', undefined, '', 'same-origin'],
] as const)('what a ticket opens, asked for with %s, is judged by that', (_what, origin, referer, policy) => {
  const path = '/api/rooms/hall/files/f1/content';
  expect(resourcePolicy({ path, origin, referer }, ALLOWED)).toBe(policy);
  // Documents are never for other sites.
  expect(resourcePolicy({ path: '/admin', origin, referer }, ALLOWED)).toBe('same-origin');
  expect(resourcePolicy({ path, origin, referer }, new Set())).toBe('same-origin');
});
