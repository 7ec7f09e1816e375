/** A film of a few key frames, a second each: what makes still pictures out of it decodes nothing else. */
import { open } from 'node:fs/promises';
import { fragment } from '../../media/fmp4-writer.ts';
import { readFragment } from '../../media/fmp4-reader.ts';
import { MediaFormatError } from '../../media/media-format-error.ts';
import { withParameterSets } from '../../media/parameter-sets.ts';
import type { LoadedInit } from '../session/init-files.ts';
import type { PartSource } from './part-source.ts';
import type { PartEntry } from '../session/session-index.ts';

/** What to write. */
export interface KeyFrameFilm {
  readonly source: PartSource;
  readonly inits: ReadonlyMap<number, LoadedInit>;
  /** Each begins with a key frame. */
  readonly parts: readonly PartEntry[];
  readonly output: string;
  readonly signal: AbortSignal;
}

/**
 * Writes as many pictures as there are parts; where one cannot be read, the nearest one stands in its place.
 * @throws MediaFormatError when none can be read.
 */
export async function writeKeyFrames(options: KeyFrameFilm): Promise<void> {
  const { inits, parts, signal, source } = options;
  const pictures: (KeyFrame | undefined)[] = [];
  let before: { readonly part: PartEntry; readonly picture: KeyFrame | undefined } | undefined;
  for (const part of parts) {
    signal.throwIfAborted();
    const same = before?.part === part ? before.picture : undefined;
    const picture = same ?? (await readKeyFrame(part, source, inits));
    before = { part, picture };
    pictures.push(picture);
  }
  const first = pictures.find((picture) => picture !== undefined);
  if (!first) throw new MediaFormatError('No picture of the recording can be read');
  const file = await open(options.output, 'w');
  try {
    await file.writeFile(first.init.data);
    let shown = first;
    for (const [index, picture] of pictures.entries()) {
      shown = picture ?? shown;
      const { id, timescale } = first.init.info.video;
      const sample = { data: shown.data, duration: timescale, keyframe: true };
      const track = { trackId: id, baseDecodeTime: index * timescale, samples: [sample] };
      await file.writeFile(fragment(index + 1, [track]));
    }
  } finally {
    await file.close();
  }
}

interface KeyFrame {
  readonly init: LoadedInit;
  /** With its parameter sets, for those of the film's head are another generation's. */
  readonly data: Uint8Array;
}

async function readKeyFrame(
  part: PartEntry,
  source: PartSource,
  inits: ReadonlyMap<number, LoadedInit>,
): Promise<KeyFrame | undefined> {
  const init = inits.get(part.init);
  const data = init && (await source.read(part));
  if (!data) return undefined;
  try {
    const sample = readFragment(data).find(({ trackId }) => trackId === init.info.video.id)?.samples[0];
    return sample?.keyframe ? { init, data: withParameterSets(sample.data, init.info.video.parameterSets) } : undefined;
  } catch (error) {
    if (error instanceof MediaFormatError) return undefined;
    throw error;
  }
}
