import { expect, it, onTestFinished } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { nullLogger } from '../../../../src/logger.ts';
import { ArchiveQueue } from '../../../../src/recorder/archive/archive-queue.ts';
import { RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { Recordings } from '../../../../src/recorder/recordings/recordings.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';
import { startTestRedis } from '../../../helpers/redis.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

it('recordings that cannot be taken up at the start leave no timer behind', async () => {
  const redis = await startTestRedis();
  onTestFinished(() => redis.close());
  const queue = new ArchiveQueue({ redis: redis.url, retry: { attempts: 1, firstMs: 10 }, log: nullLogger });
  onTestFinished(() => queue.close());
  // Without its tables, as after a restore that went wrong.
  const database = await Database.open({ path: ':memory:', migrations: [], log: nullLogger });
  onTestFinished(() => database.close());
  const clock = new FakeClock();
  const opened = Recordings.open({
    store: new RecordingStore(database),
    queue,
    dataDir: await tempDir(),
    sessions: { find: () => undefined },
    rooms: { find: () => undefined },
    onRecordingChange: () => {},
    clock,
    log: nullLogger,
  });
  await expect(opened).rejects.toThrow('no such table');
  expect(clock.pending).toBe(0);
});
