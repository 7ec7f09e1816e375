import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { runForRender } from '../../../../src/recorder/render/ffmpeg-run.ts';
import { fakeFfmpeg } from '../../../helpers/fake-ffmpeg.ts';
import { StoppedClock } from '../../../helpers/stopped-clock.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

it('is not ended for the time in which everything stood still', async () => {
  const dir = await tempDir();
  const goOn = join(dir, 'go-on');
  const script = `echo out_time_us=1000000; while [ ! -e ${goOn} ]; do sleep 0.02; done; echo out_time_us=2000000`;
  const clock = new StoppedClock();
  const progress: number[] = [];
  const run = runForRender({
    ffmpegPath: await fakeFfmpeg(dir, script),
    clock,
    log: nullLogger,
    signal: new AbortController().signal,
    label: 'test',
    args: [],
    onProgress: (seconds) => progress.push(seconds),
  });
  await vi.waitFor(() => expect(progress).toEqual([1]), { timeout: 9000 });
  for (let count = 0; count < 3; count += 1) clock.standStill(3_600_000);
  await writeFile(goOn, '');
  await run;
  expect(progress).toEqual([1, 2]);
});
