/**
 * A small process that starts others. The system copies the memory map of whoever starts one: a mixer's takes 4 to 30 ms, during which none of
 * its threads gets memory, and it has to touch each page anew afterwards.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { DirectReader } from './direct-reader.ts';
import { type OwnEnd, connectOwnEnd } from './own-end.ts';

/** To the process. */
export type ToForker =
  | { readonly type: 'start'; readonly id: number; readonly path: string; readonly args: readonly string[] }
  | { readonly type: 'signal'; readonly id: number; readonly signal: NodeJS.Signals }
  /** Accept so many connections. */
  | { readonly type: 'accept'; readonly count: number };

/** From the process. */
export type FromForker =
  | { readonly type: 'listening'; readonly path: string }
  | { readonly type: 'accepted' }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'started'; readonly id: number; readonly pid: number }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string }
  | { readonly type: 'stderr'; readonly id: number; readonly data: Uint8Array }
  | {
      readonly type: 'exited';
      readonly id: number;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    }
  /** Nobody can say anything on its standard error any more. */
  | { readonly type: 'closed'; readonly id: number };

interface ForkedChildEvents {
  spawn: [];
  error: [Error];
  exit: [];
  close: [number | null, NodeJS.Signals | null];
}

/** A child that it starts. As far as its supervisor looks at it, a `ChildProcess`, but for the time before `spawn`. */
export class ForkedChild extends EventEmitter<ForkedChildEvents> {
  /** Undefined until `spawn`. */
  pid: number | undefined;
  readonly stdin: Socket;
  readonly stdout = null;
  readonly stderr = new PassThrough();
  /** Where its output comes from; read by whoever was named at the start. */
  readonly output: Socket;
  readonly stdio: readonly [Socket, Socket, PassThrough];
  /** Also before `spawn`; ignored once it is gone. */
  readonly signal: (signal: NodeJS.Signals) => void;

  constructor(stdin: Socket, output: Socket, signal: (signal: NodeJS.Signals) => void) {
    super();
    this.signal = signal;
    this.stdin = stdin;
    this.output = output;
    this.stdio = [stdin, output, this.stderr];
  }
}

/** Two connections for each of a dozen children: a change of layout in a usual room. */
const SPARE = 24;

/**
 * One for a process. Should it end, so do its children. When it cannot be had, or has no
 * connections for children, nothing is started by it any more.
 */
export class Forker {
  readonly #process: ChildProcess;
  readonly #children = new Map<number, ForkedChild>();
  /** Our ends of connections that it has accepted, in its order. */
  readonly #ends: OwnEnd[] = [];
  #connecting: OwnEnd[] | undefined;
  #wanted = 0;
  #refused = false;
  #next = 0;
  #markReady = (): void => {};
  #ready: Promise<void> = Promise.resolve();

  constructor() {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const entry = fileURLToPath(new URL(`./forker-process.${extension}`, import.meta.url));
    this.#process = fork(entry, [], {
      execArgv: [],
      // A terminal's Ctrl-C is not for it.
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    this.#process.on('message', (message: FromForker) => this.#onMessage(message));
    this.#process.on('error', () => {
      // Also emitted when a message cannot be sent; only a process that never was has no pid.
      if (this.#process.pid === undefined) this.#onEnd();
    });
    this.#process.once('exit', () => this.#onEnd());
    this.#connect();
    // Whoever waits for it is not to end meanwhile.
    void this.#ready.then(() => {
      this.#process.unref();
      this.#process.channel?.unref();
    });
  }

  /** Resolves once connections for children are ready, or it is known that there will be none. */
  ready(): Promise<void> {
    return this.#ready;
  }

  /** Resolves when it can start a child, or never will; undefined when it can now. */
  waiting(): Promise<void> | undefined {
    if (this.#ends.length >= 2 || this.#refused) return undefined;
    this.#connect();
    return this.#ready;
  }

  /** Starts a program whose output goes to `reader`; undefined when nothing is ready for it at the moment. */
  start(path: string, args: readonly string[], reader: DirectReader): ForkedChild | undefined {
    const [input, output] = this.#ends.splice(0, 2);
    if (this.#ends.length <= SPARE / 2) this.#connect();
    if (!input || !output) return undefined;
    output.readInto(reader);
    const id = this.#next;
    this.#next += 1;
    const child = new ForkedChild(input.socket, output.socket, (signal) => this.#send({ type: 'signal', id, signal }));
    this.#children.set(id, child);
    this.#send({ type: 'start', id, path, args });
    return child;
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.#refused = true;
    // It has a folder to remove.
    await this.#ready;
    const { pid, exitCode, signalCode } = this.#process;
    if (pid !== undefined && exitCode === null && signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.ref();
      this.#killGroup();
      await gone;
    }
    for (const { socket } of this.#ends.splice(0)) socket.destroy();
  }

  #connect(): void {
    if (this.#connecting || this.#refused) return;
    this.#connecting = [];
    this.#ready = new Promise((resolve) => {
      this.#markReady = resolve;
    });
    this.#wanted = SPARE - this.#ends.length;
    this.#send({ type: 'accept', count: this.#wanted });
  }

  #send(message: ToForker): void {
    if (this.#process.connected) this.#process.send(message);
  }

  /** It leads one, of which its children are. */
  #killGroup(): void {
    try {
      if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // Nobody is left.
    }
  }

  /** Nobody tells any more how its children are. */
  #onEnd(): void {
    this.#killGroup();
    for (const [id, { pid }] of this.#children) {
      if (pid === undefined) {
        this.#onChild({ type: 'failed', id, reason: 'the process that starts others ended' });
        continue;
      }
      this.#onChild({ type: 'exited', id, code: null, signal: 'SIGKILL' });
      this.#onChild({ type: 'closed', id });
    }
    for (const { socket } of this.#ends.splice(0)) socket.destroy();
    this.#refuse();
  }

  #onMessage(message: FromForker): void {
    switch (message.type) {
      case 'listening':
        for (let count = 0; count < this.#wanted; count += 1) this.#connecting?.push(this.#connectOne(message.path));
        break;
      case 'accepted':
        this.#ends.push(...(this.#connecting ?? []));
        this.#connecting = undefined;
        this.#markReady();
        break;
      case 'refused':
        this.#refuse();
        break;
      default:
        this.#onChild(message);
    }
  }

  #connectOne(path: string): OwnEnd {
    const end = connectOwnEnd(path);
    // Out of file descriptors, for example.
    end.socket.once('close', () => {
      if (this.#connecting?.includes(end)) this.#refuse();
    });
    return end;
  }

  /** Nobody knows any more which end belongs to which; those that are ready do still. */
  #refuse(): void {
    this.#refused = true;
    const connecting = this.#connecting ?? [];
    this.#connecting = undefined;
    for (const { socket } of connecting) socket.destroy();
    this.#markReady();
  }

  #onChild(message: Extract<FromForker, { id: number }>): void {
    const child = this.#children.get(message.id);
    if (!child) return;
    switch (message.type) {
      case 'started':
        child.pid = message.pid;
        child.emit('spawn');
        break;
      case 'failed':
        this.#children.delete(message.id);
        child.stderr.destroy();
        child.emit('error', new Error(message.reason));
        break;
      case 'stderr':
        child.stderr.write(message.data);
        break;
      case 'exited':
        child.emit('exit');
        // What it said last is still to be read. Whatever it had started may hold on to both, until nobody waits for that any more.
        void Promise.all([gone(child.stderr), gone(child.output)]).then(() => {
          this.#children.delete(message.id);
          child.emit('close', message.code, message.signal);
        });
        break;
      case 'closed':
        child.stderr.end();
        break;
    }
  }
}

function gone(stream: Socket | PassThrough): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) resolve();
    else stream.once('close', resolve);
  });
}
