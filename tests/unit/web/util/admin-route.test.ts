import { expect, it } from 'vitest';
import { adminHref, parseAdminRoute } from '../../../../web/util/admin-route.ts';

it.each([
  ['', 'recordings', '', {}],
  ['#/rooms', 'rooms', '', {}],
  ['#/people', 'people', '', {}],
  ['#/recordings/rAb-_9', 'recordings', 'rAb-_9', {}],
  ['#/recordings?q=two+words&state=ready', 'recordings', '', { q: 'two words', state: 'ready' }],
  ['#/recordings/../../x', 'recordings', '', {}],
  ['#token=abc', 'recordings', '', {}],
])('reads %j', (hash, view, recording, query) => {
  expect(parseAdminRoute(hash)).toEqual({ view, recording, query });
});

it('leads back to what it was made from', () => {
  const href = adminHref('recordings', '', { q: 'a & b', room: '', state: 'failed' });
  expect(href).toBe('#/recordings?q=a+%26+b&state=failed');
  expect(parseAdminRoute(href).query).toEqual({ q: 'a & b', state: 'failed' });
  expect(adminHref('recordings', 'r1')).toBe('#/recordings/r1');
});
