import { describe, expect, it } from 'vitest';
import { hasColours, logOutput } from '../../../src/cli/log-output.ts';

describe('the log of a command', () => {
  it.each([
    ['auto', true, {}, 'text', true],
    ['auto', false, {}, 'json', false],
    ['json', true, {}, 'json', false],
    ['text', false, {}, 'text', false],
    ['text', true, {}, 'text', true],
    ['auto', true, { NO_COLOR: '1' }, 'text', false],
    ['auto', true, { NO_COLOR: '' }, 'text', true],
    ['auto', true, { TERM: 'dumb' }, 'text', false],
  ] as const)(
    'by format %s at a terminal (%s) with %j is %s, coloured: %s',
    (order, terminal, env, format, colours) => {
      expect(logOutput(order, { terminal, env })).toEqual({ format, colours });
    },
  );

  it('has no colours where there is no terminal', () => {
    expect(hasColours(false, {})).toBe(false);
  });
});
