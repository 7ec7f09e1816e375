/** Rules on the low-latency tags of one revision of a media playlist. */
import { decimal, isYes, quoted } from './attributes.ts';
import { type Part, type Playlist, allSegments, lengthOf, totalLength } from './playlist.ts';
import { type Problem, of } from './problem.ts';

/** A fault of the fifth decimal. */
const ROUNDING_S = 0.5e-5;
const EPSILON_S = 1e-9;
const LEAST_SHARE = 0.85;

/** EXT-X-SERVER-CONTROL and EXT-X-PART-INF. */
export function lintControl(playlist: Playlist): Problem[] {
  const problem = of('server-control');
  const { control, partTarget, targetDuration, ended } = playlist;
  const found: Problem[] = [];
  const hasParts = allSegments(playlist).some(({ parts }) => parts.length > 0);
  if (hasParts && !(partTarget !== undefined && partTarget > 0)) found.push(of('part-inf')('PART-TARGET is missing'));
  const least = (name: string, seconds: number, why: string): void => {
    if (!control?.has(name)) return;
    const value = decimal(control, name);
    if (value === undefined) found.push(problem(`${name} is no number`));
    else if (value < seconds - EPSILON_S) found.push(problem(`${name} is ${value}, less than ${why} (${seconds})`));
  };
  least('HOLD-BACK', 3 * targetDuration, 'three target durations');
  least('CAN-SKIP-UNTIL', 6 * targetDuration, 'six target durations');
  if (partTarget === undefined) return found;
  if (!control) return [...found, problem('is missing')];
  if (!control.has('PART-HOLD-BACK')) found.push(problem('PART-HOLD-BACK is missing'));
  least('PART-HOLD-BACK', 3 * partTarget, 'three parts');
  if (!ended && !isYes(control, 'CAN-BLOCK-RELOAD')) found.push(problem('CAN-BLOCK-RELOAD is not YES'));
  return found;
}

/** EXT-X-PART: lengths, sums, and those that are too old to be listed. */
export function lintParts(playlist: Playlist): Problem[] {
  const { partTarget = Number.NaN, ended, targetDuration } = playlist;
  const found: Problem[] = [];
  let left = totalLength(playlist);
  for (const segment of allSegments(playlist)) {
    const { parts, duration } = segment;
    for (const [index, part] of parts.entries()) found.push(...lintPart(part, parts[index + 1], partTarget));
    const sum = parts.reduce((total, part) => total + part.duration, 0);
    const rounding = (parts.length + 1) * ROUNDING_S + EPSILON_S;
    if (duration !== undefined && parts.length > 0 && Math.abs(sum - duration) > rounding) {
      found.push(of('part-sum')(`the parts of segment ${segment.msn} last ${sum.toFixed(5)} s, it lasts ${duration}`));
    }
    if (!ended && parts.length > 0 && left > 3 * targetDuration + 0.001) {
      found.push(of('part-removal')(`parts of segment ${segment.msn} are ${left.toFixed(3)} s from the end`));
    }
    left -= lengthOf(segment);
  }
  return found;
}

/** The last one listed may be short: either it ends its segment, or the next revision has one behind it. */
function lintPart(part: Part, next: Part | undefined, partTarget: number): Problem[] {
  const found: Problem[] = [];
  if (part.uri === '') found.push(of('part')('a part has no URI'));
  if (!(part.duration > 0)) return [...found, of('part')(`${part.uri} has no duration`)];
  if (part.duration > partTarget) {
    found.push(of('part-target')(`${part.uri} lasts ${part.duration} s, more than ${partTarget}`));
  }
  const mayBeShort = part.independent || part.gap || next === undefined || next.gap;
  if (!mayBeShort && part.duration < LEAST_SHARE * partTarget - EPSILON_S) {
    found.push(of('part-least')(`${part.uri} lasts ${part.duration} s, less than 85 % of ${partTarget}`));
  }
  return found;
}

/** EXT-X-PRELOAD-HINT: exactly one of a part while live, behind everything. */
export function lintHints(playlist: Playlist): Problem[] {
  const problem = of('preload-hint');
  const { hints, partTarget, ended, tags } = playlist;
  const found: Problem[] = [];
  const parts = hints.filter((hint) => hint.get('TYPE') === 'PART');
  const maps = hints.filter((hint) => hint.get('TYPE') === 'MAP');
  if (partTarget !== undefined && !ended && parts.length !== 1)
    found.push(problem(`there are ${parts.length} of a part`));
  if (maps.length > 1) found.push(problem(`there are ${maps.length} of an init segment`));
  if (parts.length + maps.length !== hints.length) found.push(problem('there is one of an unknown type'));
  for (const hint of hints) {
    const uri = quoted(hint, 'URI');
    if (uri === undefined || uri === '') found.push(problem('one has no URI'));
    const listed = allSegments(playlist).some((segment) => segment.parts.some((part) => part.uri === uri));
    if (listed) found.push(problem(`${uri} is there already`));
  }
  const lastPart = tags.findLast(({ name }) => name === 'EXT-X-PART' || name === 'EXTINF');
  const early = tags.some(({ name, line }) => name === 'EXT-X-PRELOAD-HINT' && line < (lastPart?.line ?? -1));
  if (early) found.push(problem('comes before the last part'));
  return found;
}

/** EXT-X-RENDITION-REPORT. */
export function lintReports({ reports, ended }: Playlist): Problem[] {
  const problem = of('rendition-report');
  const seen = new Set<string>();
  return reports.flatMap((report) => {
    const uri = quoted(report, 'URI') ?? '';
    const found: Problem[] = [];
    if (uri === '' || /^([a-z][a-z0-9+.-]*:|\/)/i.test(uri)) found.push(problem(`"${uri}" is no relative URI`));
    if (seen.size === seen.add(uri).size) found.push(problem(`there are two of ${uri}`));
    for (const name of ended ? [] : ['LAST-MSN', 'LAST-PART']) {
      if (!/^\d+$/.test(report.get(name) ?? '')) found.push(problem(`${uri} has no ${name}`));
    }
    return found;
  });
}

/** EXT-X-SKIP: something is skipped, and nothing that is newer than the boundary. */
export function lintSkip(playlist: Playlist): Problem[] {
  const problem = of('skip');
  const { tags, skipped, control } = playlist;
  const tag = tags.find(({ name }) => name === 'EXT-X-SKIP');
  if (!tag) return [];
  const found: Problem[] = [];
  if (!/^[1-9]\d*$/.test(tag.attributes.get('SKIPPED-SEGMENTS') ?? '')) found.push(problem('it skips nothing'));
  const boundary = control && decimal(control, 'CAN-SKIP-UNTIL');
  if (boundary === undefined) return [...found, problem('CAN-SKIP-UNTIL is missing')];
  const kept = totalLength(playlist);
  if (kept < boundary - 0.001) {
    found.push(problem(`${skipped} segments are gone and ${kept.toFixed(3)} s are left, less than ${boundary}`));
  }
  return found;
}
