import { describe, expect, it } from 'vitest';
import { ANNOTATION_LANGUAGES, type Annotation, annotationSchema } from '../../../src/layout/annotation.ts';
import type { Cell } from '../../../src/layout/layout.ts';
import { AnnotationKit } from '../../../src/mixer/annotation-kit.ts';
import { type Picture, copyPicture, createPicture, yuvOf } from '../../../src/mixer/picture.ts';
import { plateHeight } from '../../../src/mixer/plate.ts';
import { TileAnnotation } from '../../../src/mixer/tile-annotation.ts';
import type { TileLook } from '../../../src/mixer/tile-look.ts';
import { tileMetrics } from '../../../src/mixer/tile-metrics.ts';

const WIDTH = 800;
const HEIGHT = 460;
const CELL: Cell = { x: 80, y: 60, width: 640, height: 360 };
const SMALL: Cell = { x: 80, y: 60, width: 160, height: 90 };
const BELOW = 150;
const BORDER = yuvOf(64, 217, 178);
const NOON = Date.UTC(2026, 0, 31, 12, 34, 56, 789);
const NO_AVATAR = { width: 2, height: 2, data: new Uint8Array(16).fill(255) };

function look(change: Partial<TileLook> = {}): TileLook {
  return {
    name: 'Ana',
    host: false,
    muted: false,
    speaking: false,
    hand: false,
    floor: false,
    state: { kind: 'live' },
    captureWallMs: NOON,
    avatar: undefined,
    ...change,
  };
}

function annotation(change: Partial<Annotation> = {}): Annotation {
  return { ...annotationSchema.parse({}), ...change };
}

function canvas(): Picture {
  return createPicture(WIDTH, HEIGHT, { y: BELOW, u: 128, v: 128 });
}

interface Drawing {
  readonly cell?: Cell;
  readonly annotation?: Annotation;
  readonly nowMs?: number;
  readonly tile?: TileAnnotation;
}

/** A fresh tile drawn once, unless told otherwise. */
function drawn(of: TileLook, { cell = CELL, annotation: said = annotation(), nowMs = 0, tile }: Drawing = {}): Picture {
  const picture = canvas();
  (tile ?? new TileAnnotation()).draw(picture, cell, of, said, nowMs);
  return picture;
}

/** Bytes of the part of the cell between two heights, in shares of it; luma only. */
function part(picture: Picture, cell: Cell, from: number, to: number, left = 0, right = 1): string {
  const rows: string[] = [];
  for (let y = cell.y + Math.round(cell.height * from); y < cell.y + Math.round(cell.height * to); y += 1) {
    const start = y * WIDTH + cell.x;
    rows.push(
      picture.data
        .subarray(start + Math.round(cell.width * left), start + Math.round(cell.width * right))
        .toString('base64'),
    );
  }
  return rows.join();
}

const label = (picture: Picture, cell = CELL): string => part(picture, cell, 0.85, 1);
const middle = (picture: Picture, cell = CELL): string => part(picture, cell, 0.6, 0.8);

/** Samples of all planes that differ from the plain canvas and lie outside of the cell. */
function strays(picture: Picture, cell: Cell): number {
  const plain = canvas();
  let count = 0;
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      if (x >= cell.x && x < cell.x + cell.width && y >= cell.y && y < cell.y + cell.height) continue;
      const chroma = WIDTH * HEIGHT + (y >> 1) * (WIDTH >> 1) + (x >> 1);
      for (const at of [y * WIDTH + x, chroma, chroma + WIDTH * HEIGHT * 0.25]) {
        if (picture.data[at] !== plain.data[at]) count += 1;
      }
    }
  }
  return count;
}

const EVERYTHING = annotation({ captureTime: true });

describe('TileAnnotation', () => {
  it('writes the name at the lower edge, and another for another name', () => {
    const [ana, ben, nobody] = [drawn(look()), drawn(look({ name: 'Ben' })), drawn(look({ name: ' \n' }))];
    expect(new Set([ana, ben, nobody].map((picture) => label(picture))).size).toBe(3);
    expect(nobody.data.equals(canvas().data)).toBe(true);
    expect(part(ana, CELL, 0, 0.8)).toBe(part(canvas(), CELL, 0, 0.8));
  });

  it('draws neither names nor marks that are switched off', () => {
    const everybody = look({ host: true, muted: true });
    const off = annotation({ names: false, marks: false });
    expect(drawn(everybody, { annotation: off }).data.equals(canvas().data)).toBe(true);
    const marksOnly = drawn(everybody, { annotation: annotation({ names: false }) });
    expect(label(marksOnly)).not.toBe(label(canvas()));
    expect(label(marksOnly)).not.toBe(label(drawn(everybody)));
    expect(label(drawn(everybody, { annotation: annotation({ marks: false }) }))).toBe(
      label(drawn(look(), { annotation: annotation({ marks: false }) })),
    );
  });

  it.each([
    ['640x360', CELL],
    ['160x90', SMALL],
  ])('marks hosts, muted and speaking ones apart in a cell of %s', (_size, cell) => {
    const looks = [{}, { host: true }, { muted: true }, { speaking: true }].map(look);
    const labels = looks.map((each) => label(drawn(each, { cell }), { ...cell, height: cell.height }));
    expect(new Set(labels).size).toBe(4);
    // Whoever is muted does not speak.
    expect(
      drawn(look({ muted: true, speaking: true }), { cell }).data.equals(drawn(look({ muted: true }), { cell }).data),
    ).toBe(true);
  });

  it.each([
    ['640x360', CELL],
    ['160x90', SMALL],
  ])('marks a raised hand beside every other mark in a cell of %s', (_size, cell) => {
    const others: readonly Partial<TileLook>[] = [
      {},
      { host: true },
      { muted: true },
      { speaking: true },
      { host: true, muted: true },
    ];
    const [down, up] = [false, true].map((hand) =>
      others.map((other) => label(drawn(look({ ...other, hand }), { cell }), cell)),
    );
    expect(new Set([...(down ?? []), ...(up ?? [])]).size).toBe(10);
    // Without a name the hand is the first, and what stands behind it covers none of it.
    const { fontSize, margin, gap, labelTop } = tileMetrics(cell.width, cell.height);
    const handEnd = (margin + plateHeight(fontSize) + gap) / cell.width;
    const nameless = annotation({ names: false });
    const handOf = (other: Partial<TileLook>) =>
      part(
        drawn(look({ ...other, hand: true }), { cell, annotation: nameless }),
        cell,
        labelTop / cell.height,
        1,
        0,
        handEnd,
      );
    expect(handOf({ muted: true })).toBe(handOf({}));
    expect(handOf({ speaking: true })).toBe(handOf({}));
    const off = annotation({ marks: false });
    const [raised, lowered] = [true, false].map((hand) => drawn(look({ hand }), { cell, annotation: off }));
    expect(raised?.data.equals(lowered?.data ?? Buffer.alloc(0))).toBe(true);
  });

  it('shows a hand in the frame in which it goes up, whoever else has to be rendered then, and no longer than it is up', () => {
    const kit = new AnnotationKit();
    const [tile, other] = [new TileAnnotation(kit), new TileAnnotation(kit)];
    const [down, up] = [drawn(look(), { tile, nowMs: 1 }), drawn(look({ hand: true }))];
    drawn(look({ name: 'Ben' }), { tile: other, nowMs: 2 });
    expect(label(drawn(look({ hand: true }), { tile, nowMs: 2 }))).toBe(label(up));
    drawn(look({ name: 'Cleo' }), { tile: other, nowMs: 3 });
    expect(drawn(look(), { tile, nowMs: 3 }).data.equals(down.data)).toBe(true);
  });

  it('gives a long name less room while a hand is up, and leaves both within the tile', () => {
    const name = 'Maximiliane von Hohenstein-Brandenburg und zu Wittgenstein-Sayn';
    const tile = new TileAnnotation();
    const before = drawn(look({ name }), { tile, nowMs: 1, cell: SMALL });
    const up = drawn(look({ name, hand: true }), { tile, nowMs: 2, cell: SMALL });
    expect(label(up, SMALL)).toBe(label(drawn(look({ name, hand: true }), { cell: SMALL }), SMALL));
    const { margin, gap, labelTop, fontSize } = tileMetrics(SMALL.width, SMALL.height);
    const plate = plateHeight(fontSize);
    // What is left of the tile behind the hand is the room of the other mark.
    const free = part(up, SMALL, 0.8, 1, (SMALL.width - margin - plate - gap) / SMALL.width, 1);
    expect(free).toBe(part(canvas(), SMALL, 0.8, 1, (SMALL.width - margin - plate - gap) / SMALL.width, 1));
    expect(labelTop + plate).toBeLessThanOrEqual(SMALL.height);
    expect(drawn(look({ name }), { tile, nowMs: 3, cell: SMALL }).data.equals(before.data)).toBe(true);
  });

  it('does not move the name when a mark comes or goes', () => {
    const [silent, speaking] = [drawn(look()), drawn(look({ speaking: true }))];
    const nameWidth = 50 / CELL.width;
    expect(part(speaking, CELL, 0.85, 1, 0, nameWidth)).toBe(part(silent, CELL, 0.85, 1, 0, nameWidth));
  });

  it('puts a border of its colour inside of the cell of whoever holds the floor', () => {
    const picture = drawn(look({ floor: true }));
    const { border } = tileMetrics(CELL.width, CELL.height);
    expect(border).toBe(4);
    for (const x of [CELL.x, CELL.x + 3, CELL.x + CELL.width - 4, CELL.x + CELL.width - 1]) {
      const at = (CELL.y + 100) * WIDTH + x;
      const chroma = WIDTH * HEIGHT + ((CELL.y + 100) / 2) * (WIDTH / 2) + (x >> 1);
      const quarter = (WIDTH * HEIGHT) / 4;
      expect([picture.data[at], picture.data[chroma], picture.data[chroma + quarter]]).toEqual([
        BORDER.y,
        BORDER.u,
        BORDER.v,
      ]);
    }
    expect(picture.data[(CELL.y + 100) * WIDTH + CELL.x + 4]).toBe(BELOW);
    expect(strays(picture, CELL)).toBe(0);
    const off = drawn(look({ floor: true }), { annotation: annotation({ speakerBorder: false }) });
    expect(off.data.equals(drawn(look()).data)).toBe(true);
  });

  it('puts no border around the whole program', () => {
    const whole = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
    const [floor, none] = [drawn(look({ floor: true }), { cell: whole }), drawn(look(), { cell: whole })];
    expect(floor.data.equals(none.data)).toBe(true);
  });

  it.each(['paused', 'ended'] as const)('dims the picture of what is %s and says so', (kind) => {
    const picture = drawn(look({ state: { kind } }));
    expect(picture.data[(CELL.y + 20) * WIDTH + CELL.x + 20]).toBe(BELOW / 2 + 8);
    expect(middle(picture)).not.toBe(part(picture, CELL, 0.3, 0.5));
    expect(strays(picture, CELL)).toBe(0);
  });

  it('says each state in words of its own, and nothing while all is well', () => {
    const states = (['connecting', 'paused', 'ended'] as const).map((kind) => look({ state: { kind } }));
    const texts = [...states, look({ state: { kind: 'reconnecting', sinceMs: 0 } })].map((each) => middle(drawn(each)));
    expect(new Set(texts).size).toBe(4);
    for (const kind of ['live', 'camera-off'] as const) {
      expect(middle(drawn(look({ state: { kind } })))).toBe(middle(canvas()));
    }
  });

  it('says it in the language of the program, and in another as soon as that is chosen', () => {
    const tile = new TileAnnotation();
    const paused = look({ state: { kind: 'paused' } });
    const said = ANNOTATION_LANGUAGES.map((language) =>
      middle(drawn(paused, { annotation: annotation({ language }), tile })),
    );
    expect(new Set(said).size).toBe(ANNOTATION_LANGUAGES.length);
  });

  it('counts how long somebody has been reconnecting, once a second', () => {
    const tile = new TileAnnotation();
    const at = (nowMs: number): string =>
      middle(drawn(look({ state: { kind: 'reconnecting', sinceMs: 500 } }), { nowMs, tile }));
    const shown = [1500, 1533, 2499, 2500, 61_500].map(at);
    expect(shown[1]).toBe(shown[0]);
    expect(shown[2]).toBe(shown[0]);
    expect(new Set(shown).size).toBe(3);
    expect(middle(drawn(look(), { nowMs: 61_533, tile }))).toBe(middle(canvas()));
  });

  it('shows the time of capture in the zone of its program, and only when it is told to and knows it', () => {
    const kit = (minutes: number): TileAnnotation => new TileAnnotation(new AnnotationKit(() => minutes));
    const times = [
      drawn(look(), { annotation: EVERYTHING, tile: kit(0) }),
      drawn(look(), { annotation: EVERYTHING, tile: kit(330) }),
      drawn(look({ captureWallMs: NOON + 1 }), { annotation: EVERYTHING, tile: kit(0) }),
      drawn(look()),
    ];
    expect(new Set(times.map((picture) => label(picture))).size).toBe(4);
    for (const captureWallMs of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 8.65e15, -1e300]) {
      const unknown = drawn(look({ captureWallMs }), { annotation: EVERYTHING });
      expect(unknown.data.equals(drawn(look()).data)).toBe(true);
    }
    const captureText = (ms: number): string | undefined => new AnnotationKit(() => 120).captureText(ms);
    expect([captureText(NOON + 0.9), captureText(-1), captureText(8.64e15 - 1)]).toEqual([
      '14:34:56.789',
      '01:59:59.999',
      undefined,
    ]);
  });

  it('shows the same time after any others as a tile that never showed one', () => {
    const tile = new TileAnnotation();
    for (const ms of [0, 33, 67, 1000, 59_999, 3_600_000]) {
      const said = { annotation: EVERYTHING };
      const [used, fresh] = [
        drawn(look({ captureWallMs: NOON + ms }), { ...said, tile }),
        drawn(look({ captureWallMs: NOON + ms }), said),
      ];
      expect(used.data.equals(fresh.data)).toBe(true);
    }
  });

  it.each([
    { x: 0, y: 0, width: 16, height: 16 },
    { x: 100, y: 100, width: 2, height: 2 },
    { x: 100, y: 100, width: 56, height: 40 },
    { x: 100, y: 100, width: 80, height: 44 },
    { x: 100, y: 20, width: 90, height: 400 },
    { x: 20, y: 200, width: 700, height: 40 },
    { x: 640, y: 380, width: 160, height: 80 },
    { x: -60, y: -30, width: 160, height: 90 },
    { x: 740, y: 420, width: 160, height: 90 },
    { x: 0, y: 0, width: WIDTH, height: HEIGHT },
  ])('stays within the cell %j, whatever it has to say', (cell) => {
    for (const kind of ['live', 'paused', 'ended', 'connecting', 'camera-off'] as const) {
      const marks = { host: true, muted: true, hand: true, floor: true };
      const everything = look({ name: 'W'.repeat(200), ...marks, state: { kind } });
      expect(strays(drawn(everything, { cell, annotation: EVERYTHING }), cell)).toBe(0);
    }
    const counting = look({
      name: 'ليلى '.repeat(50),
      speaking: true,
      state: { kind: 'reconnecting', sinceMs: -1e12 },
    });
    expect(strays(drawn(counting, { cell, annotation: EVERYTHING }), cell)).toBe(0);
  });

  it('takes turns with the other tiles of its program: one renders in a frame, and nobody ever shows a wrong name', () => {
    const kit = new AnnotationKit();
    const tiles = ['Ana', 'Ben', 'Cleo', 'Dan'].map((name) => ({ name, tile: new TileAnnotation(kit) }));
    const frame = (nowMs: number, names = tiles.map(({ name }) => name)): string[] =>
      tiles.map(({ tile }, index) => label(drawn(look({ name: names[index] ?? '' }), { tile, nowMs })));
    const nothing = label(canvas());
    const right = tiles.map(({ name }) => label(drawn(look({ name }))));
    for (let index = 0; index < 4; index += 1) {
      expect(frame(index)).toEqual(right.map((each, at) => (at <= index ? each : nothing)));
    }
    const renamed = ['Ana 2', 'Ben 2', 'Cleo 2', 'Dan 2'];
    const rightAgain = renamed.map((name) => label(drawn(look({ name }))));
    for (let index = 0; index < 4; index += 1) {
      expect(frame(10 + index, renamed)).toEqual(rightAgain.map((each, at) => (at <= index ? each : nothing)));
    }
  });

  it('keeps the plate of the old size until it is its turn, because it says the same', () => {
    const kit = new AnnotationKit();
    const [tile, other] = [new TileAnnotation(kit), new TileAnnotation(kit)];
    drawn(look(), { tile, nowMs: 1 });
    drawn(look(), { tile: other, nowMs: 2 });
    expect(label(drawn(look(), { tile, nowMs: 2, cell: SMALL }), SMALL)).not.toBe(label(canvas(), SMALL));
    const settled = drawn(look(), { tile, nowMs: 3, cell: SMALL });
    expect(settled.data.equals(drawn(look(), { cell: SMALL }).data)).toBe(true);
  });
});

/** What a tile shows of somebody without a picture, in a cell that is a whole picture; the canvas held something else. */
function placeholder(tile: TileAnnotation, { width, height }: Pick<Cell, 'width' | 'height'>, of: TileLook): Picture {
  const picture = createPicture(width, height, { y: BELOW, u: 60, v: 200 });
  tile.drawPlaceholder(picture, { x: 0, y: 0, width, height }, of);
  return picture;
}

describe('a tile on its way to another size', () => {
  const off = look({ state: { kind: 'camera-off' } });

  it('renders nothing for the sizes between, and leaves its turns to the others', () => {
    const kit = new AnnotationKit();
    const [moving, other] = [new TileAnnotation(kit), new TileAnnotation(kit)];
    const ben = look({ name: 'Ben' });
    const labels = [0.25, 0.5, 0.75].map((share, nowMs) => {
      const cell = { ...CELL, width: CELL.width * share, height: CELL.height * share };
      moving.drawPlaceholder(canvas(), cell, off, CELL);
      moving.draw(canvas(), cell, off, annotation(), nowMs, CELL);
      return label(drawn(ben, { tile: other, nowMs }));
    });
    const [nothing, right] = [label(canvas()), label(drawn(ben))];
    expect(labels).toEqual([nothing, right, right]);
  });

  it('looks as it always would when it has arrived, without rendering anything again', () => {
    const kit = new AnnotationKit();
    const tile = new TileAnnotation(kit);
    const on = { ...CELL, width: 320, height: 180 };
    tile.drawPlaceholder(canvas(), on, off, CELL);
    tile.draw(canvas(), on, off, annotation(), 0, CELL);
    // Somebody else has the turn.
    kit.mayRender({}, 1);
    const picture = canvas();
    tile.draw(picture, CELL, off, annotation(), 1, CELL);
    expect(picture.data.equals(drawn(off).data)).toBe(true);
    expect(placeholder(tile, CELL, off).data.equals(placeholder(new TileAnnotation(), CELL, off).data)).toBe(true);
  });

  it('stays within its cell', () => {
    for (const share of [0.1, 0.3, 0.7]) {
      const even = (pixels: number): number => Math.round(pixels / 2) * 2;
      const cell = { ...CELL, width: even(CELL.width * share), height: even(CELL.height * share) };
      const tile = new TileAnnotation();
      const host = look({ host: true, hand: true, muted: true, state: { kind: 'connecting' } });
      const picture = canvas();
      tile.draw(picture, cell, host, EVERYTHING, 0, CELL);
      expect(strays(picture, cell)).toBe(0);
      const under = canvas();
      tile.drawPlaceholder(under, cell, host, CELL);
      expect(strays(under, cell)).toBe(0);
    }
  });
});

describe('the picture of somebody without one', () => {
  const off = look({ state: { kind: 'camera-off' } });
  const SIZE = { width: 320, height: 180 };

  function lumaAt({ data, width }: Picture, x: number, y: number): number {
    return data[y * width + x] as number;
  }

  it.each([
    [2, 2],
    [16, 16],
    [160, 90],
    [90, 300],
    [1280, 720],
  ])('fills %i x %i exactly', (width, height) => {
    const tile = new TileAnnotation();
    const cell = { x: 4, y: 6, width, height };
    const [larger, expected] = [0, 1].map(() => createPicture(width + 8, height + 12, { y: BELOW, u: 128, v: 128 }));
    tile.drawPlaceholder(larger as Picture, cell, off);
    // Whatever the cell held before is gone, and what is beside it is not.
    copyPicture(expected as Picture, placeholder(tile, { width, height }, off), cell.x, cell.y);
    expect(larger?.data.equals(expected?.data as Buffer)).toBe(true);
  });

  it('shows another name, and another image, at once', () => {
    const tile = new TileAnnotation();
    const first = placeholder(tile, SIZE, off);
    expect(placeholder(tile, SIZE, { ...off, speaking: true }).data.equals(first.data)).toBe(true);
    expect(placeholder(tile, SIZE, { ...off, name: 'Ben' }).data.equals(first.data)).toBe(false);
    expect(placeholder(tile, SIZE, off).data.equals(first.data)).toBe(true);
    expect(placeholder(tile, SIZE, { ...off, avatar: NO_AVATAR }).data.equals(first.data)).toBe(false);
  });

  it('shows an image in a circle, as wide as it is high, from its middle', () => {
    const wide = { width: 40, height: 20, data: new Uint8Array(40 * 20 * 4) };
    for (let pixel = 0; pixel < 800; pixel += 1) {
      const inner = pixel % 40 >= 10 && pixel % 40 < 30;
      wide.data.set(inner ? [255, 255, 255, 255] : [0, 0, 0, 255], pixel * 4);
    }
    const picture = placeholder(new TileAnnotation(), SIZE, { ...off, avatar: wide });
    const radius = tileMetrics(SIZE.width, SIZE.height).disc.diameter / 2;
    const background = lumaAt(picture, 2, 2);
    expect(lumaAt(picture, 160, 90)).toBeGreaterThan(225);
    expect(lumaAt(picture, 160 - radius + 6, 90)).toBeGreaterThan(200);
    // The corners of the square around the circle.
    expect(lumaAt(picture, 160 - radius + 4, 90 - radius + 4)).toBe(background);
    expect(lumaAt(picture, 160 + radius + 4, 90)).toBe(background);
  });

  it('makes room while something is said about its state', () => {
    const tile = new TileAnnotation();
    const connecting = placeholder(tile, SIZE, { ...off, state: { kind: 'connecting' } });
    const { stateTop } = tileMetrics(SIZE.width, SIZE.height);
    const row = connecting.data.subarray(stateTop * SIZE.width, (stateTop + 1) * SIZE.width);
    expect(new Set(row).size).toBe(1);
    expect(connecting.data.equals(placeholder(tile, SIZE, off).data)).toBe(false);
  });

  it('follows a new size in a frame or two, and is the same then as if it had always had that', () => {
    const tile = new TileAnnotation();
    placeholder(tile, { width: 640, height: 360 }, off);
    expect(placeholder(tile, SIZE, off).data.equals(placeholder(new TileAnnotation(), SIZE, off).data)).toBe(false);
    tile.draw(canvas(), { x: 0, y: 0, ...SIZE }, off, annotation(), 1);
    expect(placeholder(tile, SIZE, off).data.equals(placeholder(new TileAnnotation(), SIZE, off).data)).toBe(true);
  });
});

describe('the places in a tile', () => {
  it('never overlap, from the smallest readable cell to the largest', () => {
    for (let height = 40; height <= 2160; height += 22) {
      for (const width of [56, Math.round(height * 0.6), Math.round((height * 16) / 9), 3840]) {
        const { fontSize, labelTop, stateTop, margin, disc } = tileMetrics(width, height);
        const plate = plateHeight(fontSize);
        expect(labelTop + plate + margin).toBeLessThanOrEqual(height);
        expect(stateTop + plate).toBeLessThanOrEqual(labelTop);
        expect(disc.raisedTop + disc.raisedDiameter).toBeLessThanOrEqual(Math.max(2, stateTop));
        expect(disc.top + disc.diameter).toBeLessThanOrEqual(height);
        for (const value of [margin, labelTop, stateTop, disc.top, disc.diameter, disc.raisedTop]) {
          expect(value % 2).toBe(0);
        }
      }
    }
  });
});
