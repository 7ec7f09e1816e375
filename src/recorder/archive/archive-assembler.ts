/** Writes the pieces of an archive into one fragmented MP4 with one continuous timeline; nothing is re-encoded. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Logger } from '../../logger.ts';
import { type FragmentTrack, fragment } from '../../media/fmp4-writer.ts';
import { readFragment } from '../../media/fmp4-reader.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import { withParameterSets } from '../../media/parameter-sets.ts';
import type { ArchivePiece, ArchivePlan } from './archive-plan.ts';
import { AudioTimeline, contiguousRuns, leadFrames, type PlacedSample, VideoTimeline } from './film-timeline.ts';
import { loadInits } from '../session/init-files.ts';
import type { InitInfo } from '../session/init-info.ts';
import { PartSource } from './part-source.ts';
import type { PartEntry } from '../session/session-index.ts';
import type { Slate } from './slates.ts';

/** What was written. */
export interface Assembly {
  /** Seconds before the archive's start that only serve decoding. */
  readonly leadSeconds: number;
  /** Coded pictures in the file, those before the start included. */
  readonly pictures: number;
  /** How long the last picture is shown, seconds; undefined where each stands for one frame. */
  readonly lastPictureSeconds?: number;
  /** Units of sound in the file. */
  readonly soundUnits: number;
  /** Parts on disk that could not be read. */
  readonly damagedParts: number;
}

/** Options of `assembleArchive`. */
export interface AssembleOptions {
  /** Folder of the session. */
  readonly folder: string;
  readonly plan: ArchivePlan;
  /** What stands before a piece, by its position in the plan. */
  readonly slates?: ReadonlyMap<number, Slate>;
  readonly framerate: number;
  readonly output: string;
  readonly log: Logger;
  readonly signal?: AbortSignal;
  /** 0–1. */
  readonly onProgress: (progress: number) => void;
}

/**
 * Reads part after part, so that memory does not grow with the length. A damaged part is left out with what depends on it.
 * @throws MediaFormatError when an init segment is missing or malformed, or no part can be read.
 */
export async function assembleArchive(options: AssembleOptions): Promise<Assembly> {
  const { folder, plan, signal, slates } = options;
  const inits = await loadInits(folder, plan);
  const first = inits.values().next().value;
  if (!first) throw new MediaFormatError('The archive has no init segment');
  const source = new PartSource(folder);
  const file = await open(options.output, 'w');
  const changing = inits.size > 1 || (slates?.size ?? 0) > 0;
  const writer = new ArchiveWriter(file, options, first.info, changing);
  try {
    await file.writeFile(first.data);
    const total = plan.pieces.reduce((sum, piece) => sum + piece.parts.length, 0);
    let done = 0;
    for (const [position, piece] of plan.pieces.entries()) {
      const slate = slates?.get(position);
      if (slate) await writer.addSlate(slate, piece);
      for (const part of piece.parts) {
        signal?.throwIfAborted();
        await writer.add(part, await source.read(part), piece, (inits.get(part.init) ?? first).info);
        done += 1;
        options.onProgress(done / total);
      }
    }
    return writer.result();
  } finally {
    await source.close();
    await file.close();
  }
}

class ArchiveWriter {
  readonly #file: FileHandle;
  readonly #log: Logger;
  readonly #lead: number;
  readonly #framerate: number;
  readonly #timescale: number;
  readonly #video: VideoTimeline;
  readonly #audio: AudioTimeline;
  readonly #trackIds: { readonly video: number; readonly audio: number };
  /** Key frames carry their parameter sets, for those of the file's head hold for a part of it only. */
  readonly #inBand: boolean;
  #sequence = 0;
  #pictures = 0;
  #lastPictureTicks = 0;
  #lengthsDiffer = false;
  #soundUnits = 0;
  #damagedParts = 0;
  #waitForKeyframe = false;

  constructor(file: FileHandle, options: AssembleOptions, info: InitInfo, inBand: boolean) {
    this.#file = file;
    this.#log = options.log;
    this.#framerate = options.framerate;
    this.#lead = leadFrames(options.plan.pieces);
    this.#timescale = info.video.timescale;
    this.#video = new VideoTimeline(info.video.timescale / options.framerate);
    this.#audio = new AudioTimeline(info.audio.timescale / options.framerate);
    this.#trackIds = { video: info.video.id, audio: info.audio.id };
    this.#inBand = inBand;
  }

  async add(part: PartEntry, data: Uint8Array | undefined, piece: ArchivePiece, info: InitInfo): Promise<void> {
    const tracks = data && this.#parse(data, part);
    if (!tracks) {
      this.#damagedParts += 1;
      this.#waitForKeyframe = true;
      return;
    }
    if (this.#waitForKeyframe && !part.independent) return;
    this.#waitForKeyframe = false;
    await this.#place(tracks, piece, info);
  }

  /** What stands before `piece`. */
  addSlate(slate: Slate, piece: ArchivePiece): Promise<void> {
    const { frames, video, audio, info } = slate;
    const place = { from: 0, to: frames, outputFrame: piece.outputFrame - frames, parts: [] };
    return this.#place([video, audio], place, info);
  }

  async #place(tracks: readonly FragmentTrack[], piece: ArchivePiece, info: InitInfo): Promise<void> {
    const video = tracks.find((track) => track.trackId === this.#trackIds.video);
    const audio = tracks.find((track) => track.trackId === this.#trackIds.audio);
    const pictures = video ? this.#video.place(video, piece, this.#lead) : [];
    const sound = audio ? this.#audio.place(audio, piece, this.#lead) : [];
    this.#pictures += pictures.length;
    this.#lastPictureTicks = pictures.at(-1)?.duration ?? this.#lastPictureTicks;
    this.#lengthsDiffer ||=
      video?.samples.some(({ duration }) => duration > this.#timescale / this.#framerate) ?? false;
    this.#soundUnits += sound.length;
    await this.#write(
      pictures.map((sample) => (this.#inBand && sample.keyframe ? decodable(sample, info) : sample)),
      sound,
    );
  }

  result(): Assembly {
    if (this.#pictures === 0) throw new MediaFormatError('No part of the recording can be read');
    return {
      leadSeconds: this.#lead / this.#framerate,
      pictures: this.#pictures,
      ...(this.#lengthsDiffer && { lastPictureSeconds: this.#lastPictureTicks / this.#timescale }),
      soundUnits: this.#soundUnits,
      damagedParts: this.#damagedParts,
    };
  }

  #parse(data: Uint8Array, part: PartEntry): readonly FragmentTrack[] | undefined {
    try {
      return readFragment(data);
    } catch (error) {
      if (!(error instanceof MediaFormatError)) throw error;
      this.#log.warn('a damaged part is left out of the archive', { segment: part.segment, index: part.index });
      return undefined;
    }
  }

  async #write(video: readonly PlacedSample[], audio: readonly PlacedSample[]): Promise<void> {
    const videoRuns = contiguousRuns(video);
    const audioRuns = contiguousRuns(audio);
    // A track has one start time in a fragment, so each run beyond the first gets a fragment of its own.
    for (let index = 0; index < Math.max(videoRuns.length, audioRuns.length); index += 1) {
      const tracks = [
        fragmentTrack(this.#trackIds.video, videoRuns[index]),
        fragmentTrack(this.#trackIds.audio, audioRuns[index]),
      ].filter((track) => track !== undefined);
      this.#sequence += 1;
      await this.#file.writeFile(fragment(this.#sequence, tracks));
    }
  }
}

function fragmentTrack(trackId: number, samples: readonly PlacedSample[] | undefined): FragmentTrack | undefined {
  const first = samples?.[0];
  return first && samples ? { trackId, baseDecodeTime: first.time, samples } : undefined;
}

function decodable(sample: PlacedSample, { video }: InitInfo): PlacedSample {
  return { ...sample, data: withParameterSets(sample.data, video.parameterSets) };
}
