/** What `gridcast send` remembers, on a disk. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type UploadKey, UploadNotes } from '../../../src/cli/files/upload-notes.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const KEY: UploadKey = {
  url: 'https://example.org',
  room: 'demo',
  token: 'a-very-secret-token',
  path: '/films/film.mkv',
  size: 5,
  modifiedMs: 1,
};

async function open(): Promise<{ notes: UploadNotes; folder: string }> {
  const state = await tempDir();
  return { notes: new UploadNotes({ XDG_STATE_HOME: state }), folder: join(state, 'gridcast/uploads') };
}

describe('the note of an upload', () => {
  it('is read again by the same command, and by no other', async () => {
    const { notes } = await open();
    const { identity } = await notes.read(KEY);
    expect(identity).toMatch(/^[\w-]{32}$/);
    await notes.write(KEY, { identity, id: 'f1' });
    expect(await notes.read({ ...KEY })).toEqual({ identity, id: 'f1' });
    const changes: Partial<UploadKey>[] = [
      { url: 'https://example.com' },
      { room: 'attic' },
      { token: 'other' },
      { path: '/film.mkv' },
      { size: 6 },
      { modifiedMs: 2 },
    ];
    for (const change of changes) {
      const other = await notes.read({ ...KEY, ...change });
      expect(other.id).toBeUndefined();
      expect(other.identity).not.toBe(identity);
    }
    await notes.remove(KEY);
    await notes.remove(KEY);
    expect((await notes.read(KEY)).id).toBeUndefined();
  });

  it('is for its owner alone, with no token in it, and leaves no draft', async () => {
    const { notes, folder } = await open();
    await notes.write(KEY, { identity: 'me', id: 'f1' });
    await notes.write(KEY, { identity: 'me', id: 'f2' });
    const names = await readdir(folder);
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{40}\.json$/)]);
    const path = join(folder, names[0] ?? '');
    expect(await readFile(path, 'utf8')).toBe('{"identity":"me","id":"f2"}');
    expect([(await stat(path)).mode & 0o777, (await stat(folder)).mode & 0o777]).toEqual([0o600, 0o700]);
  });

  it.each(['', 'torn {"iden', '{"identity":7}', '{"identity":"me","id":"../../etc/passwd"}'])(
    'that is damaged (%j) is as none',
    async (text) => {
      const { notes, folder } = await open();
      await notes.write(KEY, { identity: 'me', id: 'f1' });
      const [name = ''] = await readdir(folder);
      await writeFile(join(folder, name), text);
      const note = await notes.read(KEY);
      expect([note.id, note.identity === 'me']).toEqual([undefined, false]);
    },
  );
});
