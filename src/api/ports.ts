/** What the API needs of the rest of the server; met structurally, so that nothing below imports the API. */

import type { ProgramOrder, RecordingOrder, ViewingOrder } from '../config/schema.ts';
import type { EventPerson } from '../events/event.ts';
import type { Annotation } from '../layout/annotation.ts';
import type { Layout } from '../layout/layout.ts';
import type { ArchiveFile } from '../recorder/archive/archive-file.ts';
import type { RecordingMarker } from '../recorder/recordings/recording-markers.ts';
import type { RecordingState, RecordingView, TrashView } from '../recorder/recordings/recording-view.ts';
import type { ChatOrder, ChatSettings } from '../room/chat-settings.ts';
import type { DoorOrder, DoorView } from '../room/door-settings.ts';
import type { FileOrder, FileSettings } from '../room/file-settings.ts';
import type { KeptOutEntry } from '../room/kept-out.ts';
import type { RoomImage } from '../room/room.ts';
import type { TrackState } from '../room/track.ts';

export type { ArchiveFile, RecordingState, RecordingView, TrashView };

/** Recordings. Methods reject with NotFoundError, ConflictError or UnavailableError. */
export interface RecordingControl {
  /** `by`, here and below: who is named in the event log. */
  start(roomId: string, by?: EventPerson): Promise<RecordingView>;
  pause(id: string, by?: EventPerson): Promise<RecordingView>;
  resume(id: string, by?: EventPerson): Promise<RecordingView>;
  stop(id: string, by?: EventPerson): Promise<RecordingView>;
  /** Tries a failed archive again. */
  retry(id: string, by?: EventPerson): Promise<RecordingView>;
  /** Gives it another title; its files keep theirs. */
  rename(id: string, title: string, by?: EventPerson): Promise<RecordingView>;
  find(id: string): Promise<RecordingView | undefined>;
  /** Id of the account that had made the room of a recording; undefined without one, or without a recording. */
  ownerOf(id: string): Promise<string | undefined>;
  list(filter: {
    readonly room?: string;
    /** Only those of the rooms that an account has made. */
    readonly owner?: string;
    readonly state?: RecordingState;
    /** Words that are in the title, the room or the names of who took part. */
    readonly q?: string;
    /** Started then or later. */
    readonly since?: Date;
    /** Started before. */
    readonly until?: Date;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly items: readonly RecordingView[]; readonly next?: string }>;
  /** For good, in the trash or not. */
  remove(id: string, by?: EventPerson): Promise<void>;
  /** What is in the trash is not there for anything above but `remove`. */
  trash(id: string, by?: EventPerson): Promise<TrashView>;
  restore(id: string, by?: EventPerson): Promise<RecordingView>;
  findTrashed(id: string): Promise<TrashView | undefined>;
  listTrash(page: {
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly items: readonly TrashView[]; readonly next?: string }>;
  /** For good, if it is in the trash still. */
  removeTrashed(id: string, by?: EventPerson): Promise<void>;
  /** `recording.mp4` or another file of the archive. */
  file(id: string, name: string): Promise<ArchiveFile>;
}

/** Form of a room's program. Pixels, frames a second, thousand bits a second, effort of the encoder. */
export type ProgramSettings = Required<{ [K in keyof ProgramOrder]: NonNullable<ProgramOrder[K]> }>;

/** What viewers of a room get: who may watch, how far behind they are, and whether there is a choice of qualities. */
export type ViewingSettings = Required<{ [K in keyof ViewingOrder]: NonNullable<ViewingOrder[K]> }>;

/** How a room is recorded: whether by itself, and whether everybody is asked first. */
export type RecordingRules = Required<{ [K in keyof RecordingOrder]: NonNullable<RecordingOrder[K]> }>;

/** What a session's mixer reports of itself; counts are of the session so far. */
export interface HealthView {
  /** Step of the degrade ladder; 0: everything as ordered. */
  readonly step: number;
  /** Why the step was taken last. */
  readonly reason?: string;
  /** Name of the video encoder in use; absent before the first report. */
  readonly encoder?: string;
  /** Tiles in the picture. */
  readonly tiles: number;
  readonly frames: number;
  readonly lateFrames: number;
  readonly skippedFrames: number;
  /** How often the mixer process was started again. */
  readonly restarts: number;
}

/** One room as the API shows it, without its links. */
export interface RoomView {
  readonly id: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** A session runs: the program is being made. */
  readonly live: boolean;
  readonly recording: boolean;
  readonly participants: number;
  /** `ordered` holds from the next session on, `inForce` in the one that runs. */
  readonly program: { readonly ordered: ProgramSettings; readonly inForce?: ProgramSettings };
  readonly layout: Layout;
  readonly annotation: Annotation;
  /** `access` holds at once, the rest from the next session on. */
  readonly viewing: ViewingSettings;
  /** `consent` holds at once, `auto` from the next session on. */
  readonly recordingRules: RecordingRules;
  readonly chat: ChatSettings;
  readonly door: DoorView;
  readonly files: FileSettings;
  /** Which pictures are set. */
  readonly images: Readonly<Record<RoomImage, boolean>>;
  /** While a session runs. */
  readonly health?: HealthView;
}

/** What of a room can be set. */
export interface RoomChange {
  readonly title?: string | undefined;
  /** Changes what it names; null: the configuration's again. */
  readonly program?: ProgramOrder | null | undefined;
  readonly layout?: Layout | undefined;
  readonly annotation?: Annotation | undefined;
  /** Changes what it names; null: the configuration's again. */
  readonly viewing?: ViewingOrder | null | undefined;
  /** Changes what it names; null: the configuration's again. */
  readonly recording?: RecordingOrder | null | undefined;
  /** Changes what it names. */
  readonly chat?: ChatOrder | undefined;
  /** Changes what it names; the password is in the clear. */
  readonly door?: DoorOrder | undefined;
  /** Changes what it names. */
  readonly files?: FileOrder | undefined;
}

/** What the door for viewers goes by. */
export interface WatchRules {
  readonly access: ViewingSettings['access'];
  /** Passes that were signed for another version do not hold. */
  readonly version: string;
}

/** One participant as the API shows them. */
export interface ParticipantView {
  readonly id: string;
  readonly name: string;
  readonly role: 'host' | 'participant';
  /** By a host: they are in nobody's sound. */
  readonly muted: boolean;
  /** Change of their loudness, decibels. */
  readonly gain: number;
  /** False while their connection is cut and may come back. */
  readonly connected: boolean;
  /** Their hand is up: the smaller, the longer. */
  readonly hand?: number;
  /** Whether they are heard at the moment. */
  readonly speaking: boolean;
  readonly avatar: boolean;
  readonly tracks: readonly {
    readonly track: number;
    readonly kind: 'video' | 'audio';
    readonly source: string;
    readonly state: TrackState;
  }[];
}

/** What a host can change about somebody. */
export interface PersonChange {
  readonly name?: string | undefined;
  readonly muted?: boolean | undefined;
  readonly gain?: number | undefined;
  /** Ends every picture that they send. */
  readonly stopVideo?: true | undefined;
  /** Lowers their hand. */
  readonly hand?: false | undefined;
}

/** Rooms. Methods reject with BadRequestError, NotFoundError, ConflictError or LimitError. */
export interface RoomControl {
  /** `by`, here and below: who is named in the event log. */
  create(options: RoomChange & { readonly id?: string }, by?: EventPerson): Promise<RoomView>;
  find(id: string): RoomView | undefined;
  /** Asked with each request of each viewer. */
  watchRules(id: string): WatchRules | undefined;
  list(): readonly RoomView[];
  update(id: string, change: RoomChange, by?: EventPerson): Promise<RoomView>;
  remove(id: string, by?: EventPerson): Promise<void>;
  /** Takes back all viewers' tokens and passes. */
  expelViewers(id: string): Promise<void>;
  participants(id: string): readonly ParticipantView[];
  /** Why a token with this identity, of that time, lets nobody in any more; undefined when it does. */
  keptOut(id: string, identity: string, issuedAt?: Date): KeptOutEntry['kind'] | undefined;
}

/** Still pictures. Methods throw NotFoundError for a room or participant that is not there. */
export interface ImageControl {
  find(roomId: string, slot: RoomImage): Uint8Array | undefined;
  /** Without data: removes it. */
  set(roomId: string, slot: RoomImage, data: Uint8Array | undefined): Promise<void>;
  findAvatar(roomId: string, participantId: string): Uint8Array | undefined;
  /** Without data: removes it. */
  setAvatar(roomId: string, participantId: string, data: Uint8Array | undefined): Promise<void>;
}

/** What viewers are told beside the picture. Methods throw ConflictError `not_live` or `captions_off`; they tell when it was. */
export interface NoteControl {
  /** `recording`: id of the one that was marked, too. */
  mark(roomId: string, label: string, recording?: string): Date;
  caption(roomId: string, text: string, seconds: number): Date;
}

/** Markers of recordings. Methods reject with NotFoundError, ConflictError or LimitError. */
export interface MarkerControl {
  /** Marks this moment of a recording that runs, and tells viewers. */
  add(recording: string, label: string): Promise<RecordingMarker>;
  /** Marks this moment of the recording that runs in a room, if one does, and gives its id; viewers are told by `NoteControl`. */
  keepInRoom(roomId: string, label: string): Promise<string | undefined>;
  /** In the order of time; none when there is no such recording. */
  of(recording: string): Promise<readonly RecordingMarker[]>;
}

/** An answer of the HLS origin. */
export interface HlsAnswer {
  readonly status: 200 | 400 | 404 | 503;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly body: Uint8Array | string;
  /** The body, gzipped once for everybody. */
  readonly gzip?: Uint8Array;
  /** Tag of a body that changes while its address stays, with its quotes. */
  readonly etag?: string;
}

/** The HLS origin of all rooms: `path` is what follows `/hls/ROOM/`; `signal` aborts when nobody waits any more. */
export interface HlsControl {
  get(roomId: string, path: string, query: URLSearchParams, signal: AbortSignal): Promise<HlsAnswer>;
}

/** How one thing is that the server depends on. */
export interface ReadinessCheck {
  readonly ok: boolean;
  /** The server is ready without; default: it is not. */
  readonly vital?: false;
  /** In English. */
  readonly detail: string;
  /** Names what the detail says; absent where it is a name or a version. */
  readonly code?: string;
  /** What the detail is about: `free` in bytes, `reason` in English. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Why the server is or is not ready; every check by name. */
export interface Readiness {
  check(): Promise<Readonly<Record<string, ReadinessCheck>>>;
}
