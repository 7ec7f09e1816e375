/** An archive worker in a process of its own, for tests that kill it. Arguments: Redis, data folder, ffmpeg, ffprobe, lock. */
import { createLogger } from '../../src/logger.ts';
import { startArchiveWorker } from '../../src/recorder/archive/archive-worker.ts';
import { systemClock } from '../../src/util/clock.ts';
import { filmOnly } from './film-only.ts';

const [redis = '', dataDir = '', ffmpegPath = '', ffprobePath = '', lockMs] = process.argv.slice(2);
const worker = startArchiveWorker({
  redis,
  dataDir,
  ffmpegPath,
  ffprobePath,
  concurrency: 1,
  ...(lockMs !== undefined && { lockMs: Number(lockMs) }),
  steps: filmOnly,
  log: createLogger('error'),
  clock: systemClock,
});
const end = (): void => void worker.close().then(() => process.exit(0));
process.once('SIGTERM', end);
process.once('disconnect', end);
