import { createHash, randomBytes } from 'node:crypto';
import {
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { ArchiveReader } from '../../../../src/recorder/storage/archive-reader.ts';
import { RecordingKeys } from '../../../../src/recorder/storage/recording-keys.ts';
import { openSealed, sealFile } from '../../../../src/recorder/storage/sealed-file.ts';
import { CHUNK_BYTES } from '../../../../src/recorder/storage/sealed-format.ts';
import { systemClock } from '../../../../src/util/clock.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

interface Archive {
  readonly reader: ArchiveReader;
  readonly keys: RecordingKeys;
  readonly dataDir: string;
  readonly folder: string;
  readonly path: string;
}

async function archive(content: Uint8Array, sealed: boolean): Promise<Archive> {
  const dataDir = await tempDir();
  const folder = join(dataDir, 'recordings', 'r1');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'recording.mp4');
  await writeFile(path, content);
  const keys = new RecordingKeys({ dataDir });
  if (sealed) await sealFile(path, await keys.create('r1'));
  const reader = new ArchiveReader({ dataDir, keys, clock: systemClock, tempDir: await tempDir() });
  return { reader, keys, dataDir, folder, path };
}

async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** How often this process has a file open; whatever else it opens and closes meanwhile does not count. */
async function opened(path: string): Promise<number> {
  const links = (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => ''));
  return (await Promise.all(links)).filter((target) => target === path).length;
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 17];

describe.each([false, true])('a file of an archive, encrypted: %s', (sealed) => {
  it.each(SIZES)('of %i bytes is read whole and in any part', async (size) => {
    const content = randomBytes(size);
    const { reader } = await archive(content, sealed);
    expect(hash(await bytesOf(await reader.open('r1', 'recording.mp4')))).toBe(hash(content));
    expect((await reader.describe('r1', 'recording.mp4')).size).toBe(size);
    for (const [start, end] of [
      [0, 0],
      [0, size - 1],
      [size - 1, size - 1],
      [CHUNK_BYTES - 1, CHUNK_BYTES],
      [CHUNK_BYTES, 2 * CHUNK_BYTES],
    ] as const) {
      if (start < 0 || end >= size) continue;
      const part = await bytesOf(await reader.open('r1', 'recording.mp4', { start, end }));
      expect(hash(part), `${start}-${end}`).toBe(hash(content.subarray(start, end + 1)));
    }
    expect(reader.use.has('r1')).toBe(false);
  });

  it('has a path for tools that need one, for as long as they need it', async () => {
    const content = randomBytes(100_000);
    const { reader } = await archive(content, sealed);
    const copy = await reader.localPath('r1', 'recording.mp4');
    expect(hash(await readFile(copy.path))).toBe(hash(content));
    expect([reader.use.has('r1'), reader.use.claim('r1')]).toEqual([true, undefined]);
    await copy.dispose();
    expect(reader.use.has('r1')).toBe(false);
    expect(
      await stat(copy.path).then(
        () => true,
        () => false,
      ),
    ).toBe(!sealed);
  });

  it('is closed and given back when nobody reads on', async () => {
    const { reader, path } = await archive(randomBytes(40 * CHUNK_BYTES), sealed);
    const stream = await reader.open('r1', 'recording.mp4');
    await new Promise((resolve) => stream.once('readable', resolve));
    expect([reader.use.has('r1'), await opened(path)]).toEqual([true, 1]);
    stream.destroy();
    await vi.waitFor(async () => expect([reader.use.has('r1'), await opened(path)]).toEqual([false, 0]), {
      timeout: 9000,
    });
  });

  it('is not opened any more once whoever deletes it has claimed it', async () => {
    const { reader } = await archive(randomBytes(10), sealed);
    const release = reader.use.claim('r1');
    await expect(reader.open('r1', 'recording.mp4')).rejects.toMatchObject({ code: 'recording_not_found' });
    release?.();
    expect((await bytesOf(await reader.open('r1', 'recording.mp4'))).length).toBe(10);
  });
});

describe('an archive', () => {
  it.each(['..', '../r2/recording.mp4', '.hidden', '', '/etc/hostname', 'a/b', 'a\\b', 'x\0y'])(
    'has no file of the name "%s"',
    async (name) => {
      const { reader } = await archive(Buffer.from('x'), false);
      await expect(reader.open('r1', name)).rejects.toMatchObject({ code: 'file_missing', status: 404 });
      await expect(reader.localPath('r1', name)).rejects.toMatchObject({ code: 'file_missing' });
      expect(reader.use.has('r1')).toBe(false);
    },
  );

  it('is never left through a symbolic link, neither of a file nor of its folder', async () => {
    const { reader, folder, dataDir } = await archive(Buffer.from('x'), false);
    const secret = join(await tempDir(), 'secret');
    await writeFile(secret, 'secret');
    await symlink(secret, join(folder, 'poster.jpg'));
    await symlink('recording.mp4', join(folder, 'inside.mp4'));
    for (const name of ['poster.jpg', 'inside.mp4']) {
      await expect(reader.open('r1', name)).rejects.toMatchObject({ code: 'file_missing' });
    }
    const elsewhere = join(await tempDir(), 'r2');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'recording.mp4'), 'secret');
    await symlink(elsewhere, join(dataDir, 'recordings', 'r2'));
    await expect(reader.open('r2', 'recording.mp4')).rejects.toMatchObject({ code: 'file_missing' });
    await symlink(folder, join(dataDir, 'recordings', 'r3'));
    await expect(reader.open('r3', 'recording.mp4')).rejects.toMatchObject({ code: 'file_missing' });
  });

  it('may lie on another disk as a whole', async () => {
    const { reader, dataDir } = await archive(Buffer.from('x'), false);
    const other = join(await tempDir(), 'recordings');
    await rename(join(dataDir, 'recordings'), other);
    await symlink(other, join(dataDir, 'recordings'));
    expect((await bytesOf(await reader.open('r1', 'recording.mp4'))).toString()).toBe('x');
  });
});

describe.each([false, true])(
  'a shared file that begins as if it were encrypted, in an archive that is: %s',
  (sealed) => {
    it('is what was shared', async () => {
      const content = Buffer.concat([Buffer.from('GCSEAL01'), randomBytes(2 * CHUNK_BYTES)]);
      const { dataDir, folder, keys, reader } = await archive(randomBytes(10), sealed);
      const shared = { name: 'shared-1-note.bin', kind: 'shared', contentType: 'application/octet-stream' };
      const file = { ...shared, size: content.length, sha256: hash(content) };
      const form = {
        duration: 1,
        width: 2,
        height: 2,
        framerate: 30,
        ranges: [],
        missingFrames: 0,
        facts: {},
        left: [],
      };
      const manifest = { version: 2, recording: 'r1', session: 's1', ...form, files: [file] };
      await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
      const path = join(dataDir, 'recordings', 'r1', shared.name);
      await writeFile(path, content);
      if (sealed) await sealFile(path, await keys.create('r1'));
      expect((await readFile(path)).equals(content)).toBe(!sealed);
      expect((await reader.describe('r1', shared.name)).size).toBe(content.length);
      expect(hash(await bytesOf(await reader.open('r1', shared.name)))).toBe(hash(content));
    });
  },
);

describe('an encrypted file', () => {
  const content = randomBytes(3 * CHUNK_BYTES);

  it('shows nothing of what is in it, and is no longer than it must be', async () => {
    const text = Buffer.from('the same words again and again '.repeat(5000));
    const { path } = await archive(text, true);
    const stored = await readFile(path);
    expect(stored.includes('the same words')).toBe(false);
    expect(stored.length).toBeLessThan(text.length + 200);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('is encrypted once, whoever asks again', async () => {
    const { path, keys } = await archive(content, true);
    const before = hash(await readFile(path));
    await sealFile(path, await keys.create('r1'));
    expect(hash(await readFile(path))).toBe(before);
  });

  it.each([
    {
      what: 'a changed byte',
      harm: async (path: string) => {
        const file = await open(path, 'r+');
        await file.write(Buffer.from([1, 2, 3]), 0, 3, 2 * CHUNK_BYTES);
        await file.close();
      },
    },
    { what: 'a missing end', harm: (path: string) => truncate(path, 40 + CHUNK_BYTES + 16) },
    { what: 'half a chunk', harm: (path: string) => truncate(path, 40 + 7) },
  ])('with $what is told to be damaged and not passed off as whole', async ({ harm }) => {
    const { reader, path } = await archive(content, true);
    await harm(path);
    const read = async (): Promise<Buffer> => bytesOf(await reader.open('r1', 'recording.mp4'));
    await expect(read()).rejects.toMatchObject({ code: 'file_damaged' });
    expect(reader.use.has('r1')).toBe(false);
  });

  it('that ends too early while it is read is not passed off as whole', async () => {
    const { path, keys } = await archive(content, true);
    const stored = await readFile(path);
    const key = (await keys.find('r1')) as Buffer;
    // As long as it ever was, but what comes of it is the header and one chunk.
    const some = stored.subarray(0, 40 + CHUNK_BYTES + 16);
    const source = {
      size: stored.length,
      open: async ({ start, end }: { start: number; end: number }) => Readable.from([some.subarray(start, end + 1)]),
    };
    const read = async (): Promise<Buffer> => bytesOf(await openSealed(source, key));
    await expect(read()).rejects.toMatchObject({ code: 'file_damaged' });
  });

  it('is worth nothing once its key is deleted', async () => {
    const { reader, keys } = await archive(content, true);
    await keys.remove('r1');
    await expect(reader.open('r1', 'recording.mp4')).rejects.toMatchObject({ code: 'key_missing' });
    await keys.create('r1');
    const read = async (): Promise<Buffer> => bytesOf(await reader.open('r1', 'recording.mp4'));
    await expect(read()).rejects.toMatchObject({ code: 'file_damaged' });
  });

  it("is worth nothing without the server's key, nor with another recording's", async () => {
    const { keys, dataDir } = await archive(content, true);
    expect((await stat(join(dataDir, 'recording-key'))).mode & 0o077).toBe(0);
    const wrapped = join(dataDir, 'recording-keys', 'r1');
    expect((await stat(wrapped)).mode & 0o077).toBe(0);
    await writeFile(join(dataDir, 'recording-keys', 'r2'), await readFile(wrapped));
    await expect(keys.find('r2')).rejects.toMatchObject({ code: 'key_damaged' });
    await rm(join(dataDir, 'recording-key'));
    await expect(new RecordingKeys({ dataDir }).find('r1')).rejects.toMatchObject({ code: 'key_damaged' });
  });

  it('has one key when two make it at the same time', async () => {
    const dataDir = await tempDir();
    const made = await Promise.all(
      Array.from({ length: 8 }, () => new RecordingKeys({ dataDir }).create('r1').then((key) => key.toString('hex'))),
    );
    expect(new Set(made).size).toBe(1);
    expect((await readdir(join(dataDir, 'recording-keys'))).length).toBe(1);
  });
});
