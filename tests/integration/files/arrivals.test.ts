/** What is held of files on their way, by the bytes of real files. */
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { type Arriving, Arrivals } from '../../../src/files/arrivals.ts';
import { FileBytes } from '../../../src/files/file-bytes.ts';
import type { StoredFile } from '../../../src/files/file-store.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const ANN = { id: 'ann', name: 'Ann', role: 'participant' } as const;

function file(id: string): StoredFile {
  return { id, room: 'hall', by: ANN, name: id, type: 'text/plain', size: 3, begun: 0 };
}

/** Two of three bytes. */
function part(signal: AbortSignal): Arriving {
  const source = PassThrough.from(['ab']);
  return { offset: 0, source, check: undefined, signal, cut: () => void source.destroy() };
}

it('holds nothing of a file that was deleted before its bytes came, and keeps the sum of one that goes on', async () => {
  const bytes = new FileBytes(await tempDir());
  const arrivals = new Arrivals({ bytes, guard: async () => {}, isKnown: async ({ id }) => id === 'kept' });
  await bytes.create('kept');
  const onWhole = async (): Promise<void> => {
    throw new Error('Neither file is whole');
  };
  const deleted = arrivals.take(file('deleted'), part(new AbortController().signal), onWhole);
  await expect(deleted).rejects.toMatchObject({ code: 'file_not_found' });
  expect(arrivals.summed).toBe(0);
  // What goes on is not begun anew.
  await expect(arrivals.take(file('kept'), part(AbortSignal.abort()), onWhole)).rejects.toThrow('Premature close');
  expect(arrivals.summed).toBe(1);
  arrivals.forget('kept');
  expect(arrivals.summed).toBe(0);
});
