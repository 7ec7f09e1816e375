/** A line of pre-rendered characters that changes many times a second: nothing is rendered, only changed characters are copied. */
import { type Picture, copyPicture, createPicture, yuvOf } from './picture.ts';

const PLATE = yuvOf(12, 14, 18);

/** An opaque plate; drawing it is copying rows. */
export class GlyphLine {
  readonly picture: Picture;
  readonly #glyphs: ReadonlyMap<string, Picture>;
  readonly #glyphWidth: number;
  #shown = '';

  /**
   * @param glyphs pictures of one size, one for each character that can be shown.
   * @param length characters of every text; the plate has half a one more at either end.
   */
  constructor(glyphs: ReadonlyMap<string, Picture>, length: number) {
    this.#glyphs = glyphs;
    const [glyph] = glyphs.values();
    if (!glyph) throw new RangeError('A line needs at least one character to show');
    this.#glyphWidth = glyph.width;
    this.picture = createPicture(glyph.width * (length + 1), glyph.height, PLATE);
  }

  /** Makes `picture` show `text`; characters without a picture leave what stood there. */
  show(text: string): void {
    if (text === this.#shown) return;
    const left = (this.#glyphWidth >> 2) << 1;
    for (let index = 0; index < text.length; index += 1) {
      const character = text.charAt(index);
      if (character === this.#shown.charAt(index)) continue;
      const glyph = this.#glyphs.get(character);
      if (glyph) copyPicture(this.picture, glyph, left + index * this.#glyphWidth, 0);
    }
    this.#shown = text;
  }
}
