import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { createSpawner } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../../src/logger.ts';
import { FlvEncoder } from '../../../src/mixer/flv-encoder.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { fakeFfmpeg } from '../../helpers/fake-ffmpeg.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const PICTURE_BYTES = 1_000_000;

it('gives the memory of each picture back when it has been read, whatever waits behind it', async () => {
  // Time goes on only at the end: however slow the machine is, nothing is taken for hung before.
  const clock = new FakeClock();
  const path = await fakeFfmpeg(await tempDir(), `head -c ${2 * PICTURE_BYTES} > /dev/null\nexec sleep 600`);
  const encoder = new FlvEncoder({
    label: 'slow',
    args: [],
    maxTagBytes: 1000,
    maxPendingBytes: Number.POSITIVE_INFINITY,
    spawn: createSpawner(path),
    clock,
    log: nullLogger,
    onTag: () => {},
    onFailure: () => {},
  });
  const written: number[] = [];
  for (let picture = 0; picture < 5; picture += 1) {
    encoder.write(new Uint8Array(PICTURE_BYTES), () => written.push(picture));
  }
  await vi.waitFor(() => expect(written).toEqual([0, 1]), { timeout: 9000 });
  const closed = vi.fn<() => void>();
  void encoder.close().then(closed);
  await vi.waitFor(
    () => {
      clock.advance(1000);
      expect(closed).toHaveBeenCalled();
    },
    { timeout: 9000 },
  );
  await vi.waitFor(() => expect(written).toEqual([0, 1, 2, 3, 4]), { timeout: 9000 });
});

it('writes each picture once, in order, also those that come while memory is given back', async () => {
  const folder = await tempDir();
  const read = join(folder, 'read');
  const failures: string[] = [];
  const encoder = new FlvEncoder({
    label: 'reader',
    args: [],
    maxTagBytes: 1000,
    maxPendingBytes: Number.POSITIVE_INFINITY,
    spawn: createSpawner(await fakeFfmpeg(folder, `exec cat > ${read}`)),
    clock: new FakeClock(),
    log: nullLogger,
    onTag: () => {},
    onFailure: (reason) => failures.push(reason),
  });
  const [written, inTurn]: [number[], number[]] = [[], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]];
  const picture = (number: number): Uint8Array => new Uint8Array(1000).fill(number);
  const write = (number: number): void => {
    encoder.write(picture(number), () => {
      written.push(number);
      // As the mixer's canvases: who waits for one draws and writes at once.
      if (number < 9) write(number + 1);
    });
  };
  write(0);
  await vi.waitFor(() => expect(written).toEqual(inTurn), { timeout: 9000 });
  await encoder.finish({ ms: 9000, mostMs: 9000 });
  expect([written, failures]).toEqual([inTurn, []]);
  expect(await readFile(read)).toEqual(Buffer.concat(inTurn.map(picture)));
});
