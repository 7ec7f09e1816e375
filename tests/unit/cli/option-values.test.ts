import { parseArgs } from 'node:util';
import { expect, it } from 'vitest';
import { tieValues } from '../../../src/cli/option-values.ts';

const OPTIONS = { token: { type: 'string' }, room: { type: 'string' }, loop: { type: 'boolean' } } as const;

it.each([
  [['film.mp4', '--token', '-abc', '--loop'], { token: '-abc', loop: true }],
  [['--token', '--abc', 'film.mp4', '--room', '-'], { token: '--abc', room: '-' }],
  [['film.mp4', '--token=-abc', '--room', 'demo'], { token: '-abc', room: 'demo' }],
])('takes %j as it was meant', (args, values) => {
  const parsed = parseArgs({ args: tieValues(args, OPTIONS), options: OPTIONS, allowPositionals: true });
  expect([{ ...parsed.values }, parsed.positionals]).toEqual([values, ['film.mp4']]);
});

it.each([[['--token', '--room', 'demo']], [['--token', '--room=demo']], [['--token']], [['--loop', '-x']]])(
  'leaves %j to be refused',
  (args) => {
    expect(tieValues(args, OPTIONS)).toEqual(args);
  },
);
