/** A grid with names and a clock as one FFmpeg filter graph: fast, and as fixed as it can be. */
import { gridLayout } from '../../src/layout/grid.ts';
import { PROGRAM } from '../program.ts';

const NAMES = ['Ana Lima', 'Ben Okafor', 'Chloé Martin', 'Dmitri Volkov', 'Emi Sato', 'Farid Haddad', 'Greta Lind'];

/** The name of participant `index`; letters only, since FFmpeg's filters take it as part of their text. */
export function nameOf(index: number): string {
  return `${NAMES[index % NAMES.length]} ${index + 1}`;
}

/** Inputs 0 to `tiles` - 1 are the pictures; the output is called `[program]`. */
export function compositeGraph(tiles: number): string {
  const { width, height } = PROGRAM;
  const cells = gridLayout(tiles, width, height);
  const size = Math.round(height / 36);
  const plate = 'fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=5';
  const scaled = cells.map(
    (cell, index) =>
      `[${index}:v]scale=${cell.width}:${cell.height}:flags=fast_bilinear,` +
      `drawtext=text='${nameOf(index)}':x=12:y=h-th-12:fontsize=${Math.max(12, Math.round(cell.height / 18))}:${plate}[t${index}]`,
  );
  const places = cells.map(({ x, y }) => `${x}_${y}`).join('|');
  const pads = cells.map((_, index) => `[t${index}]`).join('');
  const stacked =
    tiles === 1
      ? '[t0]null'
      : `${pads}xstack=inputs=${tiles}:layout=${places}:fill=0x101217,pad=${width}:${height}:0:0:0x101217`;
  const clock = `drawtext=text='%{pts\\:hms}':x=w-tw-12:y=12:fontsize=${size}:${plate}`;
  return [...scaled, `${stacked},${clock}[program]`].join(';');
}

/** Inputs `first` to `first + people - 1` are the voices; the output is called `[sound]`. */
export function soundGraph(first: number, people: number): string {
  const pads = Array.from({ length: people }, (_, index) => `[${first + index}:a]`).join('');
  return `${pads}amix=inputs=${people}:normalize=0,alimiter=limit=0.9,aformat=sample_fmts=fltp:channel_layouts=stereo[sound]`;
}
