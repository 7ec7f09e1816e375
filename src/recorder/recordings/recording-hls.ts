/** Recordings as HLS while the media of their session are on the disk: from the first seconds until the MP4 takes over. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { AppError, NotFoundError } from '../../errors.ts';
import { archiveFolder, readManifest } from '../archive/archive-manifest.ts';
import type { LiveSessions } from '../session/live-session.ts';
import { hasHoles, isComplete, recordingEntries, renderRecordingPlaylist, shownParts } from './recording-playlist.ts';
import type { Recording } from './recording-view.ts';
import type { LoggedSegment } from '../session/segment-table.ts';
import { INDEX_FILE, initFile, segmentFile } from '../session/session-index.ts';
import { readLoggedSegments } from '../session/session-reader.ts';
import { VOD_PLAYLIST, VOD_PREFIX } from '../archive/vod-files.ts';

/** Options of `RecordingHls`. */
export interface RecordingHlsOptions {
  readonly store: { find(id: string): Promise<Recording | undefined> };
  readonly sessions: LiveSessions;
  /** Whether all of a stopped recording is on the disk. */
  readonly isWritten: (recording: string) => boolean;
  /** The frame behind which a recording that runs may be left out in the end, as `Recordings.endsAt`; default: never. */
  readonly endsAt?: (recording: string) => number | undefined;
  readonly dataDir: string;
  /** Of one segment: the playlists' target duration. */
  readonly segmentSeconds: number;
}

/** A playlist that may grow, or media that never change. */
export interface RecordingFile {
  readonly contentType: string;
  readonly immutable: boolean;
  /** Media come as they are taken: whoever is slow holds no segment in memory. Who gets the stream destroys it. */
  readonly body: string | Readable;
  /** Bytes of the body. */
  readonly bytes: number;
}

/** What is in the archive by now. */
export interface ArchivedMedia {
  /** Name of the file there. */
  readonly archived: string;
}

/** Sessions whose lists of segments are remembered. */
const MAX_REMEMBERED = 8;
const SEGMENT = /^segment-(\d{1,9})(?:-(\d{1,4}))?\.m4s$/;
const INIT = /^init-(\d{1,9})\.mp4$/;

/** One per server. */
export class RecordingHls {
  readonly #options: RecordingHlsOptions;
  /** Of sessions that have ended, by id; those asked for last at the end. */
  readonly #remembered = new Map<string, { readonly key: string; readonly segments: readonly LoggedSegment[] }>();

  constructor(options: RecordingHlsOptions) {
    this.#options = options;
  }

  /**
   * `index.m3u8`, or what it names; once the media of the session are gone, where the archive has the same.
   * @throws NotFoundError `recording_not_found`, `recording_too_young`, `no_such_media`; AppError 410 `recording_archived`
   *   or `media_gone`.
   */
  async get(id: string, file: string): Promise<RecordingFile | ArchivedMedia> {
    // Before it is looked up: of one that ends meanwhile no segment is listed that it leaves out.
    const endsAt = this.#options.endsAt?.(id);
    const recording = await this.#options.store.find(id);
    if (!recording) throw new NotFoundError('recording_not_found', `There is no recording "${id}".`);
    const runs = recording.ranges.at(-1)?.to === null;
    const logged = await this.#segments(recording);
    // A list only grows: what may be left out waits until somebody is back.
    const segments = runs && endsAt !== undefined ? logged.filter(({ endFrame }) => endFrame <= endsAt) : logged;
    if (file === 'index.m3u8') {
      // Once the archive is ready nothing holds the session's media.
      const isGone = recording.state === 'ready' && hasHoles(segments, recording.ranges);
      if (isGone) return this.#archived(recording);
      const body = this.#playlist(recording, segments);
      return { ...PLAYLIST, body, bytes: Buffer.byteLength(body) };
    }
    const media = await this.#media(recording, segments, file);
    if (media) return { contentType: 'video/mp4', immutable: true, ...media };
    // Who plays on with the list they have finds the same media there.
    if (recording.state === 'ready' && isMedia(file)) return { archived: `${VOD_PREFIX}${file}` };
    throw new NotFoundError('no_such_media', 'The recording has no such media; start with its playlist index.m3u8.');
  }

  /** Archives of older versions have no playlist. */
  async #archived(recording: Recording): Promise<ArchivedMedia> {
    const manifest = await readManifest(archiveFolder(this.#options.dataDir, recording.id));
    if (manifest?.files.some(({ name }) => name === VOD_PLAYLIST)) return { archived: VOD_PLAYLIST };
    throw gone(recording);
  }

  #playlist(recording: Recording, segments: readonly LoggedSegment[]): string {
    const { framerate, ranges } = recording;
    const firstFrame = ranges[0]?.from ?? 0;
    const entries = recordingEntries(segments, ranges);
    const runs = recording.state === 'recording' || recording.state === 'paused';
    if (entries.length === 0) {
      if (!runs && !this.#isLive(recording)) throw gone(recording);
      throw new NotFoundError('recording_too_young', 'Nothing of it is finished yet; ask again in a few seconds.');
    }
    const written = !runs && this.#options.isWritten(recording.id);
    const ended = written && (!this.#isLive(recording) || isComplete(segments, ranges));
    const targetDuration = this.#options.segmentSeconds;
    return renderRecordingPlaylist({ entries, framerate, firstFrame, targetDuration, ended });
  }

  async #media(
    recording: Recording,
    segments: readonly LoggedSegment[],
    file: string,
  ): Promise<Pick<RecordingFile, 'body' | 'bytes'> | undefined> {
    const { ranges } = recording;
    const folder = this.#folder(recording);
    const init = INIT.exec(file)?.[1];
    if (init !== undefined) {
      const wanted = segments.some(
        (segment) => segment.init === Number(init) && shownParts(segment, ranges).length > 0,
      );
      return wanted ? beginningOf(join(folder, initFile(Number(init)))) : undefined;
    }
    const [, number, count] = SEGMENT.exec(file) ?? [];
    const segment = segments.find((candidate) => candidate.segment === Number(number));
    const parts = count === undefined ? segment?.parts.length : Number(count);
    const shown = segment && shownParts(segment, ranges).find((each) => each === parts);
    const last = shown && segment.parts[shown - 1];
    if (!last) return undefined;
    return beginningOf(join(folder, segmentFile(segment.segment)), last.offset + last.bytes);
  }

  async #segments(recording: Recording): Promise<readonly LoggedSegment[]> {
    const { sessions } = this.#options;
    const live = sessions.find(recording.room);
    if (live?.id === recording.session) return live.log.segments;
    const folder = this.#folder(recording);
    const index = await stat(join(folder, INDEX_FILE)).catch(() => undefined);
    const key = index ? `${index.size} ${index.mtimeMs}` : '';
    const remembered = this.#remembered.get(recording.session);
    this.#remembered.delete(recording.session);
    if (!index) return [];
    const segments = remembered?.key === key ? remembered.segments : await readLoggedSegments(folder);
    // The newest may lack some of its parts as long as the log is being written.
    if (!this.#options.isWritten(recording.id)) return segments.slice(0, -1);
    this.#remembered.set(recording.session, { key, segments });
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined && this.#remembered.size > MAX_REMEMBERED) this.#remembered.delete(oldest);
    return segments;
  }

  #isLive(recording: Recording): boolean {
    return this.#options.sessions.find(recording.room)?.id === recording.session;
  }

  #folder(recording: Recording): string {
    return join(this.#options.dataDir, 'sessions', recording.session);
  }
}

const PLAYLIST = { contentType: 'application/vnd.apple.mpegurl', immutable: false } as const;

/** So many bytes of a file; default: all of it. Undefined when it has fewer, or is not there. */
async function beginningOf(path: string, wanted?: number): Promise<Pick<RecordingFile, 'body' | 'bytes'> | undefined> {
  const handle = await open(path).catch(() => undefined);
  if (!handle) return undefined;
  const size = await sizeOf(handle);
  const bytes = wanted ?? size;
  if (bytes > 0 && bytes <= size) return { body: handle.createReadStream({ start: 0, end: bytes - 1 }), bytes };
  await handle.close();
  return undefined;
}

/** 0 for what cannot be told: nothing is read of that. */
function sizeOf(handle: FileHandle): Promise<number> {
  return handle.stat().then(
    ({ size }) => size,
    () => 0,
  );
}

function isMedia(file: string): boolean {
  return SEGMENT.test(file) || INIT.test(file);
}

function gone(recording: Recording): AppError {
  if (recording.state === 'ready') {
    const path = `/api/recordings/${recording.id}/download`;
    const message = `The recording is archived, and its session's media are gone; take the MP4 at ${path}.`;
    return new AppError(message, { code: 'recording_archived', fault: 'client', status: 410 });
  }
  const message = "The media of the recording's session are not on the disk (any more).";
  return new AppError(message, { code: 'media_gone', fault: 'client', status: 410 });
}
