import { describe, expect, it } from 'vitest';
import { AckTracker } from '../../../../web/transport/ack-tracker.ts';

describe('AckTracker', () => {
  it('names the newest frame and the bytes so far of each track', () => {
    const tracker = new AckTracker();
    tracker.note(16, 4, 1000, 10);
    tracker.note(16, 5, 200, 43);
    tracker.note(17, 9, 80, 44);
    expect(tracker.take()).toEqual([
      { type: 'ack', track: 16, seq: 5, bytes: 1200, receivedMs: 43 },
      { type: 'ack', track: 17, seq: 9, bytes: 80, receivedMs: 44 },
    ]);
  });

  it('stays silent about tracks that received nothing since', () => {
    const tracker = new AckTracker();
    tracker.note(16, 4, 1000, 10);
    tracker.note(17, 1, 80, 10);
    tracker.take();
    tracker.note(17, 2, 80, 30);
    expect(tracker.take()).toEqual([{ type: 'ack', track: 17, seq: 2, bytes: 160, receivedMs: 30 }]);
    expect(tracker.take()).toEqual([]);
  });
});
