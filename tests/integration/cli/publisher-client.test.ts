import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { PublishedTrack } from '../../../src/cli/publish/announced-tracks.ts';
import { PublisherClient } from '../../../src/cli/publish/publisher-client.ts';
import type { H264Config } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { Stream } from '../../../src/media/stream.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { freePort } from '../../helpers/free-port.ts';
import { MediaSamples, type Sample } from '../../helpers/media-samples.ts';
import { Door, RESUME_MS, collect } from '../ingest/door.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };

const SOUND = Buffer.from([0xf8, 1, 2, 3]);

let samples: MediaSamples;
let picture: Sample<H264Config>;

beforeAll(async () => {
  samples = new MediaSamples();
  picture = await samples.h264({ frames: 4, gopFrames: 2 });
});
afterAll(() => samples.close());

function tracks(): PublishedTrack[] {
  const { codecString, width, height, framerate } = picture.config;
  const sound = { track: 3, id: 0, codec: 'opus', sampleRate: 48000, channels: 2 } as const;
  const video = { track: 4, id: 0, codec: 'h264', codecString, width, height, framerate } as const;
  return [
    { publish: { type: 'publish', track: 3, kind: 'audio', source: 'file' }, config: { type: 'config', ...sound } },
    { publish: { type: 'publish', track: 4, kind: 'video', source: 'file' }, config: { type: 'config', ...video } },
  ];
}

/** A client of `url` with a clock of its own, and how its run ended. */
function publisher(url: string, options: { token?: string; room?: string } = {}) {
  const clock = new FakeClock();
  const notices: string[] = [];
  const client = new PublisherClient({
    url,
    room: options.room ?? 'demo',
    token: options.token ?? 'participant',
    name: 'Film',
    tracks: tracks(),
    clock,
    onNotice: (text) => notices.push(text),
  });
  const run = client.run();
  run.catch(() => {});
  onTestFinished(async () => {
    client.close();
    await run.catch(() => {});
  });
  let time = 0;
  return {
    client,
    clock,
    notices,
    run,
    /** The sample's next frame: even ones are key frames. */
    show(index: number): void {
      time += 33_333;
      const packet = picture.packets[index % 4];
      if (!packet) throw new Error('no sample');
      client.send({ track: 4, captureUs: time, durationUs: 33_333, keyframe: packet.keyframe, data: packet.data });
    },
    speak(): void {
      time += 20_000;
      client.send({ track: 3, captureUs: time, durationUs: 20_000, keyframe: true, data: SOUND });
    },
    /** Waits for the announcement of another try, and lets its time come. */
    async retry(count: number): Promise<void> {
      await vi.waitFor(() => expect(notices.filter((text) => text.includes('Trying again'))).toHaveLength(count), WAIT);
      clock.advance(8000);
    },
  };
}

/** A publisher in a room, and everything that arrives there. */
function inRoom(door: Door) {
  const ids: string[] = [];
  const pictures: Packet[] = [];
  const sounds: Packet[] = [];
  door.room.events.on('joined', ({ id }) => ids.push(id));
  door.room.events.on('trackAdded', ({ track }) => {
    collect(track.stream as Stream, track.number === 4 ? pictures : sounds);
  });
  /** Resolves when both tracks are published and both sockets are up. */
  const published = () =>
    vi.waitFor(() => {
      expect(door.room.participants[0]?.tracks.size).toBe(2);
      expect(door.connections).toBeGreaterThanOrEqual(2);
    }, WAIT);
  return { ...publisher(door.url), ids, pictures, sounds, published };
}

function keys(packets: readonly Packet[]): string {
  return packets.map(({ keyframe }) => (keyframe ? 'K' : 'd')).join('');
}

/** A port whose connections do whatever a test wants. */
async function port(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

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
    const { client, show, speak, published, ids, pictures, sounds } = inRoom(door);
    await published();

    for (const index of [0, 1]) {
      show(index);
      speak();
    }
    await vi.waitFor(() => expect([keys(pictures), sounds.length]).toEqual(['Kd', 2]), WAIT);
    expect(pictures.map(({ data }) => Buffer.from(data))).toEqual(
      picture.packets.slice(0, 2).map(({ data }) => Buffer.from(data)),
    );
    expect(door.room.find(ids[0] ?? '')).toMatchObject({ name: 'Film', role: 'participant' });
    expect(client.dropped).toBe(0);
    expect(shown).toEqual([]);
  });

  it('keeps what comes before the server is ready: the only key frame is among it', async () => {
    const door = await Door.open();
    const { show, speak, pictures, sounds } = inRoom(door);
    for (const index of [0, 1]) {
      show(index);
      speak();
    }
    await vi.waitFor(() => expect([keys(pictures), sounds.length]).toEqual(['Kd', 2]), WAIT);
  });

  it('waits for a key frame after what it could not keep', async () => {
    const door = await Door.open({ limits: { maxFramesPerSecond: 1000 } });
    const { client, show, pictures } = inRoom(door);
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
    const { client, published } = inRoom(door);
    await published();
    client.send({ track: 9, captureUs: 0, durationUs: 0, keyframe: true, data: SOUND });
    expect(client.dropped).toBe(0);
  });

  it('says goodbye, and is gone at once', async () => {
    const door = await Door.open();
    const { client, run, published } = inRoom(door);
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
    const { clock } = publisher(`http://127.0.0.1:${(websockets.address() as AddressInfo).port}`);
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

describe('a refusal', () => {
  it.each([
    ['nobody', 'demo', 'The token does not hold; ask for a new link.'],
    ['viewer', 'demo', 'This link only allows watching; ask the host for an invite.'],
    ['admin', 'gone', 'There is no such room; check the link or create the room first.'],
  ])('of the token "%s" in room %s ends the run with the server’s sentence', async (token, room, sentence) => {
    const door = await Door.open();
    await expect(publisher(door.url, { token, room }).run).rejects.toThrow(sentence);
  });

  it('of a full room at the beginning ends the run', async () => {
    const door = await Door.open({ maxParticipants: 1 });
    await door.join();
    await expect(publisher(door.url).run).rejects.toThrow(/at most 1 people/);
  });

  it('of the upgrade is no server that is down', async () => {
    const door = await Door.open({ upgrade: { socketsPerAddress: 0 } });
    await expect(publisher(door.url).run).rejects.toThrow(/does not take the connection \(HTTP 503\)/);
    const page = await port(createHttpServer((_request, response) => response.end('hello')));
    await expect(publisher(page).run).rejects.toThrow(
      /does not take the connection \(HTTP 200\); is it a Gridcast server\?/,
    );
  });

  it('by nobody being there names the address', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    await expect(publisher(url).run).rejects.toThrow(`The server at ${url} cannot be reached (`);
  });

  it.each([
    ['kick', /A host has removed you/],
    ['endRoom', /The room has ended/],
  ])('by %s ends the run for good', async (how, sentence) => {
    const door = await Door.open();
    const { run, notices, published, ids } = inRoom(door);
    await published();
    if (how === 'kick') door.ingest.kick('demo', ids[0] ?? '');
    else void door.ingest.endRoom('demo');
    await expect(run).rejects.toThrow(sentence);
    expect(notices).toEqual([]);
  });

  it('of a picture ends the run with the reason, instead of trying again and again', async () => {
    const door = await Door.open({ limits: { maxPixels: 1000 } });
    const { run, show, published } = inRoom(door);
    await published();
    show(0);
    await expect(run).rejects.toThrow(/The picture is 320x180; at most 1000 pixels are allowed/);
    await vi.waitFor(() => expect(door.ingest.participants).toBe(0), WAIT);
    expect(door.connections).toBe(2);
  });

  it('of a track holds over a cut', async () => {
    const door = await Door.open();
    const { notices, speak, show, retry, published, pictures, sounds } = inRoom(door);
    await published();
    door.room.participants[0]?.tracks.get(4)?.events.emit('refused', { code: 'too_expensive', message: 'No.' });
    await vi.waitFor(() => expect(notices).toEqual(['Track 4: No.']), WAIT);
    door.cut();
    await retry(1);
    await vi.waitFor(() => expect(door.connections).toBe(4), WAIT);
    await vi.waitFor(() => {
      show(0);
      speak();
      expect(sounds.length).toBeGreaterThan(0);
    }, WAIT);
    expect(pictures).toEqual([]);
    expect(notices.filter((text) => text.startsWith('Track'))).toEqual(['Track 4: No.']);
  });

  it('of every track ends the run with the reason of the last', async () => {
    const door = await Door.open();
    const { run, published, notices } = inRoom(door);
    await published();
    for (const track of [...(door.room.participants[0]?.tracks.values() ?? [])]) {
      track.events.emit('refused', { code: 'decode_budget', message: `Track ${track.number} is too much.` });
    }
    await expect(run).rejects.toThrow('Track 4 is too much.');
    expect(notices).toEqual(['Track 3: Track 3 is too much.', 'Track 4: Track 4 is too much.']);
    await vi.waitFor(() => expect(door.room.participants).toEqual([]), WAIT);
  });

  it('of a track is told, and the other goes on', async () => {
    const door = await Door.open();
    const { notices, speak, published, ids, sounds } = inRoom(door);
    await published();
    door.room
      .find(ids[0] ?? '')
      ?.tracks.get(4)
      ?.events.emit('refused', { code: 'too_expensive', message: 'It costs too much.' });
    await vi.waitFor(() => expect(notices).toEqual(['Track 4: It costs too much.']), WAIT);
    speak();
    await vi.waitFor(() => expect(sounds).toHaveLength(1), WAIT);
  });
});

describe('a cut', () => {
  it.each([
    ['both sockets', () => true],
    ['the control socket', (index: number) => index === 0],
    ['the picture socket', (index: number) => index === 1],
  ])('of %s is mended: the same participant, the same tracks, from the next key frame', async (_, which) => {
    const door = await Door.open();
    const { show, speak, retry, notices, client, published, ids, pictures, sounds } = inRoom(door);
    await published();
    show(0);
    speak();
    await vi.waitFor(() => expect([pictures.length, sounds.length]).toEqual([1, 1]), WAIT);
    door.cut(which);
    await retry(1);
    await vi.waitFor(() => expect(door.connections).toBe(4), WAIT);
    await vi.waitFor(() => {
      speak();
      expect(sounds.length).toBeGreaterThan(1);
    }, WAIT);
    show(1);
    show(2);
    show(3);
    await vi.waitFor(() => expect(keys(pictures)).toBe('KKd'), WAIT);
    expect(door.room.participants.map(({ id }) => id)).toEqual(ids);
    expect(ids).toHaveLength(1);
    expect(notices).toHaveLength(1);
    expect(client.dropped).toBeGreaterThan(0);
  });

  it.each([
    [4403, 'You are out.', /^You are out\.$/],
    [1001, 'Back soon.', undefined],
  ])('with %i while the picture socket is on its way is what its own socket says', async (code, reason, thrown) => {
    const websockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(websockets, 'listening');
    onTestFinished(() => {
      websockets.close();
    });
    let control: WebSocket | undefined;
    websockets.on('connection', (socket) => {
      if (!control) {
        control = socket;
        socket.send(WELCOME);
        return;
      }
      // Nobody knows the ticket of somebody who is gone; that they are is still on its way to them.
      control.pause();
      socket.close(4401, 'No such ticket.');
      socket.once('close', () => {
        control?.close(code, reason);
        control?.resume();
      });
    });
    const { run, notices } = publisher(`http://127.0.0.1:${(websockets.address() as AddressInfo).port}`);
    if (thrown) await expect(run).rejects.toThrow(thrown);
    else await vi.waitFor(() => expect(notices).toEqual([expect.stringMatching(/^Back soon\. Trying again/)]), WAIT);
  });

  it('that lasts longer than the server waits is mended by joining anew', async () => {
    const door = await Door.open();
    const { show, retry, published, ids, pictures } = inRoom(door);
    await published();
    door.cut();
    await vi.waitFor(() => {
      door.clock.advance(RESUME_MS);
      expect(door.room.participants).toEqual([]);
    }, WAIT);
    await retry(1);
    await published();
    expect(new Set(ids).size).toBe(2);
    await vi.waitFor(() => {
      show(0);
      expect(pictures.length).toBeGreaterThan(0);
    }, WAIT);
  });

  it('by a server that shuts down is tried again with longer and longer pauses', async () => {
    const door = await Door.open();
    const { notices, retry, published } = inRoom(door);
    await published();
    await door.closeServer();
    for (const count of [1, 2, 3, 4, 5, 6, 7]) await retry(count);
    const pauses = notices.map((text) => Number(/Trying again in ([\d.]+) s/.exec(text)?.[1]));
    pauses.slice(0, 7).forEach((pause, index) => {
      const most = Math.min(8, 0.5 * 2 ** index);
      expect(pause).toBeGreaterThanOrEqual(most / 2 - 0.05);
      expect(pause).toBeLessThanOrEqual(most + 0.05);
    });
    expect(notices[0]).toMatch(/^The server is shutting down; try again in a moment\. Trying again/);
  });

  it('is told with the reason of whichever socket is gone first', async () => {
    const websockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(websockets, 'listening');
    onTestFinished(() => {
      for (const socket of websockets.clients) socket.terminate();
      websockets.close();
    });
    websockets.on('connection', (socket) => {
      // The second is for pictures; the first is told nothing.
      if (websockets.clients.size === 1) socket.send(WELCOME);
      else socket.close(1001, 'The server is shutting down.');
    });
    const { notices } = publisher(`http://127.0.0.1:${(websockets.address() as AddressInfo).port}`);
    await vi.waitFor(() => expect(notices).toHaveLength(1), WAIT);
    expect(notices[0]).toMatch(/^The server is shutting down\. Trying again/);
  });

  it('is suspected when the server says nothing for eight seconds', async () => {
    const door = await Door.open();
    const { clock, notices, published } = inRoom(door);
    await published();
    // All at once: no answer can come in between.
    clock.advance(10_000);
    await vi.waitFor(() => expect(notices[0]).toMatch(/does not answer any more.*Trying again/), WAIT);
  });

  it('is not suspected while the server answers', async () => {
    const door = await Door.open();
    const { clock, notices, speak, published, sounds } = inRoom(door);
    await published();
    for (let turn = 1; turn <= 6; turn += 1) {
      clock.advance(2000);
      // The pong comes before what is said now arrives. Once in each turn: what was said before would let the next ones pass at once.
      speak();
      await vi.waitFor(() => expect(sounds).toHaveLength(turn), WAIT);
    }
    expect(notices).toEqual([]);
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
    return { announced, say: (message: object) => say(message), cut: () => cut(), ...publisher(url) };
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
    const { client, run } = publisher(url);
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
    const { client, run } = publisher(await port(server));
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
    const { client, run, clock, notices, published } = inRoom(door);
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
    const { client, run, clock } = publisher(`http://127.0.0.1:${(websockets.address() as AddressInfo).port}`);
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
    await expect(publisher(url.replace('http:', 'https:')).run).rejects.toThrow(/cannot be reached/);
    // A TLS handshake record.
    expect(first).toEqual([0x16]);
  });
});

const WELCOME = JSON.stringify({
  type: 'welcome',
  participant: 'p',
  room: { id: 'demo', title: 'Demo' },
  resume: 'r',
  resumeMs: 1000,
  ticket: 't',
  limits: { maxFrameBytes: 1000, maxMessageBytes: 1000, maxTracks: 6 },
});
