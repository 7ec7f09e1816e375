/** Rules between the media playlists of one presentation (rfc8216bis section 6.2.4), all looked at in the same moment. */
import { decimal, quoted } from './attributes.ts';
import { type Playlist, allSegments, edgeOf, lengthOf } from './playlist.ts';
import { type Problem, of } from './problem.ts';

/** What a unit of sound, which ends where no picture ends, may shift a segment by. */
const TIME_TOLERANCE_MS = 25;
/** A rendition is offered while its newest two are whole; one more, as not all playlists were read in the very same moment. */
const NEWEST_SEGMENTS = 3;

/** A playlist and the URI that the multivariant one gives it. */
export interface Member {
  readonly uri: string;
  readonly playlist: Playlist;
}

/** What is wrong between them. @param independent whether the multivariant playlist says so for all */
export function problemsBetween(members: readonly Member[], independent: boolean): Problem[] {
  const found: Problem[] = [];
  for (const { uri, playlist } of members) {
    const said = playlist.tags.some(({ name }) => name === 'EXT-X-INDEPENDENT-SEGMENTS');
    if (!independent && !said)
      found.push(of('independent-segments')(`neither the multivariant playlist nor ${uri} says so`));
  }
  const [first, ...others] = members.filter(({ playlist }) => !playlist.iframesOnly);
  if (!first) return found;
  for (const other of others) found.push(...problemsOfPair(first, other));
  const live = members.filter(({ playlist }) => playlist.partTarget !== undefined && !playlist.ended);
  return [...found, ...live.flatMap((member) => problemsOfReports(member, live))];
}

function problemsOfPair(one: Member, other: Member): Problem[] {
  const problem = of('renditions');
  const found: Problem[] = [];
  const [a, b] = [one.playlist, other.playlist];
  if (a.targetDuration !== b.targetDuration) found.push(problem(`${other.uri} has another target duration`));
  if (a.type !== b.type) found.push(problem(`${other.uri} has another type`));
  if (a.ended !== b.ended) found.push(problem(`${other.uri} ${b.ended ? 'has' : 'has not'} ended`));
  const shared = (name: string): boolean => a.control?.get(name) === b.control?.get(name);
  for (const name of a.control && b.control
    ? ['CAN-SKIP-UNTIL', 'CAN-SKIP-DATERANGES', 'HOLD-BACK', 'PART-HOLD-BACK', 'CAN-BLOCK-RELOAD']
    : []) {
    if (!shared(name)) found.push(problem(`${other.uri} has another ${name}`));
  }
  const known = new Map(allSegments(a).map((segment) => [segment.msn, segment]));
  for (const segment of allSegments(b)) {
    const twin = known.get(segment.msn);
    if (twin && twin.discontinuity !== segment.discontinuity && segment.parts.length + twin.parts.length > 0) {
      found.push(problem(`only one of ${one.uri} and ${other.uri} breaks off at segment ${segment.msn}`));
    }
    const off = (segment.time ?? Number.NaN) - (twin?.time ?? Number.NaN);
    if (Math.abs(off) > TIME_TOLERANCE_MS) {
      found.push(
        problem(`segment ${segment.msn} of ${other.uri} begins ${off.toFixed(1)} ms after that of ${one.uri}`),
      );
    }
  }
  return found;
}

/** One report of each of the others, and none that is behind by more than a part. */
function problemsOfReports({ uri, playlist }: Member, live: readonly Member[]): Problem[] {
  const problem = of('rendition-report');
  const base = new URL(uri, 'http://x/');
  const found: Problem[] = [];
  const reports = new Map(
    playlist.reports.map((report) => [new URL(quoted(report, 'URI') ?? '', base).pathname, report] as const),
  );
  if (reports.has(base.pathname)) found.push(problem(`${uri} reports of itself`));
  for (const other of live) {
    const { pathname } = new URL(other.uri, 'http://x/');
    if (pathname === base.pathname) continue;
    const report = reports.get(pathname);
    if (!report) {
      // Reports are of what the multivariant playlist offers (section B.1), and not of what has fallen out of it.
      if (!hasFallenOut(other.playlist)) found.push(problem(`${uri} has none of ${other.uri}`));
      continue;
    }
    const edge = edgeOf(other.playlist);
    const [msn, part] = [decimal(report, 'LAST-MSN') ?? -1, decimal(report, 'LAST-PART') ?? -1];
    const whole = other.playlist.segments.at(-1);
    // Segments of the playlist are as long as the target duration: anything older than that is no report of now.
    if (msn < edge.msn - 1 && (whole ? lengthOf(whole) : 0) > 0) {
      found.push(
        problem(`${uri} says that ${other.uri} ends at ${msn}.${part}, and it ends at ${edge.msn}.${edge.parts}`),
      );
    }
  }
  return found;
}

function hasFallenOut(playlist: Playlist): boolean {
  const newest = allSegments(playlist).slice(-NEWEST_SEGMENTS);
  return newest.some(({ gap, parts }) => gap || parts.some((part) => part.gap));
}
