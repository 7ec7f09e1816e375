/** Rules on the segments of one revision of a media playlist. */
import { type Playlist, type Segment, allSegments, lengthOf } from './playlist.ts';
import { type Problem, of } from './problem.ts';

/** A segment that is longer than this beyond the target duration stalls players. */
const TOLERANCE_S = 0.5;
/** What times rounded to milliseconds and durations rounded to five decimals may differ by. */
const ROUNDING_MS = 1.5;
/** Containers without an init segment. */
const WITHOUT_MAP = /\.(vtt|webvtt|ts|aac|mp3|ac3)($|\?)/;

function nameOf({ uri, msn }: Segment): string {
  return uri ?? `segment ${msn}, unfinished,`;
}

/** EXTINF and EXT-X-TARGETDURATION. */
export function lintDurations({ segments, targetDuration, tags }: Playlist): Problem[] {
  const problem = of('target-duration');
  const found: Problem[] = [];
  if (!Number.isInteger(targetDuration) || targetDuration < 1)
    found.push(problem(`${targetDuration} is no whole number`));
  for (const segment of segments) {
    const { duration } = segment;
    if (duration === undefined || !(duration > 0)) found.push(of('extinf')(`${nameOf(segment)} has no duration`));
    else if (Math.round(duration) > targetDuration || duration > targetDuration + TOLERANCE_S) {
      found.push(problem(`${nameOf(segment)} lasts ${duration} s, more than ${targetDuration}`));
    }
  }
  for (const { value } of tags.filter(({ name }) => name === 'EXTINF')) {
    if (!/^\d+\.\d{5,},/.test(value)) found.push(of('extinf')(`#EXTINF:${value} has fewer than five decimals`));
  }
  return found;
}

/** EXT-X-PLAYLIST-TYPE, as far as one revision tells. */
export function lintType({ type, mediaSequence, ended }: Playlist): Problem[] {
  const problem = of('type');
  if (type === undefined) return [];
  if (type !== 'EVENT' && type !== 'VOD') return [problem(`${type} is none`)];
  if (type === 'VOD' && !ended) return [problem('a VOD has no end')];
  return mediaSequence > 0 ? [problem(`a playlist that slides says that it is ${type}`)] : [];
}

/** EXT-X-MAP: applies to all, stands before parts, changes at breaks only. */
export function lintMaps(playlist: Playlist): Problem[] {
  const problem = of('map');
  const found: Problem[] = [];
  let before: Segment | undefined;
  for (const segment of allSegments(playlist)) {
    const { uri, parts, map, discontinuity } = segment;
    const media = uri ?? parts[0]?.uri;
    // What a delta update skips may have said which one applies.
    const known = map !== undefined || playlist.skipped > 0;
    if (media !== undefined && !known && !WITHOUT_MAP.test(media)) found.push(problem(`${nameOf(segment)} has none`));
    if (before?.map !== undefined && map !== before.map && !discontinuity) {
      found.push(problem(`${nameOf(segment)} has another one without a discontinuity`));
    }
    found.push(...beforeParts(segment, 'EXT-X-MAP', 'map'));
    before = segment;
  }
  return found;
}

/** EXT-X-DISCONTINUITY. */
export function lintDiscontinuities(playlist: Playlist): Problem[] {
  return allSegments(playlist).flatMap((segment) => [
    ...beforeParts(segment, 'EXT-X-DISCONTINUITY', 'discontinuity'),
    ...(segment.tags.filter(({ name }) => name === 'EXT-X-DISCONTINUITY').length > 1
      ? [of('discontinuity')(`${nameOf(segment)} has two`)]
      : []),
  ]);
}

/** EXT-X-PROGRAM-DATE-TIME: there, before parts, at each break, and never ambiguous. */
export function lintTimes(playlist: Playlist): Problem[] {
  const problem = of('program-date-time');
  const found: Problem[] = [];
  const listed = allSegments(playlist).filter(({ uri, parts }) => uri !== undefined || parts.length > 0);
  if (!playlist.iframesOnly && listed.length > 0 && listed.every(({ time }) => time === undefined)) {
    found.push(problem('there is none'));
  }
  let due: number | undefined;
  for (const segment of listed) {
    const { time, discontinuity } = segment;
    if (Number.isNaN(time)) found.push(problem(`${nameOf(segment)} has one that is no date`));
    if (discontinuity && time === undefined) found.push(problem(`${nameOf(segment)} breaks off and has none`));
    const off = time !== undefined && due !== undefined ? time - due : 0;
    if (!discontinuity && Math.abs(off) > ROUNDING_MS) {
      found.push(problem(`${nameOf(segment)} is ${off.toFixed(1)} ms off its predecessor`));
    }
    if (discontinuity && off < -1000) {
      found.push(problem(`${nameOf(segment)} begins ${(-off).toFixed(0)} ms before the end of its predecessor`));
    }
    found.push(...beforeParts(segment, 'EXT-X-PROGRAM-DATE-TIME', 'program-date-time'));
    const start = time ?? (discontinuity ? undefined : due);
    due = start === undefined ? undefined : start + lengthOf(segment) * 1000;
  }
  return found;
}

/** Each thing has a URI of its own. */
export function lintUris(playlist: Playlist): Problem[] {
  const seen = new Set<string>();
  return allSegments(playlist)
    .flatMap(({ uri, parts }) => [...(uri === undefined ? [] : [uri]), ...parts.map((part) => part.uri)])
    .filter((uri) => seen.size === seen.add(uri).size && !playlist.text.includes('#EXT-X-BYTERANGE'))
    .map((uri) => of('uri')(`${uri} is listed twice`));
}

function beforeParts({ tags, ...segment }: Segment, name: string, rule: string): Problem[] {
  const firstPart = tags.find((tag) => tag.name === 'EXT-X-PART');
  const late = tags.some((tag) => tag.name === name && tag.line > (firstPart?.line ?? Infinity));
  return late ? [of(rule)(`${nameOf({ tags, ...segment })} has its ${name} after its first part`)] : [];
}
