/** Whether an archive is whole: its manifest, every byte, and what players will make of it. */
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import { probeFile } from '../../ffmpeg/probe.ts';
import { run } from '../../ffmpeg/run.ts';
import type { Clock } from '../../util/clock.ts';
import {
  type ArchivedFile,
  type ArchiveManifest,
  FILM_FILE,
  MANIFEST_FILE,
  parseManifest,
} from './archive-manifest.ts';
import type { LocalCopy } from '../storage/archive-reader.ts';
import { archiveTimelineSchema, TIMELINE_FILE, type TimelineTrack } from './archive-timeline-file.ts';

/** What to look at, and how closely. */
export interface VerifyOptions {
  /** Folder of the archive. */
  readonly folder: string;
  /** Decodes nothing. */
  readonly quick: boolean;
  /** Where a file of it is, when that is not the folder: elsewhere, or encrypted; default: in the folder as it is. */
  readonly localPath?: (name: string) => Promise<LocalCopy>;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly clock: Clock;
  /** Told of each file as soon as it has been looked at. */
  readonly onFile?: (verdict: FileVerdict) => void;
}

/** One file; whole when it has no faults. */
export interface FileVerdict {
  readonly name: string;
  /** Bytes that are there. */
  readonly size: number;
  /** Sentence fragments. */
  readonly faults: readonly string[];
}

/** A whole archive. */
export interface ArchiveVerdict {
  readonly recording?: string;
  readonly ok: boolean;
  readonly files: readonly FileVerdict[];
  /** Files that the manifest does not name: no fault, for nobody gets them. */
  readonly unknown: readonly string[];
}

const FILM_TOLERANCE_SECONDS = 0.2;
/** People's own pictures begin and end between those of the recording, and their containers round. */
const TRACK_TOLERANCE_SECONDS = 0.5;
/** Decoding is given the film's length three times over, and this. */
const DECODE_PATIENCE_MS = 120_000;
const MAX_FAULTS = 5;

/** Looks at every file of the archive. Never rejects for what is wrong with it. */
export async function verifyArchive(options: VerifyOptions): Promise<ArchiveVerdict> {
  const { folder, onFile } = options;
  const found = await readManifestOf(folder);
  if (typeof found === 'string') {
    const verdict = { name: MANIFEST_FILE, size: 0, faults: [found] };
    onFile?.(verdict);
    return { ok: false, files: [verdict], unknown: [] };
  }
  const { manifest, size } = found;
  const files: FileVerdict[] = [];
  const tell = (verdict: FileVerdict): void => {
    files.push(verdict);
    onFile?.(verdict);
  };
  const tracks = await readTracks(options, manifest);
  tell({ name: MANIFEST_FILE, size, faults: typeof tracks === 'string' ? [tracks] : missingTracks(tracks, manifest) });
  for (const file of manifest.files) {
    tell(await verifyFile(file, manifest, typeof tracks === 'string' ? [] : tracks, options));
  }
  const known = new Set([MANIFEST_FILE, ...manifest.files.map(({ name }) => name)]);
  const unknown = (await readdir(folder)).filter((name) => !known.has(name));
  return { recording: manifest.recording, ok: files.every(({ faults }) => faults.length === 0), files, unknown };
}

async function readManifestOf(
  folder: string,
): Promise<{ readonly manifest: ArchiveManifest; readonly size: number } | string> {
  try {
    const text = await readFile(join(folder, MANIFEST_FILE), 'utf8');
    const manifest = parseManifest(text);
    return manifest ? { manifest, size: Buffer.byteLength(text) } : 'it is damaged, or of another version';
  } catch (error) {
    return isMissing(error) ? 'it is missing: this is no finished archive' : `it cannot be read: ${messageOf(error)}`;
  }
}

async function verifyFile(
  file: ArchivedFile,
  manifest: ArchiveManifest,
  tracks: readonly TimelineTrack[],
  options: VerifyOptions,
): Promise<FileVerdict> {
  let copy: LocalCopy | undefined;
  try {
    copy = await locate(file.name, options);
    const found = await lstat(copy.path);
    if (!found.isFile()) return { name: file.name, size: 0, faults: ['it is no plain file'] };
    return await verifyBytes(file, { path: copy.path, size: found.size }, { manifest, tracks, options });
  } catch (error) {
    return { name: file.name, size: 0, faults: [isMissing(error) ? 'it is missing' : messageOf(error)] };
  } finally {
    await copy?.dispose();
  }
}

async function locate(name: string, { folder, localPath }: VerifyOptions): Promise<LocalCopy> {
  return localPath ? localPath(name) : { path: join(folder, name), dispose: async () => {} };
}

async function verifyBytes(
  file: ArchivedFile,
  { path, size }: { readonly path: string; readonly size: number },
  around: {
    readonly manifest: ArchiveManifest;
    readonly tracks: readonly TimelineTrack[];
    readonly options: VerifyOptions;
  },
): Promise<FileVerdict> {
  const { manifest, tracks, options } = around;
  const faults: string[] = [];
  if (size !== file.size) faults.push(`it has ${size} bytes, not ${file.size}`);
  // With another size it cannot be the same; what players make of it is worth knowing nevertheless.
  else if ((await sha256Of(path)) !== file.sha256) faults.push('its SHA-256 is not that of the manifest');
  if (file.name === FILM_FILE) faults.push(...(await filmFaults(path, manifest, options)));
  const track = tracks.find((one) => one.file === file.name);
  if (track) faults.push(...(await trackFaults(path, track, options)));
  return { name: file.name, size, faults: faults.slice(0, MAX_FAULTS) };
}

async function filmFaults(path: string, manifest: ArchiveManifest, options: VerifyOptions): Promise<string[]> {
  const { clock, ffmpegPath, ffprobePath, quick } = options;
  try {
    const { durationSeconds = 0 } = await probeFile(ffprobePath, path, clock);
    if (Math.abs(durationSeconds - manifest.duration) > FILM_TOLERANCE_SECONDS) {
      return [`it lasts ${durationSeconds.toFixed(3)} s, not ${manifest.duration.toFixed(3)} s`];
    }
  } catch (error) {
    return [messageOf(error)];
  }
  if (quick) return [];
  const timeoutMs = manifest.duration * 3000 + DECODE_PATIENCE_MS;
  const input = ['-protocol_whitelist', 'file', '-i', `file:${path}`];
  // Behind a pause pictures may pass within one frame's time; without their own clock they would all have the same.
  const times = ['-fps_mode', 'passthrough', '-enc_time_base:v', '1/90000'];
  const output = ['-map', '0:v', '-map', '0:a?', ...times, '-f', 'null', '-'];
  const args = ['-v', 'error', '-nostdin', '-xerror', ...input, ...output];
  const { failure, stderr } = await run(ffmpegPath, args, { clock, timeoutMs });
  const complaint = stderr.trim().split('\n')[0] ?? '';
  if (failure === undefined && complaint === '') return [];
  return [`it cannot be decoded: ${complaint === '' ? failure : complaint.replaceAll(path, FILM_FILE)}`];
}

async function trackFaults(path: string, track: TimelineTrack, options: VerifyOptions): Promise<string[]> {
  try {
    const { durationSeconds = 0 } = await probeFile(options.ffprobePath, path, options.clock);
    // Its time 0 is the recording's, so it lasts until the track's end, whatever the container counts from.
    const lasts = [track.to, track.to - track.from].some(
      (seconds) => Math.abs(durationSeconds - seconds) <= TRACK_TOLERANCE_SECONDS,
    );
    return lasts ? [] : [`it lasts ${durationSeconds.toFixed(3)} s, which is not as the timeline says`];
  } catch (error) {
    return [messageOf(error)];
  }
}

/** Tracks that the timeline names, if the archive has one; a sentence fragment when it cannot be understood. */
async function readTracks(
  options: VerifyOptions,
  manifest: ArchiveManifest,
): Promise<readonly TimelineTrack[] | string> {
  if (!manifest.files.some(({ name }) => name === TIMELINE_FILE)) return [];
  let copy: LocalCopy | undefined;
  try {
    copy = await locate(TIMELINE_FILE, options);
    const text = await readFile(copy.path, 'utf8');
    return archiveTimelineSchema.parse(JSON.parse(text)).people.flatMap(({ tracks }) => tracks);
  } catch (error) {
    // That it is not there is told of the file itself.
    return isMissing(error) ? [] : `its ${TIMELINE_FILE} cannot be understood`;
  } finally {
    await copy?.dispose();
  }
}

/** Tracks of the timeline whose files no step made: those that were left out on purpose are told in the manifest. */
function missingTracks(tracks: readonly TimelineTrack[], manifest: ArchiveManifest): string[] {
  const made = new Set(manifest.files.map(({ name }) => name));
  const told = JSON.stringify([manifest.facts['tracks'] ?? {}, manifest.left]);
  const all = manifest.left.some(({ step }) => step === 'tracks');
  return tracks
    .filter(({ file }) => !made.has(file) && !all && !told.includes(`"${file}"`))
    .map(({ file }) => `the timeline names ${file}, which is not in it`);
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'file_missing');
}
