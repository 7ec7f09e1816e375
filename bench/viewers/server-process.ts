/** A server in a process of its own, what it costs and how late its loop is. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type CpuTime, ownTimeOf } from '../measure/processes.ts';

/** To the process. */
export interface ToBenchServer {
  /** Begin and end to watch the loop; say what the heap holds after a collection. */
  readonly type: 'begin' | 'end' | 'heap';
}

/** By how much the loop's timers were late, milliseconds. */
export interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** From the process. */
export type FromBenchServer =
  | { readonly type: 'open'; readonly url: string; readonly token: string }
  | ({ readonly type: 'delay' } & LoopDelay)
  | { readonly type: 'heap'; readonly bytes: number };

/** Closed by whoever started it. */
export class BenchServer {
  readonly url: string;
  readonly token: string;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, { url, token }: Extract<FromBenchServer, { type: 'open' }>) {
    this.#process = child;
    this.url = url;
    this.token = token;
  }

  /**
   * @param nodeOptions of the process, beside `--expose-gc`: a profile, for example
   * @param certificate files of its certificate and key; without, it speaks HTTP/1.1 and no TLS
   */
  static async start(
    nodeOptions: readonly string[],
    certificate?: { readonly cert: string; readonly key: string },
  ): Promise<BenchServer> {
    // A session of its own: kernels that share the processor among sessions must not count us in.
    const options = { execArgv: ['--expose-gc', ...nodeOptions], detached: true };
    const files = certificate ? [certificate.cert, certificate.key] : [];
    const child = fork(fileURLToPath(new URL('./server-main.ts', import.meta.url)), files, options);
    const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The server ended with code ${code}`)));
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [FromBenchServer];
    ended.catch(() => {});
    if (message.type !== 'open') throw new Error('The server did not open');
    return new BenchServer(child, message);
  }

  /** Time of the server alone: neither its mixers nor their encoders. */
  get processorTime(): CpuTime {
    return ownTimeOf(this.#process.pid ?? 0);
  }

  beginWatch(): void {
    this.#say({ type: 'begin' });
  }

  async endWatch(): Promise<LoopDelay> {
    const message = await this.#ask({ type: 'end' });
    if (message.type !== 'delay') throw new Error('The server did not tell its delay');
    return message;
  }

  /** Bytes of objects that are left after a collection. */
  async heapBytes(): Promise<number> {
    const message = await this.#ask({ type: 'heap' });
    if (message.type !== 'heap') throw new Error('The server did not tell its heap');
    return message.bytes;
  }

  /** A value of its metrics, summed over labels; undefined when there is none of this name. */
  async metric(name: string): Promise<number | undefined> {
    const headers = { authorization: `Bearer ${this.token}` };
    const text = await (await fetch(`${this.url}/metrics`, { headers })).text();
    const values = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    if (values.length === 0) return undefined;
    return values.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.disconnect();
    await gone;
  }

  async #ask(message: ToBenchServer): Promise<FromBenchServer> {
    const answer = once(this.#process, 'message');
    this.#say(message);
    const [said] = (await answer) as [FromBenchServer];
    return said;
  }

  #say(message: ToBenchServer): void {
    this.#process.send(message);
  }
}
