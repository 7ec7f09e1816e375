/** The step `tracks`: each person's own picture and sound as a file on the recording's timeline; nothing is encoded. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FfmpegError, messageOf } from '../../../errors.ts';
import { runFfmpeg } from '../../../ffmpeg/fluent.ts';
import { run } from '../../../ffmpeg/run.ts';
import { MediaFormatError } from '../../../media/media-format-error.ts';
import type { Clock } from '../../../util/clock.ts';
import { lacksSpace } from '../archive-failure.ts';
import type { StepContext, StepFile, StepResult } from '../archive-step.ts';
import { exportIsolatedTrack } from '../../tracks/isolated-export.ts';
import { readIsolatedPackets } from '../../tracks/isolated-tracks.ts';
import { type WrittenTrack, writeOpusTrack } from '../../tracks/opus-track.ts';
import { planTrackFiles, type TrackFile } from '../../tracks/track-plan.ts';
import { plainLine } from '../webvtt.ts';

/** Longest search for a picture in a file, milliseconds; the first one is found at once. */
const LOOK_MS = 60_000;

/** A file of which the manifest tells where it stands. */
interface MadeTrack extends WrittenTrack {
  readonly file: string;
}

/**
 * Writes a file for each track of which anything lies in the recording. One that cannot be made, because what was sent is
 * damaged, is left out and told with its reason.
 */
export async function tracksStep(context: StepContext): Promise<StepResult> {
  const { folder, job, log, onProgress, sessionFolder, signal, timeline } = context;
  const wanted = await planTrackFiles(sessionFolder, timeline);
  const files: StepFile[] = [];
  const tracks: MadeTrack[] = [];
  const leftOut: { readonly file: string; readonly reason: string }[] = [];
  for (const [index, each] of wanted.entries()) {
    signal.throwIfAborted();
    const { file, contentType, title } = each;
    try {
      const made = await (each.track.kind === 'audio' ? makeSound(context, each) : makePicture(context, each));
      if (made) {
        files.push({ name: file, kind: 'track', contentType, title: plainLine(title) });
        tracks.push({ file, ...rounded(made) });
      } else {
        await rm(join(folder, file), { force: true });
      }
    } catch (error) {
      // A full disk or an end of the work is not cured by leaving something out.
      signal.throwIfAborted();
      if (lacksSpace(error) || !(error instanceof FfmpegError || error instanceof MediaFormatError)) throw error;
      const reason = messageOf(error);
      log.warn('a track is left out of the archive', { recording: job.recording, file, reason });
      leftOut.push({ file, reason });
      await rm(join(folder, file), { force: true });
    }
    onProgress((index + 1) / wanted.length);
  }
  return { files, facts: { tracks, leftOut } };
}

function makeSound(
  { folder, sessionFolder, signal, timeline }: StepContext,
  wanted: TrackFile,
): Promise<WrittenTrack | undefined> {
  return writeOpusTrack({
    packets: readIsolatedPackets(sessionFolder, wanted.track.id),
    timeline,
    title: plainLine(wanted.title),
    serial: wanted.track.id + 1,
    output: join(folder, wanted.file),
    signal,
  });
}

/** Out of the track's own Matroska into what players like best; times stay, so it begins as late as it did. */
async function makePicture(context: StepContext, wanted: TrackFile): Promise<WrittenTrack | undefined> {
  const { clock, ffmpegPath, folder, log, sessionFolder, signal, timeline } = context;
  const own = join(folder, `own-${wanted.track.id}.mkv`);
  const exported = await exportIsolatedTrack({
    folder: sessionFolder,
    track: wanted.track,
    timeline,
    output: own,
    signal,
  });
  if (!exported) return undefined;
  try {
    const title = plainLine(wanted.title);
    await runFfmpeg({
      ffmpegPath,
      input: own,
      inputOptions: [],
      output: join(folder, wanted.file),
      outputOptions: [
        ['-map', '0:v:0'],
        ['-c', 'copy'],
        ['-copyts'],
        ['-avoid_negative_ts', 'disabled'],
        ['-map_metadata', '-1'],
        ['-metadata', `title=${title}`],
        ['-metadata:s:v:0', `title=${title}`],
        ...(wanted.track.codec === 'h264'
          ? ([
              ['-movflags', '+faststart'],
              ['-f', 'mp4'],
            ] as const)
          : ([['-f', 'webm']] as const)),
      ],
      label: 'track',
      clock,
      log,
      signal,
    });
    // Whatever somebody sends is copied: a file in which no player finds a picture is none.
    if (!(await hasPicture(ffmpegPath, join(folder, wanted.file), clock))) {
      throw new MediaFormatError('Nothing of what was sent can be decoded');
    }
  } finally {
    await rm(own, { force: true });
  }
  return { from: exported.fromSeconds, to: exported.toSeconds, packets: exported.packets };
}

async function hasPicture(ffmpegPath: string, path: string, clock: Clock): Promise<boolean> {
  const input = ['-v', 'error', '-nostdin', '-protocol_whitelist', 'file', '-i', `file:${path}`];
  const output = ['-map', '0:v:0', '-frames:v', '1', '-vf', 'scale=2:2', '-f', 'rawvideo', 'pipe:1'];
  const { stdout } = await run(ffmpegPath, [...input, ...output], { clock, timeoutMs: LOOK_MS });
  return stdout !== '';
}

function rounded({ from, to, packets }: WrittenTrack): WrittenTrack {
  const milliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000;
  return { from: milliseconds(from), to: milliseconds(to), packets };
}
