import { expect, it, onTestFinished, vi } from 'vitest';
import { Broadcaster } from '../../../src/broadcast/broadcaster.ts';
import type { OpusConfig } from '../../../src/media/codec.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { BLOCK_FRAMES, CHANNELS, OpusDecoder, OpusEncoder } from '../../../src/mixer/opus-codec.ts';
import { decodeFrame } from '../../../src/protocol/frame.ts';
import { createTrack } from '../../../src/room/track.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { LiveRoom, type Person } from '../mixer/live-room.ts';

const WAIT = { timeout: 20_000, interval: 15 };
/** A decoder without a past is wrong the most in what is quiet. */
const AMPLITUDE = 0.002;
/** Longer than a wrong beginning is heard. */
const PACKETS = 8;
const CONFIG: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: CHANNELS };

/** Somebody's quiet tone, which has no beginning and no end. */
function hum({ participant }: Person, { room }: LiveRoom): void {
  const track = createTrack(1, 'audio', 'file', `${participant.id}.1`);
  room.addTrack(participant, track);
  const encoder = new OpusEncoder(64_000);
  const startMs = systemClock.monotonicMs();
  let block = 0;
  const stop = systemClock.every(20, () => {
    for (; startMs + block * 20 <= systemClock.monotonicMs(); block += 1) {
      const samples = Float32Array.from({ length: BLOCK_FRAMES * CHANNELS }, (_, index) => {
        const frame = block * BLOCK_FRAMES + Math.floor(index / CHANNELS);
        return AMPLITUDE * Math.sin((2 * Math.PI * 440 * frame) / 48000);
      });
      const times = {
        pts: pts(Math.round((startMs + block * 20) * 1000)),
        duration: 20_000,
        wallTime: wallTime(startMs),
      };
      if (track.kind === 'audio') {
        track.stream.write({ ...times, data: encoder.encode(samples), keyframe: true, config: CONFIG });
      }
    }
  });
  onTestFinished(stop);
}

/** A socket with the decoder of a page that has just connected. */
class Listener {
  /** The loudest sample of each packet, in the order they came. */
  readonly peaks: number[] = [];
  readonly bufferedBytes = 0;
  readonly #decoder = new OpusDecoder();

  send(): void {}

  sendFrame(message: Uint8Array): void {
    const frame = decodeFrame(message);
    if (typeof frame === 'string') throw new Error(frame);
    const heard = this.#decoder.decodeInPlace(frame.payload).samples;
    this.peaks.push(heard.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0));
  }

  acknowledged(): undefined {
    return undefined;
  }

  /** Resolves when it has heard the tone: what comes late on a busy machine is faded out and in. */
  hears(): Promise<void> {
    return vi.waitFor(() => {
      const { length } = this.peaks;
      const newest = this.peaks.at(-1) ?? 0;
      if (length > PACKETS && newest > AMPLITUDE * 0.8) return;
      throw new Error(`The newest of ${length} packets has an amplitude of ${newest}`);
    }, WAIT);
  }
}

/** Nothing is read in this time, and the mixer process goes on: its packets wait between the two. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

it('gives everybody a clean beginning on a newer socket, whatever of the sound before is still on its way', async () => {
  const live = await LiveRoom.open();
  live.enter('ana');
  hum(live.enter('ben'), live);
  const broadcaster = new Broadcaster(live.mixer, systemClock);
  onTestFinished(() => broadcaster.close());
  const first = new Listener();
  broadcaster.soundTo('ana', first);
  await first.hears();
  for (let socket = 0; socket < 5; socket += 1) {
    standStill(150);
    const next = new Listener();
    broadcaster.soundTo('ana', next);
    await next.hears();
    // Four times as loud when the decoder begins in the middle of a stream; some percent are the codec's own.
    expect(Math.max(...next.peaks)).toBeLessThan(AMPLITUDE * 1.6);
  }
});
