/** People, layouts and cells for the tests of layouts. */
import { arrange } from '../../../src/layout/arrange.ts';
import {
  type Arrangement,
  type Candidate,
  type Cell,
  type LayoutInput,
  layoutSchema,
} from '../../../src/layout/layout.ts';

/** A camera (or `source`) of each participant named; `ada/2` is Ada's third track, `ada` her first. */
export function people(names: string, source: Candidate['source'] = 'camera'): Candidate[] {
  return names.split(' ').map((name) => {
    const [participant = '', number = '0'] = name.split('/');
    return { key: source === 'none' ? participant : `${participant}/${number}`, participant, source };
  });
}

/** So many cameras: p0, p1, … */
export function crowd(count: number): Candidate[] {
  return Array.from({ length: count }, (_, index) => ({
    key: `p${index}/0`,
    participant: `p${index}`,
    source: 'camera',
  }));
}

/** Arranges by a layout as a host writes it, in 1280x720 unless told otherwise. */
export function arranged(
  layout: object,
  candidates: readonly Candidate[],
  input: Partial<LayoutInput> = {},
): Arrangement {
  return arrange(layoutSchema.parse(layout), { candidates, width: 1280, height: 720, ...input });
}

/** One line for each region, in drawing order: `ada/0 0,0 640x360`. */
export function lines({ regions }: Arrangement): string[] {
  return regions.map((region) => `${region.key} ${where(region)}`);
}

/** `0,0 640x360`. */
export function where({ x, y, width, height }: Cell): string {
  return `${x},${y} ${width}x${height}`;
}

/** Keys in drawing order. */
export function keysOf({ regions }: Arrangement): string[] {
  return regions.map(({ key }) => key);
}

/** Whether two cells have a pixel in common. */
export function overlap(a: Cell, b: Cell): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
