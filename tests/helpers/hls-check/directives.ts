/** Requests with delivery directives and what must be answered to each (rfc8216bis section 6.2.5). */
import { decimal } from './attributes.ts';
import { difference, merged } from './delta.ts';
import { type Answer, type Ask, textOf } from './http-client.ts';
import { problemsOf } from './lint.ts';
import { type Playlist, allSegments, edgeOf, lengthOf, readPlaylist, reaches } from './playlist.ts';
import { type Problem, of } from './problem.ts';

/** A live media playlist. */
export interface LiveTarget {
  readonly url: string;
  readonly ask: Ask;
  /** For those who give up: proxies take many of one connection for an attack, and close it. Default `ask`. */
  readonly crowd?: Ask;
}

/** Delivery directives, without `_HLS_`. */
export interface Directives {
  readonly msn?: number | string;
  readonly part?: number | string;
  readonly skip?: string;
}

/** An aborted request must leave nothing behind: so many at a time, so many times. */
const ABORTED = { at: 50, times: 4 };
/** Revisions that a delta update may be made of while another one is fetched for comparison. */
const ATTEMPTS = 8;

/** An address with directives, which clients put in the order of their bytes (section 6.3.2). */
export function directed(url: string, { msn, part, skip }: Directives): string {
  const target = new URL(url);
  if (msn !== undefined) target.searchParams.set('_HLS_msn', String(msn));
  if (part !== undefined) target.searchParams.set('_HLS_part', String(part));
  if (skip !== undefined) target.searchParams.set('_HLS_skip', skip);
  target.searchParams.sort();
  return target.href;
}

/** Every rule of section 6.2.5 that requests alone can show. */
export async function problemsOfDirectives(target: LiveTarget): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const rule of [refusals, tooFar, past, blocking, beyondEnd, permuted, ignored, deltas, aborted]) {
    found.push(...(await rule(target)));
  }
  return found;
}

async function current({ url, ask }: LiveTarget): Promise<Playlist> {
  const answer = await ask(url);
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status} ${textOf(answer)}`);
  return readPlaylist(textOf(answer));
}

/** What cannot be understood is refused: 400. */
async function refusals({ url, ask }: LiveTarget): Promise<Problem[]> {
  const wrong: Directives[] = [
    ...[
      { part: 0 },
      { part: 0, skip: 'YES' },
      { msn: 'x' },
      { msn: '-1' },
      { msn: '1.5' },
      { msn: '' },
      { msn: '0x1' },
    ],
    ...[{ msn: 0, part: 'x' }, { msn: 0, part: '-1' }, { msn: 0, part: '0.5' }, { msn: '9'.repeat(40) }],
  ];
  const found: Problem[] = [];
  for (const directives of wrong) {
    const { status } = await ask(directed(url, directives));
    if (status !== 400) found.push(of('bad-request')(`${JSON.stringify(directives)} is answered with ${status}`));
  }
  return found;
}

/** So is what is further ahead than a player can need. */
async function tooFar(target: LiveTarget): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const [segments, part] of [[4], [1000, 0], [0, 1000]] as const) {
    const before = edgeOf(await current(target));
    const msn = before.msn + segments;
    const answer = await target.ask(directed(target.url, { msn, ...(part !== undefined && { part }) }));
    const { status } = answer;
    if (status === 400) continue;
    // The stream goes on meanwhile, and a cache may have told of an older one: so this may have been near.
    const now = edgeOf(readPlaylist(textOf(answer)));
    if (now.msn > msn || (part === undefined && msn <= now.msn + 2)) continue;
    const what = part === undefined ? `segment ${msn}` : `part ${msn}.${part}`;
    found.push(of('too-far')(`${what} at ${before.msn}.${before.parts} is answered with ${status}`));
  }
  return found;
}

/** What is there already, listed or not, gives the current playlist at once. */
async function past(target: LiveTarget): Promise<Problem[]> {
  const problem = of('past');
  const found: Problem[] = [];
  const known = await current(target);
  const { msn, parts } = edgeOf(known);
  const older = [
    ...[{ msn: known.mediaSequence }, { msn: known.mediaSequence, part: 0 }, { msn: 0 }, { msn: 0, part: 0 }],
    ...[{ msn: msn - 1 }, { msn: msn - 1, part: 0 }],
  ];
  for (const directives of older) {
    const answer = await target.ask(directed(target.url, directives));
    const playlist = readPlaylist(textOf(answer));
    if (answer.status !== 200) {
      found.push(problem(`${JSON.stringify(directives)} at ${msn}.${parts} is answered with ${answer.status}`));
    } else if (!reaches(edgeOf(playlist), msn, parts - 1) || playlist.segments.length === 0) {
      found.push(problem(`${JSON.stringify(directives)} gives an older playlist than that of ${msn}.${parts}`));
    }
    const held = answer.firstByteMs - answer.startedMs;
    if (held > ((known.partTarget ?? 1) * 1000) / 2) {
      found.push(of('timing')(`${JSON.stringify(directives)} was there, and was held for ${held.toFixed(0)} ms`));
    }
  }
  return found;
}

/** What is to come is waited for. */
async function blocking(target: LiveTarget): Promise<Problem[]> {
  const found: Problem[] = [];
  const check = async (make: (edge: { msn: number; parts: number }) => { msn: number; part?: number }) => {
    const playlist = await current(target);
    const directives = make(edgeOf(playlist));
    const answer = await target.ask(directed(target.url, directives));
    found.push(...problemsOfHeld(directives, answer, playlist.targetDuration));
  };
  await check(({ msn, parts }) => ({ msn, part: parts }));
  await check(({ msn, parts }) => ({ msn, part: parts + 1 }));
  await check(({ msn }) => ({ msn }));
  await check(({ msn }) => ({ msn: msn + 1, part: 0 }));
  return found;
}

/** What is wrong with the answer to a request that may have been held. @param targetDuration seconds; three of them may end in 503 */
export function problemsOfHeld(
  { msn, part }: { msn: number; part?: number },
  answer: Answer,
  targetDuration: number,
): Problem[] {
  const problem = of('blocking');
  const wanted = part === undefined ? `segment ${msn}` : `part ${msn}.${part}`;
  // The program has stood still: nothing better can be said.
  if (answer.status === 503 && answer.endedMs - answer.startedMs > 2700 * targetDuration) return [];
  if (answer.status !== 200) return [problem(`${wanted} is answered with ${answer.status}`)];
  const playlist = readPlaylist(textOf(answer));
  const edge = edgeOf(playlist);
  // A part that its segment never had means the beginning of the next one.
  if (playlist.ended || reaches(edge, msn, part) || (part !== undefined && reaches(edge, msn + 1, 0))) return [];
  const whole = playlist.segments.find((segment) => segment.msn === msn);
  if (whole && part !== undefined && whole.parts.length > part) return [];
  return [problem(`${wanted} was asked for, and the answer ends at ${edge.msn}.${edge.parts}`)];
}

/** A part behind the last one of a whole segment is the first of the next. */
async function beyondEnd(target: LiveTarget): Promise<Problem[]> {
  const { msn } = edgeOf(await current(target));
  const answer = await target.ask(directed(target.url, { msn: msn - 1, part: 99 }));
  const problem = of('beyond-segment');
  if (answer.status === 503) return [];
  if (answer.status !== 200) return [problem(`part ${msn - 1}.99 is answered with ${answer.status}`)];
  const edge = edgeOf(readPlaylist(textOf(answer)));
  return reaches(edge, msn, 0)
    ? []
    : [problem(`part ${msn - 1}.99 gives a playlist that ends at ${edge.msn}.${edge.parts}`)];
}

/** The order of the query means nothing. */
async function permuted(target: LiveTarget): Promise<Problem[]> {
  const { msn, parts } = edgeOf(await current(target));
  const ordered = directed(target.url, { msn, part: parts, skip: 'YES' });
  const turned = new URL(ordered);
  turned.search = [...turned.searchParams]
    .toReversed()
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const [one, other] = await Promise.all([target.ask(ordered), target.ask(turned.href)]);
  if (one.status === 503 || other.status === 503) return [];
  if (one.status !== other.status) return [of('query-order')(`it changes ${one.status} into ${other.status}`)];
  const [first, second] = [one, other].map((answer) => readPlaylist(textOf(answer)));
  const same = first && second && edgeOf(first).msn === edgeOf(second).msn && first.skipped === second.skipped;
  return same ? [] : [of('query-order')('it changes the playlist')];
}

/** Other parameters mean nothing either, and directives are not handed on into addresses. */
async function ignored(target: LiveTarget): Promise<Problem[]> {
  const known = await current(target);
  const url = new URL(directed(target.url, { msn: known.mediaSequence, skip: 'YES' }));
  url.searchParams.set('_HLS_other', '1');
  url.searchParams.set('other', '1');
  const answer = await target.ask(url.href);
  if (answer.status !== 200) return [of('query')(`an unknown parameter is answered with ${answer.status}`)];
  return textOf(answer).includes('_HLS_') ? [of('query')('directives come back in addresses')] : [];
}

/** A delta update and what is known make the whole playlist. */
async function deltas(target: LiveTarget): Promise<Problem[]> {
  const found: Problem[] = [];
  for (const skip of ['YES', 'v2']) found.push(...(await deltaOf(target, skip)));
  return found;
}

async function deltaOf(target: LiveTarget, skip: string): Promise<Problem[]> {
  const problem = of('delta');
  const known = await current(target);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { msn } = edgeOf(await current(target));
    // Both wait for what nobody has asked for yet, so that caches keep neither from being new.
    const next = { msn: msn + 1, part: 0 };
    const [one, other] = await Promise.all(
      [{ ...next, skip }, next].map((directives) => target.ask(directed(target.url, directives))),
    );
    if (one?.status === 503 || other?.status === 503) continue;
    if (one?.status !== 200 || other?.status !== 200) {
      return [problem(`_HLS_skip=${skip} is answered with ${one?.status}, and with ${other?.status} without it`)];
    }
    const [delta, full] = [readPlaylist(textOf(one)), readPlaylist(textOf(other))];
    const [ours, theirs] = [edgeOf(delta), edgeOf(full)];
    // Another part has come between the two.
    if (ours.msn !== theirs.msn || ours.parts !== theirs.parts) continue;
    return [...problemsOf(delta), ...problemsOfDelta(delta, known, full)];
  }
  return [problem('no two requests gave the same revision')];
}

/** What is wrong with a delta update, for a client that knows `known`, while `full` is the whole of it. */
export function problemsOfDelta(delta: Playlist, known: Playlist, full: Playlist): Problem[] {
  const problem = of('delta');
  const boundary = full.control && decimal(full.control, 'CAN-SKIP-UNTIL');
  if (boundary === undefined) return delta.skipped > 0 ? [problem('there is no CAN-SKIP-UNTIL')] : [];
  // The end may be that of the last whole segment, or of what there is of the unfinished one.
  const due = [skippable(full, 0, boundary), skippable(full, full.open ? lengthOf(full.open) : 0, boundary)];
  const found: Problem[] = [];
  if (!due.includes(delta.skipped)) {
    found.push(problem(`${delta.skipped} segments are skipped, and ${due.join(' or ')} lie behind the boundary`));
  }
  const whole = merged(delta, known);
  const wrong = whole ? difference(whole, full) : 'what is skipped was never listed';
  return wrong === undefined ? found : [...found, problem(`merged it has ${wrong}`)];
}

/** Segments that lie behind the boundary as a whole. @param open seconds behind the last whole segment that count, too */
function skippable({ segments }: Playlist, open: number, boundary: number): number {
  let fromEnd = open;
  for (let count = segments.length; count > 0; count -= 1) {
    if (fromEnd >= boundary - 0.001) return count;
    fromEnd += segments[count - 1]?.duration ?? 0;
  }
  return 0;
}

/** Clients that go leave nothing behind. */
async function aborted(target: LiveTarget): Promise<Problem[]> {
  const { crowd = target.ask } = target;
  // Its connection is there once this is answered.
  await crowd(target.url);
  for (let time = 0; time < ABORTED.times; time += 1) {
    const { msn } = edgeOf(await current(target));
    const leave = new AbortController();
    const asked = Array.from({ length: ABORTED.at }, () =>
      crowd(directed(target.url, { msn: msn + 1 }), { signal: leave.signal }).catch(() => undefined),
    );
    // They are on their way once another one has been answered.
    await current(target);
    leave.abort();
    await Promise.all(asked);
  }
  const playlist = await current(target);
  const { msn, parts } = edgeOf(playlist);
  const answer = await target.ask(directed(target.url, { msn, part: parts }));
  return problemsOfHeld({ msn, part: parts }, answer, playlist.targetDuration).map(({ what }) =>
    of('aborted')(`after aborted requests ${what}`),
  );
}

/** Addresses that nothing stands behind: 404. */
export async function problemsOfUnknown({ url, ask }: LiveTarget): Promise<Problem[]> {
  const playlist = await current({ url, ask });
  const last = playlist.segments.at(-1);
  const map = allSegments(playlist).at(-1)?.map;
  const part = allSegments(playlist)
    .findLast(({ parts }) => parts.length > 0)
    ?.parts.at(-1);
  const far = (uri: string): string => uri.replace(/\d+(?=\D*$)/, '99999999');
  const found: Problem[] = [];
  for (const uri of [last?.uri, map, part?.uri].flatMap((name) => (name === undefined ? [] : [far(name)]))) {
    const { status } = await ask(new URL(uri, url).href);
    if (status !== 404) found.push(of('unknown-media')(`${uri} is answered with ${status}`));
  }
  return found;
}
