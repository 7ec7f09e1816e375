import { describe, expect, it } from 'vitest';
import { crown, level, mutedMicrophone } from '../../../src/mixer/icons.ts';
import type { Overlay } from '../../../src/mixer/overlay.ts';
import { type PlateContent, plateHeight, renderPlate } from '../../../src/mixer/plate.ts';

const FONT = 20;
const WIDE = 600;
/** A code point that will never have a picture: what is drawn for it is what every font draws for what it lacks. */
const MISSING = '\u{10fffe}';

function plate(content: PlateContent, maxWidth = WIDE): Overlay {
  return renderPlate(content, FONT, maxWidth);
}

function write(text: string, maxWidth = WIDE): Overlay {
  return plate({ texts: [text] }, maxWidth);
}

function bytes({ luma, u, v }: Overlay): string {
  return [luma.value, u.value, v.value].map((plane) => Buffer.from(plane).toString('base64')).join();
}

/** How far from grey the colours are, at most. */
function colour({ u, v }: Overlay): number {
  const distance = (plane: Overlay['u']): number =>
    Math.max(
      ...plane.value.map((value, index) => Math.abs(value - ((256 - (plane.keep[index] as number)) * 128) / 256)),
    );
  return Math.max(distance(u), distance(v));
}

/** First and last column with writing in it. */
function inkRange({ luma, width, height }: Overlay): [number, number] {
  const columns = Array.from({ length: width }, (_, x) =>
    Array.from({ length: height }, (_row, y) => luma.value[y * width + x] as number).some((value) => value > 150),
  );
  return [columns.indexOf(true), columns.lastIndexOf(true)];
}

describe('a plate', () => {
  it.each([
    ['Latin', 'Ü', 'é'],
    ['Cyrillic', 'Ж', 'щ'],
    ['Greek', 'Ω', 'ξ'],
    ['Arabic', 'ع', 'ش'],
    ['Hebrew', 'א', 'ש'],
    ['Han', '王', '漢'],
    ['Kana', 'か', 'サ'],
    ['Hangul', '한', '김'],
    ['Devanagari', 'आ', 'श'],
    ['Thai', 'ก', 'ส'],
    ['emoji', '😀', '🎥'],
  ])('writes %s, not the box of a missing letter', (_script, one, other) => {
    expect(bytes(write(MISSING))).toBe(bytes(write('\u{fffff}')));
    for (const letter of [one, other]) expect(bytes(write(letter))).not.toBe(bytes(write(MISSING)));
    expect(bytes(write(one))).not.toBe(bytes(write(other)));
  });

  it('writes emoji in their colours', () => {
    expect(colour(write('😀'))).toBeGreaterThan(40);
    expect(colour(write('Ana'))).toBeLessThan(8);
  });

  it('shapes scripts whose letters join', () => {
    const [joined, apart] = [inkRange(write('حسن')), inkRange(write('ح\u200cس\u200cن'))];
    expect(joined[1] - joined[0]).toBeLessThan(apart[1] - apart[0]);
  });

  it('ends a long right-to-left name at its left', () => {
    const cut = write('حال '.repeat(40), 160);
    const whole = write('حال حال حال', 160);
    expect(cut.width).toBeLessThanOrEqual(160);
    // Three low dots: nothing in the upper half where the line ends.
    const [first] = inkRange(cut);
    const upper = { ...cut, height: cut.height / 2 };
    expect(inkRange(upper)[0]).toBeGreaterThan(first + 12);
    expect(inkRange({ ...whole, height: whole.height / 2 })[0]).toBeLessThan(inkRange(whole)[0] + 12);
  });

  it('has its sign at the left of names of both directions', () => {
    for (const name of ['Ana Lee', 'ليلى حسن']) {
      const [bare, marked] = [write(name), plate({ icon: crown, texts: [name] })];
      const room = marked.width - bare.width;
      expect(room).toBeGreaterThan(FONT);
      // The text is the same, moved to the right by the sign.
      const textOf = (overlay: Overlay, from: number): number[] =>
        Array.from(
          { length: bare.width - 20 },
          (_, x) => overlay.luma.value[15 * overlay.width + from + x + 10] as number,
        );
      const shifts = [room - 1, room, room + 1].map((shift) => {
        const [a, b] = [textOf(bare, 0), textOf(marked, shift)];
        return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] as number)), 0) / a.length;
      });
      expect(Math.min(...shifts)).toBeLessThan(6);
      expect(colour(marked)).toBeGreaterThan(30);
    }
  });

  it('says the first text that fits, and cuts the last when none does', () => {
    const texts = ['Reconnecting 00:05', '00:05'];
    expect(bytes(plate({ texts }))).toBe(bytes(write('Reconnecting 00:05')));
    expect(bytes(plate({ texts }, 100))).toBe(bytes(write('00:05', 100)));
    expect(bytes(plate({ texts }, 60))).toBe(bytes(write('00:05', 60)));
    expect(bytes(write('00:05', 60))).not.toBe(bytes(write('00:05')));
  });

  it('is of even sides, never wider than it may be, and always as high', () => {
    for (const maxWidth of [2, 3, 10, 24, 31, 100, 301]) {
      for (const texts of [['W'.repeat(200)], ['漢'.repeat(10_000)], ['A'], ['']]) {
        for (const icon of [undefined, crown]) {
          const { width, height } = plate({ icon, texts }, maxWidth);
          expect(width).toBeLessThanOrEqual(Math.max(2, maxWidth));
          expect([width % 2, height]).toEqual([0, plateHeight(FONT)]);
        }
      }
    }
  });

  it.each([10, 13, 24])('shows marks apart from each other in letters of %i pixels', (size) => {
    const marks = [crown, mutedMicrophone, level].map((icon) => renderPlate({ icon }, size, 100));
    for (const mark of marks) {
      expect(mark.width).toBe(mark.height);
      expect(colour(mark)).toBeGreaterThan(20);
    }
    expect(new Set(marks.map(bytes)).size).toBe(3);
  });

  it('writes markup, filters and escapes as they are', () => {
    const hostile = "<b>%{localtime}':text=\\x;";
    for (let end = 1; end < hostile.length; end += 1) {
      expect(inkRange(write(hostile))[1]).toBeGreaterThan(inkRange(write(hostile.slice(0, end)))[1]);
    }
  });
});
