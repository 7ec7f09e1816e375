/** The sound of each person as one track of the film: all they sent, in its place, equally loud. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../errors.ts';
import { type FfmpegOption, runFfmpeg } from '../../ffmpeg/fluent.ts';
import { lacksSpace } from './archive-failure.ts';
import type { StepContext } from './archive-step.ts';
import { exportIsolatedTrack } from '../tracks/isolated-export.ts';
import { type IsolatedTrack, listIsolatedTracks } from '../tracks/isolated-tracks.ts';
import { readPlayoutDelays } from '../tracks/playout-delays.ts';
import { readSilenced, type SilencedSpan } from './silenced.ts';
import { alignedMix, gainFor, levelled, measured, silent } from './sound-filters.ts';

/** A finished track; `path` is an MP4 with AAC alone that lasts as long as the recording. */
export interface PersonSound {
  readonly participant: string;
  readonly name: string;
  readonly path: string;
  /** Integrated loudness before, LUFS; undefined when there was nothing to hear. */
  readonly loudness: number | undefined;
  /** What it was changed by, decibels. */
  readonly gain: number;
}

/** All sounds of one person. */
interface Person {
  readonly participant: string;
  readonly name: string;
  readonly tracks: readonly IsolatedTrack[];
}

/** What is made of their sounds, and where. */
interface SoundOrder {
  readonly person: Person;
  /** Path of the finished track. */
  readonly path: string;
  /** The film shows everybody as late as the program did, milliseconds. */
  readonly delayMs: number;
  readonly silenced: readonly SilencedSpan[];
  /** Is told the share that is done. */
  readonly onProgress: (share: number) => void;
}

/** One run of FFmpeg over all sounds of a person. */
interface SoundRun {
  readonly files: readonly string[];
  /** Their filter graph, whose result is `[out]`. */
  readonly filters: string;
  readonly output: string;
  readonly outputOptions: readonly FfmpegOption[];
  readonly onProgress: (share: number) => void;
  readonly onValue?: (key: string, value: string) => void;
}

/** More would make a film that hardly any player can list. */
const MAX_PEOPLE = 32;
/** Sound of all people together: for each hour of a track FFmpeg holds 17 MB until the film is written. */
const MAX_SOUND_SECONDS = 64 * 3600;
/** Tracks of one person, the longest ones: each is an input of FFmpeg. */
const MAX_TRACKS = 32;
/** FFmpeg codes a sound with one core. */
const AT_A_TIME = 2;
/** Share of the work: an hour of sound is measured in far less time than it takes to be encoded. */
const MEASURED = 0.3;
const MONO_RATE = '64k';
const STEREO_RATE = '96k';

/**
 * Few at a time, so that memory does not grow with the number of people; in the order they began. Somebody whose sound is
 * broken is left out. Rejects when the disk is full.
 */
export async function makePeopleSound(
  context: StepContext,
  onProgress: (share: number) => void,
): Promise<readonly PersonSound[]> {
  const delays = await readPlayoutDelays(context.sessionFolder);
  const silenced = await readSilenced(context.sessionFolder);
  const tracks = await listIsolatedTracks(context.sessionFolder);
  const people = peopleOf(
    tracks.filter(({ fromMs, toMs, participant }) => {
      const delayMs = delays.get(participant) ?? 0;
      return context.timeline.spans(fromMs + delayMs, toMs + delayMs).length > 0;
    }),
    context.timeline.seconds,
  );
  const shares = people.map(() => 0);
  const sounds: (PersonSound | undefined)[] = [];
  const waiting = people.entries();
  const makeNext = async (): Promise<void> => {
    // All take from the same iterator.
    for (const [position, person] of waiting) {
      const path = join(context.folder, `sound-${position}.m4a`);
      const order: SoundOrder = {
        person,
        path,
        delayMs: delays.get(person.participant) ?? 0,
        silenced: silenced.get(person.participant) ?? [],
        onProgress: (share) => {
          shares[position] = share;
          onProgress(shares.reduce((sum, each) => sum + each, 0) / shares.length);
        },
      };
      sounds[position] = await soundOrNone(order, context);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_A_TIME }, makeNext));
  // Only when none of them works any more may their folder go.
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  return sounds.filter((sound) => sound !== undefined);
}

/** Who sent sound, in the order they began; the newest name counts. @param seconds of the recording, as long as each of their sounds */
export function peopleOf(tracks: readonly IsolatedTrack[], seconds: number): Person[] {
  const most = Math.min(MAX_PEOPLE, Math.max(1, Math.floor(MAX_SOUND_SECONDS / seconds)));
  const sounds = Map.groupBy(
    tracks.filter(({ kind }) => kind === 'audio'),
    ({ participant }) => participant,
  );
  return [...sounds].slice(0, most).map(([participant, own]) => ({
    participant,
    name: own.at(-1)?.name ?? '',
    tracks: [...own].sort((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MAX_TRACKS),
  }));
}

async function soundOrNone(order: SoundOrder, context: StepContext): Promise<PersonSound | undefined> {
  try {
    return await makeSound(order, context);
  } catch (error) {
    // The work that ends, or a disk that is full, is no fault of theirs.
    if (context.signal.aborted || lacksSpace(error)) throw error;
    const { participant } = order.person;
    context.log.warn('the sound of a person is left out of the film', { participant, reason: messageOf(error) });
    return undefined;
  }
}

async function makeSound(order: SoundOrder, context: StepContext): Promise<PersonSound | undefined> {
  const { person, path, delayMs, silenced, onProgress } = order;
  const { sessionFolder: folder, timeline, signal } = context;
  const files: string[] = [];
  try {
    for (const [position, track] of person.tracks.entries()) {
      const output = `${path}.${position}.mkv`;
      files.push(output);
      if (!(await exportIsolatedTrack({ folder, track, timeline, output, delayMs, signal }))) files.pop();
    }
    if (files.length === 0) return undefined;
    const channels = person.tracks.every(({ source }) => source === 'mic') ? 1 : 2;
    const unheard = silenced.flatMap(({ fromMs, toMs }) => timeline.spans(fromMs, toMs));
    const mix = silent(alignedMix(files.length, channels), unheard);
    const loudness = await measure(files, mix, context, (share) => onProgress(share * MEASURED));
    const gain = gainFor(loudness);
    const rate = channels === 1 ? MONO_RATE : STEREO_RATE;
    await overSounds(context, {
      files,
      filters: levelled(mix, gain, timeline.seconds),
      output: path,
      outputOptions: [
        ['-c:a', 'aac'],
        ['-aac_coder', 'fast'],
        ['-b:a', rate],
        ['-f', 'mp4'],
      ],
      onProgress: (share) => onProgress(MEASURED + share * (1 - MEASURED)),
    });
    return { participant: person.participant, name: person.name, path, loudness, gain };
  } finally {
    for (const file of files) await rm(file, { force: true });
  }
}

/** Integrated loudness as EBU R 128 has it, LUFS; undefined when nothing is loud enough to be heard. */
async function measure(
  files: readonly string[],
  mix: string,
  context: StepContext,
  onProgress: (share: number) => void,
): Promise<number | undefined> {
  let loudness: number | undefined;
  await overSounds(context, {
    files,
    filters: measured(mix),
    output: join(context.folder, 'nothing'),
    outputOptions: [['-f', 'null']],
    onProgress,
    onValue: (key, value) => {
      if (key === 'lavfi.r128.I') loudness = Number(value);
    },
  });
  return loudness;
}

function overSounds({ ffmpegPath, clock, log, signal, timeline }: StepContext, run: SoundRun): Promise<void> {
  const { files, filters, output, outputOptions, onProgress, onValue } = run;
  const [input = '', ...more] = files;
  return runFfmpeg({
    ffmpegPath,
    input,
    inputOptions: [],
    moreInputs: more.map((path) => ({ path })),
    output,
    // Without it a file that begins late would be moved to the beginning.
    outputOptions: [['-copyts'], ['-filter_complex', filters], ['-map', '[out]'], ...outputOptions],
    label: 'sound',
    clock,
    log,
    signal,
    onProgress: (seconds) => onProgress(Math.min(1, seconds / timeline.seconds)),
    ...(onValue ? { onValue } : {}),
  });
}

function lengthOf({ fromMs, toMs }: IsolatedTrack): number {
  return toMs - fromMs;
}
