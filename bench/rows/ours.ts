/** Gridcast's mixer with everything it does: names, clock, sound, AAC, and everybody's mix-minus. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sleep, systemClock } from '../../src/util/clock.ts';
import type { RootProcess } from '../measure/processes.ts';
import type { FromRoomProcess, ToRoomProcess } from '../room/room-process.ts';
import type { Quality, RowOptions, RunningRow } from './row.ts';

const ENTRY = fileURLToPath(new URL('../room/room-process.ts', import.meta.url));
const ANSWER_MS = 60_000;
const GRACE_MS = 15_000;

/** Starts it. @param clamped whether senders encode at the size of their tile, as browsers do. */
export async function startOurs(options: RowOptions, clamped: boolean): Promise<RunningRow> {
  const { content, tiles, ffmpeg } = options;
  const size = clamped ? content.clampedSize(tiles) : undefined;
  const indices = Array.from({ length: tiles }, (_, index) => index);
  const clips: string[] = [];
  for (const index of indices) clips.push(await content.clip(index, size));
  const voices: string[] = [];
  for (const index of indices) voices.push(await content.voice(index, tiles));
  const row = new OurRow();
  try {
    await row.ask({ type: 'open', ffmpeg, clips, voices }, 'open');
    return row;
  } catch (error) {
    await row.stop();
    throw error;
  }
}

class OurRow implements RunningRow {
  readonly roots: readonly RootProcess[];
  readonly #process: ChildProcess;
  readonly #gone: Promise<void>;

  constructor() {
    this.#process = fork(ENTRY, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#gone = new Promise((resolve) => {
      // Not 'close', which does not come once the channel has been closed from here.
      this.#process.once('exit', () => resolve());
    });
    this.roots = [{ pid: this.#process.pid ?? 0, kind: 'feeder' }];
  }

  /** @throws Error when the answer does not come. */
  ask<T extends FromRoomProcess['type']>(
    question: ToRoomProcess,
    answer: T,
  ): Promise<Extract<FromRoomProcess, { type: T }>> {
    return new Promise((resolve, reject) => {
      const settled = new AbortController();
      const finish = (settle: () => void): void => {
        this.#process.off('message', onMessage);
        settled.abort();
        settle();
      };
      const onMessage = (message: FromRoomProcess): void => {
        if (message.type === answer) finish(() => resolve(message as Extract<FromRoomProcess, { type: T }>));
      };
      this.#process.on('message', onMessage);
      this.#process.send(question);
      const fail = (why: string) => (): void => {
        if (!settled.signal.aborted) finish(() => reject(new Error(why)));
      };
      void this.#gone.then(fail('The process of the room ended early'));
      void sleep(systemClock, ANSWER_MS, settled.signal).then(fail('The process of the room does not answer'));
    });
  }

  async begin(): Promise<void> {
    await this.ask({ type: 'begin' }, 'begun');
  }

  async end(): Promise<Quality> {
    const { quality, restarts } = await this.ask({ type: 'end' }, 'ended');
    if (restarts > 0) throw new Error('The mixer process was started again: the row is worth nothing');
    return quality;
  }

  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    const settled = new AbortController();
    void this.#gone.then(() => settled.abort());
    await sleep(systemClock, GRACE_MS, settled.signal);
    if (!settled.signal.aborted) this.#process.kill('SIGKILL');
    await this.#gone;
  }
}
