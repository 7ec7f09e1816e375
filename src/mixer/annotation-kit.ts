/** What the tiles of one program share: pre-rendered marks and digits, the time zone, and the turns in which they render. */
import type { WallTime } from '../media/timestamp.ts';
import { GlyphLine } from './glyph-line.ts';
import { hand, level, mutedMicrophone } from './icons.ts';
import type { Overlay } from './overlay.ts';
import type { Picture } from './picture.ts';
import { renderPlate } from './plate.ts';
import { renderGlyphs } from './glyphs.ts';

/** Marks that come and go beside a name. */
export type Mark = 'muted' | 'speaking' | 'hand';

/** Sizes of letters that are kept: all there are. */
const MAX_SIZES = 24;
const CAPTURE_ALPHABET = '0123456789:.';
const CAPTURE_CHARACTERS = '00:00:00.000'.length;
const MARK_ICONS = { muted: mutedMicrophone, speaking: level, hand };
/** The last moment that a date can have, milliseconds since 1970. */
const LAST_DATE_MS = 8.64e15;

/** One for all tiles of a program; one of its own does for a single tile. */
export class AnnotationKit {
  readonly #offsetMinutes: (time: WallTime) => number;
  readonly #marks = new Map<string, Overlay>();
  readonly #glyphs = new Map<number, ReadonlyMap<string, Picture>>();
  #turnMs = Number.NaN;
  #turnOf: object | undefined;

  /** @param offsetMinutes the zone's offset from UTC at a moment, minutes. */
  constructor(offsetMinutes: (time: WallTime) => number = () => 0) {
    this.#offsetMinutes = offsetMinutes;
  }

  /** Whether `tile` may render in the frame of `nowMs`: one tile a frame, because a text can take milliseconds. */
  mayRender(tile: object, nowMs: number): boolean {
    if (nowMs !== this.#turnMs) {
      this.#turnMs = nowMs;
      this.#turnOf = tile;
    }
    return this.#turnOf === tile;
  }

  /** A mark on a plate of its own. */
  mark(mark: Mark, fontSize: number): Overlay {
    return remembered(this.#marks, `${mark} ${fontSize}`, 3 * MAX_SIZES, () =>
      renderPlate({ icon: MARK_ICONS[mark] }, fontSize, fontSize * 2),
    );
  }

  /** An empty line for `captureText`. */
  captureLine(fontSize: number): GlyphLine {
    const glyphs = remembered(this.#glyphs, fontSize, MAX_SIZES, () => renderGlyphs(CAPTURE_ALPHABET, fontSize));
    return new GlyphLine(glyphs, CAPTURE_CHARACTERS);
  }

  /** `HH:MM:SS.mmm` of a moment in the zone; undefined when it is none that a clock could show. */
  captureText(wallMs: number): string | undefined {
    const local = Math.floor(wallMs) + this.#offsetMinutes(wallMs as WallTime) * 60_000;
    return Math.abs(local) < LAST_DATE_MS ? new Date(local).toISOString().slice(-13, -1) : undefined;
  }
}

/** The value of `key`, made when it is missing; the oldest of more than `limit` is forgotten. */
function remembered<K, V>(cache: Map<K, V>, key: K, limit: number, make: () => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = make();
  cache.set(key, value);
  const [oldest] = cache.keys();
  if (cache.size > limit && oldest !== undefined) cache.delete(oldest);
  return value;
}
