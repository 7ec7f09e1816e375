import { Redis } from 'ioredis';
import { expect, it, onTestFinished, vi } from 'vitest';
import { nullLogger } from '../../../../src/logger.ts';
import { ArchiveQueue } from '../../../../src/recorder/archive/archive-queue.ts';
import { removeOrphanedKeys } from '../../../../src/recorder/jobs/orphaned-keys.ts';
import { startTestRedis } from '../../../helpers/redis.ts';

const WAIT = { timeout: 20_000, interval: 100 };
const NAMESPACE = 'gridcast-0123456789abcdef';
const JOB = { recording: 'r1', session: 's1', ranges: [{ from: 0, to: 30 }] };

it('removes the jobs of former versions and namespaces, and nothing of its own or of others', async () => {
  const { url, close } = await startTestRedis();
  onTestFinished(close);
  const admin = new Redis(url.replace('unix://', ''));
  onTestFinished(() => admin.disconnect());
  // The first without a namespace, as queues were before.
  const namespaces = [undefined, 'gridcast-fedcba9876543210', NAMESPACE];
  const queues = namespaces.map((namespace) => {
    const retry = { attempts: 1, firstMs: 10 };
    return new ArchiveQueue({ redis: url, retry, log: nullLogger, ...(namespace !== undefined && { namespace }) });
  });
  onTestFinished(() => Promise.all(queues.map((queue) => queue.close())).then(() => {}));
  for (const queue of queues) await vi.waitFor(() => queue.enqueue(JOB), WAIT);
  await admin.mset({ 'gridcast-notes': '1', 'bull:mail:1': '1', other: '1' });
  for (let n = 0; n < 2000; n += 1) await admin.set(`bull:gridcast-archive:old-${n}`, '');
  const own = (await admin.keys(`${NAMESPACE}:*`)).sort();
  expect(await removeOrphanedKeys(url, NAMESPACE)).toBeGreaterThan(2000);
  const others = ['bull:mail:1', 'gridcast-notes', 'other'];
  expect((await admin.keys('*')).sort()).toEqual([...others, ...own].sort());
  expect(await removeOrphanedKeys(url, NAMESPACE)).toBe(0);
  const states = await Promise.all(queues.map((queue) => queue.state(JOB.recording)));
  expect(states.map(({ kind }) => kind)).toEqual(['missing', 'missing', 'pending']);
});

it('says when Redis is away', async () => {
  await expect(removeOrphanedKeys('unix:///nowhere/redis.sock', NAMESPACE)).rejects.toThrow();
});
