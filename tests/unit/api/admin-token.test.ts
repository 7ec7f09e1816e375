import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAdminToken, loadSigningSecret, rotateSigningSecret } from '../../../src/api/admin-token.ts';
import { ConfigError } from '../../../src/errors.ts';
import { type Logger, nullLogger } from '../../../src/logger.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

function warnings(): { readonly log: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  return { lines, log: { ...nullLogger, warn: (message) => lines.push(message) } };
}

describe('the admin token of a data folder', () => {
  it('is made at the first start, for the owner only, and stays', async () => {
    const dataDir = join(await tempDir(), 'new', 'data');
    const first = await loadAdminToken({ dataDir, log: nullLogger });
    expect(first).toEqual({ created: true, token: expect.stringMatching(/^[\w-]{43}$/) });
    expect((await stat(join(dataDir, 'admin-token'))).mode & 0o777).toBe(0o600);
    expect(await loadAdminToken({ dataDir, log: nullLogger })).toEqual({ created: false, token: first.token });
    expect(await readdir(dataDir)).toEqual(['admin-token']);
  });

  it('is the same for all who start at once', async () => {
    const dataDir = await tempDir();
    const all = await Promise.all(Array.from({ length: 8 }, () => loadAdminToken({ dataDir, log: nullLogger })));
    expect(new Set(all.map(({ token }) => token)).size).toBe(1);
    expect(all.filter(({ created }) => created)).toHaveLength(1);
    expect(await readdir(dataDir)).toEqual(['admin-token']);
  });

  it('gives way to a configured one, and then none is written', async () => {
    const dataDir = await tempDir();
    const configured = 'from-the-environment';
    expect(await loadAdminToken({ dataDir, log: nullLogger, configured })).toEqual({
      token: configured,
      created: false,
    });
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('warns when others can read it', async () => {
    const dataDir = await tempDir();
    const { log, lines } = warnings();
    await loadAdminToken({ dataDir, log });
    expect(lines).toEqual([]);
    await chmod(join(dataDir, 'admin-token'), 0o644);
    await loadAdminToken({ dataDir, log });
    expect(lines).toEqual([expect.stringContaining('chmod 600')]);
  });

  it.each(['', 'short\n', 'two lines of more\nthan sixteen letters'])(
    'is refused when the file holds %j',
    async (text) => {
      const dataDir = await tempDir();
      await writeFile(join(dataDir, 'admin-token'), text, { mode: 0o600 });
      await expect(loadAdminToken({ dataDir, log: nullLogger })).rejects.toThrow(/delete it and start again/);
    },
  );

  it('says what is wrong when it cannot be read', async () => {
    const dataDir = await tempDir();
    await mkdir(join(dataDir, 'admin-token'));
    await expect(loadAdminToken({ dataDir, log: nullLogger })).rejects.toThrow(ConfigError);
  });
});

describe('the signing secret of a data folder', () => {
  it('has 32 bytes, is made once and for the owner only', async () => {
    const dataDir = await tempDir();
    const { secret, created } = await loadSigningSecret({ dataDir, log: nullLogger });
    expect({ bytes: secret.byteLength, created }).toEqual({ bytes: 32, created: true });
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
    expect(Buffer.from(await readFile(join(dataDir, 'secret'), 'utf8'), 'base64url')).toEqual(secret);
    expect(await loadSigningSecret({ dataDir, log: nullLogger })).toEqual({
      secret,
      olderSecrets: [],
      root: secret,
      created: false,
    });
  });

  it('is refused when the file holds too little', async () => {
    const dataDir = await tempDir();
    await writeFile(join(dataDir, 'secret'), 'c2hvcnQ\n', { mode: 0o600 });
    await expect(loadSigningSecret({ dataDir, log: nullLogger })).rejects.toThrow(
      /links given out so far stop working/,
    );
  });

  it('grows by a key each time it is rotated, up to eight, and the newest stays when the others retire', async () => {
    const dataDir = await tempDir();
    const options = { dataDir, log: nullLogger };
    const first = await loadSigningSecret(options);
    expect(await rotateSigningSecret({ ...options, retire: false })).toBe(2);
    const second = await loadSigningSecret(options);
    expect(second.olderSecrets).toEqual([first.secret]);
    expect(second.root).toEqual(first.secret);
    expect(second.secret).not.toEqual(first.secret);
    for (let keys = 3; keys <= 8; keys++) expect(await rotateSigningSecret({ ...options, retire: false })).toBe(keys);
    await expect(rotateSigningSecret({ ...options, retire: false })).rejects.toThrow(/--retire/);
    const { secret } = await loadSigningSecret(options);
    expect(await rotateSigningSecret({ ...options, retire: true })).toBe(1);
    expect(await loadSigningSecret(options)).toEqual({ secret, olderSecrets: [], root: secret, created: false });
    expect((await stat(join(dataDir, 'secret'))).mode & 0o777).toBe(0o600);
  });
});
