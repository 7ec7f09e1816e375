/** One run of the mixer process: forked, linked, and ended in order. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Logger, wordsOfOutput } from '../logger.ts';
import { type Clock, sleep } from '../util/clock.ts';
import { Link, type LinkMedia } from './link.ts';
import type { FromMixer, ToMixer } from './link-messages.ts';

/** Options of a run. */
export interface MixerChildOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly onMessage: (message: FromMixer) => void;
  readonly onMedia: (media: LinkMedia) => void;
  /** The process is gone without having been asked; called at most once. */
  readonly onExit: (reason: string) => void;
}

const MAX_PENDING_BYTES = 64 * 1024 * 1024;
/** Its encoders are given this long to write what they hold. */
const GRACE_MS = 4000;
const LINK_FD = 3;
/**
 * Packets to the mixer go out together, at most so much later: each on its own would cost both processes a system call and a
 * turn of their loops, hundreds of times a second.
 */
const GATHER_MS = 4;
/** It reports its figures every second: one that says nothing at so many checks in a row hangs. */
const CHECK_MS = 2500;
const QUIET_CHECKS = 4;
/** Before its first word, as its code takes long to load on a busy machine, and that of the next one would take no less. */
const STARTING_CHECKS = 24;

/** Sources in a checkout end in .ts, those of the built package in .js. */
function entryPath(): string {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fileURLToPath(new URL(`./mixer-process.${extension}`, import.meta.url));
}

/** Without a process (out of file descriptors, for example) there are no pipes either: a stand-in swallows everything. */
function linkOf(child: ChildProcess): Duplex {
  const stdio = child.stdio as ChildProcess['stdio'] | undefined;
  return (
    (stdio?.[LINK_FD] as Duplex | null | undefined) ??
    new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() })
  );
}

/** `close` resolves when the operating system is done with the process. */
export class MixerChild {
  readonly #process: ChildProcess;
  readonly #link: Link;
  readonly #gone: Promise<void>;
  readonly #clock: Clock;
  #quietChecks = 0;
  #mostQuiet = STARTING_CHECKS;
  #stopRequested = false;

  constructor(options: MixerChildOptions) {
    const { clock, log } = options;
    this.#clock = clock;
    // The one line that it writes by itself looks like those of the server.
    const args = [entryPath(), ...wordsOfOutput(log.output)];
    this.#process = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
    this.#gone = this.#watch(options);
    this.#link = this.#connect(options);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  send(message: ToMixer): void {
    this.#link.send(message);
  }

  sendMedia(media: LinkMedia): void {
    this.#link.sendMedia(media);
  }

  /** Resolves when the process is gone, of which the owner is told unless it asked for that. */
  #watch({ clock, log, onExit }: MixerChildOptions): Promise<void> {
    const stopChecks = clock.every(CHECK_MS, () => this.#check(log));
    return new Promise((resolve) => {
      const finish = (reason: string): void => {
        stopChecks();
        resolve();
        if (this.#stopRequested) return;
        this.#stopRequested = true;
        onExit(reason);
      };
      this.#process.once('error', (error) => finish(error.message));
      this.#process.once('close', (code, signal) => finish(signal ?? `exit code ${code}`));
    });
  }

  #connect({ clock, log, onMessage, onMedia }: MixerChildOptions): Link {
    return new Link({
      stream: linkOf(this.#process),
      maxPendingBytes: MAX_PENDING_BYTES,
      gather: (flush) => void clock.after(GATHER_MS, flush),
      onMessage: (message) => {
        this.#quietChecks = 0;
        this.#mostQuiet = QUIET_CHECKS;
        onMessage(message as FromMixer);
      },
      onMedia,
      onEnd: (reason) => {
        if (reason !== undefined) log.error('the link to a mixer process broke', { reason });
        // A process that closed its link but lives on serves nobody.
        if (!this.#stopRequested) this.#process.kill('SIGKILL');
      },
    });
  }

  /** Checks are counted, not milliseconds: a server that stood still itself must not take it for the mixer's doing. */
  #check(log: Logger): void {
    this.#quietChecks += 1;
    if (this.#quietChecks < this.#mostQuiet || this.#stopRequested) return;
    log.error('a mixer process hangs and is ended');
    this.#process.kill('SIGKILL');
  }

  /** Asks by ending the link, then by signals. */
  async close(): Promise<void> {
    this.#stopRequested = true;
    this.#link.close();
    const settled = new AbortController();
    void this.#gone.then(() => settled.abort());
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      await sleep(this.#clock, GRACE_MS, settled.signal);
      if (settled.signal.aborted) break;
      this.#process.kill(signal);
    }
    await this.#gone;
  }
}
