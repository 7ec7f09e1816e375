/** Follows a whole presentation from its multivariant playlist, over HTTP alone, and holds it to every rule. */
import { sleep, systemClock } from '../../../src/util/clock.ts';
import { quoted } from './attributes.ts';
import { directed, problemsOfDirectives, problemsOfUnknown } from './directives.ts';
import { Findings } from './findings.ts';
import { problemsOfHeaders, problemsOfPreflight } from './headers.ts';
import { type Answer, type Ask, textOf } from './http-client.ts';
import { lintMultivariantPlaylist } from './lint-multivariant.ts';
import { MediaLoader } from './media-loader.ts';
import { type Rendition, readMultivariant } from './multivariant.ts';
import { problemsOfMultivariantParsers } from './oracles.ts';
import { type Playlist, edgeOf, readPlaylist } from './playlist.ts';
import { PlaylistFollower } from './playlist-follower.ts';
import { of } from './problem.ts';
import { problemsBetween } from './renditions.ts';

/** What to follow, and how thoroughly. */
export interface FollowOptions {
  /** Address of the multivariant playlist. */
  readonly url: string;
  readonly ask: Ask;
  /** On connections of its own, for requests that are given up; default `ask`. */
  readonly crowd?: Ask;
  /** Aborts when enough was seen. */
  readonly signal: AbortSignal;
  /** Every so many segments are decoded; default each. */
  readonly decodeEvery?: number;
  /** Also the playlist that reaches back to the beginning, whose address has this query; default none. */
  readonly dvrQuery?: string;
  /** Told how many whole segments of the first media playlist were seen, each time there is one more. */
  readonly onSegments?: (count: number) => Promise<void>;
}

const POLL_MS = 200;
/** For the first playlist. */
const PATIENCE_MS = 60_000;
/** Between looks at all renditions at once. */
const COMPARE_MS = 2500;
const nothing = Promise.resolve();

/** Resolves when the signal aborts, or when the stream has ended. @throws Error when there is nothing to follow */
export async function follow(options: FollowOptions, findings = new Findings()): Promise<Findings> {
  const { url, ask, signal } = options;
  const answer = await firstAnswer(options);
  const text = textOf(answer);
  const { renditions, independent } = readMultivariant(text);
  const name = 'the multivariant playlist';
  findings.add(name, lintMultivariantPlaylist(text));
  const variants = renditions.filter(({ kind }) => kind === 'variant').length;
  findings.heard('hls-parser', name, problemsOfMultivariantParsers(text, variants));
  findings.add(name, problemsOfHeaders('multivariant', name, answer, 2));
  findings.add(name, await problemsOfPreflight(ask, url));
  const media = playlistsOf(renditions, url);
  const works = media.map((one, index) => followMedia(one, options, findings, index === 0));
  if (media.length > 1) works.push(compare(media, independent, options, findings));
  const [first] = media;
  if (first) works.push(requests(first.url, options, findings));
  if (options.dvrQuery !== undefined) works.push(followDvr(options, findings));
  await Promise.all(works);
  if (!signal.aborted && first) await afterEnd(first.url, options, findings);
  return findings;
}

async function firstAnswer({ url, ask, signal }: FollowOptions): Promise<Answer> {
  const giveUpMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask(url, { signal });
    if (answer.status === 200) return answer;
    if (performance.now() > giveUpMs) throw new Error(`${url} is answered with ${answer.status}: ${textOf(answer)}`);
    await sleep(systemClock, POLL_MS, signal);
  }
}

interface MediaAddress {
  readonly url: string;
  readonly rendition: Rendition;
  readonly codecs: readonly string[];
  readonly bandwidth: number;
}

/** Each media playlist once. */
function playlistsOf(renditions: readonly Rendition[], base: string): MediaAddress[] {
  const found = new Map<string, MediaAddress>();
  const codecsOf = ({ attributes }: Rendition): string[] => quoted(attributes, 'CODECS')?.split(',') ?? [];
  for (const rendition of renditions) {
    const { href: url } = new URL(rendition.uri, base);
    // A rendition of its own has codecs of the variants that use it.
    const codecs = rendition.kind === 'media' ? renditions.flatMap(codecsOf) : codecsOf(rendition);
    const bandwidth = rendition.kind === 'variant' ? Number(rendition.attributes.get('BANDWIDTH')) : 0;
    if (!found.has(url)) found.set(url, { url, rendition, codecs, bandwidth });
  }
  return [...found.values()];
}

async function followMedia(
  media: MediaAddress,
  options: FollowOptions,
  findings: Findings,
  isFirst: boolean,
): Promise<void> {
  const { ask, signal, decodeEvery = 1, onSegments } = options;
  const { url, codecs, bandwidth, rendition } = media;
  // What text and single pictures are made of is another matter.
  const plain = rendition.kind === 'iframes' || rendition.attributes.get('TYPE') === 'SUBTITLES';
  const loader = plain ? undefined : new MediaLoader({ url, ask, findings, codecs, bandwidth, decodeEvery });
  const told: Promise<void>[] = [];
  let newest: number | undefined;
  let count = 0;
  const onRevision = (playlist: Playlist, where: string): void => {
    loader?.take(playlist, where);
    const { msn } = edgeOf(playlist);
    for (let next = newest ?? msn; isFirst && next < msn; next += 1) told.push(onSegments?.((count += 1)) ?? nothing);
    newest = msn;
  };
  const follower = new PlaylistFollower({ url, ask, signal, findings, pace: 'parts', onRevision });
  await follower.run();
  await loader?.done;
  await Promise.all(told);
}

async function followDvr({ url, ask, signal, dvrQuery = '' }: FollowOptions, findings: Findings): Promise<void> {
  const target = new URL(url);
  for (const [name, value] of new URLSearchParams(dvrQuery)) target.searchParams.set(name, value);
  const answer = await ask(target.href, { signal });
  const name = 'the playlist that reaches back';
  if (answer.status !== 200) {
    findings.add(name, [of('dvr')(`it is answered with ${answer.status}`)]);
    return;
  }
  findings.add(name, lintMultivariantPlaylist(textOf(answer)));
  const media = playlistsOf(readMultivariant(textOf(answer)).renditions, target.href);
  await Promise.all(
    media.map((one) => new PlaylistFollower({ url: one.url, ask, signal, findings, pace: 'segments' }).run()),
  );
}

/** All renditions side by side, again and again. */
async function compare(
  media: readonly MediaAddress[],
  independent: boolean,
  { ask, signal }: FollowOptions,
  findings: Findings,
): Promise<void> {
  while (!signal.aborted) {
    const answers = await Promise.all(media.map(({ url }) => ask(url)));
    const members = answers.flatMap((answer, index) => {
      const { rendition } = media[index] ?? {};
      return rendition ? [{ uri: rendition.uri, playlist: readPlaylist(textOf(answer)) }] : [];
    });
    if (members.some(({ playlist }) => playlist.ended)) return;
    findings.add('all renditions', problemsBetween(members, independent));
    await sleep(systemClock, COMPARE_MS, signal);
  }
}

/** The rules about requests, once. */
async function requests(url: string, { ask, crowd = ask, signal }: FollowOptions, findings: Findings): Promise<void> {
  const target = { url, ask, crowd };
  try {
    findings.add('requests', await problemsOfDirectives(target));
    findings.add('requests', await problemsOfUnknown(target));
  } catch (error) {
    if (!signal.aborted) findings.add('requests', [of('requests')(String(error))]);
  }
}

/** A playlist that has ended knows no directives, and keeps nobody waiting. */
async function afterEnd(url: string, { ask }: FollowOptions, findings: Findings): Promise<void> {
  for (const directives of [{}, { msn: 100_000 }, { msn: 100_000, part: 3 }, { msn: 0, skip: 'YES' }]) {
    const answer = await ask(directed(url, directives));
    const what = `${JSON.stringify(directives)} after the end`;
    if (answer.status !== 200) findings.add('the end', [of('ended')(`${what} is answered with ${answer.status}`)]);
    else if (!readPlaylist(textOf(answer)).ended)
      findings.add('the end', [of('ended')(`${what} gives one without an end`)]);
    else if (textOf(answer).includes('#EXT-X-SKIP')) findings.add('the end', [of('ended')(`${what} skips segments`)]);
  }
}
