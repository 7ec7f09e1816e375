/** What a program should look like, painted apart from the mixer, and how a decoded picture differs from it. Pure. */
import type { Cell, Region } from '../../src/layout/layout.ts';
import { AVATAR_BACKGROUND } from '../../src/mixer/avatar.ts';
import { BLACK, type Picture, type YuvColor, createPicture, fillCell } from '../../src/mixer/picture.ts';
import { tileMetrics } from '../../src/mixer/tile-metrics.ts';
import { BAND } from './palette.ts';
import { BAND_SHARE, type Size } from './pattern.ts';

/** What should stand in a region. */
export interface ExpectedTile {
  readonly region: Region;
  /** A pattern of this colour that is sent in this size; none: an avatar, or initials. */
  readonly sent?: { readonly colour: YuvColor; readonly size: Size } | undefined;
  /** Half as bright. */
  readonly dimmed?: boolean;
  /** Something is said about its state. */
  readonly state?: boolean;
  /** Nobody knows: it is on its way from one to the other. */
  readonly unknown?: boolean;
}

/** A whole program. Whatever it does not say is not drawn: no border, no title, no logo. */
export interface ExpectedProgram extends Size {
  readonly background: YuvColor;
  /** In drawing order. */
  readonly tiles: readonly ExpectedTile[];
  /** Names and marks stand on the tiles. */
  readonly labels: boolean;
  /** Something stands there that is not looked at, for example "+2 more" or the clock. */
  readonly covered: readonly Cell[];
}

/** A painted one: `mask` is 1 for each luma sample that is looked at. */
export interface PaintedProgram {
  readonly picture: Picture;
  readonly mask: Uint8Array;
}

/** How far a picture is from what it should be. */
export interface Difference {
  readonly looked: number;
  readonly wrong: number;
  /** The first wrong sample and its colour. */
  readonly first?: { readonly x: number; readonly y: number; readonly is: YuvColor; readonly should: YuvColor };
}

/** Encoders and scalers smear so many pixels at either side of an edge. */
const EDGE = 4;
/** What an encoder may change of a plain colour. */
const TOLERANCE = 12;
/** An enlarged picture has wider edges: so many pixels of it, chroma having half as many. */
const SMEARED = 2.5;

/** Paints it. Sides are even. */
export function paintProgram({ width, height, background, tiles, labels, covered }: ExpectedProgram): PaintedProgram {
  const picture = createPicture(width, height, background);
  const mask = new Uint8Array(width * height).fill(1);
  for (const tile of tiles) {
    const { region } = tile;
    const plain = (cell: Cell, colour: YuvColor, smear = EDGE): void => {
      fillCell(picture, cell, tile.dimmed === true ? dimmed(colour) : colour);
      look(mask, width, cell, 1);
      for (const edge of edgesOf(cell, smear)) look(mask, width, edge, 0);
    };
    if (tile.unknown === true) look(mask, width, region, 0);
    else if (tile.sent) paintPattern(plain, region, tile.sent);
    else {
      plain(region, AVATAR_BACKGROUND);
      look(mask, width, discOf(tile), 0);
    }
    for (const cell of annotated(tile, labels)) look(mask, width, cell, 0);
  }
  for (const cell of covered) look(mask, width, grown(cell), 0);
  return { picture, mask };
}

/** Compares every second luma sample of every second row, with its chroma. */
export function differenceTo({ picture: should, mask }: PaintedProgram, is: Picture): Difference {
  const { width, height } = should;
  if (is.width !== width || is.height !== height) throw new RangeError('The pictures differ in size');
  let [looked, wrong] = [0, 0];
  let first: Difference['first'];
  const [u, v] = [width * height, (width * height * 5) / 4];
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const at = y * width + x;
      if (mask[at] !== 1) continue;
      looked += 1;
      const chroma = (at - x) / 4 + x / 2;
      if (near(should, is, at) && near(should, is, u + chroma) && near(should, is, v + chroma)) continue;
      wrong += 1;
      const colour = ({ data }: Picture): YuvColor => ({
        y: data[at] as number,
        u: data[u + chroma] as number,
        v: data[v + chroma] as number,
      });
      first ??= { x, y, is: colour(is), should: colour(should) };
    }
  }
  return { looked, wrong, ...(first && { first }) };
}

/** Whether so few samples are wrong that they are noise: one of five hundred. */
export function matches({ looked, wrong }: Difference): boolean {
  return wrong * 500 <= looked;
}

/** The difference in words. */
export function describe({ looked, wrong, first }: Difference): string {
  if (!first) return 'as expected';
  const text = ({ y, u, v }: YuvColor): string => `${y}/${u}/${v}`;
  const where = `${text(first.is)} instead of ${text(first.should)} at ${first.x},${first.y}`;
  return `${((wrong * 100) / looked).toFixed(1)} % of the picture is wrong, first ${where}`;
}

function near({ data: a }: Picture, { data: b }: Picture, at: number): boolean {
  return Math.abs((a[at] as number) - (b[at] as number)) <= TOLERANCE;
}

/** Where the whole picture stands inside of a cell, or which part of the picture the cell shows. */
function paintPattern(
  plain: (cell: Cell, colour: YuvColor, smear?: number) => void,
  region: Region,
  { colour, size }: { readonly colour: YuvColor; readonly size: Size },
): void {
  const contain = region.fit === 'contain';
  const scale = (contain ? Math.min : Math.max)(region.width / size.width, region.height / size.height);
  const shown = { width: size.width * scale, height: size.height * scale };
  const left = region.x + (region.width - shown.width) / 2;
  const top = region.y + (region.height - shown.height) / 2;
  const part = (x: number, y: number, width: number, height: number): Cell => {
    const [x0, y0] = [even(Math.max(region.x, x)), even(Math.max(region.y, y))];
    const right = even(Math.min(region.x + region.width, x + width));
    const bottom = even(Math.min(region.y + region.height, y + height));
    return { x: x0, y: y0, width: Math.max(0, right - x0), height: Math.max(0, bottom - y0) };
  };
  const smear = Math.max(EDGE, even(SMEARED * scale) + 2);
  plain(region, BLACK);
  plain(part(left, top, shown.width, shown.height), colour);
  plain(part(left, top, shown.width * BAND_SHARE, shown.height), BAND, smear);
  plain(part(left, top, shown.width, shown.height * BAND_SHARE), BAND, smear);
}

/** What `dimCell` makes of a colour. */
function dimmed({ y, u, v }: YuvColor): YuvColor {
  return { y: (y >> 1) + 8, u: (u >> 1) + 64, v: (v >> 1) + 64 };
}

/** The parts of a tile with something written on them: names below, the state where it belongs. */
function annotated({ region, state }: ExpectedTile, labels: boolean): readonly Cell[] {
  const { x, y, width, height } = region;
  const { readable, labelTop, stateTop, fontSize } = tileMetrics(width, height);
  const covered: Cell[] = [];
  const band = (from: number, to: number): void => {
    const [top, bottom] = [Math.max(0, from), Math.min(height, to)];
    covered.push({ x, y: y + top, width, height: Math.max(0, bottom - top) });
  };
  if (labels && readable) band(labelTop - EDGE, height);
  if (state === true && readable) band(stateTop - EDGE, stateTop + 2 * fontSize + EDGE);
  return covered;
}

/** The square around an avatar. */
function discOf({ region, state }: ExpectedTile): Cell {
  const { disc } = tileMetrics(region.width, region.height);
  const [side, top] = state === true ? [disc.raisedDiameter, disc.raisedTop] : [disc.diameter, disc.top];
  const x = region.x + even((region.width - side) / 2);
  return grown({ x, y: region.y + top, width: side, height: side });
}

/** The four edges of a cell, so many pixels at either side. */
function edgesOf({ x, y, width, height }: Cell, smear: number): readonly Cell[] {
  const [left, top, wide, high] = [x - smear, y - smear, width + 2 * smear, height + 2 * smear];
  return [
    { x: left, y: top, width: wide, height: 2 * smear },
    { x: left, y: top + height, width: wide, height: 2 * smear },
    { x: left, y: top, width: 2 * smear, height: high },
    { x: left + width, y: top, width: 2 * smear, height: high },
  ];
}

function grown({ x, y, width, height }: Cell): Cell {
  return { x: x - EDGE, y: y - EDGE, width: width + 2 * EDGE, height: height + 2 * EDGE };
}

function look(mask: Uint8Array, stride: number, cell: Cell, value: 0 | 1): void {
  const [left, right] = [Math.max(0, cell.x), Math.min(stride, cell.x + cell.width)];
  const bottom = Math.min(mask.length / stride, cell.y + cell.height);
  for (let y = Math.max(0, cell.y); y < bottom && right > left; y += 1) {
    mask.fill(value, y * stride + left, y * stride + right);
  }
}

function even(pixels: number): number {
  return 2 * Math.round(pixels / 2);
}
