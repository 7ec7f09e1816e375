/** An ingest server on a real port, with real rooms, tokens by name, and a clock that stands still unless told. */
import { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { UnauthorizedError } from '../../../src/errors.ts';
import { IngestServer, type IngestServerOptions, type JoinGrant } from '../../../src/ingest/ingest-server.ts';
import { nullLogger } from '../../../src/logger.ts';
import type { ClientMessage, WelcomeMessage } from '../../../src/protocol/messages.ts';
import { Room } from '../../../src/room/room.ts';
import { HttpServer } from '../../../src/server/http-server.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { TestSocket } from '../../helpers/test-participant.ts';

/** What a test turns; everything else is as in docs/protocol.md. */
export interface DoorOptions {
  readonly clock?: Clock;
  readonly limits?: Partial<IngestServerOptions['limits']>;
  readonly upgrade?: Partial<IngestServerOptions['upgrade']>;
  readonly maxParticipants?: number;
  readonly receivers?: IngestServerOptions['receivers'];
  readonly verifyToken?: IngestServerOptions['verifyToken'];
}

/** Tokens are the names of their roles; `other` is for another room, `ana` for one person. */
const GRANTS: Readonly<Record<string, JoinGrant>> = {
  admin: { role: 'admin' },
  host: { role: 'host', room: 'demo' },
  participant: { role: 'participant', room: 'demo' },
  viewer: { role: 'viewer', room: 'demo' },
  other: { role: 'participant', room: 'elsewhere' },
  ana: { role: 'participant', room: 'demo', name: 'Ana', identity: 'ana' },
};

export const RESUME_MS = 30_000;

/** Closed when the test has ended, and everybody who came through it. */
export class Door {
  readonly ingest: IngestServer;
  readonly clock: FakeClock;
  readonly rooms = new Map<string, Room>();
  readonly #http: HttpServer;
  readonly #sockets = new Set<TestSocket>();
  readonly #raw = new Set<Socket>();

  private constructor(ingest: IngestServer, http: HttpServer, clock: FakeClock) {
    this.ingest = ingest;
    this.#http = http;
    this.clock = clock;
  }

  static async open(options: DoorOptions = {}): Promise<Door> {
    const clock = new FakeClock();
    const { maxParticipants = 16, limits = {}, upgrade = {} } = options;
    const maxTracks = limits.maxTracks ?? 6;
    const ingest = new IngestServer({
      rooms: { find: (id) => door.rooms.get(id) },
      verifyToken: options.verifyToken ?? verifyToken,
      receivers: options.receivers ?? (() => undefined),
      limits: {
        maxFrameBytes: 2 * 1024 * 1024,
        maxPixels: 1920 * 1088,
        maxVideoKbit: 8000,
        maxFramesPerSecond: 70,
        maxTextBytes: 64 * 1024,
        maxTracks,
        helloMs: 5000,
        ...limits,
      },
      upgrade: { socketsPerAddress: 64, allowedOrigins: [], ...upgrade },
      resumeMs: RESUME_MS,
      clock: options.clock ?? clock,
      log: nullLogger,
    });
    const http = await HttpServer.listen({
      host: '127.0.0.1',
      port: 0,
      onRequest: (_request, response) => void response.writeHead(200).end('page'),
      onUpgrade: (request, socket, head) => ingest.handleUpgrade(request, socket, head),
    });
    const door = new Door(ingest, http, clock);
    door.addRoom('demo', maxParticipants, maxTracks);
    onTestFinished(() => door.close());
    return door;
  }

  get url(): string {
    return this.#http.url;
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  get room(): Room {
    return this.rooms.get('demo') as Room;
  }

  addRoom(id: string, maxParticipants = 16, maxTracksPerParticipant = 6): Room {
    const limits = { maxParticipants, maxTracksPerParticipant };
    const room = new Room({ id, title: `Room ${id}`, createdAt: new Date(0), limits });
    this.rooms.set(id, room);
    return room;
  }

  /** An open WebSocket that has said nothing yet. */
  async socket(room = 'demo'): Promise<TestSocket> {
    const socket = new TestSocket(this.url, room);
    this.#sockets.add(socket);
    await socket.opened();
    return socket;
  }

  /** Somebody who got their `welcome`. */
  async join(token = 'participant', hello: Partial<HelloFields> = {}): Promise<Member> {
    const control = await this.socket();
    control.say({ type: 'hello', version: 1, token, ...hello });
    return { control, welcome: await control.heard('welcome') };
  }

  /** A picture socket that is ready. */
  async attach(ticket: string): Promise<TestSocket> {
    const video = await this.socket();
    video.say({ type: 'attach', version: 1, ticket });
    await video.heard('attached');
    return video;
  }

  /** A bare TCP connection that obeys nothing: it keeps its side open when the server ends. */
  async tcp(): Promise<Socket> {
    const socket = new Socket({ allowHalfOpen: true });
    this.#raw.add(socket);
    socket.on('error', () => {});
    await new Promise<void>((resolve) => {
      socket.connect(this.port, '127.0.0.1', resolve);
    });
    return socket;
  }

  /** The HTTP answer to an upgrade request that is refused. */
  async refusal(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: string }> {
    const socket = await this.tcp();
    socket.write(upgradeRequest(path, headers));
    let text = '';
    for await (const chunk of socket.setEncoding('utf8')) text += String(chunk);
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]), body: text.split('\r\n\r\n')[1] ?? '' };
  }

  /** Closes the server alone, as it would in earnest; resolves when its port and all its sockets are gone. */
  async closeServer(): Promise<void> {
    await this.ingest.close();
    await this.#http.close();
  }

  async close(): Promise<void> {
    for (const { socket } of this.#sockets) socket.terminate();
    for (const socket of this.#raw) socket.destroy();
    await this.closeServer();
  }
}

type HelloFields = Omit<Extract<ClientMessage, { type: 'hello' }>, 'type' | 'version' | 'token'>;

/** A participant's control socket and what the server said first. */
export interface Member {
  readonly control: TestSocket;
  readonly welcome: WelcomeMessage;
}

/** A text message as a client sends it (RFC 6455 section 5.2), at most 125 bytes, masked with zeros. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** Text of a correct upgrade request. */
export function upgradeRequest(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const all = {
    Host: 'localhost',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

async function verifyToken(token: string): Promise<JoinGrant> {
  const grant = GRANTS[token];
  if (!grant) throw new UnauthorizedError('The token does not hold; ask for a new link.');
  return Promise.resolve(grant);
}
