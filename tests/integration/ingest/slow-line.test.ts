import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { H264Config } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { nowMs } from '../../../web/util/monotonic.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import { PacedSender, type SentFrame } from '../../helpers/paced-sender.ts';
import { countStandstills } from '../../helpers/standstills.ts';
import { TcpProxy } from '../../helpers/tcp-proxy.ts';
import { Door } from './door.ts';

const KBIT = 1000 / 8;
/** What a line is found to carry changes from moment to moment. */
const WAIT = { timeout: 20_000 };
/** So long a pause of this process, in which senders, lines and server are one, is a delay like any other to who judges a line. */
const STANDSTILL_MS = 100;

let samples: MediaSamples;
let picture: Sample<H264Config>;

beforeAll(async () => {
  samples = new MediaSamples();
  picture = await samples.h264({ frames: 2 });
});
afterAll(() => samples.close());

interface Arrival {
  readonly atMs: number;
  /** Which of the frames sent it is. */
  readonly index: number;
}

/** Somebody who sends over a line of their own, and what arrives. */
async function sender(door: Door, name: string, rules: (proxy: TcpProxy) => void = () => undefined) {
  const proxy = await TcpProxy.open(door.url);
  onTestFinished(() => proxy.close());
  rules(proxy);
  const person = await PacedSender.join({ url: proxy.url, room: 'demo', token: 'participant', name }, picture);
  onTestFinished(() => person.close());
  await person.published();
  const [sounds, pictures] = [arrivals(door, person.id, 0), arrivals(door, person.id, 1)];
  return { proxy, person, sounds, pictures };
}

function arrivals(door: Door, id: string, track: number): Arrival[] {
  const list: Arrival[] = [];
  const reader = door.stream(id, track).subscribe({
    label: 'test',
    limits: { maxItems: 9999, maxBytes: 1e9 },
    onOverflow: 'fail',
  });
  void (async () => {
    for await (const packet of reader as AsyncIterable<Packet>) {
      list.push({ atMs: nowMs(), index: packet.duration - 1 });
    }
  })();
  return list;
}

/** How long frames were on the way that were sent from a moment on. */
function delays(sent: readonly SentFrame[], arrived: readonly Arrival[], fromMs: number): number[] {
  return arrived.flatMap(({ atMs, index }) => {
    const frame = sent[index];
    return frame && frame.atMs >= fromMs ? [atMs - frame.atMs] : [];
  });
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Resolves when this holds, or when the process has stood still meanwhile, so that nobody can tell. */
async function holds(look: () => void): Promise<void> {
  const standstills = countStandstills(STANDSTILL_MS);
  await vi.waitFor(() => {
    if (standstills() === 0) look();
  }, WAIT);
}

describe('somebody who sends over a bad line', () => {
  it('is heard without delay, whatever the line, and the others notice nothing', async () => {
    const door = await Door.open({ clock: systemClock });
    const [good, slow, stalling, restless] = await Promise.all([
      sender(door, 'good'),
      sender(door, 'slow', ({ up }) => {
        up.bytesPerSecond = 300 * KBIT;
        up.delayMs = 10;
      }),
      sender(door, 'stalling'),
      sender(door, 'restless', ({ up, down }) => {
        up.jitterMs = 200;
        down.jitterMs = 200;
      }),
    ]);
    await good.person.sendFor(3000);
    const stalledMs = nowMs();
    stalling.proxy.stall();
    await good.person.sendFor(1000);
    stalling.proxy.resume();
    const resumedMs = nowMs();
    await good.person.sendFor(4000);

    // What this process itself keeps waiting, on a busy machine, is no fault of a line.
    const usualMs = middle(delays(good.person.sounds, good.sounds, resumedMs));

    // 300 kbit/s: no more than that is sent, pictures go on, and sound has its share.
    await vi.waitFor(() => expect(slow.person.camera.flow.bitrate).toBeLessThan(320_000), WAIT);
    const since = ({ person }: typeof slow) => person.pictures.filter(({ atMs }) => atMs > resumedMs).length;
    // Nobody sends while this process gets no processor: the good one says how many there could be.
    expect(since(slow)).toBeGreaterThan(since(good) / 4);
    expect(middle(delays(slow.person.sounds, slow.sounds, resumedMs)) - usualMs).toBeLessThan(300);

    // A second of standstill: one key frame, by the sender itself, and everything is as before.
    const after = stalling.person.pictures.filter(({ atMs }) => atMs > resumedMs - 300);
    expect(after[0]?.keyframe).toBe(true);
    expect(stalling.person.requests).toBe(0);
    expect(stalling.person.pictures.some(({ atMs }) => atMs > stalledMs + 600 && atMs < resumedMs)).toBe(false);
    expect(middle(delays(stalling.person.sounds, stalling.sounds, resumedMs + 1000)) - usualMs).toBeLessThan(300);
    expect(middle(delays(stalling.person.pictures, stalling.pictures, resumedMs + 1000)) - usualMs).toBeLessThan(300);

    // Jitter of 200 ms is no lack of room.
    await holds(() => expect(restless.person.camera.flow.bitrate).toBeGreaterThan(200_000));
    // Half of them on a calm machine; pauses of this process are jitter beyond those 200 ms.
    expect(restless.person.pictures.length).toBeGreaterThan(good.person.pictures.length / 3);

    // Nobody else is held up by any of that.
    const { person, pictures } = good;
    await holds(() => expect(person.camera.flow.verdict(nowMs())).toBe('good'));
    expect(middle(delays(person.pictures, pictures, stalledMs))).toBeLessThan(100);
    expect(person.requests).toBe(0);
  });
});
