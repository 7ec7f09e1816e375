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
