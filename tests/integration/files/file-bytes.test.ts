import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { FileBytes } from '../../../src/files/file-bytes.ts';
import { FollowingHash } from '../../../src/files/following-hash.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

it('a file takes no byte when there is no space for any', async () => {
  const bytes = new FileBytes(join(await tempDir(), 'files'));
  await bytes.create('a');
  const read = vi.fn<() => void>();
  const source = async function* (): AsyncGenerator<Uint8Array> {
    read();
    yield Uint8Array.of(1);
  };
  const full = (): Promise<never> => Promise.reject(new Error('The disk is full'));
  const append = { id: 'a', offset: 0, size: 1, check: undefined, signal: new AbortController().signal };
  const hash = new FollowingHash(bytes.path('a'));
  await expect(bytes.append({ ...append, hash, source: source(), guard: full })).rejects.toThrow('The disk is full');
  expect([await bytes.size('a'), read.mock.calls.length]).toEqual([0, 0]);
});
