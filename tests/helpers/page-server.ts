/** The real HTTP application and the built pages, with rooms, recordings and HLS that a test sets as it likes. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from '../../src/api/app.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import type { ClipView } from '../../src/recorder/clips/clips.ts';
import { Metrics } from '../../src/api/metrics.ts';
import type { HlsAnswer, ReadinessCheck, RecordingView, RoomView, TrashView } from '../../src/api/ports.ts';
import { Tokens } from '../../src/api/tokens.ts';
import { ViewerPasses } from '../../src/api/viewer-pass.ts';
import { configSchema } from '../../src/config/schema.ts';
import { describeSettings } from '../../src/config/settings.ts';
import { ConflictError, NotFoundError } from '../../src/errors.ts';
import { nullLogger } from '../../src/logger.ts';
import { readPlainFile } from '../../src/recorder/storage/local-file.ts';
import { chatSettingsSchema } from '../../src/room/chat-settings.ts';
import { ViewerCount } from '../../src/room/viewer-count.ts';
import { orderedViewing } from '../../src/server/viewing-settings.ts';
import { ClientAddresses, LOOPBACK_RANGES } from '../../src/util/client-address.ts';
import { type Clock, systemClock } from '../../src/util/clock.ts';
import { NO_CALLS } from './no-calls.ts';
import { type ChatRooms, openChatRooms } from './chat-rooms.ts';
import { type FileRooms, openFileRooms } from './file-rooms.ts';
import { EchoRoom } from './echo-room.ts';
import { type KeptApi, openKeptApi } from './kept-api.ts';
import { fakeDoor } from './fake-door.ts';
import { fakeModeration } from './fake-moderation.ts';
import { fakeRenders } from './fake-renders.ts';
import { openPeople, type People } from './people.ts';
import { viewOfRoom } from './room-views.ts';

/** When every recording began: minutes after the rooms were made. */
const STARTED_AT = '2031-05-14T12:03:00.000Z';

/** The admin token of every page server. */
export const ADMIN_TOKEN = 'admin-token-for-pages-0123456789';

/** Settings of a server of which one key was set. */
const SETTINGS = describeSettings(
  configSchema.parse({ server: { port: 9000, adminToken: ADMIN_TOKEN } }),
  new Map([
    ['server.port', 'file'],
    ['server.adminToken', 'environment'],
  ]),
);

/** What a test turns. */
export interface PageServerState {
  readonly rooms: Map<string, RoomView>;
  readonly recordings: Map<string, RecordingView>;
  readonly trash: Map<string, TrashView>;
  clips: readonly ClipView[];
  /** The MP4 of every recording. */
  file: { readonly path: string; readonly size: number } | undefined;
  /** What every room shows, by its path; undefined while nothing is live. */
  hls: ((path: string, query: URLSearchParams) => HlsAnswer | undefined) | undefined;
  checks: Record<string, ReadinessCheck>;
  /** Fails what lists and changes recordings. */
  failure: Error | undefined;
}

/** How a server differs from the others. */
export interface PageServerOptions {
  /** Who may make rooms without a token; default: everybody on this machine. */
  readonly openCreation?: 'never' | 'loopback';
  /** What the server believes the time to be; default: what it is. */
  readonly clock?: Clock;
  /** Whether there are accounts; default: none. */
  readonly accounts?: boolean;
}

/** `close` ends it with all connections. */
export class PageServer {
  readonly state: PageServerState = {
    rooms: new Map(),
    recordings: new Map(),
    trash: new Map(),
    clips: [],
    file: undefined,
    hls: undefined,
    checks: { redis: { ok: true, detail: 'Answers in 1 ms.' } },
    failure: undefined,
  };
  readonly echo = new EchoRoom();
  readonly viewers = new ViewerCount(systemClock);
  readonly tokens = new Tokens({ secret: new Uint8Array(32).fill(7), adminToken: ADMIN_TOKEN, clock: systemClock });
  readonly passes = new ViewerPasses({ secret: new Uint8Array(32).fill(7), clock: systemClock });
  #server: Server | undefined;
  #kept: KeptApi | undefined;
  #chat: ChatRooms | undefined;
  #files: FileRooms | undefined;
  #people: People | undefined;
  #url = '';

  /** What happens, as its admins are told. */
  get events(): KeptApi['events'] {
    if (!this.#kept) throw new Error('The server has not been started.');
    return this.#kept.events;
  }

  /** Accounts and invites; those only with `accounts`. */
  get people(): People {
    if (this.#people) return this.#people;
    throw new Error('The server has not started.');
  }

  get url(): string {
    return this.#url;
  }

  static async start(options: PageServerOptions = {}): Promise<PageServer> {
    const { openCreation = 'loopback', clock = systemClock, accounts = false } = options;
    const page = new PageServer();
    page.#chat = await openChatRooms(clock, page.state.rooms);
    const recorded = new Map([['rec1', { room: 'monday', startedAt: STARTED_AT }]]);
    page.#kept = await openKeptApi(clock, recorded, () => undefined);
    page.#files = await openFileRooms(clock, page.state.rooms);
    page.#people = await openPeople({ clock, adminToken: ADMIN_TOKEN, rooms: ['monday'], enabled: accounts });
    const deps = page.#deps(openCreation, clock, page.#kept, page.#chat, page.#files, page.#people);
    const listener = createApp(deps).callback();
    const server = createServer((request, response) => void listener(request, response));
    server.on('upgrade', (request, socket, head) => page.echo.upgrade(request, socket, head));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    page.#server = server;
    page.#url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return page;
  }

  async close(): Promise<void> {
    this.echo.close();
    await this.#kept?.close();
    await this.#chat?.close();
    await this.#files?.close();
    await this.#people?.close();
    const server = this.#server;
    if (!server) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  addRoom(id: string, change: Partial<RoomView> = {}): void {
    this.state.rooms.set(id, viewOfRoom(id, { createdAt: '2031-05-14T12:00:00.000Z', ...change }));
  }

  /** The address of a link to `rec1`, a recording of the room `monday`, that viewers of it are shown. */
  async shareWithViewers(): Promise<string> {
    const made = await this.#kept?.shares.create({ recording: 'rec1', ttlSeconds: 600, watchPage: true });
    return `${this.#url}/shared/${made?.token}`;
  }

  addRecording(id: string, change: Partial<RecordingView>): void {
    const recording = { id, room: 'monday', title: id, startedAt: STARTED_AT, duration: 754 };
    this.state.recordings.set(id, { ...recording, state: 'ready', ...change });
  }

  #deps(
    openCreation: 'never' | 'loopback',
    clock: Clock,
    { shares, audit, events, webhooks }: KeptApi,
    chat: ChatRooms,
    files: FileRooms,
    people: People,
  ): ApiDeps {
    return {
      ...this.#ports(),
      shares,
      audit,
      events,
      webhooks,
      calls: NO_CALLS,
      chat: chat.chats,
      door: fakeDoor({ calls: [] }),
      files: files.control,
      tokens: people.tokens,
      accounts: people.control,
      invites: people.invites,
      revocations: people.revocations,
      passes: this.passes,
      viewers: this.viewers,
      addresses: new ClientAddresses(LOOPBACK_RANGES),
      notes: { mark: () => new Date(), caption: () => new Date() },
      programTime: () => undefined,
      markers: { add: async (_id, label) => ({ at: 0, label }), keepInRoom: async () => undefined, of: async () => [] },
      metrics: new Metrics(),
      renders: fakeRenders({ calls: [] }),
      settings: SETTINGS,
      options: {
        openCreation,
        webDir: join(import.meta.dirname, '../../dist/web'),
        version: '1.2.3',
        trashDays: 7,
      },
      log: nullLogger,
      clock,
    };
  }

  #ports(): Pick<
    ApiDeps,
    | 'rooms'
    | 'images'
    | 'moderation'
    | 'recordings'
    | 'archives'
    | 'bundles'
    | 'recordingHls'
    | 'clips'
    | 'hls'
    | 'readiness'
  > {
    const { rooms, recordings } = this.state;
    return {
      rooms: {
        create: async ({ id = 'made', title = id, viewing }) => {
          if (rooms.has(id)) throw new ConflictError('room_exists', 'There is a room with this id; take another.');
          await this.people.addRoom(id);
          this.addRoom(id, { title, viewing: orderedViewing(viewOfRoom(id).viewing, viewing ?? {}) });
          return this.#room(id);
        },
        find: (id) => rooms.get(id),
        watchRules: (id) => {
          const room = rooms.get(id);
          return room && { access: room.viewing.access, version: '1' };
        },
        list: () => [...rooms.values()],
        update: async (id, { chat }) => {
          const room = this.#room(id);
          if (!chat) return room;
          const settings = chatSettingsSchema.parse({ ...room.chat, ...chat });
          rooms.set(id, { ...room, chat: settings });
          // Asked for, the room has them: who waits for its chat hears of it.
          this.#chat?.chats.rules(id);
          this.echo.rules.chat = settings;
          this.echo.announce();
          return this.#room(id);
        },
        remove: async (id) => void rooms.delete(id),
        expelViewers: async () => undefined,
        participants: () => [],
        keptOut: () => undefined,
      },
      moderation: fakeModeration([]),
      images: {
        find: () => undefined,
        set: async () => undefined,
        findAvatar: () => undefined,
        setAvatar: async () => undefined,
      },
      bundles: {
        find: async () => {
          throw new NotFoundError('recording_not_found', 'There is no such recording.');
        },
      },
      archives: { jobs: async () => ({}), files: async () => [] },
      recordingHls: {
        get: async () => {
          throw new NotFoundError('no_such_media', 'There is no such media.');
        },
      },
      clips: {
        make: async () => {
          throw new ConflictError('not_live', 'Nothing is live here.');
        },
        list: (room) => this.state.clips.filter((clip) => clip.room === room),
        file: () => {
          throw new NotFoundError('clip_not_found', 'There is no such clip.');
        },
        remove: async () => undefined,
      },
      recordings: {
        start: async (room) => {
          this.addRecording('new', { room, state: 'recording', title: this.#room(room).title, duration: 2 });
          rooms.set(room, { ...this.#room(room), recording: true });
          this.echo.rules.recording = true;
          this.echo.announce();
          return this.#recording('new');
        },
        pause: async (id) => {
          Object.assign(this.echo.rules, { recording: false, recordingPaused: true });
          this.echo.announce();
          return this.#change(id, { state: 'paused' });
        },
        resume: async (id) => {
          Object.assign(this.echo.rules, { recording: true, recordingPaused: false });
          this.echo.announce();
          return this.#change(id, { state: 'recording' });
        },
        stop: async (id) => {
          const { room } = this.#change(id, { state: 'archiving', progress: 0.4 });
          const view = rooms.get(room);
          if (view) rooms.set(room, { ...view, recording: false });
          Object.assign(this.echo.rules, { recording: false, recordingPaused: false });
          this.echo.announce();
          return this.#recording(id);
        },
        retry: async (id) => this.#change(id, { state: 'archiving', progress: 0 }),
        rename: async (id, title) => {
          if (this.state.failure) throw this.state.failure;
          return this.#change(id, { title });
        },
        find: async (id) => recordings.get(id),
        ownerOf: async (id) => this.people.owners.ownerOf(recordings.get(id)?.room ?? ''),
        list: async ({ room, state, owner, q = '', limit, cursor = '0' }) => {
          if (this.state.failure) throw this.state.failure;
          const all = [...recordings.values()].filter(
            (item) =>
              (!room || item.room === room) &&
              (!state || item.state === state) &&
              (owner === undefined || this.people.owners.ownerOf(item.room) === owner) &&
              item.title.includes(q),
          );
          const end = Number(cursor) + limit;
          return { items: all.slice(Number(cursor), end), ...(end < all.length && { next: String(end) }) };
        },
        remove: async (id) => void recordings.delete(id),
        trash: async (id) => {
          const view = { ...this.#recording(id), trashedAt: new Date().toISOString() };
          recordings.delete(id);
          this.state.trash.set(id, view);
          return view;
        },
        restore: async (id) => {
          const view = this.state.trash.get(id);
          if (!view) throw new NotFoundError('not_in_trash', 'There is no such recording in the trash.');
          this.state.trash.delete(id);
          const { trashedAt: _, ...restored } = view;
          recordings.set(id, restored);
          return restored;
        },
        findTrashed: async (id) => this.state.trash.get(id),
        listTrash: async ({ limit, cursor = '0' }) => {
          const [all, end] = [[...this.state.trash.values()], Number(cursor) + limit];
          return { items: all.slice(Number(cursor), end), ...(end < all.length && { next: String(end) }) };
        },
        removeTrashed: async (id) => void this.state.trash.delete(id),
        file: async () => {
          if (!this.state.file) throw new NotFoundError('file_missing', 'The archive has no such file; see its list.');
          const about = { etag: 'abc', contentType: 'video/mp4', downloadName: 'Monday.mp4', modifiedAt: new Date(0) };
          const { path, size } = this.state.file;
          return { size, ...about, read: (span) => readPlainFile(path, span, size) };
        },
      },
      hls: { get: (_room, path, query) => this.#hls(path, query) },
      readiness: { check: async () => this.state.checks },
    };
  }

  async #hls(path: string, query: URLSearchParams): Promise<HlsAnswer> {
    const missing = { contentType: 'text/plain', cacheControl: 'no-store', body: 'Nothing is live.' } as const;
    return this.state.hls?.(path, query) ?? { status: 404, ...missing };
  }

  #room(id: string): RoomView {
    const room = this.state.rooms.get(id);
    if (!room) throw new NotFoundError('room_not_found', 'There is no such room.');
    return room;
  }

  #recording(id: string): RecordingView {
    const recording = this.state.recordings.get(id);
    if (!recording) throw new NotFoundError('recording_not_found', 'There is no such recording.');
    return recording;
  }

  #change(id: string, change: Partial<RecordingView>): RecordingView {
    this.state.recordings.set(id, { ...this.#recording(id), ...change });
    return this.#recording(id);
  }
}
