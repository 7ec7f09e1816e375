import { closeSync, readdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { pourInto, readPipeInto } from '../../../src/ffmpeg/direct-reader.ts';
import { createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { FifoPool } from '../../../src/ffmpeg/fifo-pool.ts';
import { locateFfmpeg } from '../../../src/ffmpeg/locate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { systemClock } from '../../../src/util/clock.ts';

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

async function outputOf(fifos?: FifoPool): Promise<readonly number[]> {
  const collector = new Collector();
  const child = createSpawner(ffmpeg, fifos)(RAW, {
    label: 'raw',
    log: nullLogger,
    clock: systemClock,
    readInto: collector,
  });
  await vi.waitFor(() => expect(collector.bytes).toHaveLength(3 * 64 * 96));
  expect((await child.exit).kind).toBe('stopped');
  return collector.bytes;
}

function pipeFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('gridcast-pipes-'));
}

describe('output that is read directly', () => {
  it('is the same through a pipe of ours, and through one of Node’s', async () => {
    const fifos = new FifoPool();
    onTestFinished(() => fifos.close());
    expect(await outputOf(fifos)).toEqual(await outputOf());
  });

  it('is poured into one space after the other', () => {
    const collector = new Collector();
    pourInto(collector, Uint8Array.of(1, 2, 3, 4, 5));
    pourInto(collector, Uint8Array.of(6));
    expect(collector.bytes).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('FifoPool', () => {
  it('gives pipes without end, also more than it keeps ready, and leaves no name behind', async () => {
    const before = pipeFolders();
    const fifos = new FifoPool();
    const taken = Array.from({ length: 40 }, () => fifos.take());
    for (const [index, { readFd, writeFd }] of taken.entries()) {
      const collector = new Collector();
      const stop = readPipeInto(collector, readFd);
      writeSync(writeFd, Uint8Array.of(index, 255));
      await vi.waitFor(() => expect(collector.bytes).toEqual([index, 255]));
      closeSync(writeFd);
      stop();
    }
    await fifos.close();
    // Others may be making theirs at this moment.
    await vi.waitFor(() => expect(pipeFolders().filter((name) => !before.includes(name))).toEqual([]));
  });

  it('closes what nobody took', async () => {
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    const fifos = new FifoPool();
    expect(open()).toBeGreaterThan(before);
    await fifos.close();
    expect(open()).toBe(before);
  });

  it('is not inherited: a child holds the end it writes to, and none of those that wait', async () => {
    const fifos = new FifoPool();
    onTestFinished(() => fifos.close());
    const spawn = createSpawner(ffmpeg, fifos);
    const options = { label: 'raw', log: nullLogger, clock: systemClock };
    const other = spawn(['-v', 'error', '-f', 'rawvideo', '-video_size', '16x16', '-i', 'pipe:0', '-f', 'null', '-'], {
      ...options,
      readInto: new Collector(),
    });
    const held = readdirSync(`/proc/${other.pid}/fd`).length;
    expect(held).toBeLessThan(12);
    await other.stop();
  });
});
