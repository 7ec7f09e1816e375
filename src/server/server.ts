/** The composition root: builds everything in order, closes it in reverse. */
import type { RequestListener } from 'node:http';
import { resolve } from 'node:path';
import { loadAdminToken, loadSigningSecret } from '../api/admin-token.ts';
import { createApp } from '../api/app.ts';
import { Metrics } from '../api/metrics.ts';
import { type TokenRegister, Tokens } from '../api/tokens.ts';
import { ViewerPasses } from '../api/viewer-pass.ts';
import { Passwords } from '../accounts/password.ts';
import type { ConfigOrigins } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { describeSettings } from '../config/settings.ts';
import { ConflictError, messageOf } from '../errors.ts';
import { Database } from '../database/database.ts';
import { createSpawner } from '../ffmpeg/ffmpeg-process.ts';
import { locateFfmpeg } from '../ffmpeg/locate.ts';
import { HlsOrigin } from '../hls/hls-origin.ts';
import { ThumbnailMaker } from '../hls/thumbnail-maker.ts';
import type { Logger } from '../logger.ts';
import { ArchiveBundles } from '../recorder/archive/archive-bundle.ts';
import type { Renders } from '../recorder/render/renders.ts';
import { ViewerCount } from '../room/viewer-count.ts';
import { ClientAddresses } from '../util/client-address.ts';
import type { Clock } from '../util/clock.ts';
import { CloseStack } from '../util/close-stack.ts';
import { openCalls } from './call-services.ts';
import {
  accountControl,
  accountsEnabled,
  endWhatWasTakenBack,
  openAccounts,
  tokenRegister,
} from './account-services.ts';
import { ArchiveKeeping } from './archive-keeping.ts';
import { startArchiveServices } from './archive-services.ts';
import { takeDataFolder } from './data-folder.ts';
import { ClockRecord } from './clock-record.ts';
import { checkNothingForgotten } from './database-place.ts';
import { openEvents } from './event-services.ts';
import { LastSessions } from './last-sessions.ts';
import { collectMetrics } from './live-metrics.ts';
import { packageVersion, webFolder } from './package-root.ts';
import type { ProgramNotes } from './program-notes.ts';
import { openPort } from './port-services.ts';
import { createReadiness } from './readiness.ts';
import { serverMigrations } from './server-migrations.ts';
import { openRenders } from './render-service.ts';
import type { RoomHost } from './room-host.ts';
import { mayInsistOnHttps, openCertificate } from './tls-certificate.ts';
import { buildRooms } from './room-services.ts';

/** Options of a server. */
export interface ServerOptions {
  readonly config: Config;
  /** Who set which key; without it all count as defaults. */
  readonly origins?: ConfigOrigins;
  /** For child processes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly clock: Clock;
  /**
   * A server on another machine has taken the data folder, as after this one slept: whoever is told has to end the process at once, for
   * all that it writes from now on damages what the other one has.
   */
  readonly onTaken?: () => void;
}

/** A running server. */
export class GridcastServer {
  /** Address of its port on this machine, without a slash at the end. */
  readonly url: string;
  /** What people should open: `server.publicUrl`, at which a proxy may be, else `url`. Without a slash at the end. */
  readonly pageUrl: string;
  /** PEM of the certificate that it began with; undefined without TLS. */
  readonly certificate: string | undefined;
  readonly rooms: RoomHost;
  readonly tokens: Tokens;
  readonly adminToken: string;
  /** Token in the link for the first admin's account; undefined without accounts, or when there is such an account. */
  readonly firstAdminToken: string | undefined;
  /** This start made it: the one time to show it. */
  readonly adminTokenCreated: boolean;
  /** Where the owner finds it. */
  readonly adminTokenSource: string;
  readonly dataDir: string;
  readonly ffmpegVersion: string;
  readonly #stack: CloseStack;

  private constructor(parts: Omit<GridcastServer, 'close'>, stack: CloseStack) {
    this.url = parts.url;
    this.pageUrl = parts.pageUrl;
    this.certificate = parts.certificate;
    this.rooms = parts.rooms;
    this.tokens = parts.tokens;
    this.adminToken = parts.adminToken;
    this.firstAdminToken = parts.firstAdminToken;
    this.adminTokenCreated = parts.adminTokenCreated;
    this.adminTokenSource = parts.adminTokenSource;
    this.dataDir = parts.dataDir;
    this.ffmpegVersion = parts.ffmpegVersion;
    this.#stack = stack;
  }

  /** @throws ConfigError with one sentence when the machine or the configuration lacks something; nothing stays behind. */
  static async start(options: ServerOptions): Promise<GridcastServer> {
    const stack = new CloseStack();
    try {
      return await build(options, stack, (parts) => new GridcastServer(parts, stack));
    } catch (error) {
      // The reason is what the owner has to know; what could not be closed is another matter.
      await stack.close().catch((left: unknown) => {
        options.log.error('a start that failed left something open', { reason: messageOf(left) });
      });
      throw error;
    }
  }

  /** Ends sessions, writes what is left, ends every process; resolves when all of it is gone. */
  close(): Promise<void> {
    return this.#stack.close();
  }
}

async function build(
  { config, origins = new Map(), env, log, clock, onTaken }: ServerOptions,
  stack: CloseStack,
  create: (parts: Omit<GridcastServer, 'close'>) => GridcastServer,
): Promise<GridcastServer> {
  const dataDir = resolve(config.server.data);
  const place = await takeDataFolder({ config, dataDir, clock, log, onTaken }, stack);
  const record = await ClockRecord.open({ dataDir, clock, log });
  stack.defer(() => record.close());
  const { doubt } = record;
  const certificate = await openCertificate(config.tls, { clock, log });
  const ffmpeg = await locateFfmpeg(config.ffmpeg.path === undefined ? {} : { configured: config.ffmpeg.path });
  const configured = config.server.adminToken;
  const admin = await loadAdminToken({ dataDir, log, ...(configured !== undefined && { configured }) });
  const { root, secret: signing, olderSecrets } = await loadSigningSecret({ dataDir, log });
  // Tokens ask the rooms, which are made with the tokens.
  const late: { rooms?: RoomHost; renders?: Renders } = {};
  const onEmpty = 'postgres' in place ? () => checkNothingForgotten(config) : () => {};
  const database = await Database.open({ ...place, migrations: serverMigrations, log, clock, onEmpty });
  stack.defer(() => database.close());
  const passwords = new Passwords();
  const people = await openAccounts({ database, passwords, doubt, clock });
  const accountsOn = accountsEnabled(config);
  const versionOf = (room: string) => late.rooms?.tokenVersion(room);
  const keptOut: TokenRegister['keptOut'] = (...who) => late.rooms?.keptOut(...who);
  const register = tokenRegister(people, accountsOn, keptOut);
  const madeAt = (room: string) => late.rooms?.room(room)?.createdAt.getTime();
  const ofRooms = { versionOf, madeAt, register };
  const tokens = new Tokens({ secret: signing, olderSecrets, adminToken: admin.token, clock, ...ofRooms });
  // Before everybody who records what happens: closed after them.
  const events = await openEvents({ config, database, doubt, clock, log }, stack);
  const archive = await startArchiveServices({ config, dataDir, ffmpegPath: ffmpeg.path, env, log, clock });
  stack.defer(() => archive.close());
  const lastSessions = new LastSessions();
  const lastSession = (room: string) => late.rooms?.session(room)?.id ?? lastSessions.of(room);
  const { redis, namespace } = archive;
  const keepingParts = { config, dataDir, database, redis, namespace, secret: root, lastSession, doubt, clock, log };
  const keeping = await ArchiveKeeping.open(keepingParts);
  stack.defer(() => keeping.close());
  const origin = new HlsOrigin(clock);
  stack.defer(() => origin.close());
  const thumbnails = new ThumbnailMaker({ spawn: createSpawner(ffmpeg.path), clock, log });
  stack.defer(() => thumbnails.close());

  const metrics = new Metrics();
  const viewers = new ViewerCount(clock);
  const addresses = new ClientAddresses(config.server.trustedProxies);
  const made = {
    database,
    events: events.log,
    archive,
    keeping,
    lastSessions,
    origin,
    thumbnails,
    viewers,
    addresses,
    tokens,
    passwords,
    people,
  };
  const removeRenders = async (recording: string) => late.renders?.removeRecording(recording);
  const parts = { config, dataDir, ffmpeg, ...made, removeRenders, hops: metrics, doubt, log, clock };
  const services = await buildRooms(parts, stack);
  const { rooms, images, moderation, recordings, journal, recordingStore, markers, archives } = services;
  const { recordingHls, clips, chat, files, doors, ingest } = services;
  late.rooms = rooms;
  const { reader, keys } = keeping.storage;
  const renderParts = {
    config,
    database,
    redis,
    namespace,
    recordings,
    archives: reader,
    keys,
    dataDir,
    clock,
    log,
    removals: recordingStore,
  };
  const renders = await openRenders(renderParts, stack);
  late.renders = renders;
  keeping.start({
    store: recordingStore,
    remove: (id) => recordings.remove(id),
    removeTrashed: (id) => recordings.removeTrashed(id),
    isBusy: async (id) => (await renders.list(id)).some(({ state }) => state === 'waiting' || state === 'active'),
  });
  // Before the recordings that it deletes.
  stack.defer(() => keeping.close());
  const users = { find: async (id: string) => (await register.account(id))?.user };
  const callParts = { config, database, rooms, tokens, users, events: events.log, addresses, clock, log };
  const calls = await openCalls(callParts, stack);
  endWhatWasTakenBack(people, (ends) => ingest.expel(ends), calls.door);
  people.accounts.events.on('changed', () => calls.door.peopleChanged());
  people.accounts.events.on('removed', (account) => {
    recordingStore.disown(account).catch((error: unknown) => {
      log.error('recordings still name an account that is gone', { reason: messageOf(error) });
    });
  });
  const settings = describeSettings(config, origins);
  await keeping.started(settings);
  stack.defer(collectMetrics(metrics, rooms, recordings, ingest.traffic, origin));
  stack.defer(metrics.onCollect(async () => metrics.events.set(await events.figures())));
  const app = createApp({
    shares: keeping.shares,
    audit: keeping.audit,
    events: events.log,
    webhooks: events.webhooks,
    calls: calls.store,
    accounts: accountControl({
      ...people,
      enabled: accountsOn,
      tokens,
      sessionSeconds: config.accounts.sessionHours * 3600,
    }),
    invites: people.invites,
    revocations: people.revocations,
    rooms,
    images,
    moderation,
    recordings: journal,
    markers,
    archives,
    bundles: new ArchiveBundles({
      store: { find: (id) => recordingStore.shown(id) },
      source: keeping.storage.reader,
      dataDir,
    }),
    recordingHls,
    renders,
    clips,
    hls: origin,
    chat,
    door: doors,
    files,
    notes: {
      mark: (room, label, recording) => liveNotes(rooms, room).mark(label, recording),
      caption: (room, text, seconds) => liveNotes(rooms, room).caption(text, seconds),
    },
    programTime: (room) => rooms.pipeline(room)?.now,
    viewers,
    addresses,
    readiness: createReadiness({
      dataDir,
      ffmpegVersion: ffmpeg.version,
      redis: () => archive.queue.health(),
      archives: () => archive.queue.unattended(),
      renders: () => renders.unattended(),
      ownWorkers: config.archive.workers,
      database: () => database.ping(),
      clock,
    }),
    tokens,
    passes: new ViewerPasses({ secret: root, clock }),
    metrics,
    settings,
    options: {
      openCreation: config.rooms.openCreation,
      ownRecordings: config.accounts.ownRecordings,
      maxOwnRooms: config.accounts.maxRooms,
      trashDays: config.recordings.retention.trashDays,
      allowedOrigins: config.server.allowedOrigins,
      strictTransport: mayInsistOnHttps(config.server.publicUrl, certificate?.leaf),
      webDir: webFolder(),
      version: packageVersion(),
      ...(config.server.publicUrl !== undefined && { publicUrl: config.server.publicUrl }),
    },
    log,
    clock,
  });
  const callback = app.callback();
  const onRequest: RequestListener = (request, response) => void callback(request, response);
  const portParts = { config, certificate, onRequest, ingest, contacts: calls.door, addresses, metrics, clock, log };
  const http = await openPort(portParts, stack);
  // Whoever waits for something new would hold their connections.
  stack.defer(() => chat.close());
  // First of all, so that nobody joins a server that is going down.
  stack.defer(() => ingest.close());
  stack.defer(() => calls.door.close());
  return create({
    url: http.url,
    pageUrl: config.server.publicUrl?.replace(/\/+$/, '') ?? http.url,
    certificate: certificate?.cert,
    rooms,
    tokens,
    firstAdminToken: accountsOn ? people.accounts.firstToken : undefined,
    adminToken: admin.token,
    adminTokenCreated: admin.created,
    adminTokenSource: adminTokenSource(config, origins, dataDir),
    dataDir,
    ffmpegVersion: `${ffmpeg.version} (${ffmpeg.path})`,
  });
}

function adminTokenSource({ server }: Config, origins: ConfigOrigins, dataDir: string): string {
  if (server.adminToken === undefined) return `${dataDir}/admin-token`;
  return origins.get('server.adminToken') === 'file'
    ? 'server.adminToken of the configuration file'
    : 'GRIDCAST_ADMIN_TOKEN';
}

/** @throws ConflictError `not_live` when there is no session to tell anything about. */
function liveNotes(rooms: RoomHost, room: string): ProgramNotes {
  const notes = rooms.pipeline(room)?.notes;
  if (notes) return notes;
  throw new ConflictError(
    'not_live',
    'Nobody is in this room; viewers can be told something once somebody has joined.',
  );
}
