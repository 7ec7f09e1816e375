/** The worker of the bench, a process of its own. Arguments: Redis, data folder, ffmpeg, ffprobe. */
import { availableParallelism } from 'node:os';
import { createLogger } from '../../src/logger.ts';
import { startArchiveWorker } from '../../src/recorder/archive/archive-worker.ts';
import { systemClock } from '../../src/util/clock.ts';

const [redis = '', dataDir = '', ffmpegPath = '', ffprobePath = ''] = process.argv.slice(2);
const worker = startArchiveWorker({
  redis,
  dataDir,
  ffmpegPath,
  ffprobePath,
  concurrency: Math.min(2, availableParallelism()),
  log: createLogger('warn'),
  clock: systemClock,
});
process.once('disconnect', () => void worker.close().then(() => process.exit(0)));
