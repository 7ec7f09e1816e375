/** `gridcast send` and `gridcast fetch`, as a person uses them. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { FileControl } from '../../../src/api/file-port.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { BreakableLine } from '../../helpers/breakable-line.ts';
import { gridcast, startGridcast } from '../../helpers/command.ts';
import { openFileRooms } from '../../helpers/file-rooms.ts';
import { TcpProxy } from '../../helpers/tcp-proxy.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { startApi } from '../api/api-server.ts';

it('sends a file over a line that is cut, tells its checksum, and fetches it again', { timeout: 120_000 }, async () => {
  const api = await startApi();
  const line = await BreakableLine.open(`http://127.0.0.1:${api.port}`);
  onTestFinished(() => line.close());
  const dir = await tempDir();
  const bytes = randomBytes(60_000_000);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await writeFile(join(dir, 'Gezeiten 🌊.mp4'), bytes);
  // For many: whoever has it says who they are.
  const { token } = await api.deps.tokens.invite({ room: 'hall', role: 'participant' });
  const env = { XDG_STATE_HOME: join(dir, 'state') };
  const common = ['--room', 'hall', '--url', line.url, '--token', token];
  const sending = gridcast(['send', join(dir, 'Gezeiten 🌊.mp4'), ...common], env);
  await vi.waitFor(
    async () => {
      const [id = 'none'] = await readdir(api.shared.dir).catch(() => []);
      expect((await stat(join(api.shared.dir, id))).size).toBeGreaterThan(0);
    },
    { timeout: 60_000, interval: 2 },
  );
  line.break();
  line.mend();
  const sent = await sending;
  expect(sent).toMatchObject({ code: 0, stdout: `${sha256}  Gezeiten 🌊.mp4\n` });
  expect(sent.stderr).toContain('Trying again.');
  expect(sent.stderr).not.toContain(token);
  expect(await readdir(join(dir, 'state/gridcast/uploads'))).toEqual([]);

  const list = await gridcast(['fetch', ...common], env);
  expect(list.code).toBe(0);
  expect(list.stdout).toMatch(/^\S{24} +60 MB {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}Guest {2}Gezeiten 🌊\.mp4\n$/);
  const out = join(dir, 'fetched.mp4');
  // As an earlier try left it.
  await writeFile(`${out}.${list.stdout.slice(0, 24)}.part`, bytes.subarray(0, 5_000_000));
  const fetched = await gridcast(['fetch', 'Gezeiten 🌊.mp4', '--out', out, ...common], env);
  expect(fetched).toMatchObject({ code: 0, stdout: `${sha256}  ${out}\n` });
  expect(bytes.equals(await readFile(out))).toBe(true);
  const again = await gridcast(['fetch', 'Gezeiten 🌊.mp4', '--out', out, ...common], env);
  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toContain('--force');
  const nothing = await gridcast(['send', join(dir, 'none'), ...common], env);
  expect(nothing.code).toBe(2);
});

it('ends at once at Ctrl-C and says how to go on, and the same command goes on where it was', async () => {
  const shared = await openFileRooms(systemClock, new Set(['hall']));
  onTestFinished(() => shared.close());
  const asked: string[] = [];
  const files: FileControl = {
    ...shared.control,
    upload: (request) => {
      asked.push(`${request.method} ${String(request.headers['upload-offset'] ?? '')}`.trim());
      return shared.control.upload(request);
    },
  };
  const api = await startApi({ ports: { files } });
  let room = 400_000;
  const line = await TcpProxy.open(`http://127.0.0.1:${api.port}`, (way, _, data) => {
    if (way === 'up') room -= data.length;
    // The rest never comes through.
    if (room < 0) line.stall();
  });
  onTestFinished(() => line.close());
  const dir = await tempDir();
  const bytes = randomBytes(5_000_000);
  await writeFile(join(dir, 'talk.bin'), bytes);
  const { token } = await api.deps.tokens.invite({ room: 'hall', role: 'participant' });
  const args = ['send', join(dir, 'talk.bin'), '--room', 'hall', '--url', line.url, '--token', token];
  const env = { XDG_STATE_HOME: join(dir, 'state') };
  const sending = startGridcast(args, env);
  const arrived = async (): Promise<number> => {
    const [id = 'none'] = await readdir(shared.dir).catch(() => []);
    return stat(join(shared.dir, id)).then(
      ({ size }) => size,
      () => 0,
    );
  };
  await vi.waitFor(async () => expect(await arrived()).toBeGreaterThan(200_000), { timeout: 20_000, interval: 5 });
  sending.interrupt();
  // It waits for nothing of what is on its way.
  const stopped = await sending.ended;
  // The kernel may hold the whole rest by now, and would hand it over yet.
  line.cut();
  expect(stopped).toEqual({ code: 130, stdout: '', stderr: 'Interrupted; the same command goes on from here.\n' });
  expect(asked).toEqual(['POST', 'PATCH 0']);

  room = Number.POSITIVE_INFINITY;
  line.resume();
  const sent = await gridcast(args, env);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(sent).toMatchObject({ code: 0, stdout: `${sha256}  talk.bin\n` });
  expect(asked.slice(2)).toEqual(['HEAD', expect.stringMatching(/^PATCH [1-9]\d{5}/)]);
  expect((await shared.files.list('hall', undefined)).items).toMatchObject([{ sha256, complete: true }]);
});
