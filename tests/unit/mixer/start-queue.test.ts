import { beforeEach, describe, expect, it } from 'vitest';
import { StartQueue } from '../../../src/mixer/start-queue.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

let clock: FakeClock;
let queue: StartQueue;
/** Who was started, and when. */
let started: string[];

beforeEach(() => {
  clock = new FakeClock();
  queue = new StartQueue(clock);
  started = [];
});

/** What works `takesMs` after its start; Infinity: never. */
function request(name: string, { urgent = true, takesMs = 0 } = {}): () => void {
  return queue.request(urgent, (done) => {
    started.push(`${name} at ${clock.monotonicMs()}`);
    if (takesMs === 0) done();
    else if (takesMs < Number.POSITIVE_INFINITY) clock.after(takesMs, done);
  });
}

describe('StartQueue', () => {
  it('starts the first at once, and the others a frame apart, the newest first', () => {
    for (const name of ['a', 'b', 'c', 'd']) request(name);
    expect(started).toEqual(['a at 0']);
    clock.advance(1000);
    expect(started).toEqual(['a at 0', 'd at 33', 'c at 66', 'b at 99']);
    expect(clock.pending).toBe(0);
  });

  it('starts at once again when nothing was started a moment ago', () => {
    request('a');
    clock.advance(33);
    request('b');
    request('c');
    expect(started).toEqual(['a at 0', 'b at 33']);
    clock.advance(33);
    expect(started).toHaveLength(3);
  });

  it('waits for one to work before it starts the next, but not for ever', () => {
    for (const name of ['a', 'b', 'c']) request(name, { takesMs: name === 'c' ? Number.POSITIVE_INFINITY : 120 });
    clock.advance(1000);
    expect(started).toEqual(['a at 0', 'c at 120', 'b at 370']);
  });

  it('does not take one that works very late for the next', () => {
    request('a', { takesMs: 300 });
    request('b');
    request('c', { takesMs: 200 });
    clock.advance(1000);
    expect(started).toEqual(['a at 0', 'c at 250', 'b at 450']);
  });

  it('lets those wait who have a picture already, and these in turn', () => {
    for (const name of ['a', 'b', 'c']) request(name, { urgent: false });
    request('d');
    clock.advance(100);
    expect(started).toEqual(['a at 0', 'd at 33', 'b at 66', 'c at 99']);
  });

  it('lets nobody wait for ever', () => {
    request('first');
    request('patient', { urgent: false });
    for (let at = 0; at < 3200; at += 33) {
      request(`n${at}`);
      clock.advance(33);
    }
    expect(started.find((entry) => entry.startsWith('patient'))).toMatch(/patient at 30[0-6]\d/);
  });

  it('does not start what was taken back, and may be asked from within a start', () => {
    request('a');
    const takeBack = request('b');
    takeBack();
    queue.request(true, (done) => {
      started.push('c');
      request('d');
      done();
    });
    clock.advance(100);
    takeBack();
    expect(started).toEqual(['a at 0', 'c', 'd at 66']);
  });

  it('starts nothing any more once it is closed', () => {
    for (const name of ['a', 'b']) request(name);
    queue.close();
    clock.advance(1000);
    expect([started, clock.pending]).toEqual([['a at 0'], 0]);
  });
});
