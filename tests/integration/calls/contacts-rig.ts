/** The door of contacts on a real port, with a real database, rooms in memory, tokens by name, and a clock that stands still. */
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { Calls, type CallLimits } from '../../../src/calls/calls.ts';
import { CallStore, callMigrations } from '../../../src/calls/call-store.ts';
import { ContactsDoor, type SignedIn } from '../../../src/calls/contacts-door.ts';
import { Presence } from '../../../src/calls/presence.ts';
import { Database } from '../../../src/database/database.ts';
import { LimitError, UnauthorizedError } from '../../../src/errors.ts';
import type { EventDraft } from '../../../src/events/event.ts';
import { nullLogger } from '../../../src/logger.ts';
import {
  type ContactsClientMessage,
  type ContactsServerMessage,
  parseContactsServerMessage,
} from '../../../src/protocol/contacts.ts';
import { HttpServer } from '../../../src/server/http-server.ts';
import { ClientAddresses, LOOPBACK_RANGES } from '../../../src/util/client-address.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

type Heard<T extends ContactsServerMessage['type']> = Extract<ContactsServerMessage, { type: T }>;

/** One tab. */
export class ContactsPeer {
  readonly messages: ContactsServerMessage[] = [];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  readonly #socket: WebSocket;
  readonly #waiters = new Set<() => void>();

  constructor(url: string, headers: Readonly<Record<string, string>>) {
    this.#socket = new WebSocket(`${url.replace('http', 'ws')}/ws/contacts`, { headers });
    this.#socket.on('error', () => undefined);
    this.#socket.on('message', (data: Buffer) => {
      const message = parseContactsServerMessage(data.toString());
      if (typeof message === 'string') throw new Error(`${message} ${data.toString()}`);
      this.messages.push(message);
      for (const waiter of this.#waiters) waiter();
    });
    this.closed = new Promise((resolve) => {
      this.#socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** The status of an upgrade that was refused. */
  refused(): Promise<number | undefined> {
    return new Promise((resolve) =>
      this.#socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode)),
    );
  }

  async opened(): Promise<void> {
    await new Promise((resolve, reject) => this.#socket.once('open', resolve).once('error', reject));
  }

  say(message: ContactsClientMessage): void {
    this.raw(JSON.stringify(message));
  }

  raw(data: string | Uint8Array): void {
    this.#socket.send(data);
  }

  /** The first message of a kind, now or when it comes; rejects when the socket closes before. */
  heard<T extends ContactsServerMessage['type']>(
    type: T,
    test: (message: Heard<T>) => boolean = () => true,
  ): Promise<Heard<T>> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        const found = this.messages.find(
          (message): message is Heard<T> => message.type === type && test(message as Heard<T>),
        );
        if (!found) return;
        this.#waiters.delete(check);
        resolve(found);
      };
      this.#waiters.add(check);
      void this.closed.then(({ code, reason }) => reject(new Error(`closed ${code} ${reason} before ${type}`)));
      check();
    });
  }

  /** Told of a call in this state. */
  call(state: string, test: (message: Heard<'call'>) => boolean = () => true): Promise<Heard<'call'>> {
    return this.heard('call', (message) => message.state === state && test(message));
  }

  /** Resolves when the server has done everything that was said so far, and all that it said of it has been heard. */
  async settled(): Promise<void> {
    // Twice: the first is answered at once, while refusals of what came with it are still being made.
    for (const turn of ['first', 'second']) {
      const probe = `${turn}${this.messages.length}`;
      this.say({ type: 'watch', users: [probe] });
      await this.heard('presence', ({ user }) => user === probe);
    }
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  cut(): void {
    this.#socket.terminate();
  }
}

/** Closed when the test has ended. */
export class ContactsRig {
  readonly clock = new FakeClock();
  readonly events: EventDraft[] = [];
  /** Who is in which room. */
  readonly rooms = new Map<string, { readonly title: string; readonly people: string[] }>();
  /** No room can be had. */
  full = false;
  /** A room is there once this has resolved. */
  made: Promise<void> = Promise.resolve();
  readonly database: Database;
  readonly store: CallStore;
  calls!: Calls;
  door!: ContactsDoor;
  presence!: Presence;
  readonly #limits: CallLimits;
  readonly #http: HttpServer;
  #newest: Duplex | undefined;

  private constructor(database: Database, http: HttpServer, limits: CallLimits) {
    this.database = database;
    this.store = new CallStore(database);
    this.#http = http;
    this.#limits = limits;
  }

  static async open(limits: Partial<CallLimits> = {}): Promise<ContactsRig> {
    const database = await Database.open({ path: ':memory:', migrations: callMigrations, log: nullLogger });
    onTestFinished(() => database.close());
    const http = await HttpServer.listen({
      host: '127.0.0.1',
      port: 0,
      onRequest: (_request, response) => void response.writeHead(200).end(),
      onUpgrade: (request, socket, head) => {
        rig.#newest = socket;
        rig.door.handleUpgrade(request, socket, head);
      },
    });
    onTestFinished(() => http.close());
    const all = { ringMs: 10_000, ringsPerMinute: 10, atOnce: 1, ...limits };
    const rig = new ContactsRig(database, http, all);
    await rig.start();
    onTestFinished(() => rig.stop());
    return rig;
  }

  get url(): string {
    return this.#http.url;
  }

  /** Lets bytes arrive at the newest connection, each by itself. */
  trickle(bytes: Uint8Array): void {
    for (const byte of bytes) this.#newest?.emit('data', Buffer.of(byte));
  }

  /** Another server process over the same database. */
  async start(): Promise<void> {
    const { clock, store } = this;
    this.presence = new Presence({ clock, tabsPerUser: 3 });
    this.calls = await Calls.open({
      users: { find: async (id) => (id.startsWith('no') ? undefined : { id, name: nameOf(id) }) },
      rooms: {
        open: async (id, title) => {
          if (this.full)
            throw new LimitError('too_many_rooms', 'This server holds no more rooms; delete one first.', 503);
          await this.made;
          this.rooms.set(id, { title, people: [] });
        },
        token: async (room, { name }, role) => `${room} ${name} ${role}`,
        people: (room) => this.rooms.get(room)?.people,
        close: async (room) => void this.rooms.delete(room),
      },
      store,
      presence: this.presence,
      limits: this.#limits,
      events: { record: (event) => void this.events.push(event) },
      clock,
      log: nullLogger,
    });
    this.door = new ContactsDoor({
      identify: async (token) => identify(token),
      calls: this.calls,
      presence: this.presence,
      store,
      upgrade: { socketsPerAddress: 8, allowedOrigins: [] },
      addresses: new ClientAddresses(LOOPBACK_RANGES),
      helloMs: 5000,
      ringMs: this.#limits.ringMs,
      clock,
      log: nullLogger,
    });
  }

  async stop(): Promise<void> {
    await this.door.close();
    await this.calls.close();
    this.presence.close();
  }

  /** Whoever accepted comes into the room. */
  enter(room: string, ...people: readonly string[]): void {
    for (const id of people) {
      this.rooms.get(room)?.people.push(id);
      this.calls.joined(room, id);
    }
  }

  peer(headers: Readonly<Record<string, string>> = {}): ContactsPeer {
    const peer = new ContactsPeer(this.url, headers);
    onTestFinished(() => peer.cut());
    return peer;
  }

  /** A tab of somebody, greeted. */
  async tab(user: string): Promise<ContactsPeer> {
    const peer = this.peer();
    await peer.opened();
    peer.say({ type: 'hello', version: 1, token: user });
    await peer.heard('welcome');
    return peer;
  }
}

function nameOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}

function identify(token: string): SignedIn | undefined {
  if (token === 'bad') throw new UnauthorizedError('This token is not valid.', 'token_invalid');
  if (token === 'guest') return undefined;
  return { user: { id: token, name: nameOf(token) }, tokenId: `session-${token}` };
}
