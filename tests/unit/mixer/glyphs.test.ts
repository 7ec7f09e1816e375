import { describe, expect, it } from 'vitest';
import type { Overlay } from '../../../src/mixer/overlay.ts';
import type { Picture } from '../../../src/mixer/picture.ts';
import { renderPlate } from '../../../src/mixer/plate.ts';
import { renderGlyphs } from '../../../src/mixer/glyphs.ts';

const FONT = 20;
const WIDE = 600;

/** Pixels that are nearly white: the writing. */
function inkOf({ luma }: Overlay): number {
  return luma.value.filter((value, index) => luma.keep[index] === 0 && value > 180).length;
}

/** Columns from `from` to `to` that have any writing. */
function hasInk({ luma, width, height }: Overlay, from: number, to: number): boolean {
  for (let y = 0; y < height; y += 1) {
    for (let x = from; x < to; x += 1) if ((luma.value[y * width + x] as number) > 150) return true;
  }
  return false;
}

function sameImage(a: Overlay, b: Overlay): boolean {
  return a.width === b.width && Buffer.from(a.luma.value).equals(Buffer.from(b.luma.value));
}

function renderLabel(text: string, fontSize: number, maxWidth: number): Overlay {
  return renderPlate({ texts: [text] }, fontSize, maxWidth);
}

describe('a plate with a name', () => {
  it.each([
    ['Latin', 'Ana Müller'],
    ['Arabic', 'ليلى حسن'],
    ['Hebrew', 'נועה לוי'],
    ['Han', '王小明'],
    ['Hangul', '김민준'],
    ['Devanagari', 'आरव शर्मा'],
    ['Cyrillic', 'Ольга'],
    ['emoji', '👩‍👩‍👧‍👦 🎥'],
    ['combining marks', 'Ẑ̛̋a̾l̷g̶o̵'],
  ])('writes %s on a plate with even sides', (_script, name) => {
    const label = renderLabel(name, FONT, WIDE);
    expect([label.width % 2, label.height % 2]).toEqual([0, 0]);
    expect(label.width).toBeLessThanOrEqual(WIDE);
    expect(new Set(label.luma.value).size).toBeGreaterThan(10);
    expect(sameImage(label, renderLabel('', FONT, WIDE))).toBe(false);
  });

  it('grows with the name up to the width there is', () => {
    const [short, long] = [renderLabel('Al', FONT, WIDE), renderLabel('Alexandria', FONT, WIDE)];
    expect(short.width).toBeLessThan(long.width);
    expect(renderLabel('x'.repeat(500), FONT, 300).width).toBeLessThanOrEqual(300);
  });

  it.each([24, 25, 31, 60, 101, 300])('fits a long name into %i pixels and ends it with an ellipsis', (maxWidth) => {
    const label = renderLabel('W'.repeat(300), FONT, maxWidth);
    expect(label.width).toBeLessThanOrEqual(maxWidth);
    expect(label.width % 2).toBe(0);
    if (maxWidth < 100) return;
    // Three dots stand low: the place before the padding has writing below the middle and none above.
    const [left, right] = [label.width - FONT / 2 - 12, label.width - FONT / 2];
    const half = label.height / 2;
    const upper = { ...label, height: half };
    expect(hasInk(label, left, right)).toBe(true);
    expect(hasInk(upper, left + 2, right)).toBe(false);
  });

  it('cuts between whole characters, never within one', () => {
    const family = '👩‍👩‍👧‍👦';
    const cut = renderLabel(family.repeat(20), FONT, 120);
    const fits = [0, 1, 2, 3, 4, 5].some((count) => sameImage(cut, renderLabel(`${family.repeat(count)}…`, FONT, 120)));
    expect(fits).toBe(true);
  });

  it('takes control characters and line breaks as one space', () => {
    const plain = renderLabel('Ana Lee', FONT, WIDE);
    expect(sameImage(renderLabel('Ana\r\n\u0000\u001b\u2028Lee\n', FONT, WIDE), plain)).toBe(true);
    expect(sameImage(renderLabel('\tAna\u0085Lee', FONT, WIDE), plain)).toBe(true);
  });

  it('does not let a name turn the direction of what follows it', () => {
    const plain = renderLabel('Ana · reconnecting 00:05', FONT, WIDE);
    for (const mark of ['\u202e', '\u2067', '\u202b']) {
      expect(sameImage(renderLabel(`Ana${mark} · reconnecting 00:05`, FONT, WIDE), plain)).toBe(true);
    }
  });

  it('makes an empty plate of an empty name', () => {
    const label = renderLabel('', FONT, WIDE);
    expect(label.width).toBeGreaterThan(0);
    expect(inkOf(label)).toBe(0);
  });

  it('survives halves of characters and ten thousand of them', () => {
    expect(renderLabel('\ud83d', FONT, WIDE).width).toBeGreaterThan(0);
    expect(renderLabel('\udc00\ud800', FONT, WIDE).width).toBeLessThanOrEqual(WIDE);
    expect(renderLabel('漢'.repeat(10_000), FONT, 200).width).toBeLessThanOrEqual(200);
  });

  it('writes markup and drawing commands as they are', () => {
    const label = renderLabel("<b>%{localtime}':text=x", FONT, WIDE);
    expect(label.width).toBeGreaterThan(renderLabel('<b>%', FONT, WIDE).width);
  });
});

describe('renderGlyphs', () => {
  it('draws each character once, all of one even size, each different', () => {
    const glyphs = renderGlyphs('0123456789-:.+ ', FONT);
    expect(glyphs.size).toBe(15);
    const { width, height } = glyphs.get('0') as Picture;
    expect([width % 2, height % 2]).toEqual([0, 0]);
    const images = new Set([...glyphs.values()].map((glyph) => glyph.data.toString('base64')));
    expect(images.size).toBe(15);
    for (const glyph of glyphs.values()) expect([glyph.width, glyph.height]).toEqual([width, height]);
  });
});
