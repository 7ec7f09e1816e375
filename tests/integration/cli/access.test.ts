import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { gridcast } from '../../helpers/command.ts';
import { inFiles, makeLocal } from '../../helpers/local-certificate.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { TestServer } from '../../helpers/test-server.ts';

/** Whatever the machine of the tests has set. */
const NOTHING = { GRIDCAST_PORT: undefined, GRIDCAST_ADMIN_TOKEN: undefined, GRIDCAST_DATA: undefined };

let server: TestServer;

beforeAll(async () => {
  server = await TestServer.start();
  await server.api('POST', '/api/rooms', { id: 'demo', title: 'Demo' });
});
afterAll(() => server.close());

/** A folder with the server's configuration file, and an environment that names it. */
async function configured() {
  const folder = await tempDir();
  const file = join(folder, 'gridcast.yml');
  const { port } = new URL(server.url);
  await writeFile(file, `server: { port: ${port}, data: ${server.dataDir} }\n`);
  return { folder, env: { ...NOTHING, GRIDCAST_CONFIG: file } };
}

describe('a command beside a server with a configuration file', () => {
  it('makes tokens, sends and lists files without being told where the server is', async () => {
    const { folder, env } = await configured();
    const made = await gridcast(['token', 'demo', '--role', 'host'], env);
    expect(made.stderr).toBe('');
    expect(made.stdout).toMatch(/^\S+\.\S+\.\S+\n$/);
    const shared = join(folder, 'notes.txt');
    await writeFile(shared, 'Some notes.');
    const sent = await gridcast(['send', shared, '--room', 'demo', '--quiet'], { ...env, XDG_STATE_HOME: folder });
    expect(sent).toMatchObject({ code: 0, stdout: expect.stringContaining('notes.txt') });
    expect((await gridcast(['fetch', '--room', 'demo'], env)).stdout).toContain('notes.txt');
  });

  it('trusts the certificate that the server has, whoever has signed it, and nobody else does', async () => {
    const files = await inFiles((await makeLocal()).server);
    onTestFinished(() => files.remove());
    const { cert, key } = files;
    const secure = await TestServer.start({ tls: { cert, key } });
    onTestFinished(() => secure.close());
    await secure.server.rooms.create({ id: 'demo', title: 'Demo' });
    const { port } = new URL(secure.url);
    const file = join(await tempDir(), 'gridcast.yml');
    await writeFile(file, `server: { port: ${port}, data: ${secure.dataDir} }\ntls: { cert: ${cert}, key: ${key} }\n`);
    const env = { ...NOTHING, GRIDCAST_CONFIG: file };
    const made = await gridcast(['token', 'demo'], env);
    expect(made).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^\S+\.\S+\.\S+\n$/) });
    const named = await gridcast(['token', 'demo', '--url', secure.url], env);
    expect(named).toMatchObject({ code: 1, stderr: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
  });

  it('goes where the option says, and then by its reasons', async () => {
    const { env } = await configured();
    const elsewhere = await gridcast(['token', 'demo', '--url', 'http://127.0.0.1:9'], env);
    expect(elsewhere).toMatchObject({ code: 1, stderr: expect.stringContaining('http://127.0.0.1:9') });
  });

  it('names the file that it was sent to and cannot read', async () => {
    const lost = await gridcast(['publish', 'lavfi:testsrc2', '--room', 'demo'], {
      ...NOTHING,
      GRIDCAST_CONFIG: '/nowhere/gridcast.yml',
    });
    expect(lost.code).toBe(1);
    expect(lost.stderr).toContain('/nowhere/gridcast.yml, which cannot be read');
    expect(lost.stderr).toContain('With --url and --token nothing of this is read');
  });
});
