import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { WebhookReceiver } from '../../helpers/webhook-receiver.ts';
import { openWebhookServer, type WebhookServer } from '../../helpers/webhook-server.ts';

async function open() {
  const clock = new FakeClock();
  const receiver = new WebhookReceiver();
  await receiver.up();
  onTestFinished(() => receiver.down());
  const server = await openWebhookServer(':memory:', clock);
  onTestFinished(() => server.close());
  const { id, secret } = await server.webhooks.create({ url: receiver.url });
  return { clock, receiver, server, id, secret };
}

/** Resolves when everything was sent, or the next try waits for the clock. */
async function settled({ webhooks }: WebhookServer, id: string, clock: FakeClock): Promise<void> {
  await vi.waitFor(
    async () => {
      const { behind, nextMs } = await webhooks.find(id);
      expect(behind === 0 || nextMs > clock.wallMs()).toBe(true);
    },
    { timeout: 9000, interval: 2 },
  );
}

test('a receiver that was away for ten minutes gets every event once it is back, in order, none twice that it had taken', async () => {
  const { clock, receiver, server, id, secret } = await open();
  await server.happen(5);
  await settled(server, id, clock);
  expect(receiver.taken).toEqual([1, 2, 3, 4, 5]);

  // Ten minutes: the port is closed, then the service answers 503 or cuts the line when it has read the event, then closed.
  for (let second = 0; second < 600; second += 5) {
    if (second === 0 || second === 420) await receiver.down();
    if (second === 180) await receiver.up();
    receiver.mood = second < 300 ? 503 : 'cut';
    await server.happen(1);
    await clock.run(5000, 500);
    await settled(server, id, clock);
  }
  const { failures, behind, failingSinceMs } = await server.webhooks.find(id);
  expect(behind).toBe(120);
  expect(failures).toBeGreaterThan(5);
  expect(clock.wallMs() - (failingSinceMs ?? 0)).toBeGreaterThan(590_000);
  expect(receiver.taken).toHaveLength(5);

  receiver.mood = 200;
  await receiver.up();
  // The longest pause between two tries.
  await clock.run(120_000);
  await settled(server, id, clock);
  expect(receiver.taken).toEqual(Array.from({ length: 125 }, (_, index) => index + 1));
  // Only the one that was on its way when the receiver failed came more than once, and its number tells.
  const doubled = receiver.arrivals.filter(({ answered }) => answered !== 200).map(({ seq }) => seq);
  expect(new Set(doubled)).toEqual(new Set([6]));
  expect(receiver.arrivals.map(({ seq }) => seq)).toEqual(
    receiver.arrivals.map(({ seq }) => seq).sort((a, b) => a - b),
  );
  for (const { body, headers, seq } of receiver.arrivals) {
    const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['gridcast-signature'])) ?? [];
    expect(createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')).toBe(mac);
    expect(JSON.parse(body)).toMatchObject({ seq, type: 'room.changed', room: 'hall' });
  }
  expect(await server.webhooks.find(id)).toMatchObject({ behind: 0, failures: 0, failingSinceMs: undefined });
});

test('the pauses between two tries double up to two minutes, and a wish of the receiver counts', async () => {
  const { clock, receiver, server, id } = await open();
  receiver.mood = 500;
  const pauses: number[] = [];
  await server.happen(1);
  for (let index = 0; index < 9; index += 1) {
    await settled(server, id, clock);
    const waitMs = (await server.webhooks.find(id)).nextMs - clock.wallMs();
    pauses.push(waitMs / 1000);
    if (index === 7) receiver.answerHeaders = { 'Retry-After': '600' };
    await clock.run(waitMs);
    await vi.waitFor(() => expect(receiver.arrivals).toHaveLength(index + 2), { timeout: 9000 });
  }
  expect(pauses).toEqual([1.5, 3, 6, 12, 24, 48, 90, 90, 600]);
  const [last] = await server.webhooks.deliveries(id, 1);
  expect(last).toMatchObject({ seq: 1, status: 500, answer: 'said 500' });
});

test('no answer within ten seconds counts as a failure', async () => {
  const { clock, receiver, server, id } = await open();
  receiver.mood = 'silent';
  await server.happen(1);
  await vi.waitFor(() => expect(receiver.arrivals).toHaveLength(1), { timeout: 9000 });
  await clock.run(10_000);
  await settled(server, id, clock);
  expect((await server.webhooks.find(id)).last).toMatchObject({
    status: undefined,
    answer: 'no answer within 10 seconds',
  });
});

test('a server that is killed between an event and its delivery sends it after the next start', async () => {
  const path = join(await tempDir(), 'events.db');
  const receiver = new WebhookReceiver();
  await receiver.up();
  onTestFinished(() => receiver.down());
  receiver.mood = 'silent';
  const main = fileURLToPath(new URL('../../helpers/webhook-server-main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, path, receiver.url, '20'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  await vi.waitFor(() => expect(receiver.arrivals).toHaveLength(1), { timeout: 9000 });
  child.kill('SIGKILL');
  await once(child, 'exit');
  receiver.mood = 200;
  const clock = new FakeClock();
  const again = await openWebhookServer(path, clock);
  onTestFinished(() => again.close());
  await settled(again, said.toString().trim(), clock);
  expect(receiver.taken).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
});

test('a server that is closed breaks off what is on its way, and leaves no timer behind', async () => {
  const { clock, receiver, server } = await open();
  receiver.mood = 'silent';
  await server.happen(1);
  await vi.waitFor(() => expect(receiver.arrivals).toHaveLength(1), { timeout: 9000 });
  await server.webhooks.close();
  expect(clock.pending).toBe(0);
});
