/** Writes coded media into tracks at the pace of real time: what sockets do in a server. */
import type { VideoConfig } from '../../src/media/codec.ts';
import { pts, wallTime } from '../../src/media/timestamp.ts';
import type { Track } from '../../src/room/track.ts';
import { type Disposer, systemClock } from '../../src/util/clock.ts';
import type { CodedLoop } from './coded-loop.ts';

interface Feed {
  readonly track: Track;
  readonly loop: CodedLoop;
  readonly startMs: number;
  readonly lateMs: () => number;
  sent: number;
  /** When the next packet is written. */
  dueMs: number;
}

/** One timer for all tracks, set for whichever packet is due next: nothing is sent in bursts. */
export class Feeder {
  readonly #feeds = new Set<Feed>();
  #timer: Disposer | undefined;

  /**
   * Begins to feed a track with the first packet of its loop.
   * @param phaseMs how much later than now, so that people do not send at the same moment.
   * @param lateMs how long the next packet is on its way; none overtakes another.
   * @returns ends it
   */
  add(track: Track, loop: CodedLoop, phaseMs = 0, lateMs: () => number = () => 0): Disposer {
    const startMs = systemClock.monotonicMs() + phaseMs;
    const feed: Feed = { track, loop, startMs, lateMs, sent: 0, dueMs: startMs + lateMs() };
    this.#feeds.add(feed);
    this.#run();
    return () => this.#feeds.delete(feed);
  }

  close(): void {
    this.#feeds.clear();
    this.#timer?.();
  }

  #run(): void {
    this.#timer?.();
    const now = systemClock.monotonicMs();
    let next = Number.POSITIVE_INFINITY;
    for (const feed of this.#feeds) {
      while (feed.dueMs <= now) {
        write(feed);
        feed.sent += 1;
        feed.dueMs = Math.max(feed.dueMs, capturedMs(feed) + feed.lateMs());
      }
      next = Math.min(next, feed.dueMs);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = systemClock.after(Math.max(0, next - systemClock.monotonicMs()), () => this.#run());
  }
}

function capturedMs({ startMs, sent, loop }: Feed): number {
  return startMs + sent * loop.stepMs;
}

function write(feed: Feed): void {
  const { track, loop, sent } = feed;
  const packet = loop.packets[sent % loop.packets.length];
  if (!packet) return;
  // Timers are late; when a packet was captured is not.
  const captured = capturedMs(feed);
  const frame = {
    data: packet.data,
    pts: pts(Math.round(captured * 1000)),
    duration: Math.round(loop.stepMs * 1000),
    wallTime: wallTime(systemClock.wallMs() - systemClock.monotonicMs() + captured),
  };
  if (track.kind === 'audio' && loop.config.codec === 'opus') {
    track.stream.write({ ...frame, keyframe: true, config: loop.config });
  } else if (track.kind === 'video' && loop.config.codec !== 'opus') {
    track.stream.write({ ...frame, keyframe: packet.keyframe, config: loop.config satisfies VideoConfig });
  }
}
