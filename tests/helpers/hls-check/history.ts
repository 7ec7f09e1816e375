/** Rules on two consecutive revisions of a media playlist (rfc8216bis section 6.2.1 and 6.2.2). */
import { quoted } from './attributes.ts';
import { difference } from './delta.ts';
import { type Playlist, type Segment, allSegments, edgeOf, readPlaylist, totalLength } from './playlist.ts';
import { type Problem, of, spoken } from './problem.ts';

/** Apple: fewer segments than this are never left by a removal. */
const LEAST_SEGMENTS = 6;

/** What is wrong with `after` as the next revision of `before`; both are whole playlists, no delta updates. */
export function problemsOfChange(before: Playlist, after: Playlist): Problem[] {
  if (before.ended) {
    const changed = difference(before, after);
    return changed === undefined ? [] : [of('ended')(`has changed after its end: ${changed}`)];
  }
  return [
    ...constants(before, after),
    ...removal(before, after),
    ...kept(before, after),
    ...keptParts(before, after),
    ...hint(before, after),
    ...dateRanges(before, after),
  ];
}

/** What is wrong with `after` as the next revision of `before`; nothing when it is right. */
export function lintChange(before: string, after: string): string[] {
  return spoken(problemsOfChange(readPlaylist(before), readPlaylist(after)));
}

/** Nothing about the stream as a whole changes. */
function constants(before: Playlist, after: Playlist): Problem[] {
  const problem = of('constant');
  const control = ({ control: list }: Playlist): string =>
    [...(list ?? [])]
      .map((pair) => pair.join('='))
      .toSorted()
      .join();
  return [
    ...(before.targetDuration === after.targetDuration
      ? []
      : [problem(`the target duration was ${before.targetDuration}, and is ${after.targetDuration}`)]),
    ...(before.partTarget === after.partTarget
      ? []
      : [problem(`PART-TARGET was ${before.partTarget}, and is ${after.partTarget}`)]),
    ...(control(before) === control(after) ? [] : [problem(`was ${control(before)}, and is ${control(after)}`)]),
    ...(before.type === after.type ? [] : [problem(`the type was ${before.type}, and is ${after.type}`)]),
  ];
}

/** The head moves on only, discontinuities that leave are counted, and enough is left. */
function removal(before: Playlist, after: Playlist): Problem[] {
  const removed = after.mediaSequence - before.mediaSequence;
  if (removed < 0) return [of('media-sequence')(`goes back from ${before.mediaSequence} to ${after.mediaSequence}`)];
  const found: Problem[] = [];
  const all = allSegments(before);
  const gone = all.slice(0, removed).filter(({ discontinuity }) => discontinuity).length;
  const counted = after.discontinuitySequence - before.discontinuitySequence;
  if (removed <= all.length && counted !== gone) {
    found.push(of('discontinuity-sequence')(`${gone} breaks have left, ${counted} were counted`));
  }
  if (removed === 0) return found;
  const problem = of('removal');
  if (after.type !== undefined) found.push(problem(`a playlist of type ${after.type} loses segments`));
  const left = totalLength(after);
  if (left < 3 * after.targetDuration) found.push(problem(`${left.toFixed(3)} s are left`));
  if (after.segments.length < LEAST_SEGMENTS) found.push(problem(`${after.segments.length} segments are left`));
  return found;
}

/** What was listed stays as it was. */
function kept(before: Playlist, after: Playlist): Problem[] {
  const found: Problem[] = [];
  const later = new Map(allSegments(after).map((segment) => [segment.msn, segment]));
  const [was, is] = [edgeOf(before), edgeOf(after)];
  if (is.msn < was.msn || (is.msn === was.msn && is.parts < was.parts)) {
    return [of('append')(`ends at ${is.msn}.${is.parts}, and ended at ${was.msn}.${was.parts}`)];
  }
  for (const segment of before.segments.filter(({ msn }) => msn >= after.mediaSequence)) {
    const now = later.get(segment.msn);
    if (said(segment) !== (now && said(now))) {
      found.push(of('changed')(`${said(segment)} has become ${now ? said(now) : 'nothing'}`));
    }
  }
  const { open } = before;
  const now = open && later.get(open.msn);
  if (open && now && !isContinued(open, now)) {
    found.push(of('changed')(`${said(open)} goes on as ${said(now)}`));
  }
  return found;
}

function said({ msn, uri, duration, discontinuity, map, time, gap }: Segment): string {
  return JSON.stringify({ msn, uri, duration, discontinuity, map, time, gap });
}

/** What an unfinished segment said already holds for it later. */
function isContinued(open: Segment, now: Segment): boolean {
  const sameTime = open.time === undefined || open.time === now.time;
  // Before its first part it may still get an init segment.
  const sameMap = open.map === now.map || open.parts.length === 0;
  return sameTime && sameMap && (open.parts.length === 0 || open.discontinuity === now.discontinuity);
}

/** Parts come at the end and go at the head. */
function keptParts(before: Playlist, after: Playlist): Problem[] {
  const found: Problem[] = [];
  const later = new Map(allSegments(after).map((segment) => [segment.msn, segment]));
  const text = ({ parts }: Segment): string[] => parts.map((part) => JSON.stringify(part));
  for (const segment of allSegments(before).filter(({ parts }) => parts.length > 0)) {
    const now = later.get(segment.msn);
    if (!now || (now.parts.length === 0 && now.uri !== undefined)) continue;
    const [old, fresh] = [text(segment), text(now)];
    const same = old.every((part, index) => part === fresh[index]);
    if (!same || (segment.uri !== undefined && fresh.length !== old.length)) {
      found.push(
        of('changed-parts')(`those of segment ${segment.msn}: ${old.join(' ')} have become ${fresh.join(' ')}`),
      );
    }
  }
  const listed = after.segments.map(({ parts }) => parts.length > 0);
  const from = listed.indexOf(true);
  if (from >= 0 && listed.slice(from).includes(false) && !after.segments.slice(from).some(({ gap }) => gap)) {
    found.push(of('changed-parts')('newer ones have gone before older ones'));
  }
  return found;
}

/** The hinted part is the one that comes, unless the program breaks off. */
function hint(before: Playlist, after: Playlist): Problem[] {
  const uri = quoted(before.hints.find((one) => one.get('TYPE') === 'PART') ?? new Map(), 'URI');
  const { msn, parts } = edgeOf(before);
  const now = allSegments(after).find((segment) => segment.msn === msn);
  if (uri === undefined || !now) return [];
  const next = now.parts[parts];
  if (next) return next.uri === uri ? [] : [of('hint-kept')(`${uri} was hinted, and ${next.uri} came`)];
  // Its parts are no longer listed, or nothing has come yet.
  if (now.parts.length < parts || now.uri === undefined) return [];
  const following = allSegments(after).find((segment) => segment.msn === msn + 1);
  const broken = after.ended || !following || following.discontinuity || now.parts.length === 0;
  return broken ? [] : [of('hint-kept')(`${uri} was hinted, and segment ${msn} ended without it`)];
}

/** Date ranges only gain attributes, and go when what they are about has gone. */
function dateRanges(before: Playlist, after: Playlist): Problem[] {
  const problem = of('daterange');
  const found: Problem[] = [];
  const later = new Map(after.dateRanges.map((range) => [range.get('ID'), range]));
  const start = after.segments[0]?.time ?? Number.NEGATIVE_INFINITY;
  for (const range of before.dateRanges) {
    const now = later.get(range.get('ID'));
    if (!now && Date.parse(quoted(range, 'START-DATE') ?? '') >= start) {
      found.push(problem(`${range.get('ID')} has gone while its time is listed`));
    }
    for (const [name, value] of now ? range : []) {
      if (now?.get(name) !== value)
        found.push(problem(`${range.get('ID')} had ${name}=${value}, and has ${now?.get(name)}`));
    }
  }
  return found;
}
