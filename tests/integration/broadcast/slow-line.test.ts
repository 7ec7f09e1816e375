import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Broadcaster } from '../../../src/broadcast/broadcaster.ts';
import type { H264Config, OpusConfig } from '../../../src/media/codec.ts';
import { Stream } from '../../../src/media/stream.ts';
import { pts, wallTime } from '../../../src/media/timestamp.ts';
import { type FrameHeader, decodeFrame } from '../../../src/protocol/frame.ts';
import { PROGRAM_TRACK } from '../../../src/protocol/messages.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { countStandstills } from '../../helpers/standstills.ts';
import { TcpProxy } from '../../helpers/tcp-proxy.ts';
import { TestParticipant } from '../../helpers/test-participant.ts';
import { Door } from '../ingest/door.ts';

const FPS = 30;
const GROUP = 60;
const SOUND_MS = 20;
/**
 * Server and receivers are this one process: when it gets no processor for so long, beside 200 ms of jitter, frames were as late
 * as on a line that is too slow, and are left out up to the next key frame.
 */
const STANDSTILL_MS = 50;
/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };
const SOUND: OpusConfig = { codec: 'opus', codecString: 'opus', sampleRate: 48000, channels: 2 };
const PICTURE: H264Config = {
  codec: 'h264',
  format: 'avc',
  codecString: 'avc1.42E01F',
  description: Uint8Array.from([1, 0x42, 0xe0, 0x1f, 0xff, 0xe1, 0, 4, 0x67, 0x42, 0xe0, 0x1f, 1, 0, 2, 0x68, 0xce]),
  width: 1280,
  height: 720,
  framerate: FPS,
};

/** A room whose program runs in real time: a megabit of pictures, and sound for everybody. */
async function openRoom() {
  const video = new Stream<H264Config>({ label: 'video', timescale: FPS, replay: { maxItems: 99, maxBytes: 2 ** 24 } });
  const low = new Stream<H264Config>({ label: 'low', timescale: FPS });
  const sound = new Stream<OpusConfig>({ label: 'sound', timescale: 48000 });
  const mixer = { video, low, setLowWanted: () => {}, returnSound: () => sound, setListening: () => {} };
  const broadcaster = new Broadcaster(mixer, systemClock);
  const door = await Door.open({ receivers: () => broadcaster, clock: systemClock });
  const startMs = systemClock.wallMs();
  const waiting: { readonly frame: number; readonly done: () => void }[] = [];
  let [frame, packet] = [0, 0];
  const stop = systemClock.every(4, () => {
    const passedMs = systemClock.wallMs() - startMs;
    for (; (frame * 1000) / FPS <= passedMs; frame += 1) {
      const keyframe = frame % GROUP === 0;
      const data = new Uint8Array(keyframe ? 20_000 : 4000);
      new DataView(data.buffer).setUint32(0, data.length - 4);
      data[4] = keyframe ? 0x65 : 0x41;
      const wall = wallTime(startMs + (frame * 1000) / FPS);
      video.write({ data, pts: pts(frame), duration: 1, wallTime: wall, keyframe, config: PICTURE });
    }
    for (; packet * SOUND_MS <= passedMs; packet += 1) {
      const wall = wallTime(startMs + packet * SOUND_MS);
      const data = new Uint8Array(160).fill(0xfc);
      sound.write({ data, pts: pts(packet * 960), duration: 960, wallTime: wall, keyframe: true, config: SOUND });
    }
    for (const each of waiting.filter((one) => one.frame <= frame)) {
      waiting.splice(waiting.indexOf(each), 1);
      each.done();
    }
  });
  onTestFinished(() => {
    stop();
    broadcaster.close();
  });
  /** Resolves after so many more seconds of the program. */
  const play = (seconds: number): Promise<void> =>
    new Promise((done) => {
      waiting.push({ frame: frame + seconds * FPS, done });
    });
  return { door, broadcaster, play };
}

interface Arrival {
  readonly header: FrameHeader;
  readonly atMs: number;
}

/** Somebody who watches and listens over a line of their own. */
async function receiver(door: Door, name: string) {
  const proxy = await TcpProxy.open(door.url);
  onTestFinished(() => proxy.close());
  const receive = { video: true, audio: true };
  const person = await TestParticipant.join({ url: proxy.url, room: 'demo', token: 'participant', name, receive });
  const arrivals: Arrival[] = [];
  for (const { socket } of [person.control, person.video]) {
    socket.on('message', (data: Buffer, binary) => {
      const frame = binary ? decodeFrame(data) : undefined;
      if (typeof frame === 'object') arrivals.push({ header: frame.header, atMs: systemClock.wallMs() });
    });
  }
  onTestFinished(() => person.stopSending());
  return { proxy, arrivals };
}

function of(arrivals: readonly Arrival[], track: number, fromMs = 0): Arrival[] {
  return arrivals.filter(({ header, atMs }) => header.track === track && atMs >= fromMs);
}

/**
 * How much later than at somebody else the same frames came, milliseconds, in order of size. Both hear of a frame in the same
 * process: what that keeps waiting itself, on a busy machine, is no fault of a line.
 */
function laterThan(others: readonly Arrival[], arrivals: readonly Arrival[]): number[] {
  const came = new Map(others.map(({ header, atMs }) => [header.captureUs, atMs]));
  return arrivals
    .flatMap(({ header, atMs }) => {
      const otherMs = came.get(header.captureUs);
      return otherMs === undefined ? [] : [atMs - otherMs];
    })
    .toSorted((a, b) => a - b);
}

/** How old frames were when they came, milliseconds. */
function ages(arrivals: readonly Arrival[]): number[] {
  return arrivals.map(({ header, atMs }) => atMs - header.captureUs / 1000).toSorted((a, b) => a - b);
}

function quantile(values: readonly number[], share: number): number {
  return values[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

/** Frames that do not follow the one before. */
function leaps(arrivals: readonly Arrival[]): FrameHeader[] {
  return arrivals.slice(1).flatMap(({ header }, index) => {
    return header.seq === (arrivals[index]?.header.seq ?? 0) + 1 ? [] : [header];
  });
}

describe('the program over bad lines', () => {
  it('is at its live edge again after a standstill, its pictures from a key frame on; others notice nothing', async () => {
    const { door, broadcaster, play } = await openRoom();
    const standstills = countStandstills(STANDSTILL_MS);
    const [good, stalling, restless] = [
      await receiver(door, 'good'),
      await receiver(door, 'stalling'),
      await receiver(door, 'restless'),
    ];
    for (const rules of [restless.proxy.up, restless.proxy.down]) rules.jitterMs = 200;
    await play(2);
    stalling.proxy.stall();
    await play(2);
    await vi.waitFor(() => expect(broadcaster.skipped).toBeGreaterThan(FPS / 2), WAIT);
    stalling.proxy.resume();
    await play(1);
    const fromMs = systemClock.wallMs();
    await play(3);

    // What waited in the line came late; after a second everything is as young as for the others.
    for (const track of [PROGRAM_TRACK.audio, PROGRAM_TRACK.video]) {
      const later = laterThan(of(good.arrivals, track), of(stalling.arrivals, track, fromMs));
      expect(quantile(later, 0.9)).toBeLessThan(300);
    }
    const pictures = of(stalling.arrivals, PROGRAM_TRACK.video);
    const [leap, ...more] = leaps(pictures);
    expect(leap).toBeDefined();
    expect(more.length).toBeLessThanOrEqual(standstills());
    for (const { keyframe } of leaps(pictures)) expect(keyframe).toBe(true);
    // Sound goes on where it is, not where it was: most of the standstill is never heard.
    const [gap] = leaps(of(stalling.arrivals, PROGRAM_TRACK.audio));
    expect(gap).toBeDefined();

    // 200 ms of jitter are no reason to leave much out, nor a good line to leave out anything but what this process slept.
    for (const { arrivals } of [good, restless]) {
      for (const track of [PROGRAM_TRACK.video, PROGRAM_TRACK.audio]) {
        const came = of(arrivals, track);
        const [first, last] = [came[0]?.header.seq ?? 0, came.at(-1)?.header.seq ?? 0];
        expect(came.length + standstills() * GROUP).toBeGreaterThan(0.9 * (last - first));
      }
    }
    expect(quantile(ages(of(good.arrivals, PROGRAM_TRACK.audio)), 0.5)).toBeLessThan(150);
  });
});
