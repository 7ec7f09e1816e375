import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { adminTokenFor, serverUrlFor } from '../../../src/cli/admin-access.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const TOKEN = 'the-token-of-the-file';

/** The environment with a configuration file of this text. */
async function withFile(text: string, env: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
  const file = join(await tempDir(), 'gridcast.yml');
  await writeFile(file, text);
  return { ...env, GRIDCAST_CONFIG: file };
}

describe('the address of the server on this machine', () => {
  it.each([
    ['', 'http://127.0.0.1:8080'],
    ['server: { port: 9000 }', 'http://127.0.0.1:9000'],
    ['server: { host: 0.0.0.0 }', 'http://127.0.0.1:8080'],
    ['server: { host: "::" }', 'http://127.0.0.1:8080'],
    ['server: { host: 192.0.2.7, port: 9000 }', 'http://192.0.2.7:9000'],
    ['server: { host: "::1" }', 'http://[::1]:8080'],
    ['server: { publicUrl: "https://rooms.example.org" }', 'http://127.0.0.1:8080'],
    ['tls: { cert: a.pem, key: b.pem }', 'https://127.0.0.1:8080'],
    [
      '{ tls: { cert: a.pem, key: b.pem }, server: { publicUrl: "https://rooms.example.org/" } }',
      'https://rooms.example.org',
    ],
  ])('is by %j %s', async (text, url) => {
    expect(serverUrlFor(undefined, await withFile(text))).toBe(url);
  });

  it('is that of the option, else of the environment, else of the file', async () => {
    const env = await withFile('server: { port: 9000 }', { GRIDCAST_PORT: '9001' });
    expect(serverUrlFor(undefined, env)).toBe('http://127.0.0.1:9001');
    expect(serverUrlFor('https://example.org', env)).toBe('https://example.org');
    expect(serverUrlFor(undefined, {})).toBe('http://127.0.0.1:8080');
  });

  it('cannot be known of any free port', () => {
    expect(() => serverUrlFor(undefined, { GRIDCAST_PORT: '0' })).toThrow(
      "Give the server's address with --url: its port is 0, any free one, by GRIDCAST_PORT or a configuration file (GRIDCAST_CONFIG names none).",
    );
  });

  it('names a file that cannot be read, or is wrong, and the way around it', async () => {
    expect(() => serverUrlFor(undefined, { GRIDCAST_CONFIG: '/nowhere/g.yml' })).toThrow(
      /\/nowhere\/g\.yml, which cannot be read .*\nWith --url and --token nothing of this is read; --url is missing\.$/,
    );
    const env = await withFile('server: { port: high }');
    expect(() => serverUrlFor(undefined, env)).toThrow(/"server\.port" in .*gridcast\.yml, line 1/);
    expect(serverUrlFor('http://127.0.0.1:1', env)).toBe('http://127.0.0.1:1');
  });
});

describe('the admin token', () => {
  it('is that of the option, else of the environment, else of the file, else of the data folder', async () => {
    const data = await tempDir();
    await writeFile(join(data, 'admin-token'), 'the-token-of-the-folder\n');
    const text = `server: { adminToken: ${TOKEN}, data: ${data} }`;
    const env = await withFile(text, { GRIDCAST_ADMIN_TOKEN: 'the-token-of-the-environment' });
    expect(await adminTokenFor({ token: 'given' }, env)).toBe('given');
    expect(await adminTokenFor({}, env)).toBe('the-token-of-the-environment');
    expect(await adminTokenFor({}, await withFile(text))).toBe(TOKEN);
    expect(await adminTokenFor({}, await withFile(`server: { data: ${data} }`))).toBe('the-token-of-the-folder');
    expect(await adminTokenFor({}, { GRIDCAST_DATA: data })).toBe('the-token-of-the-folder');
  });

  it('of this machine goes to no other, but the one of the environment does', async () => {
    const env = await withFile(
      `server: { adminToken: ${TOKEN}, host: 192.0.2.7, publicUrl: "https://rooms.example.org" }`,
    );
    const own = [
      'http://localhost:1',
      'http://127.0.0.2',
      'http://[::1]:8080',
      'http://192.0.2.7',
      `http://${hostname()}:1`,
    ];
    for (const url of [...own, 'https://rooms.example.org/']) expect(await adminTokenFor({ url }, env)).toBe(TOKEN);
    for (const url of ['https://example.org', 'http://127.0.0.1.example.org', 'no address']) {
      await expect(adminTokenFor({ url }, env)).rejects.toThrow(`Give a token with --token: ${url} is not known`);
      expect(await adminTokenFor({ url, token: 'given' }, env)).toBe('given');
      expect(await adminTokenFor({ url }, { ...env, GRIDCAST_ADMIN_TOKEN: 'of-the-environment' })).toBe(
        'of-the-environment',
      );
    }
  });

  it('is asked for with everything that was looked at', async () => {
    const env = await withFile('server: { data: /nowhere }');
    await expect(adminTokenFor({}, env)).rejects.toThrow(
      `Give a token with --token: there is none in GRIDCAST_ADMIN_TOKEN, none in the configuration ${env['GRIDCAST_CONFIG']}, and /nowhere/admin-token cannot be read (`,
    );
  });
});
