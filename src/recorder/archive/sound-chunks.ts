/** The mixed sound of a recording, minutes at a time, for what listens to all of it. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { fragment } from '../../media/fmp4-writer.ts';
import { readFragment } from '../../media/fmp4-reader.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import type { ArchivePiece, ArchivePlan } from './archive-plan.ts';
import { AudioTimeline, contiguousRuns, type PlacedSample } from './film-timeline.ts';
import type { LoadedInit } from '../session/init-files.ts';
import { PartSource } from './part-source.ts';

/** One file of it. */
export interface SoundChunk {
  /** An MP4 whose time 0 is `fromSeconds` of the recording. */
  readonly path: string;
  readonly fromSeconds: number;
}

/** What sound is taken from, and where files of it go. */
export interface SoundSource {
  readonly sessionFolder: string;
  readonly plan: ArchivePlan;
  readonly inits: ReadonlyMap<number, LoadedInit>;
  readonly framerate: number;
  /** Files of one name after the other are written here; whoever takes a chunk may delete its file. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Seconds of one chunk: what is decoded of it takes ten megabytes. */
const CHUNK_SECONDS = 600;

/** Chunks with any sound, in order. Each is whole on the disk when it is given. */
export async function* soundChunks(options: SoundSource): AsyncGenerator<SoundChunk> {
  const first = options.inits.values().next().value;
  if (!first) return;
  const { timescale } = first.info.audio;
  const timeline = new AudioTimeline(timescale / options.framerate);
  const source = new PartSource(options.sessionFolder);
  let chunk: ChunkWriter | undefined;
  try {
    for (const piece of options.plan.pieces) {
      for (const part of piece.parts) {
        options.signal.throwIfAborted();
        const samples = placed(await source.read(part), first, piece, timeline);
        const number = Math.floor((samples[0]?.time ?? 0) / timescale / CHUNK_SECONDS);
        if (samples.length === 0) continue;
        if (chunk && chunk.number !== number) yield await chunk.finish();
        if (chunk?.number !== number) chunk = await ChunkWriter.open(options.folder, number, first);
        await chunk.add(samples);
      }
    }
    if (chunk) yield await chunk.finish();
  } finally {
    await source.close();
    await chunk?.close();
  }
}

function placed(
  data: Uint8Array | undefined,
  init: LoadedInit,
  piece: ArchivePiece,
  timeline: AudioTimeline,
): PlacedSample[] {
  if (!data) return [];
  try {
    const track = readFragment(data).find(({ trackId }) => trackId === init.info.audio.id);
    return track ? timeline.place(track, piece, 0) : [];
  } catch (error) {
    // The film leaves a damaged part out, too.
    if (error instanceof MediaFormatError) return [];
    throw error;
  }
}

class ChunkWriter {
  readonly number: number;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #init: LoadedInit;
  #sequence = 0;
  #closed = false;

  private constructor(number: number, path: string, file: FileHandle, init: LoadedInit) {
    this.number = number;
    this.#path = path;
    this.#file = file;
    this.#init = init;
  }

  static async open(folder: string, number: number, init: LoadedInit): Promise<ChunkWriter> {
    const path = join(folder, `sound-${number}.mp4`);
    const file = await open(path, 'w');
    const writer = new ChunkWriter(number, path, file, init);
    try {
      await file.writeFile(init.data);
    } catch (error) {
      await writer.close();
      throw error;
    }
    return writer;
  }

  async add(samples: readonly PlacedSample[]): Promise<void> {
    const { id, timescale } = this.#init.info.audio;
    const start = this.number * CHUNK_SECONDS * timescale;
    for (const run of contiguousRuns(samples)) {
      this.#sequence += 1;
      const track = { trackId: id, baseDecodeTime: Math.round((run[0]?.time ?? start) - start), samples: run };
      await this.#file.writeFile(fragment(this.#sequence, [track]));
    }
  }

  async finish(): Promise<SoundChunk> {
    await this.close();
    return { path: this.#path, fromSeconds: this.number * CHUNK_SECONDS };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
  }
}
