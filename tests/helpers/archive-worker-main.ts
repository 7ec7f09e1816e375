/** An archive worker in a process of its own, for tests that kill it. Arguments: Redis, data folder, ffmpeg, ffprobe. */
import { createLogger } from '../../src/logger.ts';
import { startArchiveWorker } from '../../src/recorder/archive-worker.ts';
import { systemClock } from '../../src/util/clock.ts';

const [redis = '', dataDir = '', ffmpegPath = '', ffprobePath = ''] = process.argv.slice(2);
const worker = startArchiveWorker({
  redis,
  dataDir,
  ffmpegPath,
  ffprobePath,
  concurrency: 1,
  lockMs: 1000,
  log: createLogger('error'),
  clock: systemClock,
});
const end = (): void => void worker.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('disconnect', end);
