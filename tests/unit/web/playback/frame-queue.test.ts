import { describe, expect, it } from 'vitest';
import { FrameQueue, type TimedFrame } from '../../../../web/playback/frame-queue.ts';

class FakeFrame implements TimedFrame {
  readonly timestamp: number;
  closed = 0;

  constructor(timestamp: number) {
    this.timestamp = timestamp;
  }

  close(): void {
    this.closed += 1;
  }
}

function fill(queue: FrameQueue<FakeFrame>, ...timestamps: number[]): FakeFrame[] {
  const frames = timestamps.map((timestamp) => new FakeFrame(timestamp));
  for (const frame of frames) queue.push(frame);
  return frames;
}

describe('FrameQueue', () => {
  it('shows the newest picture that is due and closes the ones it passes over', () => {
    const queue = new FrameQueue<FakeFrame>(10);
    const [first, second, third] = fill(queue, 0, 33_000, 66_000);
    expect(queue.take(40_000)).toBe(second);
    expect([first?.closed, second?.closed, third?.closed]).toEqual([1, 0, 0]);
    expect(queue.dropped).toBe(1);
    expect(queue.length).toBe(1);
  });

  it('keeps the picture before while nothing is due', () => {
    const queue = new FrameQueue<FakeFrame>(10);
    fill(queue, 100_000);
    expect(queue.take(50_000)).toBeUndefined();
    expect(queue.take(93_000)?.timestamp).toBe(100_000);
  });

  it('shows the newest at once without sound', () => {
    const queue = new FrameQueue<FakeFrame>(10);
    fill(queue, 0, 33_000);
    expect(queue.take(undefined)?.timestamp).toBe(33_000);
  });

  it('does not wait for a sound that is more than a second away', () => {
    const queue = new FrameQueue<FakeFrame>(10);
    fill(queue, 5_000_000);
    expect(queue.take(3_900_000)?.timestamp).toBe(5_000_000);
  });

  it('shows the oldest early rather than never when it is full', () => {
    const queue = new FrameQueue<FakeFrame>(2);
    const [first, second] = fill(queue, 100_000, 133_000, 166_000);
    expect(queue.take(0)).toBe(first);
    fill(queue, 200_000);
    expect(queue.take(0)).toBe(second);
    expect(queue.length).toBe(2);
  });

  it('never holds more than its limit and one, however long nobody looks', () => {
    const queue = new FrameQueue<FakeFrame>(3);
    const frames = fill(queue, ...Array.from({ length: 100 }, (_, index) => index * 33_000));
    expect(frames.filter((frame) => frame.closed === 0)).toHaveLength(4);
    queue.clear();
    expect(frames.every((frame) => frame.closed === 1)).toBe(true);
    expect(queue.take(undefined)).toBeUndefined();
  });
});
