import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, type Socket, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { Door } from '../ingest/door.ts';
import { HandFedFilm, SOUND, WAIT, WELCOME, keys, port } from './hand-fed-film.ts';

let film: HandFedFilm;

beforeAll(async () => {
  film = await HandFedFilm.make();
});
afterAll(() => film.close());

describe('a publisher', () => {
  it('joins without wanting anything back, announces its tracks and sends them', async () => {
    const shown: string[] = [];
    const receiver = {
      showTo: () => void shown.push('picture'),
      soundTo: () => void shown.push('sound'),
      refresh: () => {},
      setQuality: () => {},
      remove: () => {},
    };
    const door = await Door.open({ receivers: () => receiver });
    const { client, show, speak, published, ids, pictures, sounds } = film.inRoom(door);
    await published();

    for (const index of [0, 1]) {
      show(index);
      speak();
    }
    await vi.waitFor(() => expect([keys(pictures), sounds.length]).toEqual(['Kd', 2]), WAIT);
    expect(pictures.map(({ data }) => Buffer.from(data))).toEqual(
      film.picture.packets.slice(0, 2).map(({ data }) => Buffer.from(data)),
    );
    expect(door.room.find(ids[0] ?? '')).toMatchObject({ name: 'Film', role: 'participant' });
    expect(client.dropped).toBe(0);
    expect(shown).toEqual([]);
  });

  it('keeps what comes before the server is ready: the only key frame is among it', async () => {
    const door = await Door.open();
    const { show, speak, pictures, sounds } = film.inRoom(door);
    for (const index of [0, 1]) {
      show(index);
      speak();
    }
    await vi.waitFor(() => expect([keys(pictures), sounds.length]).toEqual(['Kd', 2]), WAIT);
  });

  it('waits for a key frame after what it could not keep', async () => {
    const door = await Door.open({ limits: { maxFramesPerSecond: 1000 } });
    const { client, show, pictures } = film.inRoom(door);
    show(0);
    for (let index = 0; index < 220; index += 1) show(1);
    expect(client.dropped).toBe(21);
    await vi.waitFor(() => expect(pictures).toHaveLength(200), WAIT);
    const before = pictures.length;
    show(1);
    show(2);
    show(3);
    await vi.waitFor(() => expect(keys(pictures.slice(before))).toBe('Kd'), WAIT);
    expect(client.dropped).toBe(22);
  });

  it('knows nothing of tracks that it did not announce', async () => {
    const door = await Door.open();
    const { client, published } = film.inRoom(door);
    await published();
    client.send({ track: 9, captureUs: 0, durationUs: 0, keyframe: true, data: SOUND });
    expect(client.dropped).toBe(0);
  });

  it('says goodbye, and is gone at once', async () => {
    const door = await Door.open();
    const { client, run, published } = film.inRoom(door);
    await published();
    client.close();
    await run;
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
    client.close();
  });

  it('measures the way to the server every two seconds, once it is in', async () => {
    const heard: string[] = [];
    const websockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(websockets, 'listening');
    onTestFinished(() => {
      websockets.close();
    });
    websockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => heard.push((JSON.parse(data.toString()) as { type: string }).type));
    });
    const { clock } = film.publisher(`http://127.0.0.1:${(websockets.address() as AddressInfo).port}`);
    await vi.waitFor(() => expect(heard).toEqual(['hello']), WAIT);
    clock.advance(4000);
    for (const socket of websockets.clients) socket.send(WELCOME);
    await vi.waitFor(() => expect(heard).toContain('attach'), WAIT);
    clock.advance(2000);
    await vi.waitFor(() => expect(heard.filter((type) => type === 'ping')).toHaveLength(1), WAIT);
    expect(heard.indexOf('ping')).toBeGreaterThan(heard.indexOf('publish'));
    for (const socket of websockets.clients) socket.terminate();
  });
});

describe('an announcement', () => {
  interface Said {
    readonly type: string;
    readonly track?: number;
    readonly sentMs?: number;
  }

  /** A server that takes pictures nowhere: what is announced to it, a list for each connection, and a way to answer. */
  async function announcements(answer: (track: number, connection: number) => object | undefined) {
    const websockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(websockets, 'listening');
    onTestFinished(() => {
      for (const socket of websockets.clients) socket.terminate();
      websockets.close();
    });
    const announced: number[][] = [];
    let say = (_message: object): void => {};
    let cut = (): void => {};
    websockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        const { type, track = 0, sentMs } = JSON.parse(data.toString()) as Said;
        if (type === 'hello') {
          announced.push([]);
          say = (message) => socket.send(JSON.stringify(message));
          cut = () => socket.close(1012);
          socket.send(WELCOME);
        } else if (type === 'ping') {
          say({ type: 'pong', sentMs, receivedMs: 0, repliedMs: 0 });
        } else if (type === 'publish') {
          announced.at(-1)?.push(track);
          const answered = answer(track, announced.length);
          if (answered) say(answered);
        }
      });
    });
    const url = `http://127.0.0.1:${(websockets.address() as AddressInfo).port}`;
    return { announced, say: (message: object) => say(message), cut: () => cut(), ...film.publisher(url) };
  }

  it('that a cut has come before is made again, until the server has confirmed it', async () => {
    const { announced, cut, retry, notices } = await announcements((track, connection) => {
      if (connection !== 2) return undefined;
      const exists = { type: 'error', code: 'track_exists', message: 'It is published.', track };
      return track === 3 ? { type: 'published', track } : exists;
    });
    await vi.waitFor(() => expect(announced).toEqual([[3, 4]]), WAIT);
    cut();
    await retry(1);
    await vi.waitFor(() => expect(announced[1]).toEqual([3, 4]), WAIT);
    cut();
    await retry(2);
    await vi.waitFor(() => expect(announced).toHaveLength(3), WAIT);
    cut();
    await retry(3);
    await vi.waitFor(() => expect(announced).toHaveLength(4), WAIT);
    // Of the third connection nothing comes any more.
    expect(announced[2]).toEqual([]);
    expect(notices.filter((text) => text.startsWith('Track'))).toEqual([]);
  });

  it('of what was given up comes in time also while the socket for pictures is on its way', async () => {
    const { announced, say, clock, notices } = await announcements((track) => ({ type: 'published', track }));
    await vi.waitFor(() => expect(announced).toEqual([[3, 4]]), WAIT);
    say({ type: 'error', code: 'decode_failed', message: 'No.', track: 4, ended: true });
    await vi.waitFor(() => expect(notices).toEqual(['Track 4: No. Sending it again in 10 s.']), WAIT);
    // In steps: the answers to its pings take real time.
    await vi.waitFor(() => {
      clock.advance(500);
      expect(announced).toEqual([[3, 4, 4]]);
    }, WAIT);
  });
});

describe('closing', () => {
  it('ends a run that has not connected yet', async () => {
    const connected: Socket[] = [];
    // Takes connections and never says a word.
    const url = await port(createServer((socket) => connected.push(socket)));
    const { client, run } = film.publisher(url);
    await vi.waitFor(() => expect(connected).toHaveLength(1), WAIT);
    client.close();
    await run;
    for (const socket of connected) socket.destroy();
  });

  it.each(['closing', 'a refusal'])('by %s leaves no picture socket behind that has not connected yet', async (how) => {
    const websockets = new WebSocketServer({ noServer: true });
    const server = createHttpServer();
    const silent: Duplex[] = [];
    server.on('upgrade', (request, socket, head) => {
      if (websockets.clients.size > 0) silent.push(socket.resume());
      else websockets.handleUpgrade(request, socket, head, (control) => control.send(WELCOME));
    });
    const { client, run } = film.publisher(await port(server));
    await vi.waitFor(() => expect(silent).toHaveLength(1), WAIT);
    if (how === 'closing') {
      client.close();
      await run;
    } else {
      for (const control of websockets.clients) control.close(4403, 'Go away.');
      await expect(run).rejects.toThrow('Go away.');
    }
    // Nothing is left that would keep a process alive.
    await vi.waitFor(() => expect(silent[0]?.readableEnded).toBe(true), WAIT);
    silent[0]?.destroy();
  });

  it('ends the waiting for another try', async () => {
    const door = await Door.open();
    const { client, run, clock, notices, published } = film.inRoom(door);
    await published();
    await door.closeServer();
    await vi.waitFor(() => expect(notices).toHaveLength(1), WAIT);
    client.close();
    await run;
    expect(clock.pending).toBe(0);
  });
});

describe('closing, when the server does not answer,', () => {
  it('takes two seconds and no longer', async () => {
    const websockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(websockets, 'listening');
    onTestFinished(() => {
      websockets.close();
    });
    websockets.on('connection', (socket) => {
      socket.send(WELCOME);
      socket.pause();
    });
    const { client, run, clock } = film.publisher(`http://127.0.0.1:${(websockets.address() as AddressInfo).port}`);
    await vi.waitFor(() => expect(websockets.clients.size).toBe(2), WAIT);
    client.close();
    clock.advance(2000);
    await run;
    expect(clock.pending).toBe(0);
    for (const socket of websockets.clients) socket.terminate();
  });
});

describe('an address with https', () => {
  it('is spoken to over TLS', async () => {
    const first: number[] = [];
    const url = await port(
      createServer((socket) => {
        socket.once('data', (data) => {
          first.push(data[0] ?? 0);
          socket.destroy();
        });
      }),
    );
    await expect(film.publisher(url.replace('http:', 'https:')).run).rejects.toThrow(/cannot be reached/);
    // A TLS handshake record.
    expect(first).toEqual([0x16]);
  });
});
