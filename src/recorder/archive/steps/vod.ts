/** The step `vod`: a recording as an HLS playlist over the segments of its session, which are linked and not copied. */
import { constants, copyFile, link, open, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MediaFormatError } from '../../../media/media-format-error.ts';
import type { StepContext, StepFile, StepResult } from '../archive-step.ts';
import {
  entryName,
  type RecordingEntry,
  recordingEntries,
  renderRecordingPlaylist,
} from '../../recordings/recording-playlist.ts';
import { initFile, segmentFile } from '../../session/session-index.ts';
import { readLoggedSegments } from '../../session/session-reader.ts';
import { VOD_PLAYLIST, VOD_PREFIX } from '../vod-files.ts';

const HLS_TYPE = 'application/vnd.apple.mpegurl';
const MP4_TYPE = 'video/mp4';

/** Writes `vod.m3u8`, `vod-init-G.mp4` and `vod-segment-N.m4s`. @throws MediaFormatError when there is no whole segment. */
export async function vodStep(context: StepContext): Promise<StepResult> {
  const { folder, framerate, job, onProgress, plan, sessionFolder, signal } = context;
  const segments = await readLoggedSegments(sessionFolder);
  const entries = recordingEntries(segments, job.ranges);
  if (entries.length === 0) throw new MediaFormatError('The session has no segment of this recording');
  const newest = segments.at(-1)?.segment;
  const names = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    signal.throwIfAborted();
    const name = `${VOD_PREFIX}${entryName(entry)}`;
    // Pauses and resumptions within one segment show it more than once.
    if (!names.has(name)) await takeSegment(entry, sessionFolder, join(folder, name), entry.segment.segment === newest);
    names.add(name);
    onProgress((index + 1) / entries.length);
  }
  const inits = [...new Set(entries.map(({ segment }) => segment.init))];
  for (const generation of inits) {
    await copyFile(join(sessionFolder, initFile(generation)), join(folder, `${VOD_PREFIX}${initFile(generation)}`));
  }
  const firstFrame = plan.pieces[0]?.from ?? 0;
  const text = renderRecordingPlaylist({
    entries,
    framerate,
    firstFrame,
    targetDuration: 1,
    ended: true,
    prefix: VOD_PREFIX,
  });
  await writeFile(join(folder, VOD_PLAYLIST), text, { flush: true });
  const media = [...inits.map((generation) => `${VOD_PREFIX}${initFile(generation)}`), ...names];
  return {
    files: [
      { name: VOD_PLAYLIST, kind: 'vod', contentType: HLS_TYPE, title: 'HLS playlist' },
      ...media.map((name): StepFile => ({ name, kind: 'vod', contentType: MP4_TYPE })),
    ],
    facts: { segments: entries.length },
  };
}

/** A link where the whole file is wanted and nobody writes to it any more, else a copy of its beginning. */
async function takeSegment(
  { segment, parts }: RecordingEntry,
  sessionFolder: string,
  output: string,
  mayGrow: boolean,
): Promise<void> {
  const path = join(sessionFolder, segmentFile(segment.segment));
  const last = segment.parts[parts - 1];
  const bytes = last ? last.offset + last.bytes : 0;
  const { size } = await stat(path);
  if (size < bytes) throw new MediaFormatError(`Segment ${segment.segment} is shorter than its index says`);
  if (size === bytes && !mayGrow && (await linked(path, output))) return;
  await copyFile(path, output, constants.COPYFILE_FICLONE);
  await truncate(output, bytes);
  const file = await open(output, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** False where files cannot be linked, as between two disks. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch {
    return false;
  }
}
