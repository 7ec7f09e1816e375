import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import type { ExitResult, FfmpegProcess } from '../../../src/ffmpeg/ffmpeg-process.ts';
import { nullLogger } from '../../../src/logger.ts';
import { type DecoderFault, VideoDecoder } from '../../../src/mixer/video-decoder.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const LIMIT = 16 * 1024 * 1024;
const FRAME = new Uint8Array(1024 * 1024);

/** A process that takes nothing of its input, until it is stopped. */
function deafProcess(): FfmpegProcess {
  const { promise: exit, resolve } = Promise.withResolvers<ExitResult>();
  let stopRequested = false;
  return {
    pid: 1,
    input: new Writable({ write: () => {} }),
    output: new PassThrough(),
    get stopRequested() {
      return stopRequested;
    },
    exit,
    stop() {
      stopRequested = true;
      resolve({ kind: 'killed', code: null, signal: 'SIGKILL', stderrTail: [] });
      return exit;
    },
  };
}

it('a decoder that takes nothing has 16 megabytes waiting for it, and is given up with the next frame', async () => {
  const process = deafProcess();
  const failures: Array<readonly [string, DecoderFault]> = [];
  const decoder = new VideoDecoder({
    config: { codec: 'h264', format: 'annexb', codecString: 'avc1.42e01f', width: 640, height: 360, framerate: 30 },
    form: { width: 320, height: 180, fit: 'contain' },
    maxPixels: 640 * 360,
    spawn: () => process,
    clock: new FakeClock(),
    log: nullLogger,
    label: 'decoder',
    processorMs: () => undefined,
    isHeldUp: () => false,
    onFrame: () => {},
    onFailure: (reason, _decoder, fault) => failures.push([reason, fault]),
  });
  const feed = (): void => decoder.feed({ captureUs: 0, keyframe: true, data: FRAME });
  while (process.input.writableLength <= LIMIT) feed();
  expect(failures).toEqual([]);
  const waiting = process.input.writableLength;
  expect(waiting).toBeLessThanOrEqual(LIMIT + FRAME.byteLength + 1000);
  feed();
  feed();
  expect(failures).toEqual([['it does not take its input any more', 'decode_failed']]);
  expect(process.input.writableLength).toBe(waiting);
  expect(process.stopRequested).toBe(true);
  await decoder.close();
});
