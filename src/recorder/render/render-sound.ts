/** The sound of a render: everybody wanted in one file, and by how much that is too quiet. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunContext, runForRender } from './ffmpeg-run.ts';
import type { RenderOrder } from './render-request.ts';
import { type SoundSource, soundGraph, soundInputOptions } from './sound-plan.ts';

/** What was mixed; nothing else of the folder is needed any more. */
export interface MixedSound {
  /** A path. */
  readonly file: string;
  /** What brings it to the usual loudness, decibels. */
  readonly gainDb: number;
}

/** Options of `mixSound`. */
export interface MixSoundOptions extends RunContext {
  readonly sources: readonly SoundSource[];
  readonly order: RenderOrder;
  /** Where a file of the archive lies. */
  readonly pathOf: (file: string) => string;
  /** Folder of the attempt. */
  readonly folder: string;
  readonly onProgress: (seconds: number) => void;
}

/** EBU R 128 calls it loudness; what is made for the web is usually so loud. */
const TARGET_LUFS = -16;
/** Whispering becomes speech, and noise does not become a storm. */
const GAIN_DB = { min: -24, max: 24 };
/** Linux takes 128 KiB. */
const MAX_ARGUMENT = 100_000;
const GRAPH_FILE = 'sound.graph';
const MAX_ALLOC_BYTES = 128 * 1024 * 1024;

/** @throws FfmpegError. */
export async function mixSound(options: MixSoundOptions): Promise<MixedSound> {
  const { sources, order, pathOf, folder } = options;
  const file = join(folder, 'sound.flac');
  const graph = `${soundGraph(sources, order)};[sound]ebur128=framelog=verbose[measured]`;
  const inputs = sources.flatMap((source) => [
    ...['-protocol_whitelist', 'file', '-format_whitelist', 'matroska,ogg,mov', '-codec_whitelist', 'opus,libopus'],
    ...[...soundInputOptions(source, order), '-i', `file:${pathOf(source.file)}`],
  ]);
  const said = await runForRender({
    ...options,
    label: 'render sound',
    args: [
      ...['-v', 'info', '-max_alloc', String(MAX_ALLOC_BYTES), '-copyts', ...inputs],
      ...(await graphArgs(graph, folder)),
      ...['-map', '[measured]', '-map_metadata', '-1'],
      ...[
        '-c:a',
        'flac',
        '-compression_level',
        '2',
        '-sample_fmt',
        's32',
        '-ar',
        '48000',
        '-f',
        'flac',
        `file:${file}`,
      ],
    ],
  });
  await rm(join(folder, GRAPH_FILE), { force: true });
  return { file, gainDb: gainFor(loudnessOf(said)) };
}

/** By a file where it is too long: a room of many people over many hours takes more than an argument may hold. */
async function graphArgs(graph: string, folder: string): Promise<string[]> {
  if (graph.length < MAX_ARGUMENT) return ['-filter_complex', graph];
  const file = join(folder, GRAPH_FILE);
  await writeFile(file, graph);
  return ['-filter_complex_script', file];
}

/** Filters that make `sound` as loud as it should be, without a peak that is cut. */
export function loudnessFilter({ gainDb }: MixedSound): string {
  return `volume=${gainDb.toFixed(2)}dB,alimiter=limit=0.84:attack=2:release=60:level=false`;
}

/** The gain in decibels; 0 for silence, which has no loudness. */
export function gainFor(lufs: number | undefined): number {
  if (lufs === undefined || lufs < -65) return 0;
  return Math.min(GAIN_DB.max, Math.max(GAIN_DB.min, TARGET_LUFS - lufs));
}

/** LUFS of the summary at the end of what FFmpeg said. */
export function loudnessOf(lines: readonly string[]): number | undefined {
  const line = lines.findLast((said) => /^\s*I:\s/.test(said));
  const value = Number(/I:\s*(-?[\d.]+) LUFS/.exec(line ?? '')?.[1] ?? 'none');
  return Number.isFinite(value) ? value : undefined;
}
