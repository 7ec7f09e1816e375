import { describe, expect, it } from 'vitest';
import { ANNOTATION_LANGUAGES, type Annotation, annotationSchema } from '../../../src/layout/annotation.ts';
import { wallTime } from '../../../src/media/timestamp.ts';
import { ClockOverlay, clockFontSize } from '../../../src/mixer/clock-overlay.ts';
import { type Picture, createPicture, yuvOf } from '../../../src/mixer/picture.ts';
import { ProgramAnnotation } from '../../../src/mixer/program-annotation.ts';
import type { RgbaImage } from '../../../src/mixer/still-image.ts';
import { readTimeStrip } from '../../../src/mixer/time-strip.ts';

const WIDTH = 1280;
const HEIGHT = 720;
const BELOW = 150;
const NOON = wallTime(Date.UTC(2026, 0, 31, 12));
/** Frames after which everything is there. */
const SETTLED = 40;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function annotation(change: Partial<Annotation> = {}): Annotation {
  return { ...annotationSchema.parse({ clock: false }), ...change };
}

function program(title: string, said: Annotation, width = WIDTH, height = HEIGHT): ProgramAnnotation {
  const made = new ProgramAnnotation({ width, height, offsetMinutes: () => 60 });
  made.set(title, said);
  return made;
}

function canvas(width = WIDTH, height = HEIGHT): Picture {
  return createPicture(width, height, { y: BELOW, u: 128, v: 128 });
}

type More = { readonly count: number; readonly cell: { x: number; y: number; width: number; height: number } };

/** A fresh canvas drawn over until everything is there. */
function settled(made: ProgramAnnotation, width = WIDTH, height = HEIGHT, more?: More): Picture {
  for (let frame = 0; frame < SETTLED; frame += 1) made.draw(canvas(width, height), frame, NOON, more);
  const picture = canvas(width, height);
  made.draw(picture, SETTLED, NOON, more);
  return picture;
}

/** The smallest box around all that was drawn. */
function drawnBox({ data, width, height }: Picture): Box | undefined {
  let box: Box | undefined;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (data[y * width + x] === BELOW) continue;
      box = {
        left: Math.min(box?.left ?? x, x),
        top: Math.min(box?.top ?? y, y),
        right: Math.max(box?.right ?? x, x),
        bottom: y,
      };
    }
  }
  return box;
}

function solid(width: number, height: number, color: readonly [number, number, number, number]): RgbaImage {
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set(color, at);
  return { width, height, data };
}

function colorAt({ data, width, height }: Picture, x: number, y: number): number[] {
  const chroma = width * height + (y >> 1) * (width >> 1) + (x >> 1);
  return [data[y * width + x], data[chroma], data[chroma + ((width * height) >> 2)]] as number[];
}

describe('ProgramAnnotation', () => {
  it('draws nothing that is not ordered', () => {
    expect(drawnBox(settled(program('Standup', annotation())))).toBeUndefined();
    const said = annotation({ title: true });
    expect(drawnBox(settled(program(' ', said)))).toBeUndefined();
  });

  it('shows the clock at the right upper corner', () => {
    const picture = settled(program('Standup', annotation({ clock: true })));
    const clock = new ClockOverlay(clockFontSize(WIDTH, HEIGHT), () => 60);
    clock.update(NOON);
    const { width, height, data } = clock.picture;
    for (let row = 0; row < height; row += 1) {
      const start = (8 + row) * WIDTH + WIDTH - 8 - width;
      expect(picture.data.subarray(start, start + width).equals(data.subarray(row * width, (row + 1) * width))).toBe(
        true,
      );
    }
    expect(drawnBox(picture)).toMatchObject({ top: 8, right: WIDTH - 9 });
  });

  it('shows the title at the left upper corner, beside the clock or below it where the program is narrow', () => {
    const title = { title: true };
    const box = drawnBox(settled(program('Standup', annotation(title))));
    expect(box).toMatchObject({ left: 8, top: 8 });
    expect(box?.right).toBeLessThan(200);
    const long = 'A very long title of a room '.repeat(20);
    const clock = new ClockOverlay(clockFontSize(WIDTH, HEIGHT), () => 60).picture;
    const alone = settled(program(long, annotation({ ...title, clock: true })));
    // Between the two nothing is drawn.
    expect(colorAt(alone, WIDTH - 8 - clock.width - 4, 20)[0]).toBe(BELOW);
    const narrow = new ClockOverlay(clockFontSize(360, 640), () => 60).picture;
    const below = settled(program('Standup', annotation({ ...title, clock: true }), 360, 640), 360, 640);
    expect(colorAt(below, 20, 8 + narrow.height + 8 + 4)[0]).not.toBe(BELOW);
    expect(colorAt(below, 20, 8 + narrow.height + 4)[0]).toBe(BELOW);
  });

  it('shows a lower third with one line or two, inside of the program, in any script', () => {
    const boxes = [
      { title: 'Ana Lee', text: '' },
      { title: 'Ana Lee', text: 'Host' },
      { title: 'ليلى حسن', text: '王小明 😀' },
      { title: 'W'.repeat(80), text: 'W'.repeat(120) },
    ].map((lowerThird) => drawnBox(settled(program('', annotation({ lowerThird })))) as Box);
    for (const box of boxes) {
      expect(box.left).toBeGreaterThan(20);
      expect(box.right).toBeLessThan(WIDTH * 0.7);
      expect(box.top).toBeGreaterThan(HEIGHT / 2);
      expect(box.bottom).toBeLessThan(HEIGHT - 20);
    }
    expect((boxes[1] as Box).top).toBeLessThan((boxes[0] as Box).top);
  });

  it.each([
    ['top-left', { left: 16, top: 16 }],
    ['top-right', { right: WIDTH - 17, top: 16 }],
    ['bottom-left', { left: 16, bottom: HEIGHT - 17 }],
    ['bottom-right', { right: WIDTH - 17, bottom: HEIGHT - 17 }],
  ] as const)('puts the logo into the corner %s, in the ordered height, colour and opacity', (corner, place) => {
    const made = program('', annotation({ logo: { corner, height: 0.1, opacity: 0.5 } }));
    made.setImage('logo', solid(300, 100, [255, 0, 0, 255]));
    const picture = settled(made);
    const box = drawnBox(picture) as Box;
    expect(box).toMatchObject(place);
    expect([box.right - box.left + 1, box.bottom - box.top + 1]).toEqual([216, 72]);
    const red = yuvOf(255, 0, 0);
    const actual = colorAt(picture, (box.left + box.right) >> 1, (box.top + box.bottom) >> 1);
    const expected = [(red.y + BELOW) / 2, (red.u + 128) / 2, (red.v + 128) / 2];
    actual.forEach((value, plane) => expect(Math.abs(value - (expected[plane] as number))).toBeLessThanOrEqual(2));
    made.setImage('logo', undefined);
    expect(drawnBox(settled(made))).toBeUndefined();
  });

  it('keeps a logo apart from the clock and the title above it, and from the lower third beside it', () => {
    const clock = new ClockOverlay(clockFontSize(WIDTH, HEIGHT), () => 60).picture;
    const white = solid(200, 100, [255, 255, 255, 255]);
    const logo = { height: 0.1, opacity: 1 } as const;
    const right = program('', annotation({ clock: true, logo: { ...logo, corner: 'top-right' } }));
    right.setImage('logo', white);
    const below = settled(right);
    expect(colorAt(below, WIDTH - 30, 8 + clock.height + 4)[0]).toBe(BELOW);
    expect(colorAt(below, WIDTH - 30, 8 + clock.height + 12)[0]).toBeGreaterThan(230);
    const lowerThird = { title: 'Ana Lee', text: 'Host' };
    const left = program('', annotation({ lowerThird, logo: { ...logo, corner: 'bottom-left' } }));
    left.setImage('logo', white);
    const beside = settled(left);
    expect(colorAt(beside, 16 + 140, HEIGHT - 60)[0]).toBeGreaterThan(230);
    expect(colorAt(beside, 16 + 144 + 4, 620)[0]).toBe(BELOW);
  });

  it('never makes a logo wider than half of the program', () => {
    const made = program('', annotation());
    made.setImage('logo', solid(2000, 10, [255, 255, 255, 255]));
    const box = drawnBox(settled(made)) as Box;
    expect(box.right - box.left + 1).toBeLessThanOrEqual(WIDTH / 2);
  });

  it('says how many more there are inside of the cell it is given', () => {
    const cell = { x: 1000, y: 600, width: 120, height: 40 };
    const made = program('', annotation());
    const [seven, eight] = [7, 8].map((count) => settled(made, WIDTH, HEIGHT, { count, cell }));
    for (const picture of [seven as Picture, eight as Picture]) {
      const box = drawnBox(picture) as Box;
      expect(box.left).toBeGreaterThanOrEqual(1000);
      expect(box.right).toBeLessThan(1120);
      expect(box.top).toBeGreaterThanOrEqual(600);
      expect(box.bottom).toBeLessThan(640);
    }
    expect(seven?.data.equals(eight?.data as Buffer)).toBe(false);
    expect(
      drawnBox(settled(made, WIDTH, HEIGHT, { count: 400, cell: { x: 8, y: 8, width: 10, height: 6 } }))?.right,
    ).toBeLessThan(18);
    expect(drawnBox(settled(made))).toBeUndefined();
  });

  it('says it in the language of the program, and in another once that is chosen', () => {
    const more = { count: 7, cell: { x: 900, y: 600, width: 240, height: 40 } };
    const made = program('', annotation());
    const said = ANNOTATION_LANGUAGES.map((language) => {
      made.set('', annotation({ language }));
      return settled(made, WIDTH, HEIGHT, more).data.toString('base64');
    });
    expect(new Set(said).size).toBe(ANNOTATION_LANGUAGES.length);
  });

  it('renders one thing in a frame, and does not show what is out of date meanwhile', () => {
    const made = program('Standup', annotation({ title: true, lowerThird: { title: 'Ana', text: '' } }));
    const first = canvas();
    made.draw(first, 0, NOON, undefined);
    expect(drawnBox(first)?.bottom).toBeLessThan(60);
    const second = canvas();
    made.draw(second, 1, NOON, undefined);
    expect(drawnBox(second)?.bottom).toBeGreaterThan(600);
    made.set('Retro', annotation({ title: true, lowerThird: { title: 'Ben', text: '' } }));
    const third = canvas();
    made.draw(third, 2, NOON, undefined);
    expect(drawnBox(third)?.bottom).toBeLessThan(60);
  });

  it('draws a time strip that can be read, above everything else', () => {
    const made = program('Standup', annotation({ timeStrip: true, clock: true, title: true }), 640, 360);
    const picture = settled(made, 640, 360);
    expect(readTimeStrip(picture.data.subarray(0, 640 * 360), 640)).toEqual({ frame: SETTLED, wallMs: NOON });
  });

  it('fits the smallest and oddest programs', () => {
    const everything = annotation({
      clock: true,
      title: true,
      timeStrip: true,
      lowerThird: { title: 'W'.repeat(80), text: 'W'.repeat(120) },
      logo: { corner: 'top-left', height: 0.5, opacity: 1 },
    });
    for (const [width, height] of [
      [320, 180],
      [320, 1088],
      [1920, 180],
      [180, 320],
    ] as const) {
      const made = program('W'.repeat(200), everything, width, height);
      made.setImage('logo', solid(10, 10, [255, 255, 255, 255]));
      const picture = settled(made, width, height);
      expect(picture.data).toHaveLength(width * height * 1.5);
      made.slate(picture, 'empty');
      made.draw(picture, 0, NOON, { count: 3, cell: { x: 0, y: 0, width: 2, height: 2 } });
    }
  });
});

describe('the background', () => {
  it('is the ordered colour, and counts when it becomes another', () => {
    const made = program('', annotation({ background: '#ff0000' }));
    const before = made.backgroundRevision;
    const picture = canvas();
    made.background(picture);
    expect(picture.data.equals(createPicture(WIDTH, HEIGHT, yuvOf(255, 0, 0)).data)).toBe(true);
    made.set('Other title', annotation({ background: '#ff0000' }));
    expect(made.backgroundRevision).toBe(before);
    made.set('', annotation({ background: '#0000ff' }));
    expect(made.backgroundRevision).toBeGreaterThan(before);
    made.background(picture);
    expect(colorAt(picture, 5, 5)).toEqual(Object.values(yuvOf(0, 0, 255)));
  });

  it('is the middle of an image, covering everything, a few frames after it came; the old one stands until then', () => {
    const made = program('', annotation({ background: '#000000' }));
    // Green, with red bars at the left and right that are cut away.
    const image = solid(2000, 720, [0, 255, 0, 255]);
    for (let pixel = 0; pixel < 2000 * 720; pixel += 1) {
      const x = pixel % 2000;
      if (x < 350 || x >= 1650) image.data.set([255, 0, 0, 255], pixel * 4);
    }
    const before = made.backgroundRevision;
    made.setImage('background', image);
    const picture = canvas();
    made.background(picture);
    expect(colorAt(picture, 640, 360)).toEqual([16, 128, 128]);
    let frames = 0;
    for (; made.backgroundRevision === before && frames < 60; frames += 1) made.draw(canvas(), frames, NOON, undefined);
    expect(frames).toBeGreaterThan(5);
    expect(frames).toBeLessThan(60);
    made.background(picture);
    expect(picture.data.equals(createPicture(WIDTH, HEIGHT, yuvOf(0, 255, 0)).data)).toBe(true);
    made.setImage('background', undefined);
    made.background(picture);
    expect(colorAt(picture, 640, 360)).toEqual([16, 128, 128]);
  });

  it('shows its colour where the image is transparent, and follows a change of that colour', () => {
    const made = program('', annotation({ background: '#ffffff' }), 64, 36);
    made.setImage('background', solid(3, 3, [0, 0, 0, 0]));
    const picture = settled(made, 64, 36);
    made.background(picture);
    expect(colorAt(picture, 30, 20)).toEqual([235, 128, 128]);
    made.set('', annotation({ background: '#ff0000' }));
    settled(made, 64, 36);
    made.background(picture);
    expect(colorAt(picture, 30, 20)).toEqual(Object.values(yuvOf(255, 0, 0)));
  });
});

describe('a slate', () => {
  it('has a sentence of its own for each reason, and the title', () => {
    const made = program('Standup', annotation());
    const kinds = ['empty', 'ended', 'sound-only'] as const;
    const pictures = kinds.map((kind) => {
      const picture = canvas();
      made.slate(picture, kind);
      return picture.data.toString('base64');
    });
    made.set('Retro', annotation());
    const other = canvas();
    made.slate(other, 'empty');
    expect(new Set([...pictures, other.data.toString('base64')]).size).toBe(4);
  });

  it('speaks the language of the program', () => {
    const made = program('Standup', annotation(), 640, 360);
    const said = ANNOTATION_LANGUAGES.flatMap((language) =>
      (['empty', 'ended', 'sound-only'] as const).map((kind) => {
        made.set('Standup', annotation({ language }));
        const picture = canvas(640, 360);
        made.slate(picture, kind);
        return picture.data.toString('base64');
      }),
    );
    expect(new Set(said).size).toBe(3 * ANNOTATION_LANGUAGES.length);
  });

  it('covers the whole picture with the background and has the clock on top, and the title once', () => {
    const made = program('Standup', annotation({ clock: true, title: true, background: '#ff0000' }));
    settled(made);
    const picture = canvas();
    made.slate(picture, 'empty');
    const red = Object.values(yuvOf(255, 0, 0));
    for (const [x, y] of [
      [0, 0],
      [1279, 719],
      [640, 600],
    ] as const)
      expect(colorAt(picture, x, y)).toEqual(red);
    made.draw(picture, 1, NOON, undefined);
    expect(colorAt(picture, WIDTH - 20, 10)).not.toEqual(red);
    expect(colorAt(picture, 12, 20)).toEqual(red);
    const tiles = canvas();
    made.draw(tiles, 2, NOON, undefined);
    expect(colorAt(tiles, 12, 20)[0]).not.toBe(BELOW);
  });

  it('dims an image behind its words', () => {
    const made = program('Standup', annotation());
    made.setImage('background', solid(64, 36, [255, 255, 255, 255]));
    settled(made);
    const picture = canvas();
    made.slate(picture, 'empty');
    expect(colorAt(picture, 5, 5)).toEqual([235 / 2 + 8 - 0.5, 128, 128]);
  });
});
