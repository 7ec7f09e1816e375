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
  return queue.request({ urgent }, (done) => {
    started.push(`${name} at ${clock.monotonicMs()}`);
    if (takesMs === 0) done();
    else if (takesMs < Number.POSITIVE_INFINITY) clock.after(takesMs, done);
  });
}

describe('StartQueue', () => {
  it('starts what works at once, at once', () => {
    for (const name of ['a', 'b', 'c']) request(name);
    expect(started).toEqual(['a at 0', 'b at 0', 'c at 0']);
    expect(clock.pending).toBe(0);
  });

  it('lets two begin at a time, the newest of those who wait first', () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) request(name, { takesMs: name === 'a' ? 50 : 120 });
    expect(started).toEqual(['a at 0', 'b at 0']);
    clock.advance(1000);
    expect(started.slice(2)).toEqual(['e at 50', 'd at 120', 'c at 170']);
    expect(clock.pending).toBe(0);
  });

  it('starts nothing until that is possible without holding up the program, and all of it then', async () => {
    const ready = Promise.withResolvers<void>();
    let isReady = false;
    let asked = 0;
    queue = new StartQueue(clock, () => {
      asked += 1;
      return isReady ? undefined : ready.promise;
    });
    for (const name of ['a', 'b', 'c']) request(name);
    expect([started, asked]).toEqual([[], 1]);
    clock.advance(1000);
    isReady = true;
    ready.resolve();
    await ready.promise;
    expect(started).toEqual(['c at 1000', 'b at 1000', 'a at 1000']);
  });

  it('starts nothing any more when it was closed meanwhile', async () => {
    const ready = Promise.withResolvers<void>();
    queue = new StartQueue(clock, () => ready.promise);
    request('a');
    queue.close();
    request('b');
    ready.resolve();
    await ready.promise;
    expect(started).toEqual([]);
  });

  it('does not wait for ever for one to work, nor take one that works late for another', () => {
    request('a', { takesMs: Number.POSITIVE_INFINITY });
    request('b', { takesMs: 300 });
    for (const name of ['c', 'd', 'e']) request(name, { takesMs: 200 });
    clock.advance(299);
    expect(started).toEqual(['a at 0', 'b at 0', 'e at 250', 'd at 250']);
    clock.advance(1000);
    expect(started.slice(4)).toEqual(['c at 450']);
  });

  it('lets those wait who have a picture already, and these in turn', () => {
    for (const name of ['a', 'b', 'c']) request(name, { urgent: false, takesMs: 100 });
    request('d', { takesMs: 100 });
    clock.advance(250);
    expect(started).toEqual(['d at 0', 'a at 0', 'b at 100', 'c at 100']);
  });

  it('lets nobody wait for ever', () => {
    for (const name of ['first', 'second']) request(name, { takesMs: 100 });
    request('patient', { urgent: false });
    for (let at = 0; at < 3300; at += 50) {
      request(`n${at}`, { takesMs: 100 });
      clock.advance(50);
    }
    expect(started.find((entry) => entry.startsWith('patient'))).toBe('patient at 3100');
  });

  it('does not start what was taken back, and may be asked from within a start', () => {
    for (const name of ['a', 'b']) request(name, { takesMs: 100 });
    const takeBack = request('c');
    takeBack();
    queue.request({ urgent: true }, (done) => {
      started.push('d');
      request('e');
      done();
    });
    clock.advance(100);
    takeBack();
    expect(started).toEqual(['a at 0', 'b at 0', 'd', 'e at 100']);
  });

  it('starts nothing any more once it is closed', () => {
    for (const name of ['a', 'b', 'c']) request(name, { takesMs: Number.POSITIVE_INFINITY });
    request('d', { urgent: false });
    queue.close();
    clock.advance(1000);
    expect([started, clock.pending]).toEqual([['a at 0', 'b at 0'], 0]);
  });
});
