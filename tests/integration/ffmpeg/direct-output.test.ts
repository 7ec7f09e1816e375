import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { pourInto } from '../../../src/ffmpeg/direct-reader.ts';
import { createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { type SocketPair, SocketPairs } from '../../../src/ffmpeg/socket-pairs.ts';
import { nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

/** Takes bytes in spaces of a few sizes. */
class Collector {
  readonly bytes: number[] = [];
  readonly spaces: Uint8Array[] = [];
  #turn = 0;

  space(): Uint8Array {
    this.#turn += 1;
    const space = new Uint8Array([3, 1, 700][this.#turn % 3] as number);
    this.spaces.push(space);
    return space;
  }

  took(count: number): void {
    const space = this.spaces.at(-1) as Uint8Array;
    this.bytes.push(...space.subarray(0, count));
  }
}

const NOISE = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=25', '-frames:v', '3'];
const RAW = [...NOISE, '-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'];

let ffmpeg: string;
beforeAll(async () => {
  ffmpeg = (await locateFfmpeg({})).path;
});

async function outputOf(pairs?: SocketPairs): Promise<readonly number[]> {
  const collector = new Collector();
  const child = createSpawner(ffmpeg, pairs)(RAW, {
    label: 'raw',
    log: nullLogger,
    clock: systemClock,
    readInto: collector,
  });
  await vi.waitFor(() => expect(collector.bytes).toHaveLength(3 * 64 * 96));
  expect((await child.exit).kind).toBe('stopped');
  return collector.bytes;
}

async function openPairs(): Promise<SocketPairs> {
  const pairs = new SocketPairs();
  onTestFinished(() => pairs.close());
  await pairs.ready();
  return pairs;
}

describe('output that is read directly', () => {
  it('is the same through a socket of ours, and through a pipe of Node’s', async () => {
    expect(await outputOf(await openPairs())).toEqual(await outputOf());
  });

  it('is poured into one space after the other', () => {
    const collector = new Collector();
    pourInto(collector, Uint8Array.of(1, 2, 3, 4, 5));
    pourInto(collector, Uint8Array.of(6));
    expect(collector.bytes).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('SocketPairs', () => {
  it('gives pairs that are connected, none twice, and makes more when half of them are gone', async () => {
    const pairs = await openPairs();
    const taken: SocketPair[] = [];
    for (let index = 0; index < 80; index += 1) {
      const pair = pairs.take();
      if (pair) taken.push(pair);
      else await pairs.ready();
    }
    expect(taken.length).toBeGreaterThan(60);
    for (const [index, { childEnd, ownEnd, readInto }] of taken.entries()) {
      const collector = new Collector();
      readInto(collector);
      childEnd.write(Uint8Array.of(index, 255));
      await vi.waitFor(() => expect(collector.bytes).toEqual([index, 255]));
      childEnd.destroy();
      ownEnd.destroy();
    }
  });

  it('leaves no name and no file descriptor behind', async () => {
    const folder = await tempDir();
    vi.stubEnv('TMPDIR', folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    const pairs = new SocketPairs();
    await pairs.ready();
    expect(open()).toBeGreaterThanOrEqual(before + 64);
    await pairs.close();
    await vi.waitFor(() => expect(open()).toBeLessThanOrEqual(before));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not inherited: a child holds the end it writes to, and none of those that wait', async () => {
    const pairs = await openPairs();
    const options = { label: 'raw', log: nullLogger, clock: systemClock, readInto: new Collector() };
    const child = createSpawner(ffmpeg, pairs)(
      ['-v', 'error', '-f', 'rawvideo', '-video_size', '16x16', '-i', 'pipe:0', '-f', 'null', '-'],
      options,
    );
    expect(readdirSync(`/proc/${child.pid}/fd`).length).toBeLessThan(12);
    await child.stop();
  });
});
