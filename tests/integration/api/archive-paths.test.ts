import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findArchiveFile } from '../../../src/recorder/archive/archive-file.ts';
import type { Recording } from '../../../src/recorder/recordings/recording-view.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const SECRET = 'root:x:0:0';

/** A server over a real data folder, in which secrets lie beside, above and behind links in the archive. */
async function serve(): Promise<TestApi> {
  const dataDir = await tempDir();
  const folder = join(dataDir, 'recordings', 'rec1');
  await mkdir(folder, { recursive: true });
  const files = ['recording.mp4', 'poster.jpg', 'linked.jpg', 'folder.jpg'].map((name) => ({
    name,
    kind: 'film',
    contentType: 'text/plain',
    size: 10,
    sha256: 'a'.repeat(64),
  }));
  const common = { recording: 'rec1', session: 's1', duration: 1, width: 2, height: 2, framerate: 30 };
  const manifest = { version: 2, ...common, ranges: [], missingFrames: 0, files, facts: {}, left: [] };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  for (const path of [join(dataDir, 'secret'), join(dataDir, 'recordings', 'secret'), join(folder, 'secret')]) {
    await writeFile(path, SECRET);
  }
  await writeFile(join(folder, 'recording.mp4'), '0123456789');
  await symlink(join(dataDir, 'secret'), join(folder, 'linked.jpg'));
  await symlink(dataDir, join(folder, 'folder.jpg'));
  const recording = { id: 'rec1', room: 'hall', title: 'Hall', startedAt: new Date(0) } as Recording;
  const api = await startApi();
  const file = (id: string, name: string) => {
    api.calls.push(`file ${id} ${name}`);
    return findArchiveFile({ dataDir, clock: systemClock }, recording, name);
  };
  Object.assign(api.deps.recordings, { file });
  return api;
}

/** Sends a request line as it is: clients tidy up paths. */
async function ask(api: TestApi, target: string, method = 'GET'): Promise<{ status: number; text: string }> {
  const socket = connect(api.port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (data: Buffer) => chunks.push(data));
  socket.write(
    `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n\r\n`,
  );
  await once(socket, 'close');
  const text = Buffer.concat(chunks).toString('latin1');
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text };
}

const NAMES = [
  '..',
  '../secret',
  '../../secret',
  '%2e%2e/secret',
  '%2e%2e%2fsecret',
  '..%2fsecret',
  '..%5csecret',
  '..\\secret',
  '%252e%252e%252fsecret',
  '..%c0%afsecret',
  '%c0%ae%c0%ae/secret',
  '..;/secret',
  './secret',
  '/secret',
  '//secret',
  'secret',
  'secret%00.jpg',
  'poster.jpg%00',
  '%00',
  '%0d%0aX-Injected:%201',
  'linked.jpg',
  'folder.jpg',
  'folder.jpg/secret',
  'recording.mp4/../secret',
  'recording.mp4%2f..%2fsecret',
  'manifest.json',
  'con',
  'a'.repeat(5000),
  '%ff%fe',
  '%E2%80%A5/secret',
];

describe('the path of a download', () => {
  it('leads to a file of the archive', async () => {
    const api = await serve();
    const { status, text } = await ask(api, '/api/recordings/rec1/files/recording.mp4');
    expect(status).toBe(200);
    expect(text).toContain('0123456789');
  });

  it.each(NAMES)('%s leads nowhere else', async (name) => {
    const api = await serve();
    for (const before of ['/api/recordings/rec1/files/', '/api/recordings/rec1/../rec1/files/', '/api/shared/x/']) {
      for (const method of ['GET', 'HEAD']) {
        const { status, text } = await ask(api, before + name, method);
        expect([400, 404, 414, 431], `${method} ${before}${name}: ${text.slice(0, 200)}`).toContain(status);
        expect(text).not.toContain(SECRET);
        expect(text.toLowerCase()).not.toContain('\nx-injected');
      }
    }
  });

  it.each(['..', '%2e%2e', '..%2f..', 'rec1%2f..', '%00', 'rec1%5c..', '.', '%2e', 'rec1%20', ''])(
    'knows no recording of the id "%s"',
    async (id) => {
      const api = await serve();
      for (const rest of ['download', 'files/recording.mp4', 'files/secret', '']) {
        const { status, text } = await ask(api, `/api/recordings/${id}/${rest}`);
        expect([400, 404], text.slice(0, 200)).toContain(status);
      }
      expect(api.calls.filter((call) => call.startsWith('file'))).toEqual([]);
    },
  );

  it('may be absolute, as proxies write it, and means the same', async () => {
    const api = await serve();
    expect((await ask(api, 'http://localhost/api/recordings/rec1/files/recording.mp4')).status).toBe(200);
    const { status, text } = await ask(api, 'http://localhost/api/recordings/rec1/files/..%2fsecret');
    expect([status, text.includes(SECRET)]).toEqual([400, false]);
  });
});
