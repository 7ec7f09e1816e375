/** Draws tiles that nobody sees, before there is anybody: V8 has not compiled what runs for the first time, which takes it several times as long. */
import { annotationSchema } from '../layout/annotation.ts';
import type { Cell } from '../layout/layout.ts';
import { warmFonts } from './fonts.ts';
import { createPicture, placePicture } from './picture.ts';
import { warmPlates } from './plate.ts';
import { TileAnnotation } from './tile-annotation.ts';
import type { TileLook, TileState } from './tile-look.ts';

const CANVAS = { width: 480, height: 270 };
const STATES: readonly TileState[] = [{ kind: 'connecting' }, { kind: 'live' }, { kind: 'camera-off' }];
/** Drawn so often, V8 takes code for hot; in so many of these something is rendered, which takes longer. */
const FRAMES = 32;
const SIZES = 4;

/** Once in a mixer process: its first tiles, and the first change of layout, are then drawn in a third of the time. Takes 30 ms. */
export function warmDrawing(): void {
  warmFonts();
  warmPlates();
  const canvas = createPicture(CANVAS.width, CANVAS.height);
  const picture = createPicture(160, 90);
  const annotation = annotationSchema.parse({ captureTime: true });
  for (const state of STATES) {
    const tile = new TileAnnotation();
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const cell = cellOf(Math.floor((frame * SIZES) / FRAMES), frame % 2);
      if (state.kind === 'live') placePicture(canvas, picture, cell);
      else tile.drawPlaceholder(canvas, cell, lookOf(state));
      tile.draw(canvas, cell, lookOf(state), annotation, frame);
    }
  }
}

/** A cell of one of several sizes, shifted by `shift` samples of colour. */
function cellOf(size: number, shift: number): Cell {
  return { x: 2 * shift, y: 2 * shift, width: 200 + 64 * size, height: 112 + 36 * size };
}

function lookOf(state: TileState): TileLook {
  return {
    name: 'Somebody',
    host: true,
    muted: true,
    speaking: false,
    hand: true,
    floor: true,
    state,
    captureWallMs: 0,
    avatar: undefined,
  };
}
