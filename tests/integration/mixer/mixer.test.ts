import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { layoutSchema } from '../../../src/layout/layout.ts';
import type { OpusConfig } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import { createTrack } from '../../../src/room/track.ts';
import { toneAmplitude } from '../../helpers/decoded-program.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import { CLEARLY_HEARD, FPS, LiveRoom } from './live-room.ts';
import { allGone, descendantsOf, isAlive } from './processes.ts';

const WAIT = { timeout: 20_000, interval: 15 };
/** Limited-range luma of the samples' colours. */
const RED = 81;
const LIME = 145;

let samples: MediaSamples;

beforeAll(async () => {
  samples = new MediaSamples();
  // Made before the clocks of the tests run.
  await Promise.all([picture('red'), picture('lime'), tone(400), tone(900)]);
});

afterAll(() => samples.close());

function picture(colour: 'red' | 'lime') {
  return samples.h264({ colour, frames: 30 });
}

/** A second of a whole number of periods. */
function tone(toneHz: number) {
  return samples.opus({ toneHz });
}

function positions(packets: readonly Packet[]): number[] {
  return packets.map((packet) => packet.pts);
}

/** Everything from `first` on in steps of `step`. */
function expectNoGap(packets: readonly Packet[], step: number): void {
  const is = positions(packets);
  expect(is.length).toBeGreaterThan(0);
  expect(is).toEqual(is.map((_, index) => (is[0] as number) + index * step));
}

function expectRising(packets: readonly Packet[]): void {
  const is = positions(packets);
  expect(is.every((value, index) => index === 0 || value > (is[index - 1] as number))).toBe(true);
}

/** Keeps what a stream of return sound says about its packets. */
async function watchReturn(live: LiveRoom, id: string, into: Packet[]): Promise<void> {
  const limits = { maxItems: 10_000, maxBytes: 1e9 };
  const reader = live.mixer.returnSound(id)?.subscribe({ label: 'test', limits, onOverflow: 'fail' });
  if (reader) for await (const packet of reader) into.push(packet);
}

describe('Mixer', () => {
  it('makes one program without a gap while people come and go, and shows them', async () => {
    const live = await LiveRoom.open();
    const ana = live.enter('ana');
    ana.publish(0, await picture('red'));
    ana.publish(1, await tone(400));
    const returned: Packet[] = [];
    void watchReturn(live, 'ana', returned);
    live.mixer.setListening('ana', true);
    await live.shows(RED);
    const ben = live.enter('ben');
    ben.publish(0, await picture('lime'));
    ben.publish(1, await tone(900));
    await live.shows(RED, LIME);
    ben.leave();
    await live.shows(RED);
    live.mixer.setListening('ana', false);
    expectNoGap(live.video, 1);
    expectNoGap(live.audio, 1024);
    expectNoGap(returned, 960);
    const first = live.video[0] as Packet;
    for (const { pts, wallTime, keyframe, config, duration } of live.video) {
      expect([keyframe, config, duration]).toEqual([pts === first.pts || pts % FPS === 0, first.config, 1]);
      expect(wallTime).toBeCloseTo(live.originWallMs + (pts * 1000) / FPS, 6);
    }
    expect(first.config).toMatchObject({ codec: 'h264', format: 'avc', width: 320, height: 180, framerate: FPS });
    for (const { pts, wallTime } of live.audio) expect(wallTime).toBeCloseTo(live.originWallMs + pts / 48, 6);
  });

  it('gives everybody the others and never themselves, however many sounds they send', async () => {
    const live = await LiveRoom.open();
    const [ana, ben] = [live.enter('ana'), live.enter('ben')];
    ana.publish(1, await tone(400));
    ana.publish(2, await tone(700));
    ben.publish(1, await tone(900));
    live.mixer.setListening('ana', true);
    live.mixer.setListening('ben', true);
    const own: number[] = [];
    // What comes late fades for a moment; whoever speaks is never in their own sound, however often one listens.
    await vi.waitFor(async () => {
      const [byAna, byBen] = await Promise.all([live.heardBy('ana', 45), live.heardBy('ben', 45)]);
      own.push(toneAmplitude(byAna, 400), toneAmplitude(byAna, 700), toneAmplitude(byBen, 900));
      const others = [toneAmplitude(byAna, 900), toneAmplitude(byBen, 400), toneAmplitude(byBen, 700)];
      expect(Math.min(...others)).toBeGreaterThan(CLEARLY_HEARD);
    }, WAIT);
    expect(Math.max(...own)).toBeLessThan(0.01);
  });

  it('shows somebody who had sound only once they add a picture, and their avatar once they take it away', async () => {
    const live = await LiveRoom.open();
    const ana = live.enter('ana');
    const ben = live.enter('ben');
    ben.publish(0, await picture('lime'));
    ana.publish(1, await tone(400));
    await live.frames(20);
    ana.publish(0, await picture('red'));
    await live.shows(RED, LIME);
    ana.unpublish(0);
    await vi.waitFor(async () => {
      const { data, width, height } = await live.picture();
      const middle = (height / 2) * width;
      // Their initial is white.
      expect(Math.max(...data.subarray(middle, middle + width / 2))).toBeGreaterThan(180);
    }, WAIT);
    expectNoGap(live.video, 1);
    expectNoGap(live.audio, 1024);
  });

  it('gives those who stay their new places at once when somebody leaves with several pictures', async () => {
    const live = await LiveRoom.open();
    const [ana, ben] = [live.enter('ana'), live.enter('ben')];
    const targets: string[] = [];
    const camera = ana.publish(0, await picture('red'));
    camera.events.on('target', ({ width, height }) => targets.push(`${width}x${height}`));
    ben.publish(0, await picture('lime'));
    live.room.addTrack(ben.participant, createTrack(1, 'video', 'screen', 'screen'));
    await vi.waitFor(() => expect(targets.at(-1)).toBe('64x36'), WAIT);
    const before = targets.length;
    ben.leave();
    await vi.waitFor(() => expect(targets.at(-1)).toBe('320x180'), WAIT);
    expect(targets.slice(before)).toEqual(['320x180']);
  });

  it('starts its process again when it is killed: numbers go on and everybody is still there', async () => {
    const live = await LiveRoom.open();
    const [ana, ben] = [live.enter('ana'), live.enter('ben')];
    ana.publish(0, await picture('red'));
    ben.publish(0, await picture('lime'));
    ben.publish(1, await tone(900));
    live.mixer.setListening('ana', true);
    await live.shows(RED, LIME);
    const old = live.process;
    const children = descendantsOf(old.pid).map(({ pid }) => pid);
    expect(children.length).toBeGreaterThanOrEqual(4);
    const before = live.video.length;
    process.kill(old.pid, 'SIGKILL');
    await vi.waitFor(() => expect(live.restarts).toBe(1), WAIT);
    await live.frames(30);
    await live.shows(RED, LIME);
    await live.hears('ana', 900);
    expectRising(live.video);
    expectRising(live.audio);
    const firstNew = live.video.findIndex(({ config }) => config !== live.video[0]?.config);
    expect(live.video[firstNew]?.keyframe).toBe(true);
    expect(firstNew).toBeGreaterThanOrEqual(before);
    expectNoGap(live.video.slice(firstNew), 1);
    await allGone([old.pid, ...children]);
    expect(live.lost).toEqual([]);
  });

  it('goes on with a new configuration when its picture encoder is killed', async () => {
    const live = await LiveRoom.open();
    live.enter('ana').publish(0, await picture('red'));
    await live.frames(20);
    process.kill(live.ffmpegs('libx264')[0]?.pid as number, 'SIGKILL');
    await vi.waitFor(() => expect(new Set(live.video.map(({ config }) => config)).size).toBe(2), WAIT);
    await live.frames(30);
    const firstNew = live.video.findIndex(({ config }) => config !== live.video[0]?.config);
    expect(live.video[firstNew]?.keyframe).toBe(true);
    expectRising(live.video);
    expectNoGap(live.video.slice(0, firstNew), 1);
    expectNoGap(live.video.slice(firstNew), 1);
    expectNoGap(live.audio, 1024);
    expect(live.restarts).toBe(0);
  });

  it('goes on with sound while its picture encoder hangs, and with pictures after some seconds', async () => {
    const live = await LiveRoom.open();
    live.enter('ana').publish(1, await tone(400));
    await live.frames(10);
    const [encoder] = live.ffmpegs('libx264');
    process.kill(encoder?.pid as number, 'SIGSTOP');
    const before = live.video.at(-1)?.pts as number;
    await vi.waitFor(() => expect(live.video.at(-1)?.pts).toBeGreaterThan(before + 3 * FPS), WAIT);
    expectRising(live.video);
    expectNoGap(live.audio, 1024);
    await allGone([encoder?.pid as number]);
  });

  it('keeps its pace while a decoder is stopped', async () => {
    const live = await LiveRoom.open();
    const [ana, ben] = [live.enter('ana'), live.enter('ben')];
    ana.publish(0, await picture('red'));
    ben.publish(0, await picture('lime'));
    await live.shows(RED, LIME);
    const [decoder] = live.ffmpegs('rawvideo');
    process.kill(decoder?.pid as number, 'SIGSTOP');
    const sent = live.video.length;
    await live.frames(2 * FPS);
    expectNoGap(live.video, 1);
    // The stopped tile keeps its last picture, the other one moves on.
    await live.shows(RED, LIME);
    expect(live.video.length).toBeGreaterThanOrEqual(sent + 2 * FPS);
    await vi.waitFor(() => expect(live.stats?.tiles).toBe(2), WAIT);
    expect(live.stats?.skippedFrames).toBe(0);
    // Stopped processes take long to end, if it has not been replaced yet.
    if (isAlive(decoder?.pid as number)) process.kill(decoder?.pid as number, 'SIGCONT');
  });

  it('refuses sound that is none and tells why; nobody else notices', async () => {
    const live = await LiveRoom.open();
    const [ana, eve] = [live.enter('ana'), live.enter('eve')];
    ana.publish(1, await tone(900));
    const { config } = await tone(400);
    const junk: Sample<OpusConfig> = {
      config,
      packets: [{ data: Uint8Array.of(255), timestampMs: 0, durationMs: 20, keyframe: true }],
    };
    eve.publish(1, junk);
    live.mixer.setListening('eve', true);
    await vi.waitFor(() => expect(eve.refused).toEqual([expect.stringContaining('sound')]), WAIT);
    await live.frames(20);
    await live.hears('eve', 900);
    expect([ana.refused, live.restarts]).toEqual([[], 0]);
    expectNoGap(live.audio, 1024);
  });

  it('passes on what the mixer wants of senders', async () => {
    const live = await LiveRoom.open();
    const ana = live.enter('ana');
    const targets: unknown[] = [];
    const { config, packets } = await picture('red');
    // No key frame at all: the mixer has to ask for one.
    const track = ana.publish(0, { config, packets: packets.slice(1) });
    track.events.on('target', (target) => targets.push(target));
    await vi.waitFor(() => expect(ana.keyframesWanted).toBeGreaterThan(0), WAIT);
    live.enter('ben');
    await vi.waitFor(() => expect(targets).toHaveLength(2), WAIT);
    expect(targets).toEqual([
      expect.objectContaining({ width: 320, height: 180, framerate: FPS }),
      expect.objectContaining({ width: 160, height: 90, framerate: FPS }),
    ]);
  });

  it('asks for pictures that cover a tile which cuts off their edges, once it knows their shape', async () => {
    const live = await LiveRoom.open();
    live.room.layout = layoutSchema.parse({ policy: 'side-by-side', pinned: ['ana', 'ben'], fit: 'cover' });
    const [ana, ben] = [live.enter('ana'), live.enter('ben')];
    const targets: string[] = [];
    const wide = ana.publish(0, await picture('red'));
    const square = ben.publish(0, await samples.h264({ colour: 'lime', frames: 30, width: 180, height: 180 }));
    for (const [name, { events }] of Object.entries({ wide, square })) {
      events.on('target', ({ width, height }) => targets.push(`${name} ${width}x${height}`));
    }
    await vi.waitFor(() => expect(targets).toEqual(expect.arrayContaining(['wide 320x180', 'square 180x180'])), WAIT);
    expect(targets.filter((target) => target.endsWith('320x180'))).toHaveLength(1);
  });

  it('leaves no process and no open stream behind when it is closed, and closes once', async () => {
    const live = await LiveRoom.open();
    const ana = live.enter('ana');
    ana.publish(0, await picture('red'));
    ana.publish(1, await tone(400));
    await live.shows(RED);
    const { pid } = live.process;
    const pids = [pid, ...descendantsOf(pid).map((child) => child.pid)];
    expect(pids.length).toBeGreaterThanOrEqual(4);
    const returned = live.mixer.returnSound('ana');
    void live.mixer.close();
    await live.mixer.close();
    expect(pids.filter(isAlive)).toEqual([]);
    expect([live.mixer.video.closed, live.mixer.audio.closed, returned?.closed]).toEqual([true, true, true]);
    // The room goes on without it.
    live.enter('ben').leave();
    expect(descendantsOf(process.pid).filter(({ command }) => command.includes('mixer-process'))).toEqual([]);
  });

  it('starts nothing any more when it is closed while its process is being replaced', async () => {
    const live = await LiveRoom.open({ firstMs: 60_000, maxMs: 60_000, attempts: 5, forgetAfterMs: 30_000 });
    await live.frames(1);
    const { pid } = live.process;
    process.kill(pid, 'SIGKILL');
    await allGone([pid]);
    const ana = live.enter('ana');
    ana.publish(1, await tone(400));
    await live.close();
    expect(descendantsOf(process.pid).filter(({ command }) => command.includes('mixer-process'))).toEqual([]);
    expect(live.lost).toEqual([]);
  });

  it('is lost, with the reason, when its budget is used up, and hears nobody any more', async () => {
    const live = await LiveRoom.open({ firstMs: 1, maxMs: 1, attempts: 0, forgetAfterMs: 30_000 });
    live.enter('ben').publish(1, await tone(900));
    await vi.waitFor(() => expect(live.mixer.speaking.participants).toEqual(['ben']), WAIT);
    process.kill(live.process.pid, 'SIGKILL');
    await vi.waitFor(() => expect(live.lost).toEqual(['SIGKILL']), WAIT);
    expect(live.mixer.speaking).toEqual({ participants: [], speaker: undefined });
  });
});
