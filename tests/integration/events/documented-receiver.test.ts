import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { signatureOf } from '../../../src/events/webhook.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { freePort } from '../../helpers/free-port.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { openWebhookServer } from '../../helpers/webhook-server.ts';

const WAIT = { timeout: 20_000 };

const page = (): Promise<string> => readFile(join(import.meta.dirname, '../../../docs/events.md'), 'utf8');

test('the signature in the documentation is what the server would send', async () => {
  const [, shown = ''] = /<!-- signature -->\n\n```\n([^]*?)```/.exec(await page()) ?? [];
  const [secret = '', body = '', signature] = shown.split('\n').map((line) => line.replace(/^\S+ +/, ''));
  expect(signatureOf(secret, body, 1_936_344_605)).toBe(signature);
});

test('the receiver in the documentation takes what is signed, once, and refuses what is not', async () => {
  const text = await page();
  const [, code = ''] = /<!-- receiver -->\s+```js\n([^]*?)```/.exec(text) ?? [];
  const file = join(await tempDir(), 'receiver.mjs');
  await writeFile(file, code);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const server = await openWebhookServer(':memory:', systemClock);
  onTestFinished(() => server.close());
  const { id, secret } = await server.webhooks.create({ url });
  const env = { WEBHOOK_SECRET: secret, PORT: String(port) };
  const receiver = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void receiver.kill('SIGKILL'));
  let said = '';
  receiver.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const post = (headers: Record<string, string>): Promise<number> =>
    fetch(url, { method: 'POST', body: '{"seq":99}', headers }).then(
      ({ status }) => status,
      () => 0,
    );
  await vi.waitFor(async () => expect(await post({})).toBe(401), WAIT);
  const now = Math.floor(systemClock.wallMs() / 1000);
  expect(await post({ 'Gridcast-Signature': `t=${now},v1=${'0'.repeat(64)}` })).toBe(401);
  await server.happen(2);
  await vi.waitFor(() => expect(said).toBe('1 room.changed hall\n2 room.changed hall\n'), WAIT);
  await server.webhooks.replay(id, 0);
  await server.happen(1);
  await vi.waitFor(() => expect(said).toContain('3 room.changed'), WAIT);
  expect(said.split('\n')).toHaveLength(4);
  // Remembered when the answer is there, which the receiver gives after it has said what came.
  await vi.waitFor(async () => {
    const tries = (await server.webhooks.deliveries(id, 10)).map(({ seq, status }) => [seq, status]);
    expect(tries).toEqual([3, 2, 1, 2, 1].map((seq) => [seq, 204]));
  }, WAIT);
});
