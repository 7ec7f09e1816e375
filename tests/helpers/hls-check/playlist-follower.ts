/** Plays a client of one media playlist with blocking reloads, and holds every revision to the rules. */
import { sleep, systemClock } from '../../../src/util/clock.ts';
import { isYes } from './attributes.ts';
import { AvailabilityWatch } from './availability.ts';
import { CadenceWatch } from './cadence.ts';
import { merged } from './delta.ts';
import { directed, problemsOfHeld } from './directives.ts';
import type { Findings } from './findings.ts';
import { problemsOfErrorHeaders, problemsOfHeaders } from './headers.ts';
import { problemsOfChange } from './history.ts';
import { type Answer, type Ask, textOf } from './http-client.ts';
import { problemsOf } from './lint.ts';
import { problemsOfHlsParser, problemsOfM3u8Parser } from './oracles.ts';
import { type Playlist, allSegments, edgeOf, readPlaylist } from './playlist.ts';
import { of } from './problem.ts';

/** What to follow. */
export interface FollowerOptions {
  readonly url: string;
  readonly ask: Ask;
  readonly findings: Findings;
  /** Aborts when enough was seen. */
  readonly signal: AbortSignal;
  /** `parts`: each revision, with its parts; `segments`: only those that end a segment. */
  readonly pace: 'parts' | 'segments';
  /** Told of each new revision, whole. */
  readonly onRevision?: (playlist: Playlist, where: string) => void;
}

/** Answers of this kind in a row after which following makes no sense. */
const MOST_FAILURES = 30;
const RETRY_MS = 100;
/** Every so many reloads ask for a delta update. */
const DELTA_EVERY = 2;

/** One for a playlist; `run` resolves when it has ended, or when the signal aborts. */
export class PlaylistFollower {
  readonly #options: FollowerOptions;
  readonly #name: string;
  readonly #cadence = new CadenceWatch();
  readonly #availability: AvailabilityWatch;
  #known: Playlist | undefined;
  #reloads = 0;
  #failures = 0;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#name = new URL(options.url).pathname.split('/').at(-1) ?? '';
    this.#availability = new AvailabilityWatch(options.url, options.ask);
  }

  /** The newest revision. */
  get known(): Playlist | undefined {
    return this.#known;
  }

  /** @throws Error when the playlist cannot be had at all */
  async run(): Promise<void> {
    const { signal, url } = this.#options;
    while (!signal.aborted && this.#known?.ended !== true) {
      const { target, held, isDelta } = this.#request();
      const answer = await this.#options.ask(target, { signal }).catch((error: unknown) => {
        if (!signal.aborted) this.#options.findings.add(this.#where(), [of('request')(`${target}: ${String(error)}`)]);
        return undefined;
      });
      if (signal.aborted) return;
      if (answer?.status === 200) await this.#answered(answer, held, isDelta);
      else if (answer) await this.#failed(answer, target);
      if (this.#failures > MOST_FAILURES) throw new Error(`${url} cannot be followed`);
    }
  }

  /** The next thing that this client asks for. */
  #request(): { target: string; held: { msn: number; part?: number } | undefined; isDelta: boolean } {
    const { url, pace } = this.#options;
    const known = this.#known;
    if (!known?.control || !isYes(known.control, 'CAN-BLOCK-RELOAD'))
      return { target: url, held: undefined, isDelta: false };
    const { msn, parts } = edgeOf(known);
    const held = pace === 'parts' && known.partTarget !== undefined ? { msn, part: parts } : { msn };
    this.#reloads += 1;
    const isDelta = this.#reloads % DELTA_EVERY === 0 && known.control.has('CAN-SKIP-UNTIL');
    const skip = isYes(known.control, 'CAN-SKIP-DATERANGES') ? 'v2' : 'YES';
    return { target: directed(url, { ...held, ...(isDelta && { skip }) }), held, isDelta };
  }

  async #answered(answer: Answer, held: { msn: number; part?: number } | undefined, isDelta: boolean): Promise<void> {
    const { findings, ask, url } = this.#options;
    this.#failures = 0;
    const read = readPlaylist(textOf(answer));
    const before = this.#known;
    const where = `${this.#name} at ${edgeOf(read).msn}.${edgeOf(read).parts}`;
    findings.add(where, problemsOf(read));
    findings.heard('hls-parser', where, problemsOfHlsParser(read));
    findings.heard('m3u8-parser', where, problemsOfM3u8Parser(read));
    const kind = held ? 'blocked playlist' : 'playlist';
    findings.add(where, problemsOfHeaders(kind, `${this.#name}, ${kind},`, answer, read.targetDuration));
    if (held) findings.add(where, problemsOfHeld(held, answer, read.targetDuration));
    if (isDelta && read.skipped > 0) findings.tally.deltas += 1;
    if (!isDelta && read.skipped > 0) findings.add(where, [of('skip')('a delta update came unasked')]);
    const whole = before ? merged(read, before) : read;
    if (!whole) {
      findings.add(where, [of('delta')('it skips what was never listed')]);
      this.#known = readPlaylist(textOf(await ask(url)));
      return;
    }
    if (!before && allSegments(whole).length === 0) findings.add(where, [of('tags')('there is nothing to play')]);
    this.#take(before, whole, answer.firstByteMs, where);
    // A playlist that is not waited for is asked for again and again.
    if (!held && before) await this.#pause((whole.targetDuration * 1000) / 2);
    findings.add(where, await this.#availability.look(performance.now()));
  }

  #take(before: Playlist | undefined, after: Playlist, atMs: number, where: string): void {
    const { findings, pace, onRevision } = this.#options;
    this.#known = after;
    if (before?.text !== after.text) findings.tally.revisions += 1;
    if (before) {
      findings.add(where, problemsOfChange(before, after));
      this.#availability.take(before, after, atMs);
    }
    if (pace === 'parts' && after.partTarget !== undefined) {
      const { problems, gapMs, lagMs } = this.#cadence.take(after, atMs, Date.now() - (performance.now() - atMs));
      findings.add(where, problems);
      if (gapMs !== undefined) findings.tally.gapsMs.push(gapMs);
      if (lagMs !== undefined) findings.tally.lagsMs.push(lagMs);
    }
    onRevision?.(after, where);
  }

  async #failed(answer: Answer, target: string): Promise<void> {
    const { findings } = this.#options;
    this.#failures += 1;
    const { status, endedMs, startedMs } = answer;
    findings.add(this.#where(), problemsOfErrorHeaders('a reload', answer));
    const heldMs = endedMs - startedMs;
    const patienceMs = 3000 * (this.#known?.targetDuration ?? 2);
    if (status === 503 && this.#known) {
      findings.tally.unavailable += 1;
      // It came at least as late as it may; when the machine is busy, later.
      if (heldMs < 0.9 * patienceMs) {
        findings.add(this.#where(), [of('unavailable')(`503 after ${heldMs.toFixed(0)} ms, before ${patienceMs}`)]);
      }
    } else {
      findings.add(this.#where(), [of('request')(`${target} is answered with ${status}`)]);
    }
    await this.#pause(RETRY_MS);
  }

  #pause(ms: number): Promise<void> {
    return sleep(systemClock, ms, this.#options.signal);
  }

  #where(): string {
    const edge = this.#known && edgeOf(this.#known);
    return `${this.#name} after ${edge ? `${edge.msn}.${edge.parts}` : 'nothing'}`;
  }
}
