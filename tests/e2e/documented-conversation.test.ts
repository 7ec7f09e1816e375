/** What docs/protocol.md shows byte by byte is sent to a server as it stands there, and answered as it says. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { PATIENCE } from '../helpers/patience.ts';
import { TestServer } from '../helpers/test-server.ts';

type Json = Readonly<Record<string, unknown>>;

interface Step {
  readonly socket: string;
  readonly sent: boolean;
  readonly text: string;
}

let server: TestServer;

function protocolPage(): Promise<string> {
  return readFile(join(import.meta.dirname, '../../docs/protocol.md'), 'utf8');
}

async function documented(): Promise<readonly Step[]> {
  const page = await protocolPage();
  const [, shown = ''] = /<!-- conversation -->\n\n```\n([\s\S]*?)```/.exec(page) ?? [];
  // What does not fit into a line goes on in the next, set in.
  return [...shown.matchAll(/^(control|picture) ([<>]) (.*(?:\n +.*)*)$/gm)].map(([, socket = '', way, text = '']) => ({
    socket,
    sent: way === '>',
    text,
  }));
}

/** One of the two sockets, and what has come on it. */
class Line {
  readonly came: Json[] = [];
  readonly socket: WebSocket;

  constructor() {
    this.socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws?room=demo`);
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.came.push(JSON.parse(data.toString('utf8')) as Json);
    });
    onTestFinished(() => this.socket.terminate());
  }

  async send(message: string | Buffer): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    this.socket.send(message);
  }

  /** Waits for it, whatever its changing values are. */
  async answer(shown: Json): Promise<void> {
    await vi.waitFor(() => {
      if (!this.came.some((one) => isDeepStrictEqual(likened(one, shown), shown))) {
        throw new Error(`${JSON.stringify(shown)} is not among ${JSON.stringify(this.came)}`);
      }
    }, PATIENCE);
  }
}

/** With "…" where `shown` has it. */
function likened(value: unknown, shown: unknown): unknown {
  if (shown === '…') return value === undefined ? undefined : '…';
  if (Array.isArray(value) && Array.isArray(shown)) return value.map((one, index) => likened(one, shown[index]));
  if (typeof value !== 'object' || value === null || typeof shown !== 'object' || shown === null) return value;
  const of = shown as Json;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, likened(one, of[key])]));
}

it('the conversation of docs/protocol.md takes place', async () => {
  server = await TestServer.start();
  onTestFinished(() => server.close());
  await server.api('POST', '/api/rooms', { id: 'demo', title: 'A talk' });
  const steps = await documented();
  expect(steps.length).toBeGreaterThan(15);
  const lines = { control: new Line(), picture: new Line() };
  for (const { socket, sent, text } of steps) {
    const line = socket === 'control' ? lines.control : lines.picture;
    if (!sent) await line.answer(JSON.parse(text) as Json);
    else if (text.startsWith('{')) {
      const ticket = String(lines.control.came.find(({ type }) => type === 'welcome')?.['ticket']);
      await line.send(text.replace('TOKEN', await inviteToken()).replace('TICKET', ticket));
    } else await line.send(Buffer.from(text.replaceAll(/\s/g, ''), 'hex'));
  }
  await vi.waitFor(() => expect(lines.control.socket.readyState).toBe(WebSocket.CLOSED), PATIENCE);
  expect(lines.control.came.filter(({ type }) => type === 'error')).toEqual([]);
});

it('the parts of the two frames are what was sent', async () => {
  const rows = (await protocolPage()).split('\n').filter((line) => /^\| `[0-9a-f]{2}[ `]/.test(line));
  const inColumn = (column: number): string =>
    rows.map((row) => /`([0-9a-f ]+)/.exec(row.split('|')[column] ?? '')?.[1]?.trim()).join(' ');
  const frames = (await documented())
    .map(({ text }) => text.replaceAll(/\s+/g, ' '))
    .filter((text) => /^1[12] /.test(text));
  expect(frames).toEqual([expect.stringContaining(inColumn(1)), inColumn(3)]);
});

async function inviteToken(): Promise<string> {
  const made = await server.api<{ token: string }>('POST', '/api/rooms/demo/tokens', {
    role: 'participant',
    invite: true,
  });
  return made.body.token;
}
