/** An ingest server on a real port, with real rooms, tokens by name, and a clock that stands still unless told. */
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import type { EventDraft } from '../../../src/events/event.ts';
import { UnauthorizedError } from '../../../src/errors.ts';
import { IngestServer, type IngestServerOptions } from '../../../src/ingest/ingest-server.ts';
import type { JoinGrant } from '../../../src/ingest/join-grant.ts';
import { nullLogger } from '../../../src/logger.ts';
import type { CodecConfig } from '../../../src/media/codec.ts';
import type { Packet } from '../../../src/media/packet.ts';
import type { Stream } from '../../../src/media/stream.ts';
import { type FrameHeader, encodeFrame } from '../../../src/protocol/frame.ts';
import type { ClientMessage, WelcomeMessage } from '../../../src/protocol/messages.ts';
import { ChatStore, chatMigrations } from '../../../src/room/chat-store.ts';
import { Chats } from '../../../src/room/chats.ts';
import { defaultSettings } from '../../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../../src/room/room-store.ts';
import { Room } from '../../../src/room/room.ts';
import { HttpServer } from '../../../src/server/http-server.ts';
import { ClientAddresses, LOOPBACK_RANGES } from '../../../src/util/client-address.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { TestSocket } from '../../helpers/test-participant.ts';
import { RawPeer } from './raw-peer.ts';

/** What a test turns; everything else is as in docs/protocol.md. */
export interface DoorOptions {
  readonly clock?: Clock;
  readonly limits?: Partial<IngestServerOptions['limits']>;
  readonly upgrade?: Partial<IngestServerOptions['upgrade']>;
  /** Default: those of this machine. */
  readonly trustedProxies?: readonly string[];
  readonly maxParticipants?: number;
  readonly receivers?: IngestServerOptions['receivers'];
  readonly verifyToken?: IngestServerOptions['verifyToken'];
  readonly isPassword?: NonNullable<IngestServerOptions['isPassword']>;
  readonly admitInvited?: NonNullable<IngestServerOptions['admitInvited']>;
  readonly maxRefused?: number;
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
  readonly chats: Chats;
  readonly rooms = new Map<string, Room>();
  /** What was recorded for the event log. */
  readonly recorded: EventDraft[] = [];
  /** How often a layout was told to somebody. */
  programSizeAsked = 0;
  readonly #http: HttpServer;
  readonly #sockets = new Set<TestSocket>();
  readonly #peers = new Set<RawPeer>();
  readonly #upgraded: Duplex[] = [];

  private constructor(ingest: IngestServer, http: HttpServer, clock: FakeClock, chats: Chats) {
    this.chats = chats;
    this.ingest = ingest;
    this.#http = http;
    this.clock = clock;
  }

  static async open(options: DoorOptions = {}): Promise<Door> {
    const clock = new FakeClock();
    const { maxParticipants = 16, limits = {}, upgrade = {} } = options;
    const maxTracks = limits.maxTracks ?? 6;
    const migrations = [...roomMigrations, ...chatMigrations];
    const database = await Database.open({ path: ':memory:', migrations, log: nullLogger });
    onTestFinished(() => database.close());
    const stored = { id: 'demo', title: 'Demo', createdAt: new Date(0), tokenVersion: 1, settings: defaultSettings() };
    await new RoomStore(database, nullLogger).insert(stored);
    const chats = new Chats({ store: new ChatStore(database), clock: options.clock ?? clock });
    const ingest = new IngestServer({
      rooms: { find: (id) => door.rooms.get(id) },
      verifyToken: options.verifyToken ?? verifyToken,
      receivers: options.receivers ?? (() => undefined),
      programSize: () => {
        door.programSizeAsked += 1;
        return { width: 1280, height: 720 };
      },
      limits: {
        maxFrameBytes: 2 * 1024 * 1024,
        maxPixels: 1920 * 1088,
        maxVideoKbit: 8000,
        maxFramesPerSecond: 70,
        maxRoomMegapixels: 500,
        maxTextBytes: 64 * 1024,
        maxTracks,
        helloMs: 5000,
        ...limits,
      },
      upgrade: { socketsPerAddress: 64, allowedOrigins: [], ...upgrade },
      addresses: new ClientAddresses(options.trustedProxies ?? LOOPBACK_RANGES),
      resumeMs: RESUME_MS,
      chats,
      ...(options.isPassword && { isPassword: options.isPassword }),
      ...(options.admitInvited && { admitInvited: options.admitInvited }),
      ...(options.maxRefused !== undefined && { maxRefused: options.maxRefused }),
      files: { list: async () => ({ items: [], enabled: true }) },
      events: { record: (draft) => void door.recorded.push(draft) },
      clock: options.clock ?? clock,
      log: nullLogger,
    });
    const http = await HttpServer.listen({
      host: '127.0.0.1',
      port: 0,
      onRequest: (_request, response) => void response.writeHead(200).end('page'),
      onUpgrade: (request, socket, head) => {
        door.#upgraded.push(socket);
        ingest.handleUpgrade(request, socket, head);
      },
    });
    const door = new Door(ingest, http, clock, chats);
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

  /** The stream of somebody's track. */
  stream(participant: string, track: number): Stream {
    const found = this.room.find(participant)?.tracks.get(track);
    if (!found) throw new Error(`There is no track ${track}`);
    return found.stream;
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

  /** A connection that speaks by hand. */
  async peer(): Promise<RawPeer> {
    const peer = new RawPeer();
    this.#peers.add(peer);
    await peer.connect(this.port);
    return peer;
  }

  /** A peer that has said hello, got its welcome, and from then on neither reads nor answers anything. */
  async deafMember(): Promise<RawPeer> {
    const peer = await this.peer();
    await peer.upgrade('/ws?room=demo');
    peer.say({ type: 'hello', version: 1, token: 'participant' });
    await peer.until('"type":"room"');
    peer.socket.pause();
    return peer;
  }

  /** The HTTP answer to an upgrade request that is refused. */
  async refusal(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: string }> {
    const peer = await this.peer();
    const status = await peer.upgrade(path, headers);
    await peer.gone;
    return { status, body: peer.heard.split('\r\n\r\n')[1] ?? '' };
  }

  /** Lets bytes arrive at the newest connection, each by itself. */
  trickle(bytes: Uint8Array): void {
    for (const byte of bytes) this.#upgraded.at(-1)?.emit('data', Buffer.of(byte));
  }

  /** Cuts connections as a broken network does: all, or those that `which` picks by the order in which they came. */
  cut(which: (index: number) => boolean = () => true): void {
    this.#upgraded.forEach((socket, index) => {
      if (which(index)) socket.destroy();
    });
  }

  /** Connections that came so far. */
  get connections(): number {
    return this.#upgraded.length;
  }

  /** Closes the server alone, as it would in earnest; resolves when its port and all its sockets are gone. */
  async closeServer(): Promise<void> {
    await this.ingest.close();
    await this.#http.close();
  }

  async close(): Promise<void> {
    for (const { socket } of this.#sockets) socket.terminate();
    for (const { socket } of this.#peers) socket.destroy();
    await this.closeServer();
  }
}

type HelloFields = Omit<Extract<ClientMessage, { type: 'hello' }>, 'type' | 'version' | 'token'>;

/** A participant's control socket and what the server said first. */
export interface Member {
  readonly control: TestSocket;
  readonly welcome: WelcomeMessage;
}

/** Resolves when the server has dealt with everything that `from` has sent so far. */
export async function heardOut(control: TestSocket, from = control): Promise<void> {
  const sentMs = control.messages.length + from.messages.length + Math.random();
  from.say({ type: 'ping', sentMs });
  await control.heard('pong', (pong) => pong.sentMs === sentMs);
}

/** A frame's message; what is left out is a key frame of track 0 with config 0, the first of its kind, at time 0. */
export function frameOf(kind: 'video' | 'audio', payload: Uint8Array, header: Partial<FrameHeader> = {}): Uint8Array {
  const flags = { keyframe: kind === 'video', discontinuity: false, endOfTrack: false, muted: false };
  const numbers = { track: 0, seq: 0, captureUs: 0, durationUs: 20_000, configId: 0, level: 0 };
  return encodeFrame({ kind, ...flags, ...numbers, ...header }, payload);
}

/** Everything that a stream is given from now on, at the end of `packets`. */
export function collect<C extends CodecConfig>(stream: Stream<C>, packets: Packet<C>[] = []): Packet<C>[] {
  const limits = { maxItems: 10_000, maxBytes: 2 ** 30 };
  const reader = stream.subscribe({ label: 'test', limits, onOverflow: 'fail' });
  void (async () => {
    for await (const packet of reader) packets.push(packet);
  })();
  return packets;
}

async function verifyToken(token: string): Promise<JoinGrant> {
  const grant = GRANTS[token];
  if (!grant) throw new UnauthorizedError('The token does not hold; ask for a new link.');
  return Promise.resolve(grant);
}
