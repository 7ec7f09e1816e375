/** A render worker in a process of its own, for tests that kill it. Arguments: Redis, data folder, ffmpeg, ffprobe. */
import { createLogger } from '../../src/logger.ts';
import { startRenderWorker } from '../../src/recorder/render/render-worker.ts';
import { systemClock } from '../../src/util/clock.ts';
import { archivesIn } from './track-archive.ts';

const [redis = '', dataDir = '', ffmpegPath = '', ffprobePath = ''] = process.argv.slice(2);
const worker = startRenderWorker({
  redis,
  dataDir,
  archives: archivesIn(dataDir),
  ffmpegPath,
  ffprobePath,
  concurrency: 1,
  lockMs: 1000,
  log: createLogger('error'),
  clock: systemClock,
});
process.once('disconnect', () => void worker.close().then(() => process.exit(0)));
