import { describe, expect, it } from 'vitest';
import { nullLogger } from '../../../src/logger.ts';
import { gridLayout } from '../../../src/layout/grid.ts';
import type { Cell } from '../../../src/layout/layout.ts';
import { type Picture, type YuvColor, createPicture, yuvOf } from '../../../src/mixer/picture.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import { type Tile, TileBoard } from '../../../src/mixer/tile-board.ts';
import { VideoSource } from '../../../src/mixer/video-source.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const WIDTH = 640;
const HEIGHT = 360;
const BACKGROUND = yuvOf(16, 18, 23).y;

/** A source that shows what it is told to, and never starts a process. */
class StillSource extends VideoSource {
  picture: Picture | undefined;
  silent = 0;

  constructor(picture?: Picture) {
    super({
      label: 'still',
      playout: new PlayoutClock(),
      spawn: () => {
        throw new Error('A still picture needs no decoder');
      },
      clock: new FakeClock(),
      log: nullLogger,
      maxPixels: 1,
      restart: { firstMs: 1, maxMs: 1, attempts: 1, forgetAfterMs: 1 },
      onKeyframeWanted: () => {},
      onRefused: () => {},
    });
    this.picture = picture;
  }

  override pictureAt(): Picture | undefined {
    return this.picture;
  }

  override silentMs(): number {
    return this.silent;
  }
}

function grey(y: number): YuvColor {
  return { y, u: 128, v: 128 };
}

function still(key: string, luma: number, size = { width: 64, height: 36 }): Tile & { source: StillSource } {
  return { key, name: key, source: new StillSource(createPicture(size.width, size.height, grey(luma))) };
}

class Board {
  readonly resized: Array<[string, number, number]> = [];
  readonly board = new TileBoard(WIDTH, HEIGHT, (tile, cell) => this.resized.push([tile.key, cell.width, cell.height]));
  readonly canvas = createPicture(WIDTH, HEIGHT);

  draw(canvas = this.canvas): void {
    this.board.draw(canvas, 0);
  }

  /** Luma right of and above a cell's middle, where no label is. */
  at(cell: Cell): number {
    return this.canvas.data[
      (cell.y + Math.floor(cell.height / 4)) * WIDTH + cell.x + Math.floor(cell.width * 0.75)
    ] as number;
  }

  /** The rows of a cell in which its label stands. */
  label(cell: Cell): string {
    const rows: string[] = [];
    for (let y = cell.y + cell.height - 40; y < cell.y + cell.height; y += 1) {
      rows.push(this.canvas.data.subarray(y * WIDTH + cell.x, y * WIDTH + cell.x + cell.width).toString('base64'));
    }
    return rows.join();
  }
}

describe('TileBoard', () => {
  it.each([1, 2, 3, 4, 7, 16])('draws %i tiles in order, each in its own cell', (count) => {
    const board = new Board();
    const tiles = Array.from({ length: count }, (_, index) => still(`tile ${index}`, 40 + index * 12));
    board.board.arrange(tiles);
    board.draw();
    const cells = gridLayout(count, WIDTH, HEIGHT);
    expect(cells.map((cell) => board.at(cell))).toEqual(tiles.map((_, index) => 40 + index * 12));
    expect(board.board.tiles).toBe(count);
  });

  it('draws a picture of the right size exactly, and any other stretched', () => {
    const board = new Board();
    const tiles = [still('fits', 90, { width: 320, height: 180 }), still('small', 120, { width: 16, height: 10 })];
    board.board.arrange(tiles);
    board.draw();
    expect(gridLayout(2, WIDTH, HEIGHT).map((cell) => board.at(cell))).toEqual([90, 120]);
  });

  it('does not show a seventeenth tile, nor ask its source for pictures, until somebody leaves', () => {
    const board = new Board();
    const tiles = Array.from({ length: 17 }, (_, index) => still(`tile ${index}`, 40 + index * 12));
    board.board.arrange(tiles);
    board.draw();
    expect(board.board.tiles).toBe(16);
    expect(board.resized.map(([key]) => key)).not.toContain('tile 16');
    board.board.arrange(tiles.slice(1));
    board.draw();
    expect(board.resized.map(([key]) => key)).toContain('tile 16');
    expect(
      gridLayout(16, WIDTH, HEIGHT)
        .map((cell) => board.at(cell))
        .at(-1),
    ).toBe(40 + 16 * 12);
  });

  it('tells a source its size when it changes, and only then', () => {
    const board = new Board();
    const [ana, ben, cleo] = [still('ana', 50), still('ben', 60), still('cleo', 70)];
    board.board.arrange([ana, ben]);
    expect(board.resized.splice(0)).toEqual([
      ['ana', 320, 180],
      ['ben', 320, 180],
    ]);
    // Two columns hold three and four as well; places change, sizes do not.
    board.board.arrange([ana, ben, cleo]);
    expect(board.resized.splice(0)).toEqual([['cleo', 320, 180]]);
    board.board.arrange([cleo, ben]);
    board.board.arrange([{ ...cleo, name: 'Cleo' }, ben]);
    expect(board.resized.splice(0)).toEqual([]);
    board.board.arrange([ben]);
    expect(board.resized).toEqual([['ben', WIDTH, HEIGHT]]);
  });

  it('leaves nothing of an old layout behind on any canvas', () => {
    const board = new Board();
    const other = createPicture(WIDTH, HEIGHT);
    board.board.arrange([still('ana', 200), still('ben', 200), still('cleo', 200), still('dan', 200)]);
    board.draw();
    board.draw(other);
    board.board.arrange([still('ana', 200), still('ben', 200), still('cleo', 200)]);
    for (const canvas of [board.canvas, other]) {
      board.draw(canvas);
      // Left of the third tile, which is centred now, stood a quarter of it before.
      expect(canvas.data[HEIGHT * 0.6 * WIDTH + 10]).toBe(BACKGROUND);
    }
  });

  it('is empty without tiles', () => {
    const board = new Board();
    board.board.arrange([]);
    board.draw();
    expect(new Set(board.canvas.data.subarray(0, WIDTH * HEIGHT))).toEqual(new Set([BACKGROUND]));
  });

  it('shows the avatar of somebody without a camera, and of a camera without a picture yet', () => {
    const board = new Board();
    const camera = still('Ben', 90);
    const picture = camera.source.picture;
    camera.source.picture = undefined;
    camera.source.silent = Number.POSITIVE_INFINITY;
    board.board.arrange([{ key: 'a', name: 'Ana', source: undefined }, camera]);
    board.draw();
    const [first, second] = gridLayout(2, WIDTH, HEIGHT) as [Cell, Cell];
    // Initials are white, and stand in the middle of a disc.
    for (const cell of [first, second]) {
      const middle = (cell.y + cell.height / 2) * WIDTH + cell.x;
      const row = board.canvas.data.subarray(middle, middle + cell.width);
      expect(Math.max(...row)).toBeGreaterThan(180);
      expect(new Set(row).size).toBeGreaterThan(4);
    }
    camera.source.picture = picture;
    camera.source.silent = 0;
    board.draw();
    expect(board.at(second)).toBe(90);
  });

  it('draws a new avatar for another name or size only', () => {
    const board = new Board();
    const person = (name: string): Tile => ({ key: 'a', name, source: undefined });
    // Without the label, which stands below.
    const upper = (): string => board.canvas.data.subarray(0, WIDTH * HEIGHT * 0.8).toString('base64');
    const drawn: string[] = [];
    for (const tiles of [[person('Ana')], [person('Ana')], [person('Zoë')], [person('Ana')]]) {
      board.board.arrange(tiles);
      board.draw();
      drawn.push(upper());
    }
    expect(drawn[1]).toBe(drawn[0]);
    expect(drawn[2]).not.toBe(drawn[0]);
    expect(drawn[3]).toBe(drawn[0]);
    board.board.arrange([person('Ana'), still('ben', 90)]);
    board.draw();
    board.board.arrange([person('Ana')]);
    board.draw();
    expect(upper()).toBe(drawn[0]);
  });

  it('says that a tile is reconnecting after a second without a picture, and for how long', () => {
    const board = new Board();
    const ana = still('Ana', 90);
    board.board.arrange([ana]);
    const [cell] = gridLayout(1, WIDTH, HEIGHT) as [Cell];
    const labelAfter = (silentMs: number): string => {
      ana.source.silent = silentMs;
      board.draw();
      return board.label(cell);
    };
    const live = labelAfter(0);
    expect(labelAfter(1000)).toBe(live);
    const frozen = labelAfter(1001);
    expect(frozen).not.toBe(live);
    expect(labelAfter(1999)).toBe(frozen);
    expect(labelAfter(2000)).not.toBe(frozen);
    expect(labelAfter(75_000)).not.toBe(frozen);
    expect(board.at(cell)).toBe(90);
    expect(labelAfter(0)).toBe(live);
  });

  it('draws a new name at once', () => {
    const board = new Board();
    const ana = still('ana', 90);
    board.board.arrange([ana]);
    board.draw();
    const [cell] = gridLayout(1, WIDTH, HEIGHT) as [Cell];
    const before = board.label(cell);
    board.board.arrange([{ ...ana, name: 'Anabel' }]);
    board.draw();
    expect(board.label(cell)).not.toBe(before);
  });

  it('keeps labels inside of the smallest tiles there are', () => {
    const board = new TileBoard(320, 180, () => {});
    const tiles = Array.from({ length: 16 }, (_, index) => ({ ...still(`${index}`, 90), name: 'W'.repeat(200) }));
    board.arrange(tiles);
    const canvas = createPicture(320, 180);
    board.draw(canvas, 0);
    for (const cell of gridLayout(16, 320, 180)) {
      for (let y = cell.y; y < cell.y + cell.height; y += 1) {
        expect(canvas.data[y * 320 + cell.x]).toBe(90);
        expect(canvas.data[y * 320 + cell.x + cell.width - 1]).toBe(90);
      }
    }
  });
});
