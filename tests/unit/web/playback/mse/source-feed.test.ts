import { describe, expect, it } from 'vitest';
import { SourceFeed } from '../../../../../web/playback/mse/source-feed.ts';

/** A browser's buffer that is busy until told otherwise, and has room for so many bytes. */
class Buffer {
  updating = false;
  onupdateend: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly appended: number[] = [];
  readonly removed: (readonly [number, number])[] = [];
  readonly range = { startS: 0, endS: 0 };
  room = Number.POSITIVE_INFINITY;

  get buffered() {
    const { startS, endS } = this.range;
    return { length: endS > startS ? 1 : 0, start: () => startS, end: () => endS };
  }

  appendBuffer({ length }: Uint8Array): void {
    if (length > this.room) throw new DOMException('There is no room.', 'QuotaExceededError');
    this.appended.push(length);
    this.updating = true;
  }

  remove(startS: number, endS: number): void {
    this.removed.push([startS, endS]);
    this.range.startS = endS;
    this.updating = true;
  }

  done(): void {
    this.updating = false;
    this.onupdateend?.();
  }
}

function feedOf(changes: Partial<Pick<Buffer, 'room' | 'updating'>> & { readonly endS?: number } = {}) {
  const buffer = Object.assign(new Buffer(), changes);
  buffer.range.endS = changes.endS ?? 0;
  const failures: string[] = [];
  const feed = new SourceFeed(buffer, (reason) => failures.push(reason));
  return { buffer, feed, failures };
}

const part = (bytes = 1): Uint8Array[] => [new Uint8Array(bytes)];

describe('what is fed to a video element', () => {
  it('waits while the browser is busy, and goes in one piece', () => {
    const { buffer, feed } = feedOf({ updating: true });
    for (let count = 0; count < 5; count += 1) expect(feed.append(part(2))).toBe(true);
    expect(buffer.appended).toEqual([]);
    buffer.done();
    expect(buffer.appended).toEqual([10]);
  });

  it('is given up when too much of it waits', () => {
    const { buffer, feed } = feedOf({ updating: true });
    for (let count = 0; count < 301; count += 1) expect(feed.append(part())).toBe(true);
    expect(feed.append(part())).toBe(false);
    buffer.done();
    expect(buffer.appended).toEqual([]);
  });

  it('is removed ten seconds after it was played, twenty at most', () => {
    const { buffer, feed } = feedOf({ endS: 30 });
    feed.playedS = 20;
    feed.append(part());
    buffer.done();
    expect(buffer.removed).toEqual([]);
    feed.playedS = 20.5;
    feed.append(part());
    expect(buffer.removed).toEqual([[0, 10.5]]);
    buffer.done();
    expect(buffer.appended).toEqual([1, 1]);
  });

  it('makes room when the browser has none, and goes on where it was', () => {
    const { buffer, feed, failures } = feedOf({ endS: 10, room: 4 });
    feed.playedS = 9;
    feed.append(part(5));
    expect(buffer.removed).toEqual([[0, 4]]);
    buffer.room = 5;
    buffer.done();
    expect(buffer.appended).toEqual([5]);
    expect(failures).toEqual([]);
  });

  it('fails when there is no room and nothing to remove', () => {
    const { buffer, feed, failures } = feedOf({ endS: 10, room: 4 });
    feed.playedS = 4;
    feed.append(part(5));
    expect(buffer.removed).toEqual([]);
    expect(failures).toEqual(['There is no room.']);
    feed.append(part());
    expect(failures).toHaveLength(1);
  });
});
