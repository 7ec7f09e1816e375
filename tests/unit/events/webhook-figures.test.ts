import { expect, test } from 'vitest';
import {
  conditionFigures,
  conditionOf,
  mostFailures,
  resultOf,
  type WebhookPlace,
} from '../../../src/events/webhook-figures.ts';

const NONE = { webhooks: 0, waiting: 0, oldestMs: 0 };
const place = (change: Partial<WebhookPlace> = {}): WebhookPlace => ({
  paused: undefined,
  failures: 0,
  behind: 0,
  waitsSinceMs: undefined,
  ...change,
});

test.each([
  [undefined, 'unanswered'],
  [199, 'refused'],
  [200, 'taken'],
  [299, 'taken'],
  [302, 'refused'],
  [503, 'refused'],
] as const)('a try that was answered with %s counts as %s', (status, result) => {
  expect(resultOf(status)).toBe(result);
});

test.each([
  [undefined, 0, 'working'],
  [undefined, 1, 'retrying'],
  ['asked', 3, 'paused'],
  ['failing', 3, 'given_up'],
  ['gone', 1, 'given_up'],
] as const)('a webhook with the pause %s after %i failures counts as %s', (paused, failures, condition) => {
  expect(conditionOf({ paused, failures })).toBe(condition);
});

test('what waits is summed up by condition, with the age of the oldest', () => {
  const places = [
    place(),
    place({ behind: 2, waitsSinceMs: 900 }),
    place({ failures: 2, behind: 5, waitsSinceMs: 400 }),
    place({ failures: 9, behind: 1, waitsSinceMs: 700 }),
    place({ failures: 30, paused: 'failing', behind: 50, waitsSinceMs: 100 }),
  ];
  expect(conditionFigures(places, 1000)).toEqual({
    working: { webhooks: 2, waiting: 2, oldestMs: 100 },
    retrying: { webhooks: 2, waiting: 6, oldestMs: 600 },
    paused: NONE,
    given_up: { webhooks: 1, waiting: 50, oldestMs: 900 },
  });
  expect(mostFailures(places)).toBe(9);
});

test('nothing is younger than now, and without webhooks there is nothing', () => {
  expect(conditionFigures([place({ behind: 1, waitsSinceMs: 5000 })], 1000).working.oldestMs).toBe(0);
  expect(conditionFigures([], 1000)).toEqual({ working: NONE, retrying: NONE, paused: NONE, given_up: NONE });
  expect(mostFailures([])).toBe(0);
});
