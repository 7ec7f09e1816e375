import { expect, test } from 'vitest';
import { EVENT_PATTERN } from '../../../src/events/event-filter.ts';
import { isTaken, pauseMs, pauseReason, signatureOf } from '../../../src/events/webhook.ts';

test('the signature is the one that anybody can work out from the secret, the time and the body', () => {
  // printf '1767225600.{}' | openssl dgst -sha256 -hmac secret
  expect(signatureOf('secret', '{}', 1_767_225_600)).toMatch(/^t=1767225600,v1=[0-9a-f]{64}$/);
  expect(signatureOf('secret', '{}', 1_767_225_601)).not.toContain(
    signatureOf('secret', '{}', 1_767_225_600).slice(14),
  );
});

test('pauses double from two seconds up to two minutes, and chance takes away up to half', () => {
  expect([1, 2, 3, 7, 50].map((failures) => pauseMs(failures, 1))).toEqual([2000, 4000, 8000, 120_000, 120_000]);
  expect([1, 2, 3, 7, 50].map((failures) => pauseMs(failures, 0))).toEqual([1000, 2000, 4000, 60_000, 60_000]);
});

test('a receiver may ask for a longer pause, up to an hour', () => {
  expect(pauseMs(1, 1, 300)).toBe(300_000);
  expect(pauseMs(9, 1, 1)).toBe(120_000);
  expect(pauseMs(1, 1, 1_000_000)).toBe(3_600_000);
});

test('only statuses from 200 to 299 take an event', () => {
  expect([200, 204, 299].every(isTaken)).toBe(true);
  expect([199, 300, 301, 307, 404, 410, 500, undefined].some(isTaken)).toBe(false);
});

test('a webhook is given up when its receiver is gone for good, or has failed for long enough', () => {
  expect(pauseReason({ status: 410, failingMs: 0 }, 1000)).toBe('gone');
  expect(pauseReason({ status: 500, failingMs: 999 }, 1000)).toBeUndefined();
  expect(pauseReason({ status: undefined, failingMs: 1000 }, 1000)).toBe('failing');
});

test('a pattern is an exact type or a whole area, and nothing that a database would take for something else', () => {
  expect(['room.*', 'room.created', 'session.signed_in'].every((text) => EVENT_PATTERN.test(text))).toBe(true);
  expect(
    ['*', 'room', 'room.', '.created', 'Room.created', 'room.cre%', "room.'"].some((text) => EVENT_PATTERN.test(text)),
  ).toBe(false);
});
