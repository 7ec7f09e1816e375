/** Something in every table, by the stores themselves, and all of it read again. */
import { AccountStore, type StoredAccount } from '../../src/accounts/account-store.ts';
import { InviteStore } from '../../src/accounts/invite-store.ts';
import { Revocations } from '../../src/accounts/revocations.ts';
import { RoomOwners } from '../../src/accounts/room-owners.ts';
import { AuditStore } from '../../src/api/audit-store.ts';
import { ShareStore } from '../../src/api/share-store.ts';
import { CallStore } from '../../src/calls/call-store.ts';
import type { Database } from '../../src/database/database.ts';
import { EventStore } from '../../src/events/event-store.ts';
import { WebhookStore } from '../../src/events/webhook-store.ts';
import { FileStore, type StoredFile } from '../../src/files/file-store.ts';
import { nullLogger } from '../../src/logger.ts';
import type { ChatEntry } from '../../src/protocol/chat.ts';
import { MarkerStore } from '../../src/recorder/recordings/marker-store.ts';
import { RecordingStore } from '../../src/recorder/recordings/recording-store.ts';
import { RenderStore, type StoredRender } from '../../src/recorder/render/render-store.ts';
import { UploadStore } from '../../src/recorder/storage/upload-store.ts';
import { BanStore } from '../../src/room/ban-store.ts';
import { ChatStore } from '../../src/room/chat-store.ts';
import { PictureStore } from '../../src/room/picture-store.ts';
import { defaultSettings } from '../../src/room/room-settings.ts';
import { RoomStore } from '../../src/room/room-store.ts';
import { FakeClock } from './fake-clock.ts';

/** What must not change on its way: signs that mean something to databases, other scripts, and characters of four bytes. */
export const ODD_TEXT = `NULL {"a,b"} 'it''s' \\ \\x00 %_\t\n$1 Ünïted 日本 🎬`;
/** Needs more than 32 bits. */
const LARGE = 2 ** 53 - 1;
const FRACTION = 1_700_000_000_000.125;
/** Every byte there is. */
const BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);

interface Stores {
  readonly rooms: RoomStore;
  readonly chat: ChatStore;
  readonly files: FileStore;
  readonly bans: BanStore;
  readonly recordings: RecordingStore;
  readonly markers: MarkerStore;
  readonly pictures: PictureStore;
  readonly renders: RenderStore;
  readonly audit: AuditStore;
  readonly shares: ShareStore;
  readonly uploads: UploadStore;
  readonly events: EventStore;
  readonly webhooks: WebhookStore;
  readonly calls: CallStore;
  readonly accounts: AccountStore;
  readonly invites: InviteStore;
}

/** All that open without reading. */
export function storesOf(database: Database): Stores {
  return {
    rooms: new RoomStore(database, nullLogger),
    chat: new ChatStore(database),
    files: new FileStore(database),
    bans: new BanStore(database),
    recordings: new RecordingStore(database),
    markers: new MarkerStore(database),
    pictures: new PictureStore(database),
    renders: new RenderStore(database),
    audit: new AuditStore(database, 100),
    shares: new ShareStore(database),
    uploads: new UploadStore(database),
    events: new EventStore(database),
    webhooks: new WebhookStore(database),
    calls: new CallStore(database),
    accounts: new AccountStore(database),
    invites: new InviteStore(database),
  };
}

/** @param n tells it from others of the same room */
export function message(n: number, text = ODD_TEXT): ChatEntry {
  return { id: `m${n}`, rev: n, at: n + 0.5, author: { id: 'ann', name: 'Ann', role: 'host' }, text };
}

function file(id: string): StoredFile {
  const by = { id: 'ann', name: ODD_TEXT, role: 'host' } as const;
  return { id, room: 'hall', by, name: ODD_TEXT, type: 'text/plain', size: LARGE, begun: FRACTION };
}

/** `events`: how many, at least 2; of the last the row is gone already. */
export async function fillStores(database: Database, events = 3): Promise<void> {
  const stores = storesOf(database);
  const { rooms, chat, files, bans, pictures } = stores;
  for (const id of ['hall', 'attic']) {
    await rooms.insert({ id, title: ODD_TEXT, createdAt: new Date(5), tokenVersion: 7, settings: defaultSettings() });
  }
  for (const n of [1, 2]) await chat.insert('hall', `key-${n}`, message(n));
  await chat.change('hall', { ...message(2, ''), rev: 3, deleted: true });
  await files.insert(file('f1'));
  await files.insert({ ...file('f2'), completed: { at: 0.25, sha256: 'f' }, expires: FRACTION });
  await files.insert({ ...file('f3'), completed: { at: 0.25, sha256: 'f' } });
  await files.remove('f3', new Date(9));
  const entry = { kind: 'banned', participant: 'p', clientKey: undefined, name: ODD_TEXT, by: 'ann' } as const;
  await bans.add('hall', { ...entry, id: 'b', at: new Date(1) }, []);
  await pictures.put('hall', 'logo', BYTES);
  await pictures.put('hall', 'background', new Uint8Array(0));
  await fillRecordings(stores);
  await fillEvents(stores, events);
  await fillPeople(database, stores);
}

async function fillRecordings({ recordings, markers, renders, shares, uploads }: Stores): Promise<void> {
  const recording = { room: 'hall', title: ODD_TEXT, session: 's', startedAt: new Date(1000), ranges: [] };
  for (const id of ['r1', 'r2']) await recordings.adopt({ ...recording, id, state: 'ready', framerate: 29.97 });
  const film = { duration: 0.1 + 0.2, size: LARGE, sha256: 'f' };
  await recordings.change('r1', ['ready'], { film, people: [ODD_TEXT], recovered: true });
  await uploads.setState('r1', 's3');
  await uploads.addRemoval('r0');
  for (const frame of [9, 2, LARGE]) await markers.insert('r1', { frame, label: ODD_TEXT });
  await markers.insert('r2', { frame: 1, label: 'gone with its recording' });
  await recordings.remove('r2', new Date(7));
  const trashed = [
    ['r3', 'failed'],
    ['r4', 'ready'],
    ['r5', 'ready'],
  ] as const;
  for (const [id, state] of trashed) {
    await recordings.adopt({ ...recording, id, state, framerate: 30 });
    await recordings.trash.putIn(id, new Date(FRACTION));
  }
  await uploads.setState('r4', 's3');
  await recordings.trash.condemn('r5');
  const order: StoredRender['order'] = {
    ...{ layout: 'recorded', from: 0, to: 1 / 3, without: ['ben'], format: 'mp4', width: 640, height: 360 },
  };
  const render = { recording: 'r1', state: 'waiting', order, createdAt: new Date(0), progress: 1 / 3 } as const;
  for (const id of ['x1', 'x2']) await renders.insert({ ...render, id });
  await renders.remove('x2', new Date(8));
  await shares.insert({
    id: 's1',
    recording: 'r1',
    tokenHash: 'h',
    createdAt: new Date(1),
    expiresAt: new Date(2),
    watchToken: ODD_TEXT,
  });
}

async function fillEvents({ audit, events, webhooks, calls }: Stores, count: number): Promise<void> {
  await audit.add({ who: 'admin', action: 'delete', detail: { text: ODD_TEXT, size: LARGE } }, new Date(0));
  const all = Array.from({ length: count }, (_, index) => ({
    type: 'room.created',
    atMs: index + 1,
    room: 'hall',
    data: { text: ODD_TEXT, size: LARGE },
  }));
  for (let from = 0; from < count - 1; from += 1000)
    await events.add(all.slice(from, Math.min(from + 1000, count - 1)));
  // The newest one goes; its number is not given again.
  await events.add([{ type: 'room.created', atMs: 0, room: 'hall', data: {} }]);
  await events.prune({ beforeMs: 1, maxEvents: count, limit: 1 });
  const times = { createdMs: 1, failingSinceMs: LARGE, nextMs: 2 };
  await webhooks.insert({
    id: 'w',
    url: 'https://a.example/',
    secret: ODD_TEXT,
    types: ['room.*'],
    cursor: 0,
    paused: undefined,
    failures: 0,
    ...times,
  });
  const delivery = { seq: 1, type: 'room.created', atMs: 1, attempt: 1, tookMs: 5, status: undefined };
  await webhooks.settle('w', { ...delivery, answer: ODD_TEXT }, { cursor: 1 }, 0);
  const people = { from: { id: 'ann', name: 'Ann' }, to: { id: 'ben', name: ODD_TEXT } };
  await calls.insert({ id: 'c', talk: 't', ...people, state: 'no_answer', offline: true, startedMs: 1.5 }, 'hall');
}

async function fillPeople(database: Database, { accounts, invites }: Stores): Promise<void> {
  const ann: StoredAccount = {
    id: 'u-ann',
    login: 'ann',
    name: ODD_TEXT,
    password: '$2b$hash',
    admin: true,
    disabled: false,
    createdAt: '2026-01-02T03:04:05.000Z',
    tokenVersion: 3,
  };
  await accounts.insert(ann);
  await (await RoomOwners.open(database)).set('hall', 'u-ann');
  const times = { createdMs: FRACTION, expiresMs: LARGE };
  await invites.insert({
    id: 'i',
    room: 'hall',
    role: 'viewer',
    label: ODD_TEXT,
    ...times,
    uses: 0,
    by: 'ann',
    guests: [],
  });
  await invites.use('i', 1, 'guest');
  const revocations = await Revocations.open(database, new FakeClock());
  revocations.noteViewer({ room: 'hall', identity: 'ben', tokenId: 't1' });
  await revocations.revoke('hall/t1', new Date(LARGE / 4));
}

/** The same of two databases that hold the same. */
export async function readStores(database: Database): Promise<unknown> {
  const stores = storesOf(database);
  const { rooms, chat, files, bans, pictures, recordings, markers, renders, shares, uploads } = stores;
  const { audit, events, webhooks, calls, accounts, invites } = stores;
  const revocations = await Revocations.open(database, new FakeClock());
  const page = { after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: 5000 };
  return {
    rooms: await rooms.list(),
    chat: await chat.before('hall', undefined, 9, undefined),
    chatNumbers: (await chat.after('hall', 0, 9)).map(({ seq }) => seq),
    files: await files.ofRoom('hall'),
    bans: await bans.list(),
    pictures: [await pictures.get('hall', 'logo'), await pictures.get('hall', 'background')].map(
      (picture) => picture && [...picture],
    ),
    recordings: await recordings.list({ limit: 9, words: ['ünïted'] }),
    trash: [await recordings.trash.list({ limit: 9 }), await recordings.trash.all()],
    stored: [await uploads.stored(), await uploads.removals()],
    removed: [await recordings.wasRemoved('r2'), await renders.wasRemoved('x2'), await files.wasRemoved('f3')],
    markers: await markers.list('r1'),
    renders: await renders.list('r1'),
    shares: await shares.list('r1'),
    audit: await audit.list({ limit: 9 }),
    events: [await events.newest(), await events.oldest(), await events.list(page)],
    webhooks: [await webhooks.list(), await webhooks.deliveries('w', 9)],
    calls: await calls.list('ben', { limit: 9 }),
    accounts: [await accounts.findLogin('ann'), await accounts.search({ text: 'ünï', limit: 9, withDisabled: true })],
    owner: (await RoomOwners.open(database)).ownerOf('hall'),
    invites: await invites.all(),
    revoked: [revocations.isRevoked('hall/t1'), revocations.epochOf('hall') !== ''],
  };
}
