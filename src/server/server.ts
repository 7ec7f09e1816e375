/** The composition root: builds everything in order, closes it in reverse. */
import { resolve } from 'node:path';
import { loadAdminToken, loadSigningSecret } from '../api/admin-token.ts';
import { createApp } from '../api/app.ts';
import { Metrics } from '../api/metrics.ts';
import { Tokens } from '../api/tokens.ts';
import { ViewerPasses } from '../api/viewer-pass.ts';
import type { ConfigOrigins } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { describeSettings } from '../config/settings.ts';
import { ConflictError } from '../errors.ts';
import { Database } from '../database/database.ts';
import { createSpawner } from '../ffmpeg/ffmpeg-process.ts';
import { type FfmpegLocation, locateFfmpeg } from '../ffmpeg/locate.ts';
import { HlsOrigin } from '../hls/hls-origin.ts';
import { ThumbnailMaker } from '../hls/thumbnail-maker.ts';
import { IngestServer } from '../ingest/ingest-server.ts';
import type { Logger } from '../logger.ts';
import { ArchiveViews } from '../recorder/archive/archive-views.ts';
import { ArchiveBundles } from '../recorder/archive/archive-bundle.ts';
import { Clips } from '../recorder/clips/clips.ts';
import { RecordingHls } from '../recorder/recordings/recording-hls.ts';
import { Recordings } from '../recorder/recordings/recordings.ts';
import { recordingLimits } from '../recorder/recordings/recording-limits.ts';
import { MarkerStore, markerMigrations } from '../recorder/recordings/marker-store.ts';
import { RecordingMarkers } from '../recorder/recordings/recording-markers.ts';
import { RecordingStore, recordingMigrations } from '../recorder/recordings/recording-store.ts';
import { renderMigrations } from '../recorder/render/render-store.ts';
import type { Renders } from '../recorder/render/renders.ts';
import { ChatStore, chatMigrations } from '../room/chat-store.ts';
import { Chats } from '../room/chats.ts';
import type { HopObserver } from '../room/hop-times.ts';
import { PictureStore, pictureMigrations } from '../room/picture-store.ts';
import { RoomStore, roomMigrations } from '../room/room-store.ts';
import { ViewerCount } from '../room/viewer-count.ts';
import type { Clock } from '../util/clock.ts';
import { CloseStack } from '../util/close-stack.ts';
import { ArchiveKeeping, keepingMigrations } from './archive-keeping.ts';
import { type ArchiveServices, startArchiveServices } from './archive-services.ts';
import { AutoRecording } from './auto-recording.ts';
import { CertificateWatch } from './certificate-watch.ts';
import { DataLock } from './data-lock.ts';
import { HttpServer } from './http-server.ts';
import { joinGrant } from './join-grant.ts';
import { LastSessions } from './last-sessions.ts';
import { collectMetrics } from './live-metrics.ts';
import { packageVersion, webFolder } from './package-root.ts';
import type { ProgramNotes } from './program-notes.ts';
import { createReadiness } from './readiness.ts';
import { openRenders } from './render-service.ts';
import { isIdle } from './idle-room.ts';
import { RecordingLead } from './recording-lead.ts';
import { RoomChats } from './room-chats.ts';
import { RoomHost } from './room-host.ts';
import { RoomPictures } from './room-pictures.ts';
import { type Certificate, mayInsistOnHttps, openCertificate } from './tls-certificate.ts';

/** Options of a server. */
export interface ServerOptions {
  readonly config: Config;
  /** Who set which key; without it all count as defaults. */
  readonly origins?: ConfigOrigins;
  /** For child processes. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
  readonly clock: Clock;
}

/** A running server. */
export class GridcastServer {
  /** Of the port on this machine, without a slash at the end. */
  readonly url: string;
  /** What people should open: with a certificate `server.publicUrl`, for which that is made. Without a slash at the end. */
  readonly pageUrl: string;
  /** PEM of the certificate that it began with; undefined without TLS. */
  readonly certificate: string | undefined;
  readonly rooms: RoomHost;
  readonly tokens: Tokens;
  readonly adminToken: string;
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
      await stack.close();
      throw error;
    }
  }

  /** Ends sessions, writes what is left, ends every process; resolves when all of it is gone. */
  close(): Promise<void> {
    return this.#stack.close();
  }
}

async function build(
  { config, origins = new Map(), env, log, clock }: ServerOptions,
  stack: CloseStack,
  create: (parts: Omit<GridcastServer, 'close'>) => GridcastServer,
): Promise<GridcastServer> {
  const dataDir = resolve(config.server.data);
  // Before anything is looked at: what stands in the folder may be another server's, at work.
  const lock = await DataLock.take(dataDir);
  stack.defer(() => lock.close());
  const certificate = await openCertificate(config.tls, { clock, log });
  const ffmpeg = await locateFfmpeg(config.ffmpeg.path === undefined ? {} : { configured: config.ffmpeg.path });
  const configured = config.server.adminToken;
  const admin = await loadAdminToken({ dataDir, log, ...(configured !== undefined && { configured }) });
  const { secret } = await loadSigningSecret({ dataDir, log });
  // Of whatever rooms there will be: they are made with the tokens.
  const late: { rooms?: RoomHost; renders?: Renders } = {};
  const versionOf = (room: string) => late.rooms?.tokenVersion(room);
  const tokens = new Tokens({ secret, adminToken: admin.token, clock, versionOf });

  const migrations = [
    ...roomMigrations,
    ...chatMigrations,
    ...recordingMigrations,
    ...markerMigrations,
    ...pictureMigrations,
    ...renderMigrations,
  ];
  migrations.push(...keepingMigrations);
  const database = await Database.open({ path: `${dataDir}/gridcast.db`, migrations, log, clock });
  stack.defer(() => database.close());
  const archive = await startArchiveServices({ config, dataDir, ffmpegPath: ffmpeg.path, env, log, clock });
  stack.defer(() => archive.close());
  const lastSessions = new LastSessions();
  const lastSession = (room: string) => late.rooms?.session(room)?.id ?? lastSessions.of(room);
  const keepingParts = { config, dataDir, database, redis: archive.redis, secret, lastSession, clock, log };
  const keeping = await ArchiveKeeping.open(keepingParts);
  stack.defer(() => keeping.close());
  const origin = new HlsOrigin(clock);
  stack.defer(() => origin.close());
  const thumbnails = new ThumbnailMaker({ spawn: createSpawner(ffmpeg.path), clock, log });
  stack.defer(() => thumbnails.close());

  const metrics = new Metrics();
  const viewers = new ViewerCount(clock);
  const made = { database, archive, keeping, lastSessions, origin, thumbnails, viewers, tokens };
  const removeRenders = async (recording: string) => late.renders?.removeRecording(recording);
  const parts = { config, dataDir, ffmpeg, ...made, removeRenders, hops: metrics, log, clock };
  const services = await buildRooms(parts, stack);
  const { rooms, images, recordings, recordingStore, markers, archives, recordingHls, clips, chat, ingest } = services;
  late.rooms = rooms;
  const { redis } = archive;
  const { reader, keys } = keeping.storage;
  const renderParts = { config, database, redis, recordings, archives: reader, keys, dataDir, clock, log };
  const renders = await openRenders(renderParts, stack);
  late.renders = renders;
  keeping.start({
    store: recordingStore,
    remove: (id) => recordings.remove(id),
    isBusy: async (id) => (await renders.list(id)).some(({ state }) => state === 'waiting' || state === 'active'),
  });
  // Before the recordings that it deletes.
  stack.defer(() => keeping.close());
  const settings = describeSettings(config, origins);
  await keeping.started(settings);
  stack.defer(collectMetrics(metrics, rooms, recordings, ingest.traffic, origin));
  const app = createApp({
    shares: keeping.shares,
    audit: keeping.audit,
    rooms,
    images,
    recordings,
    markers,
    archives,
    bundles: new ArchiveBundles({ store: recordingStore, source: keeping.storage.reader, dataDir }),
    recordingHls,
    renders,
    clips,
    hls: origin,
    chat,
    notes: {
      mark: (room, label, recording) => liveNotes(rooms, room).mark(label, recording),
      caption: (room, text, seconds) => liveNotes(rooms, room).caption(text, seconds),
    },
    viewers,
    readiness: createReadiness({ dataDir, ffmpegVersion: ffmpeg.version, redisAnswers: () => archive.queue.available }),
    tokens,
    passes: new ViewerPasses({ secret, clock }),
    metrics,
    settings,
    options: {
      openCreation: config.rooms.openCreation,
      strictTransport: mayInsistOnHttps(config.server.publicUrl, certificate?.leaf),
      webDir: webFolder(),
      version: packageVersion(),
      ...(config.server.publicUrl !== undefined && { publicUrl: config.server.publicUrl }),
    },
    log,
    clock,
  });
  const callback = app.callback();
  const http = await HttpServer.listen({
    host: config.server.host,
    port: config.server.port,
    onRequest: (request, response) => void callback(request, response),
    onUpgrade: (request, socket, head) => ingest.handleUpgrade(request, socket, head),
    ...(certificate && { tls: { certificate, clock } }),
  });
  stack.defer(() => http.close());
  if (certificate) {
    const onChange = (renewed: Certificate): void => http.setCertificate(renewed);
    const watch = new CertificateWatch({ current: certificate, onChange, clock, log });
    stack.defer(() => watch.close());
  }
  // Whoever waits for something new would hold their connections.
  stack.defer(() => chat.close());
  // First of all, so that nobody joins a server that is going down.
  stack.defer(() => ingest.close());
  return create({
    url: http.url,
    pageUrl: (certificate && config.server.publicUrl?.replace(/\/+$/, '')) ?? http.url,
    certificate: certificate?.cert,
    rooms,
    tokens,
    adminToken: admin.token,
    adminTokenCreated: admin.created,
    adminTokenSource: configured === undefined ? `${dataDir}/admin-token` : 'GRIDCAST_ADMIN_TOKEN',
    dataDir,
    ffmpegVersion: `${ffmpeg.version} (${ffmpeg.path})`,
  });
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

interface RoomParts extends Omit<ServerOptions, 'env'> {
  readonly dataDir: string;
  readonly ffmpeg: FfmpegLocation;
  readonly database: Database;
  readonly archive: ArchiveServices;
  readonly keeping: ArchiveKeeping;
  readonly lastSessions: LastSessions;
  readonly origin: HlsOrigin;
  readonly thumbnails: ThumbnailMaker;
  readonly viewers: ViewerCount;
  readonly tokens: Tokens;
  /** Deletes what was made of a recording. */
  readonly removeRenders: (recording: string) => Promise<void>;
  readonly hops: HopObserver;
}

/** Rooms, recordings and the door know each other through functions, because each needs the other two. */
async function buildRooms(parts: RoomParts, stack: CloseStack) {
  const { config, dataDir, ffmpeg, database, archive, origin, thumbnails, viewers, tokens, hops, log, clock } = parts;
  const { limits, rooms: roomConfig, program } = config;
  const { encoder, ...form } = program;
  const rooms: RoomHost = new RoomHost({
    store: new RoomStore(database, log),
    maxRooms: roomConfig.max,
    limits: {
      maxParticipants: roomConfig.maxParticipants,
      maxTracksPerParticipant: roomConfig.maxTracksPerParticipant,
    },
    emptyMs: roomConfig.emptySeconds * 1000,
    clock,
    log,
    kick: (room, participant) => ingest.kick(room, participant),
    endRoom: (room) => ingest.endRoom(room),
    recording: { auto: config.recordings.auto, consent: config.recordings.consent },
    autoRecording: new AutoRecording({ start: (room) => recordings.start(room, true), log }),
    resume: (room) => recordings.takeInterrupted(room),
    onRemove: async (room) => {
      await recordings.roomRemoved(room);
      await clips.removeRoom(room);
    },
    pipeline: {
      program: { ...form, wishedEncoder: encoder, maxPixels: limits.maxPixels, ffmpegPath: ffmpeg.path },
      hls: config.hls,
      sessionsDir: `${dataDir}/sessions`,
      fsyncMs: config.recordings.fsyncMs,
      origin,
      thumbnails,
      keepFiles: (session) => recordings.useSession(session),
      onLogOpened: (session) => recordings.sessionOpened(session),
      onEnding: (session) => {
        viewers.forget(session.roomId);
        parts.lastSessions.ended(session.roomId, session.id);
        return recordings.sessionEnding(session);
      },
      hops,
      clock,
      log,
    },
  });
  const chats = new Chats({ store: new ChatStore(database), clock });
  const chat = new RoomChats({ chats, room: (id) => rooms.room(id), clock });
  const ingest = new IngestServer({
    rooms: { find: (id) => rooms.room(id) },
    verifyToken: async (token) => joinGrant(await tokens.verify(token)),
    receivers: (room) => rooms.pipeline(room)?.broadcaster,
    programSize: (room) => rooms.pipeline(room)?.program ?? program,
    limits: { ...limits, maxTracks: roomConfig.maxTracksPerParticipant },
    upgrade: { socketsPerAddress: limits.socketsPerAddress, allowedOrigins: config.server.allowedOrigins },
    resumeMs: roomConfig.resumeSeconds * 1000,
    chats,
    hops,
    clock,
    log,
  });
  await rooms.load();
  const images = new RoomPictures({ rooms, store: new PictureStore(database), log });
  await images.load();
  const recordingStore = new RecordingStore(database);
  const lead = new RecordingLead({
    room: (id) => rooms.room(id),
    told: (id, signal) => ingest.told(id, signal),
    pipeline: (id) => rooms.pipeline(id),
    clock,
  });
  const recordings = await Recordings.open({
    store: recordingStore,
    queue: archive.queue,
    sessions: { find: (room) => rooms.session(room) },
    rooms: { find: (id) => rooms.find(id) },
    dataDir,
    clock,
    log,
    onRecordingChange: (id, recording) => {
      const room = rooms.room(id);
      if (room) room.recording = recording;
    },
    firstFrame: (session) => lead.firstFrame(session),
    onRemove: parts.removeRenders,
    reader: parts.keeping.storage.reader,
    onReady: () => parts.keeping.ready(),
    onRemoving: (id) => parts.keeping.removing(id),
    limits: recordingLimits(config.recordings),
    isIdle: (id) => isIdle(rooms.room(id)),
    graceMs: config.recordings.graceSeconds * 1000,
  });
  const clips = await Clips.open({
    dataDir,
    ffmpegPath: ffmpeg.path,
    ffprobePath: ffmpeg.ffprobePath,
    sessions: { find: (room) => rooms.session(room) },
    rooms: { find: (id) => rooms.find(id) },
    limits: config.clips,
    useSession: (session) => recordings.useSession(session),
    clock,
    log,
  });
  stack.defer(() => recordings.close());
  stack.defer(() => rooms.close());
  // Before the sessions whose logs it reads.
  stack.defer(() => clips.close());
  const recordingHls = new RecordingHls({
    store: recordingStore,
    sessions: { find: (room) => rooms.session(room) },
    isWritten: (id) => recordings.isWritten(id),
    dataDir,
    segmentSeconds: config.hls.segmentSeconds,
  });
  const markers = new RecordingMarkers({
    markers: new MarkerStore(database),
    recordings: recordingStore,
    sessions: { find: (room) => rooms.session(room) },
    isTold: (room) => rooms.room(room)?.recording === true,
    tell: (room, label, recording) => void rooms.pipeline(room)?.notes.mark(label, recording),
  });
  const archives = new ArchiveViews({ store: recordingStore, queue: archive.queue, dataDir });
  return { rooms, images, recordings, recordingStore, markers, archives, recordingHls, clips, chat, ingest };
}
