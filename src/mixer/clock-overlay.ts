/** The wall clock burnt into the program: date, time with milliseconds, UTC offset. */
import type { WallTime } from '../media/timestamp.ts';
import { GlyphLine } from './glyph-line.ts';
import type { Picture } from './picture.ts';
import { renderGlyphs } from './glyphs.ts';

const ALPHABET = '0123456789-:.+ ';

/** `2026-01-31 23:59:59.999 +00:00` of a moment, in the given offset from UTC (minutes, east positive). */
export function clockText(time: WallTime, offsetMinutes: number): string {
  // Floored: a clock must not show a millisecond that has not begun.
  const shifted = new Date(Math.floor(time) + offsetMinutes * 60_000).toISOString();
  const sign = offsetMinutes < 0 ? '-' : '+';
  const minutes = Math.abs(offsetMinutes);
  const pad = (value: number): string => String(value).padStart(2, '0');
  const offset = `${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 23)} ${offset}`;
}

/** The text has always so many characters. */
const CHARACTERS = clockText(0 as WallTime, 0).length;
/** The plate has half a character more at either end. */
const PLATE_CHARACTERS = CHARACTERS + 1;
const MIN_FONT = 12;
/** Width of a character of the clock's fonts, in font sizes. */
const GLYPH_ASPECT = 0.61;

/** The letters of a clock for a program of this size, pixels: a 36th of its height, or less where that would not fit. */
export function clockFontSize(width: number, height: number): number {
  // Two pixels of each character are for rounding up to even; the program keeps a margin of eight at either side.
  const fitting = ((width - 16) / PLATE_CHARACTERS - 2) / GLYPH_ASPECT;
  return Math.max(MIN_FONT, Math.round(Math.min(height / 36, Math.floor(fitting))));
}

/** A plate whose characters are replaced only where they changed; opaque, so drawing it is copying rows. */
export class ClockOverlay {
  readonly #line: GlyphLine;
  readonly #offsetMinutes: (time: WallTime) => number;

  /**
   * @param fontSize pixels.
   * @param offsetMinutes the zone's offset from UTC at a moment, minutes.
   */
  constructor(fontSize: number, offsetMinutes: (time: WallTime) => number) {
    this.#offsetMinutes = offsetMinutes;
    this.#line = new GlyphLine(renderGlyphs(ALPHABET, fontSize), CHARACTERS);
  }

  /** What `update` was last told to show. */
  get picture(): Picture {
    return this.#line.picture;
  }

  /** Makes `picture` show `time`. */
  update(time: WallTime): void {
    this.#line.show(clockText(time, this.#offsetMinutes(time)));
  }
}
