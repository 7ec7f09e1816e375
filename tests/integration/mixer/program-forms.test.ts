import { beforeAll, describe, expect, it, vi } from 'vitest';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { parseAvcC } from '../../../src/media/h264.ts';
import { parseSps } from '../../../src/media/h264-sps.ts';
import { nextChange, type ProgramForm } from '../../../src/mixer/program-form.ts';
import { FormRig, type OutPacket, WAIT } from './form-rig.ts';
import type { Disposer } from '../../../src/util/clock.ts';
import { LiveClock } from './live-clock.ts';
import { allGone, isAlive } from './processes.ts';

const FULL: ProgramForm = {
  width: 320,
  height: 192,
  framerate: 30,
  frameStep: 1,
  kbit: 400,
  preset: 'veryfast',
  gopFrames: 30,
  encoder: 'x264',
};
const HALF: ProgramForm = { ...FULL, frameStep: 2 };
const SMALL: ProgramForm = { ...HALF, width: 208, height: 128, kbit: 200 };

let path: string;

beforeAll(async () => {
  ({ path } = await locateFfmpeg({}));
});

function range(from: number, to: number, step = 1): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
}

function numbers(packets: readonly OutPacket[]): number[] {
  return packets.map(({ frame }) => frame);
}

function keyframes(packets: readonly OutPacket[]): number[] {
  return numbers(packets.filter(({ keyframe }) => keyframe));
}

describe('a change of form', () => {
  it('leaves no frame out and mixes none up, back and forth', async () => {
    const rig = new FormRig(FULL, { path, clock: new LiveClock() });
    await rig.feed(35);
    rig.output.setForm({ ...FULL, preset: 'ultrafast' }, 45);
    await rig.feed(60);
    rig.output.setForm(HALF, nextChange(FULL, HALF, 71));
    await rig.feed(90);
    rig.output.setForm(SMALL, 100);
    await rig.feed(130);
    rig.output.setForm(FULL, 140);
    await rig.feed(200);
    const wanted = [...range(0, 72), ...range(72, 140, 2), ...range(140, 200)];
    await vi.waitFor(() => expect(numbers(rig.full)).toEqual(wanted), WAIT);
    // Each encoder begins with a key frame, and goes on at the session's multiples.
    expect(keyframes(rig.full)).toEqual([0, 30, 45, 60, 72, 90, 100, 120, 140, 150, 180]);
    expect(rig.forms.map(({ run, form }) => [run, form.width, form.frameStep, form.preset])).toEqual([
      [1, 320, 1, 'veryfast'],
      [2, 320, 1, 'ultrafast'],
      [3, 320, 2, 'veryfast'],
      [4, 208, 2, 'veryfast'],
      [5, 320, 1, 'veryfast'],
    ]);
    for (const { description, form } of rig.forms) {
      expect(parseAvcC(description).sps.map(parseSps)).toMatchObject([{ width: form.width, height: form.height }]);
    }
    expect(new Set(rig.full.map(({ run }) => run))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(rig.sound).toEqual(rig.sound.map((_, index) => index * 1024));
    await rig.output.close();
    expect([rig.spawner.alive, rig.lost]).toEqual([[], []]);
  });

  it('that is taken back before it begins changes nothing', async () => {
    const rig = new FormRig(FULL, { path, clock: new LiveClock() });
    await rig.feed(5);
    rig.output.setForm(HALF, 20);
    rig.output.setForm(FULL, 24);
    await rig.feed(40);
    await vi.waitFor(() => expect(numbers(rig.full)).toEqual(range(0, 40)), WAIT);
    expect(new Set(rig.full.map(({ run }) => run))).toEqual(new Set([1]));
  });

  it('that replaces an announced one takes its place', async () => {
    const rig = new FormRig(FULL, { path, clock: new LiveClock() });
    await rig.feed(5);
    rig.output.setForm(HALF, 20);
    rig.output.setForm(SMALL, 10);
    await rig.feed(40);
    await vi.waitFor(() => expect(numbers(rig.full)).toEqual([...range(0, 10), ...range(10, 40, 2)]), WAIT);
    expect(rig.forms.map(({ form }) => form.width)).toEqual([320, 208]);
    await rig.output.close();
    expect(rig.spawner.alive).toEqual([]);
  });

  it('waits no longer than a second for an encoder that does not give its last packets', async () => {
    const rig = new FormRig(FULL, { path, clock: new LiveClock() });
    await rig.feed(8);
    await vi.waitFor(() => expect(rig.full).toHaveLength(8), WAIT);
    const first = rig.pid();
    rig.output.setForm(SMALL, 10);
    process.kill(first, 'SIGSTOP');
    await rig.feed(20);
    await vi.waitFor(() => expect(numbers(rig.full)).toEqual([...range(0, 8), ...range(10, 20, 2)]), WAIT);
    await allGone([first]);
  });

  it('happens also when an encoder dies on the way', async () => {
    const rig = new FormRig(FULL, { path, clock: new LiveClock() });
    await rig.feed(8);
    await vi.waitFor(() => expect(rig.full).toHaveLength(8), WAIT);
    const first = rig.pid();
    rig.output.setForm(SMALL, 30);
    // The next one runs by now.
    await rig.feed(9);
    expect(rig.pid()).not.toBe(first);
    process.kill(first, 'SIGKILL');
    await allGone([first]);
    await rig.feed(50);
    await vi.waitFor(() => expect(rig.full.at(-1)?.frame).toBe(48), WAIT);
    const after = rig.full.filter(({ run }) => run > 1);
    expect(numbers(after)).toEqual(numbers(after).toSorted((a, b) => a - b));
    expect(numbers(after.filter(({ frame }) => frame >= 30))).toEqual(range(30, 50, 2));
    expect(rig.forms.map(({ run, form }) => [run, form.width])).toEqual([
      [1, 320],
      [2, 320],
      [3, 208],
    ]);
  });

  it('refuses a canvas of another size, which would tear all that follow', async () => {
    const rig = new FormRig(FULL, { path, clock: new LiveClock() });
    await rig.feed(2);
    const canvas = { width: 208, height: 128, data: Buffer.alloc((208 * 128 * 3) / 2) };
    expect(() => rig.output.writePicture(canvas, 2, () => {})).toThrow('208x128');
  });
});

describe('a program that leaves groups of pictures out', () => {
  const [HOLE, LEAD] = [2 * FULL.gopFrames, 6];

  it('has its key frames where they belong afterwards, in both renditions', async () => {
    const rig = new FormRig(FULL, { path, clock: new LiveClock() });
    rig.output.setLowWanted(true);
    await rig.feedUntil(() => rig.low.some(({ frame }) => frame >= 36), LEAD);
    const from = rig.frame;
    rig.frame += HOLE;
    await rig.feedUntil(() => rig.low.some(({ frame }) => frame >= from + HOLE + 60), LEAD + HOLE);
    expect(new Set(rig.full.map(({ run }) => run))).toEqual(new Set([1]));
    const places = range(120, from + HOLE + 60, 30);
    expect(keyframes(rig.full)).toEqual(expect.arrayContaining(places));
    for (const { frame, keyframe } of [...rig.full, ...rig.low]) {
      if (keyframe) expect(frame % 30).toBe(0);
    }
    expect(keyframes(rig.low)).toEqual(expect.arrayContaining(places));
  });

  it('has them there also when a change of form was to be among those', async () => {
    const rig = new FormRig(FULL, { path, clock: new LiveClock() });
    await rig.feed(40);
    rig.output.setForm(HALF, 50);
    await rig.feed(42);
    rig.frame += HOLE;
    await rig.feed(200);
    const wanted = [...range(0, 42), ...range(102, 200, 2)];
    await vi.waitFor(() => expect(numbers(rig.full)).toEqual(wanted), WAIT);
    expect(keyframes(rig.full)).toEqual([0, 30, 102, 120, 150, 180]);
  });
});

describe('an encoder that hangs', () => {
  it('costs pictures, never sound, and is replaced', async () => {
    const clock = new LiveClock();
    const rig = new FormRig(FULL, { path, clock });
    await rig.feed(10);
    await vi.waitFor(() => expect(rig.full).toHaveLength(10), WAIT);
    process.kill(rig.pid(), 'SIGSTOP');
    const block = new Float32Array(960 * 2);
    const heard = rig.sound.length;
    for (let number = 10; number < 110; number += 1) rig.output.writeSound(block, number);
    await vi.waitFor(() => expect(rig.sound.length - heard).toBeGreaterThan(85), WAIT);
    expect(rig.full).toHaveLength(10);
    clock.skip(5000);
    await rig.feedUntil(() => rig.full.some(({ run }) => run === 2));
  });
});

describe('a hardware encoder', () => {
  it('that fails twice gives way to x264 for the rest of the session', async () => {
    // No machine has such a device.
    const rig = new FormRig({ ...FULL, encoder: 'videotoolbox' }, { path, clock: new LiveClock() });
    expect(rig.output.encoder).toBe('h264_videotoolbox');
    await rig.feedUntil(() => rig.full.length > 3);
    expect(rig.output.encoder).toBe('libx264');
    expect(rig.forms[0]?.form.encoder).toBe('x264');
    const tried = rig.spawner.started.map(({ args }) => args[args.indexOf('-c:v') + 1]);
    expect(tried.filter((name) => name?.includes('264'))).toEqual([
      'h264_videotoolbox',
      'h264_videotoolbox',
      'libx264',
    ]);
    rig.output.setForm({ ...SMALL, encoder: 'videotoolbox' }, nextChange(FULL, SMALL, rig.frame + 2));
    await rig.feedUntil(() => rig.forms.length > 1);
    expect(rig.forms[1]?.form).toMatchObject({ width: 208, encoder: 'x264' });
    expect(rig.lost).toEqual([]);
  });
});

/** Real time, but for pauses of five seconds, which last until `pass`. */
class PausedClock extends LiveClock {
  readonly #waiting = new Set<() => void>();

  get waiting(): number {
    return this.#waiting.size;
  }

  override after(ms: number, fn: () => void): Disposer {
    if (ms !== 5000) return super.after(ms, fn);
    this.#waiting.add(fn);
    return () => void this.#waiting.delete(fn);
  }

  pass(): void {
    for (const fn of [...this.#waiting]) fn();
  }
}

describe('the small rendition', () => {
  /**
   * Frames ahead of it: no more, or it leaves pictures out. What waits for its encoder is written as one, so that the first of these
   * copies comes back with the last, while pictures that follow need others.
   */
  const LEAD = 6;
  const WIDE: ProgramForm = { ...FULL, width: 1280, height: 720, preset: 'ultrafast' };

  it('has every second frame, its key frames where the full one has them, and its own size', async () => {
    const rig = new FormRig(WIDE, { path, clock: new LiveClock() });
    await rig.feed(7);
    rig.output.setLowWanted(true);
    await rig.feedUntil(() => rig.low.some(({ frame }) => frame >= 66), LEAD);
    const low = numbers(rig.low);
    // It may start with any frame, and with less than half a second left out.
    expect(low).toEqual(range(low[0] as number, (low.at(-1) as number) + 1, 2));
    expect(keyframes(rig.low).slice(1)).toEqual(range(30, 67, 30));
    expect(keyframes(rig.full)).toEqual(expect.arrayContaining(keyframes(rig.low).slice(1)));
    expect(rig.lowForms).toMatchObject([{ run: 1, form: { width: 640, height: 360, frameStep: 2, framerate: 30 } }]);
    await vi.waitFor(() => expect(numbers(rig.full)).toEqual(range(0, rig.frame)), WAIT);
  });

  it('has its key frames in place also when a change of form begins between two of its pictures', async () => {
    const rig = new FormRig(WIDE, { path, clock: new LiveClock() });
    rig.output.setLowWanted(true);
    await rig.feedUntil(() => rig.low.length > 3, LEAD);
    const change = Math.ceil((rig.frame + 6) / 30) * 30 + 7;
    rig.output.setForm({ ...WIDE, preset: 'superfast' }, change);
    await rig.feedUntil(() => rig.low.some(({ frame }) => frame > change + 60), LEAD);
    const since = keyframes(rig.low).filter((frame) => frame >= change);
    expect(since.slice(0, 3)).toEqual([change + 1, change + 23, change + 53]);
    await vi.waitFor(() => expect(keyframes(rig.full)).toEqual(expect.arrayContaining(since.slice(1, 3))), WAIT);
  });

  it('keeps its size and its run of numbers when the program is made smaller', async () => {
    const rig = new FormRig(WIDE, { path, clock: new LiveClock() });
    rig.output.setLowWanted(true);
    await rig.feedUntil(() => rig.low.length > 3, LEAD);
    const change = nextChange(WIDE, WIDE, rig.frame + 4) + 4;
    rig.output.setForm({ ...WIDE, width: 848, height: 480, frameStep: 2 }, change + (change % 2));
    await rig.feedUntil(() => rig.lowForms.length > 1 && rig.low.some(({ frame }) => frame > change + 10), LEAD);
    expect(rig.lowForms.map(({ form }) => [form.width, form.frameStep])).toEqual([
      [640, 2],
      [640, 2],
    ]);
    const low = numbers(rig.low);
    expect(low).toEqual(range(low[0] as number, (low.at(-1) as number) + 1, 2));
  });

  it('never holds up the full one: not when it hangs, not when it dies', async () => {
    const rig = new FormRig(WIDE, { path, clock: new LiveClock() });
    rig.output.setLowWanted(true);
    await rig.feedUntil(() => rig.low.length > 2);
    const low = rig.pid('low');
    process.kill(low, 'SIGSTOP');
    await rig.feed(rig.frame + 60);
    await vi.waitFor(() => expect(numbers(rig.full)).toEqual(range(0, rig.frame)), WAIT);
    // A slow machine takes so long for it that it has been given up already.
    if (isAlive(low)) process.kill(low, 'SIGKILL');
    await rig.feedUntil(() => rig.low.some(({ run }) => run === 2));
    await vi.waitFor(() => expect(numbers(rig.full)).toEqual(range(0, rig.frame)), WAIT);
    expect(new Set(rig.full.map(({ run }) => run))).toEqual(new Set([1]));
  });

  it('ends some seconds after nobody wants it, and starts again with higher runs', async () => {
    const clock = new PausedClock();
    const rig = new FormRig(WIDE, { path, clock });
    rig.output.setLowWanted(true);
    await rig.feedUntil(() => rig.low.length > 2);
    const first = rig.pid('low');
    rig.output.setLowWanted(false);
    expect(clock.waiting).toBe(1);
    rig.output.setLowWanted(true);
    expect(clock.waiting).toBe(0);
    await rig.feedUntil(() => rig.low.length > 6);
    expect(rig.pid('low')).toBe(first);
    rig.output.setLowWanted(false);
    rig.output.setLowWanted(false);
    clock.pass();
    await allGone([first]);
    const before = rig.low.length;
    await rig.feed(rig.frame + 4);
    expect(rig.low).toHaveLength(before);
    rig.output.setLowWanted(true);
    await rig.feedUntil(() => rig.low.some(({ run }) => run === 2));
    expect(rig.low.find(({ run }) => run === 2)?.keyframe).toBe(true);
    await rig.output.close();
    expect([rig.spawner.alive, clock.waiting]).toEqual([[], 0]);
  });
});
