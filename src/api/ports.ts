/** What the API needs of the rest of the server; met structurally, so that nothing below imports the API. */

import type { RecordingState, RecordingView } from '../recorder/recording-view.ts';
import type { ArchiveFile } from '../recorder/recordings.ts';

export type { ArchiveFile, RecordingState, RecordingView };

/** Recordings. Methods reject with NotFoundError, ConflictError or UnavailableError. */
export interface RecordingControl {
  start(roomId: string): Promise<RecordingView>;
  pause(id: string): Promise<RecordingView>;
  resume(id: string): Promise<RecordingView>;
  stop(id: string): Promise<RecordingView>;
  /** Tries a failed archive again. */
  retry(id: string): Promise<RecordingView>;
  find(id: string): Promise<RecordingView | undefined>;
  list(filter: {
    readonly room?: string;
    readonly state?: RecordingState;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<{ readonly items: readonly RecordingView[]; readonly next?: string }>;
  remove(id: string): Promise<void>;
  /** `recording.mp4` or another file of the archive. */
  file(id: string, name: string): Promise<ArchiveFile>;
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
}

/** One participant as the API shows them. */
export interface ParticipantView {
  readonly id: string;
  readonly name: string;
  readonly role: 'host' | 'participant';
  readonly tracks: readonly { readonly track: number; readonly kind: 'video' | 'audio'; readonly source: string }[];
}

/** Rooms. Methods reject with NotFoundError, ConflictError or LimitError. */
export interface RoomControl {
  create(options: { readonly id?: string; readonly title?: string }): Promise<RoomView>;
  find(id: string): RoomView | undefined;
  list(): readonly RoomView[];
  update(id: string, change: { readonly title?: string }): Promise<RoomView>;
  remove(id: string): Promise<void>;
  participants(id: string): readonly ParticipantView[];
  renameParticipant(id: string, participantId: string, name: string): ParticipantView;
  /** Closes their sockets; a token with their identity lets nobody in again. */
  removeParticipant(id: string, participantId: string): void;
}

/** An answer of the HLS origin. */
export interface HlsAnswer {
  readonly status: 200 | 400 | 404 | 503;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly body: Uint8Array | string;
  /** The body, gzipped once for everybody. */
  readonly gzip?: Uint8Array;
}

/** The HLS origin of all rooms: `path` is what follows `/hls/ROOM/`. */
export interface HlsControl {
  get(roomId: string, path: string, query: URLSearchParams): Promise<HlsAnswer>;
}

/** Why the server is or is not ready; every check by name. */
export interface Readiness {
  check(): Promise<Readonly<Record<string, { readonly ok: boolean; readonly detail: string }>>>;
}
