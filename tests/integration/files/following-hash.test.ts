/** The SHA-256 of a file that grows, against the file itself. */
import { createHash, randomBytes } from 'node:crypto';
import { appendFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FollowingHash } from '../../../src/files/following-hash.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const BYTES = randomBytes(900_000);
const SUM = createHash('sha256').update(BYTES).digest('hex');

async function fileOf(bytes: Uint8Array): Promise<{ path: string; hash: FollowingHash }> {
  const path = join(await tempDir(), 'file');
  await writeFile(path, bytes);
  return { path, hash: new FollowingHash(path) };
}

/** Writes bytes as they come, and tells the hash. */
async function grow(path: string, hash: FollowingHash, pieces: readonly Uint8Array[]): Promise<void> {
  for (const piece of pieces) {
    await appendFile(path, piece);
    hash.wrote(piece);
  }
}

function pieces(from: number, to: number, size = 60_000): Uint8Array[] {
  const all: Uint8Array[] = [];
  for (let at = from; at < to; at += size) all.push(BYTES.subarray(at, Math.min(to, at + size)));
  return all;
}

describe('the hash of a file', () => {
  it('is that of what was written while it looked on', async () => {
    const { path, hash } = await fileOf(Buffer.alloc(0));
    hash.begin(0);
    await grow(path, hash, pieces(0, BYTES.length));
    expect(await hash.digest()).toBe(SUM);
  });

  it('holds what was there before it came, and what is written while it catches up', async () => {
    const { path, hash } = await fileOf(BYTES.subarray(0, 600_000));
    hash.begin(600_000);
    await grow(path, hash, pieces(600_000, BYTES.length));
    expect(await hash.digest()).toBe(SUM);
  });

  it('misses nothing that is written while it ends catching up', async () => {
    const { hash } = await fileOf(BYTES);
    const all = pieces(0, BYTES.length, 10_000);
    let at = 0;
    // Each round tells of its second piece a moment later into the reading of the first, and at last when that has ended.
    for (let round = 0; round < all.length / 3; round += 1) {
      const [first, second, third] = all.slice(3 * round) as [Uint8Array, Uint8Array, Uint8Array];
      hash.begin(at + first.length);
      for (let moment = 0; moment < round; moment += 1) await setImmediate();
      hash.wrote(second);
      await hash.idle();
      hash.wrote(third);
      at += first.length + second.length + third.length;
    }
    expect(await hash.digest()).toBe(SUM);
  });

  it('holds what was written between two requests, and of an empty file it is that of nothing', async () => {
    const { path, hash } = await fileOf(Buffer.alloc(0));
    hash.begin(0);
    await grow(path, hash, pieces(0, 300_000));
    await appendFile(path, BYTES.subarray(300_000, 500_000));
    hash.begin(500_000);
    await hash.idle();
    await grow(path, hash, pieces(500_000, BYTES.length));
    expect(await hash.digest()).toBe(SUM);
    const empty = await fileOf(Buffer.alloc(0));
    empty.hash.begin(0);
    expect(await empty.hash.digest()).toBe(createHash('sha256').digest('hex'));
  });

  it('is not made up when bytes are missing, and comes when they are there again', async () => {
    const { path, hash } = await fileOf(BYTES);
    await truncate(path, 400_000);
    hash.begin(BYTES.length);
    await expect(hash.digest()).rejects.toThrow('shorter');
    await appendFile(path, BYTES.subarray(400_000));
    expect(await hash.digest()).toBe(SUM);
  });
});
