/** Two foreign parsers and the rules of rfc8216bis that hold for a plain live playlist. */
import { parse, setOptions, types } from 'hls-parser';
import { Parser } from 'm3u8-parser';

/** A playlist as both parsers understand it. */
export interface ReadPlaylist {
  readonly targetDuration: number;
  readonly mediaSequence: number;
  readonly discontinuitySequence: number;
  readonly ended: boolean;
  readonly segments: readonly ReadSegment[];
}

/** A listed segment; `init` is the one that applies. */
export interface ReadSegment {
  readonly number: number;
  readonly uri: string;
  readonly init: string | undefined;
  readonly duration: number;
  readonly discontinuity: boolean;
  /** Milliseconds since 1970. */
  readonly time: number;
}

setOptions({ strictMode: true });

/** @throws Error when either parser rejects the text, or they disagree. */
export function readPlaylist(text: string): ReadPlaylist {
  const first = parse(text);
  if (!(first instanceof types.MediaPlaylist)) throw new Error('This is no media playlist');
  const parser = new Parser();
  parser.on('warn', ({ message }) => {
    throw new Error(message);
  });
  parser.push(text);
  parser.end();
  const { manifest } = parser;
  const ours: ReadPlaylist = {
    targetDuration: first.targetDuration,
    mediaSequence: first.mediaSequenceBase ?? 0,
    discontinuitySequence: first.discontinuitySequenceBase ?? 0,
    ended: first.endlist,
    segments: first.segments.map((segment) => ({
      number: segment.mediaSequenceNumber,
      uri: segment.uri,
      init: segment.map?.uri,
      duration: segment.duration,
      discontinuity: segment.discontinuity === true,
      time: segment.programDateTime?.getTime() ?? Number.NaN,
    })),
  };
  const theirs: ReadPlaylist = {
    targetDuration: manifest.targetDuration,
    mediaSequence: manifest.mediaSequence,
    discontinuitySequence: manifest.discontinuitySequence,
    ended: manifest.endList === true,
    segments: manifest.segments.map((segment, index) => ({
      number: manifest.mediaSequence + index,
      uri: segment.uri,
      init: segment.map?.uri,
      duration: segment.duration,
      discontinuity: segment.discontinuity === true,
      time: segment.programDateTime,
    })),
  };
  if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
    throw new Error(`The parsers disagree:\n${JSON.stringify(ours)}\n${JSON.stringify(theirs)}`);
  }
  return ours;
}

const ONCE = [
  '#EXTM3U',
  '#EXT-X-VERSION:',
  '#EXT-X-TARGETDURATION:',
  '#EXT-X-MEDIA-SEQUENCE:',
  '#EXT-X-DISCONTINUITY-SEQUENCE:',
  '#EXT-X-INDEPENDENT-SEGMENTS',
];

/** What is wrong with one revision of a live playlist; nothing when it is right. */
export function lintPlaylist(text: string): string[] {
  const problems: string[] = [];
  const lines = text.split('\n');
  const playlist = readPlaylist(text);
  const { targetDuration, segments } = playlist;
  if (!text.startsWith('#EXTM3U\n')) problems.push('does not begin with #EXTM3U');
  if (!text.endsWith('\n') || text.includes('\r')) problems.push('has other line ends than \\n');
  for (const tag of ONCE) {
    const count = lines.filter((line) => line === tag || (tag.endsWith(':') && line.startsWith(tag))).length;
    if (count !== 1) problems.push(`has ${tag} ${count} times`);
  }
  if (lines.some((line) => line.startsWith('#EXT-X-PLAYLIST-TYPE'))) problems.push('slides and has a type');
  if (!lines.includes('#EXT-X-VERSION:6')) problems.push('is of another version than EXT-X-MAP needs');
  const firstSegment = lines.findIndex((line) => line.startsWith('#EXTINF'));
  for (const tag of ONCE) {
    if (lines.findIndex((line) => line.startsWith(tag)) > firstSegment) problems.push(`has ${tag} after a segment`);
  }
  if (!Number.isInteger(targetDuration) || targetDuration < 1) problems.push('has no whole target duration');
  for (const [index, { duration, init, time, uri, discontinuity }] of segments.entries()) {
    const before = segments[index - 1];
    if (Math.round(duration) > targetDuration) problems.push(`${uri} is longer than the target duration`);
    if (init === undefined) problems.push(`${uri} has no EXT-X-MAP`);
    if (!Number.isFinite(time)) problems.push(`${uri} has no time`);
    if (before && !discontinuity && init !== before.init)
      problems.push(`${uri} changes its init without discontinuity`);
    const gap = before && Math.abs(time - before.time - before.duration * 1000);
    if (gap !== undefined && !discontinuity && gap > 1.001) problems.push(`${uri} is ${gap} ms off its predecessor`);
  }
  if (lines.filter((line) => line.startsWith('#EXTINF')).some((line) => !/^#EXTINF:\d+\.\d{5,},$/.test(line))) {
    problems.push('has an EXTINF of less than five decimals');
  }
  return problems;
}

/** What is wrong with `after` as the next revision of `before`. */
export function lintChange(beforeText: string, afterText: string): string[] {
  const problems: string[] = [];
  const [before, after] = [readPlaylist(beforeText), readPlaylist(afterText)];
  const removed = after.mediaSequence - before.mediaSequence;
  if (removed < 0) problems.push('goes back');
  if (after.targetDuration !== before.targetDuration) problems.push('changes its target duration');
  if (before.ended && afterText !== beforeText) problems.push('changes after its end');
  const gone = before.segments.slice(0, removed).filter(({ discontinuity }) => discontinuity).length;
  if (after.discontinuitySequence - before.discontinuitySequence !== gone) {
    problems.push(
      `counts ${after.discontinuitySequence - before.discontinuitySequence} discontinuities gone, not ${gone}`,
    );
  }
  const kept = before.segments.slice(removed);
  const same = after.segments.slice(0, kept.length);
  if (JSON.stringify(kept) !== JSON.stringify(same)) problems.push('changes segments that were listed already');
  const length = after.segments.reduce((sum, { duration }) => sum + duration, 0);
  if (removed > 0 && length < 3 * after.targetDuration) problems.push(`removes segments down to ${length} s`);
  return problems;
}
