/** One recording during which, or behind which, something is killed; and what has become of it. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingView } from '../../src/api/ports.ts';
import { messageOf } from '../../src/errors.ts';
import { sleep, systemClock } from '../../src/util/clock.ts';
import { type CoveredTimeline, coveredSpans, holesBetween, lossAround } from './coverage.ts';
import type { KillServer } from './kill-server.ts';
import { readFilm, shownNumbers } from './numbered-film.ts';
import { NUMBERS, type NumberedSender } from './numbered-sender.ts';
import { orphansOf, taggedProcesses } from './tagged-processes.ts';

/** What is killed. */
export const VICTIMS = ['server', 'mixer', 'encoder', 'worker', 'redis'] as const;
/** One of them. */
export type Victim = (typeof VICTIMS)[number];

/** A round as it is to be played; seconds from the start of the recording. */
export interface RoundPlan {
  readonly victim: Victim;
  readonly stopAt: number;
  /** Later than `stopAt`: while the archive is made. */
  readonly killAt: number;
}

/** What takes part in all rounds. */
export interface Stage {
  readonly server: KillServer;
  readonly sender: NumberedSender;
  /** Another sender takes over: this one's tracks were given up, as happens to decoders on a machine that is far too slow. */
  recast(): Promise<void>;
  readonly room: string;
  readonly ffmpeg: string;
  readonly ffprobe: string;
}

/** How it went. */
export interface RoundResult {
  readonly recording: string;
  /** Seconds of the film; undefined when there is none. */
  readonly seconds: number | undefined;
  /** Pictures of the sender's that it shows: few when the machine is too slow to decode them. */
  readonly seen: number | undefined;
  /** Seconds before the kill that are not in the film; undefined when nothing was to be lost. */
  readonly lost: number | undefined;
  /** Seconds for which no program was made, from the kill on. */
  readonly away: number | undefined;
  /** When the manifest was written, milliseconds: it must be written once. */
  readonly manifestMs: number | undefined;
  /** Starts of each step of the archive. */
  readonly attempts: string;
  readonly faults: readonly string[];
}

/** What may be lost, milliseconds: the part that is being made, and what waits for the disk (`recordings.fsyncMs`). */
const MOST_LOST_MS = 500 + 1000;
/** Whoever is not back after so many seconds does not come back. */
const COMES_BACK = 20;
/** The program, with half the sender's frames, is told of by the second: over two seconds most of it was made. */
const KEEPS_UP = { numbers: 2 * NUMBERS.fps, share: 0.4 };
/** A frame or two: on a busy machine the program leaves some out. */
const LONGEST_HOLE_MS = 150;
const PATIENCE_MS = 90_000;
const LOOK_MS = 20;

/** Plays it; faults are told, not thrown. */
export async function playRound(stage: Stage, plan: RoundPlan): Promise<RoundResult> {
  const faults: string[] = [];
  const { server, room } = stage;
  await settled(stage);
  const { sender } = stage;
  const { id } = await until('a recording starts', () =>
    server.api<RecordingView>('POST', `/api/rooms/${room}/recordings`),
  );
  const start = sender.number;
  const reached = (seconds: number): Promise<unknown> =>
    until('time passes', () => Promise.resolve(sender.number >= start + seconds * NUMBERS.fps || undefined));
  let killedMs: number | undefined;
  const strike = async (): Promise<void> => {
    await reached(plan.killAt);
    killedMs = await kill(stage, plan.victim);
  };
  if (plan.killAt < plan.stopAt) await strike();
  await reached(plan.stopAt);
  // What is to be kept has to be made again first.
  if (['server', 'mixer'].includes(plan.victim) && plan.killAt < plan.stopAt) await settled(stage);
  await until('the recording stops', () => server.api('POST', `/api/recordings/${id}/stop`));
  const stoppedMs = systemClock.wallMs();
  if (plan.killAt >= plan.stopAt) await strike();
  const last = await until('the archive is there', async () => {
    const view = await server.api<RecordingView>('GET', `/api/recordings/${id}`);
    return view.state === 'ready' || view.state === 'failed' ? view : undefined;
  }).catch((error: unknown) => {
    faults.push(messageOf(error));
    return undefined;
  });
  if (last?.state === 'failed') faults.push(`the recording failed: ${last.error ?? 'nobody says why'}`);
  const ready = last?.state === 'ready';
  const film = ready ? await look(stage, id, { stoppedMs, killedMs, plan }, faults) : {};
  faults.push(...(await leftBehind(stage)));
  const manifest = join(server.dataDir, 'recordings', id, 'manifest.json');
  return {
    recording: id,
    seconds: undefined,
    seen: undefined,
    lost: undefined,
    away: undefined,
    ...film,
    manifestMs: ready ? (await stat(manifest)).mtimeMs : undefined,
    attempts: attemptsOf(last),
    faults,
  };
}

/** Resolves when somebody is live and the program is made as fast as time goes by: only what was made can be lost. */
async function settled(stage: Stage): Promise<void> {
  const { server, room } = stage;
  let { number } = stage.sender;
  await until('somebody is live', async () => {
    if (stage.sender.number > number + COMES_BACK * NUMBERS.fps) {
      await stage.recast();
      ({ number } = stage.sender);
    }
    const people = `/api/rooms/${room}/participants`;
    const { items } = await server.api<{ items: readonly { tracks: readonly unknown[] }[] }>('GET', people);
    return items.some(({ tracks }) => tracks.length === 2) || undefined;
  });
  const frames = async (): Promise<number> =>
    (await server.api<{ health?: { frames: number } }>('GET', `/api/rooms/${room}`)).health?.frames ?? 0;
  const { sender } = stage;
  let made = await frames();
  ({ number } = sender);
  await until('the program keeps up', async () => {
    if (sender.number < number + KEEPS_UP.numbers) return undefined;
    const before = { number, made };
    [number, made] = [sender.number, await frames()];
    return made - before.made >= (number - before.number) * KEEPS_UP.share || undefined;
  });
}

/** When it happened, by the clock on the wall. */
async function kill({ server }: Stage, victim: Victim): Promise<number> {
  if (victim === 'server') {
    const atMs = systemClock.wallMs();
    await server.kill();
    await server.launch();
    return atMs;
  }
  // It may just have been started again.
  const found = await until(`there is a ${victim}`, () =>
    Promise.resolve(taggedProcesses(server.tag).find(({ role }) => role === victim)),
  );
  const atMs = systemClock.wallMs();
  process.kill(found.pid, 'SIGKILL');
  return atMs;
}

async function look(
  { server, ffmpeg, ffprobe, sender }: Stage,
  id: string,
  at: { readonly stoppedMs: number; readonly killedMs: number | undefined; readonly plan: RoundPlan },
  faults: string[],
): Promise<Partial<RoundResult>> {
  const folder = join(server.dataDir, 'recordings', id);
  try {
    const { seconds, stamps, complaint } = await readFilm(ffmpeg, ffprobe, join(folder, 'recording.mp4'));
    if (complaint !== '') faults.push(`the decoder complains: ${complaint.split('\n')[0]}`);
    const seen = shownNumbers(stamps, sender.number).length;
    const spans = coveredSpans(JSON.parse(await readFile(join(folder, 'timeline.json'), 'utf8')) as CoveredTimeline);
    const { plan, killedMs, stoppedMs } = at;
    const cuts = plan.killAt < plan.stopAt && ['server', 'mixer', 'encoder'].includes(plan.victim);
    const struck = cuts ? killedMs : undefined;
    const around = struck === undefined ? undefined : lossAround(spans, struck);
    if (around && around.lost > MOST_LOST_MS) faults.push(`${around.lost} ms before the kill are lost`);
    for (const { from, to } of holesBetween(spans)) {
      const expected = struck !== undefined && from - MOST_LOST_MS <= struck && to >= struck;
      if (!expected && to - from > LONGEST_HOLE_MS) faults.push(`${to - from} ms are missing elsewhere`);
    }
    const end = stoppedMs - (spans.at(-1)?.to ?? 0);
    if (end > MOST_LOST_MS) faults.push(`the last ${end} ms are missing`);
    return { seconds, seen, lost: inSeconds(around?.lost), away: inSeconds(around?.away) };
  } catch (error) {
    faults.push(`the film cannot be played: ${messageOf(error).split('\n')[0]}`);
    return {};
  }
}

function inSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms) / 1000;
}

/** Processes without a parent of ours: those that are about to end are waited for. */
async function leftBehind({ server }: Stage): Promise<string[]> {
  return until('orphans end', () => Promise.resolve(orphansOf(server.tag, server.pid).length === 0 || undefined)).then(
    () => [],
    () => orphansOf(server.tag, server.pid).map(({ pid, command }) => `orphan ${pid}: ${command.slice(0, 80)}`),
  );
}

function attemptsOf(view: RecordingView | undefined): string {
  const { steps = [] } = (view ?? {}) as { steps?: readonly { name: string; attempts: number }[] };
  return steps.map(({ name, attempts }) => `${name} ${attempts}`).join(', ');
}

/** What throws is tried again, too, for a server may be down; rejects when all of it takes too long, with the last reason. */
async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = systemClock.monotonicMs() + PATIENCE_MS;
  for (;;) {
    let reason = '';
    try {
      const found = await look();
      if (found !== undefined) return found;
    } catch (error) {
      reason = `: ${messageOf(error)}`;
    }
    if (systemClock.monotonicMs() > deadline) throw new Error(`${PATIENCE_MS / 1000} s before ${what}${reason}`);
    await sleep(systemClock, LOOK_MS);
  }
}
