import { describe, expect, it } from 'vitest';
import { formatMove, showMove } from '../../../../src/cli/move/move-line.ts';
import type { MoveProgress } from '../../../../src/database/move/move-to-postgres.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

function target(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

const HALF: MoveProgress = { phase: 'copying', done: 1350, total: 2700 };

describe('how far a move is', () => {
  it('is said in rows, and never as more than there is', () => {
    expect(formatMove(HALF)).toBe('Copying   50 %  1350 of 2700 rows');
    expect(formatMove({ phase: 'checking', done: 2699, total: 2700 })).toBe('Checking  99 %  2699 of 2700 rows');
    expect(formatMove({ phase: 'checking', done: 0, total: 0 })).toBe('Checking 100 %  0 of 0 rows');
  });

  it('is not said at all of one that is over within a second', () => {
    const clock = new FakeClock();
    const to = target(true);
    const stop = showMove(() => HALF, to, clock);
    clock.advance(999);
    stop();
    expect([to.written, clock.pending]).toEqual([[], 0]);
  });

  it('is written over itself on a terminal, with one last line however often it is ended', () => {
    const clock = new FakeClock();
    const to = target(true);
    const stop = showMove(() => HALF, to, clock);
    clock.advance(1250);
    stop();
    stop();
    const line = '\rCopying   50 %  1350 of 2700 rows\u001b[K';
    expect(to.written).toEqual([line, line, line, '\n']);
  });

  it('is a line now and then elsewhere', () => {
    const clock = new FakeClock();
    const to = target(false);
    const stop = showMove(() => HALF, to, clock);
    clock.advance(10_000);
    stop();
    expect(to.written).toEqual(['Copying   50 %  1350 of 2700 rows\n']);
  });
});
