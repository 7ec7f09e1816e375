/** Rooms, their recordings and what else lives around them, built in order. */
import { AttemptLimits } from '../accounts/attempt-limits.ts';
import type { Passwords } from '../accounts/password.ts';
import type { Tokens } from '../api/tokens.ts';
import type { Config } from '../config/schema.ts';
import type { Database } from '../database/database.ts';
import type { EventSink } from '../events/event.ts';
import { messageOf } from '../errors.ts';
import type { FfmpegLocation } from '../ffmpeg/locate.ts';
import type { HlsOrigin } from '../hls/hls-origin.ts';
import type { ThumbnailMaker } from '../hls/thumbnail-maker.ts';
import { IngestServer } from '../ingest/ingest-server.ts';
import type { Logger } from '../logger.ts';
import { ArchiveViews } from '../recorder/archive/archive-views.ts';
import { Clips } from '../recorder/clips/clips.ts';
import { heldFrames } from '../recorder/recordings/frame-range.ts';
import { RecordingHls } from '../recorder/recordings/recording-hls.ts';
import { Recordings } from '../recorder/recordings/recordings.ts';
import { recordingLimits } from '../recorder/recordings/recording-limits.ts';
import { MarkerStore } from '../recorder/recordings/marker-store.ts';
import { RecordingMarkers } from '../recorder/recordings/recording-markers.ts';
import { RecordingStore } from '../recorder/recordings/recording-store.ts';
import { BanStore } from '../room/ban-store.ts';
import { ChatStore } from '../room/chat-store.ts';
import { Chats } from '../room/chats.ts';
import type { HopObserver } from '../room/hop-times.ts';
import { PictureStore } from '../room/picture-store.ts';
import { RoomStore } from '../room/room-store.ts';
import type { ViewerCount } from '../room/viewer-count.ts';
import type { ClientAddresses } from '../util/client-address.ts';
import type { Clock } from '../util/clock.ts';
import type { ClockDoubt } from '../util/clock-doubt.ts';
import type { CloseStack } from '../util/close-stack.ts';
import type { AccountServices } from './account-services.ts';
import type { ArchiveKeeping } from './archive-keeping.ts';
import type { ArchiveServices } from './archive-services.ts';
import { AutoRecording } from './auto-recording.ts';
import { openFiles } from './file-services.ts';
import { joinGrant } from './join-grant.ts';
import type { LastSessions } from './last-sessions.ts';
import { isIdle } from './idle-room.ts';
import { RecordingJournal } from './recording-journal.ts';
import { RecordingLead } from './recording-lead.ts';
import { recordingNews } from './recording-news.ts';
import { RoomChats } from './room-chats.ts';
import { RoomClips } from './room-clips.ts';
import { RoomDoors } from './room-doors.ts';
import { RoomHost } from './room-host.ts';
import { SessionFiles } from './session-files.ts';
import { keepRoomJournal } from './room-journal.ts';
import { RoomModeration } from './room-moderation.ts';
import { RoomPictures } from './room-pictures.ts';

/** What the services are made of. */
export interface RoomParts {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: Clock;
  /** Whether the clock is to be believed. */
  readonly doubt: ClockDoubt;
  readonly dataDir: string;
  readonly ffmpeg: FfmpegLocation;
  readonly database: Database;
  /** Where they write down what happens. */
  readonly events: EventSink;
  readonly archive: ArchiveServices;
  readonly keeping: ArchiveKeeping;
  readonly lastSessions: LastSessions;
  readonly origin: HlsOrigin;
  readonly thumbnails: ThumbnailMaker;
  readonly viewers: ViewerCount;
  readonly addresses: ClientAddresses;
  readonly tokens: Tokens;
  readonly passwords: Passwords;
  readonly people: Pick<AccountServices, 'invites' | 'revocations' | 'owners'>;
  /** Deletes what was made of a recording. */
  readonly removeRenders: (recording: string) => Promise<void>;
  readonly hops: HopObserver;
}

/** Rooms, recordings and the door know each other through functions, because each needs the other two. */
export async function buildRooms(parts: RoomParts, stack: CloseStack) {
  const { config, dataDir, ffmpeg, database, archive, origin, thumbnails, viewers, hops, log, clock } = parts;
  const { tokens, passwords, people } = parts;
  const { limits, rooms: roomConfig, program } = config;
  const { encoder, ...form } = program;
  const rooms: RoomHost = new RoomHost({
    hashPassword: (password) => passwords.hash(password),
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
    endRoom: (room, reason) => ingest.endRoom(room, reason),
    recording: { auto: config.recordings.auto, consent: config.recordings.consent },
    autoRecording: new AutoRecording({ start: (room) => recordings.start(room, 'whole'), log }),
    resume: (room) => recordings.takeInterrupted(room),
    onPersonRemoved: (room, identity) => {
      people.revocations.sendOut(`${room}/${identity}`).catch((error: unknown) => {
        log.error('that viewers were sent out was not stored', { room, reason: messageOf(error) });
      });
    },
    onRemove: async (room) => {
      await recordings.roomRemoved(room);
      await clips.removeRoom(room);
      await files.removeRoom(room);
      people.invites.removeRoom(room);
      people.owners.removeRoom(room);
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
  const doors: RoomDoors = new RoomDoors({
    room: (id) => rooms.room(id),
    doors: () => ingest.doors,
    events: parts.events,
    passwords,
    addressLimits: new AttemptLimits({ clock }),
    roomLimits: new AttemptLimits({ clock, perMinute: 30 }),
    clock,
  });
  const { files, control: fileControl } = await openFiles({
    config,
    database,
    dataDir,
    room: (id) => rooms.room(id),
    kept: new SessionFiles({ session: (room) => rooms.session(room)?.id, sessionsDir: `${dataDir}/sessions`, log }),
    events: parts.events,
    doubt: parts.doubt,
    clock,
    log,
  });
  stack.defer(() => files.close());
  const ingest = new IngestServer({
    rooms: { find: (id) => rooms.room(id) },
    verifyToken: async (token, room) => joinGrant(await tokens.verify(token, room)),
    admitInvited: (invite, participant) => people.invites.admit(invite, participant),
    receivers: (room) => rooms.pipeline(room)?.broadcaster,
    programSize: (room) => rooms.pipeline(room)?.program ?? program,
    limits: { ...limits, maxTracks: roomConfig.maxTracksPerParticipant },
    upgrade: { socketsPerAddress: limits.socketsPerAddress, allowedOrigins: config.server.allowedOrigins },
    addresses: parts.addresses,
    resumeMs: roomConfig.resumeSeconds * 1000,
    chats,
    onKnock: (room, visitor) => doors.knocked(room.id, visitor),
    isPassword: (room, password, address) => doors.isPassword(room.id, password, address),
    files,
    events: parts.events,
    hops,
    clock,
    log,
  });
  keepRoomJournal(rooms, parts.events);
  await rooms.load();
  const moderation = new RoomModeration({ rooms, store: new BanStore(database), events: parts.events, clock });
  await moderation.load();
  const images = new RoomPictures({ rooms, store: new PictureStore(database), clock, log });
  await images.load();
  const recordingStore = new RecordingStore(database);
  // Before what a crash interrupted is ended.
  const journal = new RecordingJournal({
    store: recordingStore,
    recordings: () => recordings,
    events: parts.events,
  });
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
    rooms: {
      find: (id) => {
        const room = rooms.find(id);
        return room && { title: room.title, owner: people.owners.ownerOf(id) };
      },
    },
    dataDir,
    clock,
    log,
    onRecordingChange: recordingNews(rooms),
    firstFrame: (session) => lead.firstFrame(session),
    onRemove: parts.removeRenders,
    reader: parts.keeping.storage.reader,
    onReady: () => parts.keeping.ready(),
    onRemoving: (id) => parts.keeping.removing(id),
    makeRoom: () => parts.keeping.makeRoom(),
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
    recordedOf: async (session) => heldFrames(await recordingStore.rangesOf(session)),
    admit: () => recordings.requireSpace(),
    useSession: (session) => recordings.useSession(session),
    clock,
    log,
  });
  stack.defer(() => recordings.close());
  stack.defer(() => rooms.close());
  // Before the sessions whose logs it reads.
  stack.defer(() => clips.close());
  // To whoever watches there is nothing in the trash.
  const shown = { find: (id: string) => recordingStore.shown(id) };
  const recordingHls = new RecordingHls({
    store: shown,
    sessions: { find: (room) => rooms.session(room) },
    isWritten: (id) => recordings.isWritten(id),
    endsAt: (id) => recordings.endsAt(id),
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
  const archives = new ArchiveViews({ store: shown, queue: archive.queue, dataDir });
  return {
    rooms,
    images,
    moderation,
    recordings,
    journal,
    recordingStore,
    markers,
    archives,
    recordingHls,
    clips: new RoomClips({ clips, events: parts.events, room: (id) => rooms.room(id) }),
    chat,
    files: fileControl,
    doors,
    ingest,
  };
}
