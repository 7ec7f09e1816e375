import { describe, expect, it } from 'vitest';
import { Pace } from '../../../../src/cli/publish/pace.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

const MOST = 2000;

function rig() {
  const clock = new FakeClock();
  const sent: string[] = [];
  const pace = new Pace<string>(clock, (item) => sent.push(item));
  return { clock, sent, pace };
}

describe('Pace', () => {
  it('lets go at once what is due, late, or early by a tenth of a second', () => {
    const { sent, pace, clock } = rig();
    clock.advance(1000);
    for (const dueMs of [900, 1000, 1100]) pace.add(`${dueMs}`, dueMs);
    expect(sent).toEqual(['900', '1000', '1100']);
    expect(clock.pending).toBe(0);
  });

  it('holds back what came in a burst until it is due, in order', () => {
    const { sent, pace, clock } = rig();
    for (const dueMs of [0, 1000, 2000, 1990]) pace.add(`${dueMs}`, dueMs);
    expect(sent).toEqual(['0']);
    clock.advance(899);
    expect(sent).toEqual(['0']);
    clock.advance(1);
    expect(sent).toEqual(['0', '1000']);
    clock.advance(1000);
    expect(sent).toEqual(['0', '1000', '2000', '1990']);
    expect(clock.pending).toBe(0);
  });

  it(`holds back ${MOST}, and of one more the oldest goes`, () => {
    const { sent, pace } = rig();
    for (let index = 0; index < MOST; index += 1) pace.add(`${index}`, 60_000);
    expect(sent).toEqual([]);
    pace.add('last', 60_000);
    expect(sent).toEqual(['0']);
  });

  it('is empty when the last has gone, and when what waits is given up', async () => {
    const { sent, pace, clock } = rig();
    await pace.empty();
    let empty = 0;
    pace.add('a', 1000);
    void pace.empty().then(() => (empty += 1));
    await clock.run(1);
    expect(empty).toBe(0);
    clock.advance(1000);
    await clock.run(1);
    expect([sent, empty]).toEqual([['a'], 1]);
    pace.add('b', 5000);
    void pace.empty().then(() => (empty += 1));
    pace.close();
    await clock.run(1);
    expect([sent, empty, clock.pending]).toEqual([['a'], 2, 0]);
  });
});
