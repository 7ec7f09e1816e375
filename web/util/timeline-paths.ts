/** Shapes of a recording's timeline as SVG paths, as wide as TIMELINE_WIDTH: one path for each row, however much there is in it. */
import type { TimeSpan } from '../controllers/recording-timeline.ts';

/** Units of a timeline's width. */
export const TIMELINE_WIDTH = 1000;
/** Narrower stretches would not be seen. */
const LEAST_WIDTH = 1.2;

/** Rectangles from `top` on and `height` high. */
export function spansPath(spans: readonly TimeSpan[], duration: number, top: number, height: number): string {
  if (duration <= 0) return '';
  const scale = TIMELINE_WIDTH / duration;
  return spans
    .map(({ from, to }) => {
      const width = Math.max(LEAST_WIDTH, (to - from) * scale);
      return `M${round(from * scale)} ${top}h${round(width)}v${height}h${round(-width)}z`;
    })
    .join('');
}

/** Loudness from 0 to 1 as a shape around its middle, in at most `columns` steps; each shows the loudest of its stretch. */
export function wavePath(peaks: readonly number[], height: number, columns = 500): string {
  if (peaks.length === 0) return '';
  const count = Math.min(columns, peaks.length);
  const middle = height / 2;
  const loud = Array.from({ length: count }, (_, column) => {
    const from = Math.floor((column * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((column + 1) * peaks.length) / count));
    return peaks.slice(from, to).reduce((most, peak) => Math.max(most, Math.min(1, Math.abs(peak))), 0.02);
  });
  const step = TIMELINE_WIDTH / count;
  const points = (sign: 1 | -1): string[] =>
    loud.map((peak, column) => `${round((column + 0.5) * step)} ${round(middle - sign * peak * middle)}`);
  return `M0 ${middle}L${points(1).join('L')}L${TIMELINE_WIDTH} ${middle}L${points(-1).reverse().join('L')}z`;
}

/** Loudness from a file whose form may change: the first list of numbers in it, in shares of its loudest. */
export function peaksOf(json: unknown): readonly number[] {
  const lists = Array.isArray(json) ? [json] : Object.values(typeof json === 'object' && json !== null ? json : {});
  const numbers = lists.find(
    (list): list is number[] =>
      Array.isArray(list) && list.length > 0 && list.every((item) => typeof item === 'number'),
  );
  if (!numbers) return [];
  const loudest = numbers.reduce((most, peak) => Math.max(most, Math.abs(peak)), 0);
  return loudest === 0 ? [] : numbers.map((peak) => Math.abs(peak) / Math.max(1, loudest));
}

/** Times that stand below a timeline: round ones, at most `most` of them with the beginning. */
export function axisTimes(duration: number, most: number): readonly number[] {
  if (duration <= 0) return [];
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800];
  const step = steps.find((seconds) => duration / seconds <= most) ?? duration;
  return Array.from({ length: Math.floor(duration / step) + 1 }, (_, index) => index * step);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
