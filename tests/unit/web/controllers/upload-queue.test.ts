import { describe, expect, it } from 'vitest';
import { MAX_UPLOADS, UploadQueue, type UploadQueueOptions } from '../../../../web/controllers/upload-queue.ts';
import { FakeClock } from '../../../helpers/fake-clock.ts';

type Started = Parameters<UploadQueueOptions['start']>[0] & { stopped: boolean };

function open() {
  const started: Started[] = [];
  const remembered = new Map<string, string | undefined>();
  const discarded: string[] = [];
  const clock = new FakeClock();
  const queue = new UploadQueue({
    start: (options) => {
      const upload = { ...options, stopped: false };
      started.push(upload);
      return {
        stop: () => {
          upload.stopped = true;
        },
      };
    },
    recall: ({ name }) => remembered.get(name),
    remember: ({ name }, address) => remembered.set(name, address),
    discard: async (id) => {
      discarded.push(id);
      return Promise.resolve();
    },
    nowMs: () => clock.monotonicMs(),
    changed: () => undefined,
  });
  return { queue, started, remembered, discarded, clock };
}

const file = (name: string, size = 100): File => new File([new Uint8Array(size)], name, { lastModified: 1 });
const states = (queue: UploadQueue): string[] => queue.uploads.map(({ name, state }) => `${name} ${state}`);

describe('files on their way', () => {
  it('go three at a time, and the next when one is there', () => {
    const { queue, started } = open();
    queue.add(['a', 'b', 'c', 'd'].map((name) => file(name)));
    expect(states(queue)).toEqual(['a sending', 'b sending', 'c sending', 'd waiting']);
    started[0]?.done();
    expect(states(queue)).toEqual(['a done', 'b sending', 'c sending', 'd sending']);
  });

  it('count up only, whatever a cut takes back', () => {
    const { queue, started } = open();
    queue.add([file('a')]);
    const seen = [10, 60, 40, 50, 70].map((bytes) => {
      started[0]?.progress(bytes);
      return queue.uploads[0]?.sent;
    });
    expect(seen).toEqual([10, 60, 60, 60, 70]);
    started[0]?.retrying();
    expect(queue.uploads[0]).toMatchObject({ state: 'retrying', sent: 70 });
    started[0]?.progress(65);
    expect(queue.uploads[0]).toMatchObject({ state: 'sending', sent: 70 });
  });

  it('go on where they were after a pause, a failure and a reload', () => {
    const { queue, started, remembered } = open();
    queue.add([file('a')]);
    started[0]?.placed('https://example.org/files/f1');
    const [key = ''] = queue.uploads.map((upload) => upload.key);
    queue.pause(key);
    expect([started[0]?.stopped, ...states(queue)]).toEqual([true, 'a paused']);
    queue.resume(key);
    expect(started[1]?.address).toBe('https://example.org/files/f1');
    started[1]?.failed(Object.assign(new Error('No line.'), {}) as Parameters<Started['failed']>[0]);
    expect(queue.uploads[0]).toMatchObject({ state: 'failed', problem: { detail: 'No line.' } });
    queue.wake();
    expect(states(queue)).toEqual(['a sending']);
    queue.close();
    expect(started[2]?.stopped).toBe(true);
    queue.add([file('a')]);
    expect(started[3]?.address).toBe('https://example.org/files/f1');
    started[3]?.done();
    expect(remembered.get('a')).toBeUndefined();
  });

  it('do not wait any longer once the line is there again', () => {
    const { queue, started } = open();
    queue.add([file('a'), file('b'), file('c')]);
    started[0]?.placed('https://example.org/files/f1');
    started[0]?.progress(60);
    started[0]?.retrying();
    started[1]?.retrying();
    queue.wake();
    // The second has no place yet, and the third was never stopped.
    expect(started.map(({ address, stopped }) => [address, stopped])).toEqual([
      [undefined, true],
      [undefined, false],
      [undefined, false],
      ['https://example.org/files/f1', false],
    ]);
    expect(states(queue)).toEqual(['a sending', 'b retrying', 'c sending']);
    expect(queue.uploads[0]?.sent).toBe(60);
  });

  it('are taken away from the server when they are given up, but not once they are shared', async () => {
    const { queue, started, discarded } = open();
    queue.add([file('a'), file('b'), file('c')]);
    for (const [index, name] of ['a', 'b'].entries()) started[index]?.placed(`https://example.org/files/${name}`);
    started[1]?.done();
    for (const { key } of queue.uploads) await queue.cancel(key);
    expect([discarded, queue.uploads]).toEqual([['a'], []]);
  });

  it('are the same when they are chosen twice', () => {
    const { queue } = open();
    queue.add([file('a')]);
    queue.add([file('a'), file('a', 99)]);
    expect(queue.uploads).toHaveLength(2);
  });

  it('are a hundred at most, and the one beyond is told', () => {
    const { queue, started } = open();
    const many = Array.from({ length: MAX_UPLOADS }, (_, index) => file(`f${index}`));
    expect(queue.add(many)).toBe(0);
    expect(queue.add([file('one more')])).toBe(1);
    expect(queue.uploads).toHaveLength(MAX_UPLOADS);
    started[0]?.done();
    expect(queue.add([file('one more')])).toBe(0);
  });
});
