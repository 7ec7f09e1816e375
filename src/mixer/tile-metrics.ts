/** Positions and sizes of a tile's annotation, by the size of its cell. Pure; all numbers are even pixels from the cell's corner. */
import { even, plateHeight } from './plate.ts';

/** Places within one cell. */
export interface TileMetrics {
  /** False: too small to write anything into. */
  readonly readable: boolean;
  /** Pixels, not necessarily even. */
  readonly fontSize: number;
  readonly captureFontSize: number;
  /** From the cell's edges. */
  readonly margin: number;
  /** Between two plates. */
  readonly gap: number;
  readonly labelTop: number;
  readonly stateTop: number;
  /** Thickness of the speaker's border. */
  readonly border: number;
  /** The disc of somebody without a picture; `raised`: while something is said about the state. */
  readonly disc: {
    readonly diameter: number;
    readonly top: number;
    readonly raisedDiameter: number;
    readonly raisedTop: number;
  };
}

const MIN_FONT = 10;
const MAX_FONT = 32;
const DISC_SHARE = 0.46;
/** A larger one would take longer to render than a frame has to spare. */
const MAX_DISC = 320;
/** The state stands below the middle, where faces seldom are. */
const STATE_AT = 0.7;

/** The metrics of a cell of this size, pixels. */
export function tileMetrics(width: number, height: number): TileMetrics {
  const wanted = Math.min(Math.round(9 + height / 40), Math.round(width / 9));
  const fontSize = Math.max(MIN_FONT, Math.min(MAX_FONT, wanted));
  const margin = height < 130 ? 4 : even(fontSize * 0.5);
  const gap = even(fontSize * 0.25);
  const plate = plateHeight(fontSize);
  const labelTop = floorEven(height) - margin - plate;
  const stateTop = Math.max(0, Math.min(floorEven(height * STATE_AT), labelTop - gap - plate));
  const diameter = discOf(Math.min(width, height) * DISC_SHARE);
  const raisedDiameter = discOf(Math.min(width * DISC_SHARE, height * DISC_SHARE, (stateTop - margin) * 0.86));
  return {
    readable: width >= 56 && height >= 40,
    fontSize,
    captureFontSize: Math.max(9, Math.round(fontSize * 0.75)),
    margin,
    gap,
    labelTop,
    stateTop,
    border: height < 130 ? 2 : 4,
    disc: {
      diameter,
      top: floorEven((height - diameter) / 2),
      raisedDiameter,
      raisedTop: Math.max(0, floorEven((stateTop - raisedDiameter) / 2)),
    },
  };
}

function discOf(pixels: number): number {
  return Math.max(2, Math.min(MAX_DISC, floorEven(pixels)));
}

function floorEven(value: number): number {
  return Math.floor(value / 2) * 2;
}
