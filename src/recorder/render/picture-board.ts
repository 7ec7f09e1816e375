/** The decoders of a render: one for each picture on show, of exactly its tile's size. */
import type { Region } from '../../layout/layout.ts';
import type { RenderSpan } from './render-plan.ts';
import { type TimedPicture, TrackPictures, type TrackPicturesOptions } from './track-pictures.ts';

interface Entry {
  /** File and form. */
  readonly of: string;
  readonly pictures: TrackPictures;
}

/** What all decoders have in common. */
export type PictureBoardOptions = Pick<TrackPicturesOptions, 'spawn' | 'maxPixels' | 'clock' | 'log'> & {
  /** Where a file of the archive lies. */
  readonly pathOf: (file: string) => string;
};

/** One for a render; `close` returns when every process is gone. */
export class PictureBoard {
  readonly #options: PictureBoardOptions;
  /** By tile. */
  readonly #entries = new Map<string, Entry>();
  readonly #ending = new Set<Promise<void>>();

  constructor(options: PictureBoardOptions) {
    this.#options = options;
  }

  /** Starts what the span shows and ends what it does not. */
  show({ tiles, arrangement, from, pause }: RenderSpan): void {
    const regions = new Map(arrangement.regions.map((region) => [region.key, region]));
    for (const [key, entry] of this.#entries) {
      const tile = pause ? undefined : tiles.get(key);
      const region = regions.get(key);
      if (tile?.file === undefined || !region || entry.of !== formOf(tile.file, region)) this.#retire(key, entry);
    }
    if (pause) return;
    for (const [key, { file, delay }] of tiles) {
      const region = regions.get(key);
      if (file === undefined || !region || this.#entries.has(key)) continue;
      const { pathOf, ...common } = this.#options;
      const { width, height, fit } = region;
      const start = Math.max(0, from - delay);
      const pictures = new TrackPictures({ ...common, file: pathOf(file), width, height, fit, from: start });
      this.#entries.set(key, { of: formOf(file, region), pictures });
    }
  }

  /** What each tile shows at `at` seconds of the recording; tiles without a picture are left out. */
  async at(at: number, { tiles }: RenderSpan): Promise<ReadonlyMap<string, TimedPicture>> {
    const found = new Map<string, TimedPicture>();
    await Promise.all(
      [...this.#entries].map(async ([key, { pictures }]) => {
        const picture = await pictures.at(at - (tiles.get(key)?.delay ?? 0));
        if (picture) found.set(key, picture);
      }),
    );
    return found;
  }

  async close(): Promise<void> {
    for (const [key, entry] of this.#entries) this.#retire(key, entry);
    await Promise.all(this.#ending);
  }

  #retire(key: string, { pictures }: Entry): void {
    this.#entries.delete(key);
    const ending = pictures.close().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}

function formOf(file: string, { width, height, fit }: Region): string {
  return `${file} ${width}x${height} ${fit}`;
}
