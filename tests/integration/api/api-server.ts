/** The real application on a real port, with ports that keep everything in memory. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createApp } from '../../../src/api/app.ts';
import type { ApiDeps, ApiOptions } from '../../../src/api/deps.ts';
import { Metrics } from '../../../src/api/metrics.ts';
import type { ArchiveFile, HlsAnswer, RecordingView, RoomView } from '../../../src/api/ports.ts';
import { ViewerPasses } from '../../../src/api/viewer-pass.ts';
import { configSchema, type ViewingOrder } from '../../../src/config/schema.ts';
import { describeSettings } from '../../../src/config/settings.ts';
import { ConflictError, NotFoundError } from '../../../src/errors.ts';
import type { LogFields, Logger } from '../../../src/logger.ts';
import type { ClipView } from '../../../src/recorder/clips/clips.ts';
import { orderedViewing } from '../../../src/server/viewing-settings.ts';
import { ViewerCount } from '../../../src/room/viewer-count.ts';
import { ClientAddresses, LOOPBACK_RANGES } from '../../../src/util/client-address.ts';
import { readPlainFile } from '../../../src/recorder/storage/local-file.ts';
import { type ChatRooms, openChatRooms } from '../../helpers/chat-rooms.ts';
import { type FileRooms, openFileRooms } from '../../helpers/file-rooms.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { SIGN_IN } from './sign-in.ts';
import { type People, openPeople } from '../../helpers/people.ts';
import { openKeptApi } from '../../helpers/kept-api.ts';
import { fakeDoor } from '../../helpers/fake-door.ts';
import { fakeModeration, keptOutBy } from '../../helpers/fake-moderation.ts';
import { fakeRenders } from '../../helpers/fake-renders.ts';
import { changedDoorView, viewOfParticipant, viewOfRoom } from '../../helpers/room-views.ts';
import { NO_CALLS } from '../../helpers/no-calls.ts';

export const ADMIN_TOKEN = 'admin-token-for-tests-0123456789';
export const SECRET = new Uint8Array(32).fill(7);

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The body as an object; `{}` when it is none. */
  readonly json: Record<string, unknown>;
}

export interface SendOptions {
  readonly token?: string | undefined;
  /** Beside the usual ones, or `undefined` instead of a usual one. */
  readonly headers?: OutgoingHttpHeaders;
  /** An object is sent as JSON, a string or bytes as they are. */
  readonly body?: unknown;
  /** The body of the answer does not end: it is not waited for. */
  readonly endless?: boolean;
}

/** A file of an archive that lies somewhere. */
export interface StoredFile extends ArchiveFile {
  readonly path: string;
}

/** A file of an archive; `size` is what it should have. */
export function storedFile(path: string, size: number, more: Partial<ArchiveFile> = {}): StoredFile {
  const about = { etag: 'abc', contentType: 'video/mp4', downloadName: 'x.mp4', modifiedAt: new Date(0) };
  return { ...about, path, size, read: (span) => readPlainFile(path, span, size), ...more };
}

/** What a test may look into and change. */
export interface TestApi {
  readonly port: number;
  readonly clock: FakeClock;
  readonly deps: ApiDeps;
  readonly log: Array<{ readonly level: string; readonly message: string; readonly fields: LogFields }>;
  readonly rooms: Map<string, RoomView>;
  readonly recordings: Map<string, RecordingView>;
  /** What is in the trash, and since when; `rec1`, as if it were, too. */
  readonly trash: Map<string, string>;
  readonly files: Map<string, StoredFile>;
  /** Pictures by `ROOM/SLOT` and `ROOM/avatar/ID`. */
  readonly pictures: Map<string, Uint8Array>;
  readonly calls: string[];
  /** What the programs of live rooms show. */
  readonly programTimes: Map<string, number>;
  hls: HlsAnswer;
  /** Of viewers' passes: another one ends all that were given. */
  version: number;
  /** Of every room; undefined: not known. */
  lastSession: string | undefined;
  readonly chat: ChatRooms;
  readonly shared: FileRooms;
  readonly people: People;
  /** Ids that were made up, by the names of routes for them. */
  readonly made: { readonly ':user': string; readonly ':invite': string };
  /** What is in a table. */
  rows(table: string): Promise<readonly unknown[]>;
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
}

const TRASHED_AT = '2025-12-31T12:00:00.000Z';

/** Room `hall` with participant `ann`, room `attic`, recording `rec1` of the hall. Gone when the test has ended. */
export async function startApi(
  options: Partial<ApiOptions> & { readonly ports?: Partial<ApiDeps>; readonly accounts?: boolean } = {},
): Promise<TestApi> {
  const clock = new FakeClock();
  const { ports, accounts = true, ...apiOptions } = options;
  const state = {
    clock,
    log: [] as Array<{ level: string; message: string; fields: LogFields }>,
    rooms: new Map(['hall', 'attic'].map((id) => [id, roomView(id)])),
    recordings: new Map([['rec1', recordingView('rec1', 'hall')]]),
    trash: new Map([['rec1', TRASHED_AT]]),
    files: new Map<string, StoredFile>(),
    pictures: new Map<string, Uint8Array>(),
    calls: [] as string[],
    programTimes: new Map<string, number>(),
    version: 1,
    lastSession: undefined as string | undefined,
    hls: { status: 200, contentType: 'text/plain', cacheControl: 'max-age=1', body: 'playlist' } as HlsAnswer,
  };
  const kept = await openKeptApi(clock, state.recordings, () => state.lastSession);
  onTestFinished(() => kept.close());
  const people = await openPeople({
    clock,
    adminToken: ADMIN_TOKEN,
    rooms: ['hall', 'attic', 'made'],
    enabled: accounts,
    keptOut: (room, id) => keptOutBy(state.calls, room, id),
    versionOf: () => state.version,
  });
  onTestFinished(() => people.close());
  const una = await people.accounts.create({ ...SIGN_IN, name: 'Una' });
  const invite = await people.invites.create({ room: 'hall', role: 'viewer', ttlSeconds: 60, by: 'admin' });
  const made = { ':user': una.id, ':invite': invite.id };
  const chat = await openChatRooms(clock, state.rooms);
  onTestFinished(() => chat.close());
  const shared = await openFileRooms(clock, state.rooms);
  onTestFinished(() => shared.close());
  const fake = fakePorts(state);
  const deps: ApiDeps = {
    ...fake,
    recordings: {
      ...fake.recordings,
      ownerOf: async (id) => people.owners.ownerOf(state.recordings.get(id)?.room ?? ''),
    },
    chat: chat.chats,
    door: fakeDoor(state),
    files: shared.control,
    shares: kept.shares,
    audit: kept.audit,
    events: kept.events,
    webhooks: kept.webhooks,
    calls: NO_CALLS,
    renders: fakeRenders(state),
    tokens: people.tokens,
    // Rooms are nowhere but in memory here.
    accounts: { ...people.control, own: async () => undefined },
    invites: people.invites,
    revocations: people.revocations,
    passes: new ViewerPasses({ secret: SECRET, clock }),
    viewers: new ViewerCount(clock),
    addresses: new ClientAddresses(LOOPBACK_RANGES),
    notes: { mark: () => new Date(clock.wallMs()), caption: () => new Date(clock.wallMs()) },
    programTime: (room) => state.programTimes.get(room),
    markers: {
      add: async (recording, label) => {
        state.calls.push(`mark ${recording} ${label}`);
        return { at: 1.5, label };
      },
      keepInRoom: async () => undefined,
      of: async () => [],
    },
    metrics: new Metrics(),
    settings: describeSettings(configSchema.parse({}), new Map()),
    options: {
      openCreation: 'never',
      webDir: join(import.meta.dirname, 'no-such-folder'),
      version: '1.2.3',
      trashDays: 7,
      ...apiOptions,
    },
    log: collectingLogger(state.log),
    clock,
    ...ports,
  };
  const listener = createApp(deps).callback();
  const server = createServer((request, response) => void listener(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { port, deps, chat, shared, people, made, rows: kept.rows, send: sender(port) });
}

/** A client that sends paths as they are, which `fetch` does not. */
export function sender(port: number): TestApi['send'] {
  return async (method, path, { token, headers = {}, body, endless = false } = {}) => {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const payload = body === undefined ? undefined : Buffer.from(raw ? body : JSON.stringify(body));
    const all: OutgoingHttpHeaders = {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(payload === undefined ? {} : { 'Content-Length': payload.byteLength }),
      ...(payload === undefined || raw ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const outgoing = request({ port, host: '127.0.0.1', method, path, agent: false, headers: given });
    outgoing.end(payload);
    const [incoming] = await once(outgoing, 'response');
    const chunks: Buffer[] = [];
    const left = endless && incoming.statusCode < 300;
    if (left) outgoing.destroy();
    else for await (const chunk of incoming) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    const text = bytes.toString();
    const json = /\bjson\b/.test(incoming.headers['content-type'] ?? '') && text !== '' ? JSON.parse(text) : {};
    return { status: incoming.statusCode, headers: incoming.headers, bytes, text, json };
  };
}

function fakePorts(state: {
  readonly rooms: Map<string, RoomView>;
  readonly recordings: Map<string, RecordingView>;
  readonly trash: ReadonlyMap<string, string>;
  readonly files: Map<string, StoredFile>;
  readonly pictures: Map<string, Uint8Array>;
  readonly calls: string[];
  readonly hls: HlsAnswer;
  version: number;
}): Pick<
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
  const watched = (id: string, order: ViewingOrder | null | undefined) =>
    orderedViewing((state.rooms.get(id) ?? roomView(id)).viewing, order ?? {});
  const ann = viewOfParticipant('ann', { name: 'Ann' });
  const noted = (verb: string) => async (id: string) => {
    state.calls.push(`${verb} ${id}`);
    return recordingView(id, 'hall');
  };
  const keep = (key: string, data: Uint8Array | undefined): void => {
    if (data) state.pictures.set(key, data);
    else state.pictures.delete(key);
  };
  return {
    rooms: {
      async create({
        id = 'made',
        program: _program,
        recording: _recording,
        chat: _chat,
        files: _files,
        viewing,
        door,
        ...change
      }) {
        if (state.rooms.has(id)) throw new ConflictError('room_exists', 'There is a room with this id; take another.');
        const room = {
          ...roomView(id),
          title: id,
          ...given(change),
          viewing: watched(id, viewing),
          door: changedDoorView(roomView(id).door, door),
        };
        state.rooms.set(id, room);
        return room;
      },
      find: (id) => state.rooms.get(id),
      watchRules(id) {
        const room = state.rooms.get(id);
        return room && { access: room.viewing.access, version: `${id} ${state.version}` };
      },
      list: () => [...state.rooms.values()],
      async update(id, { program, recording: _recording, chat: _chat, files: _files, viewing, door, ...change }) {
        if (program !== undefined) state.calls.push(`program ${id} ${JSON.stringify(program)}`);
        const before = { ...roomView(id), ...state.rooms.get(id) };
        const after = { viewing: watched(id, viewing), door: changedDoorView(before.door, door) };
        const room = { ...before, ...given(change), ...after };
        state.rooms.set(id, room);
        return room;
      },
      async remove(id) {
        state.rooms.delete(id);
      },
      async expelViewers(id) {
        state.calls.push(`expel ${id}`);
        state.version += 1;
      },
      participants: () => [ann],
      keptOut: (room, id) => keptOutBy(state.calls, room, id),
    },
    moderation: fakeModeration(state.calls),
    images: {
      find: (room, slot) => state.pictures.get(`${room}/${slot}`),
      set: async (room, slot, data) => keep(`${room}/${slot}`, data),
      findAvatar: (room, id) => state.pictures.get(`${room}/avatar/${id}`),
      setAvatar: async (room, id, data) => keep(`${room}/avatar/${id}`, data),
    },
    recordings: {
      start: async (room) => recordingView('rec2', room),
      pause: noted('pause'),
      resume: noted('resume'),
      stop: noted('stop'),
      retry: noted('retry'),
      find: async (id) => state.recordings.get(id),
      ownerOf: async () => undefined,
      async list(filter) {
        state.calls.push(`list ${JSON.stringify(filter)}`);
        return { items: [...state.recordings.values()], next: 'more' };
      },
      async rename(id, title) {
        state.calls.push(`rename ${id} ${title}`);
        const renamed = { ...recordingView(id, 'hall'), ...state.recordings.get(id), title };
        state.recordings.set(id, renamed);
        return renamed;
      },
      async remove(id) {
        state.recordings.delete(id);
      },
      async trash(id) {
        state.calls.push(`trash ${id}`);
        return { ...recordingView(id, 'hall'), trashedAt: TRASHED_AT };
      },
      async restore(id) {
        state.calls.push(`restore ${id}`);
        return recordingView(id, 'hall');
      },
      findTrashed: async (id) => {
        const trashedAt = state.trash.get(id);
        return trashedAt === undefined ? undefined : { ...recordingView(id, 'hall'), trashedAt };
      },
      async listTrash(page) {
        state.calls.push(`list trash ${JSON.stringify(page)}`);
        return { items: [{ ...recordingView('rec3', 'hall'), trashedAt: TRASHED_AT }], next: 'more' };
      },
      async removeTrashed(id) {
        state.calls.push(`remove trashed ${id}`);
      },
      async file(id, name) {
        state.calls.push(`file ${id} ${name}`);
        const file = state.files.get(name);
        if (file) return file;
        throw new NotFoundError('file_missing', 'The archive has no such file; see its list.');
      },
    },
    archives: { jobs: async () => ({}), files: async () => [] },
    bundles: {
      async find(id) {
        if (!state.recordings.has(id)) throw new NotFoundError('recording_not_found', 'There is no such recording.');
        const start = async () => ({ stream: Readable.from([Buffer.from('zip')]), size: 3 });
        return { downloadName: 'Sitzung 1.zip', start };
      },
    },
    recordingHls: {
      async get(id, file) {
        state.calls.push(`recording ${id} ${file}`);
        if (file.endsWith('.m3u8')) {
          return { contentType: 'application/vnd.apple.mpegurl', immutable: false, body: '#EXTM3U\n', bytes: 8 };
        }
        const body = Readable.from([Buffer.from('media')]);
        body.once('close', () => state.calls.push('media closed'));
        return { contentType: 'video/mp4', immutable: true, body, bytes: 5 };
      },
    },
    clips: {
      async make(room, request, by, title) {
        state.calls.push(`clip ${room} ${JSON.stringify(request)} ${by.person.name} ${title}`);
        return { ...CLIP, room };
      },
      list: (room) => [{ ...CLIP, room }],
      file(room, id) {
        const file = state.files.get('recording.mp4');
        if (id !== CLIP.id || !file) throw new NotFoundError('clip_not_found', 'There is no such clip; see the list.');
        return { path: file.path, clip: { ...CLIP, room, bytes: file.size } };
      },
      async remove(room, id) {
        state.calls.push(`remove clip ${room} ${id}`);
      },
    },
    hls: {
      async get(room, path, query) {
        state.calls.push(`hls ${room} ${path} ${query.toString()}`);
        return state.hls;
      },
    },
    readiness: { check: async () => ({ redis: { ok: true, detail: 'answers' } }) },
  };
}

const CLIP: Omit<ClipView, 'room'> = {
  id: 'clip1',
  title: 'Gezeiten 🌊 潮',
  from: '2026-01-01T00:00:01.000Z',
  to: '2026-01-01T00:00:03.500Z',
  duration: 2.5,
  bytes: 10,
  createdAt: '2026-01-01T00:00:04.000Z',
};

function roomView(id: string): RoomView {
  return viewOfRoom(id, { title: `The ${id}`, live: true, participants: 1 });
}

/** Without what was not said. */
function given<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function recordingView(id: string, room: string): RecordingView {
  return { id, room, title: room, state: 'recording', startedAt: '2026-01-01T00:00:00.000Z', duration: 1.5 };
}

function collectingLogger(lines: Array<{ level: string; message: string; fields: LogFields }>): Logger {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}): void => {
      lines.push({ level, message, fields });
    };
  const logger: Logger = {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => logger,
  };
  return logger;
}
