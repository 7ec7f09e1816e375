import { expect, it, vi } from 'vitest';
import { FilesDesk } from '../../../../web/controllers/files-desk.ts';

const MOST = { roomMaxBytes: 500, ownMaxBytes: 100, maxFileBytes: 100 };

/** A server that keeps the whole space of what was begun, and the ends of the one upload. */
function desk(): {
  desk: FilesDesk;
  begin: () => void;
  asked: () => number;
} {
  let taken = 0;
  let placed: (address: string) => void = () => undefined;
  let asked = 0;
  const made = new FilesDesk({
    server: {
      list: async () => {
        asked += 1;
        return { items: [], usage: { roomBytes: taken, ownBytes: taken, ...MOST }, enabled: true };
      },
      remove: async () => {
        taken = 0;
      },
      link: async () => '',
      setEnabled: async () => undefined,
    },
    send: {
      start: (options) => {
        placed = options.placed;
        return { stop: () => undefined };
      },
      recall: () => undefined,
      remember: () => undefined,
    },
    self: () => ({ id: 'p1', role: 'participant' }),
    nowMs: () => 0,
    changed: () => undefined,
  });
  const begin = (): void => {
    taken = 40;
    placed('/api/rooms/monday/files/f1');
  };
  return { desk: made, begin, asked: () => asked };
}

it('counts a file as soon as it is begun, and no longer when it is given up', async () => {
  const { desk: files, begin } = desk();
  await files.load();
  expect(files.usage?.ownBytes).toBe(0);
  files.queue.add([new File(['x'], 'film.mp4')]);
  begin();
  await vi.waitFor(() => expect(files.usage?.ownBytes).toBe(40), { timeout: 9000 });
  await files.queue.cancel(files.queue.uploads[0]?.key ?? '');
  expect(files.usage?.ownBytes).toBe(0);
});

it('asks for nothing that nobody looks at', () => {
  const { desk: files, begin, asked } = desk();
  files.queue.add([new File(['x'], 'film.mp4')]);
  begin();
  expect(asked()).toBe(0);
});
