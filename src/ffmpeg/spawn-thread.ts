/** A thread that starts processes, so that whoever needs one does not stand still meanwhile. */
import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { DirectReader } from './direct-reader.ts';
import { type OwnEnd, connectOwnEnd } from './own-end.ts';

/** To the thread. */
export type ToSpawnThread =
  | {
      readonly type: 'start';
      readonly id: number;
      readonly path: string;
      readonly args: readonly string[];
      /** Priority of the process: from 0, as we are, to 19, when nobody else wants the processor. */
      readonly nice: number;
    }
  /** Accept so many connections. */
  | { readonly type: 'accept'; readonly count: number };

/** From the thread. */
export type FromSpawnThread =
  | { readonly type: 'listening'; readonly path: string }
  | { readonly type: 'accepted' }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'started'; readonly id: number; readonly pid: number }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string }
  | { readonly type: 'stderr'; readonly id: number; readonly data: Uint8Array }
  | { readonly type: 'exited'; readonly id: number }
  | {
      readonly type: 'closed';
      readonly id: number;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    };

interface ThreadChildEvents {
  spawn: [];
  error: [Error];
  exit: [];
  close: [number | null, NodeJS.Signals | null];
}

/** A child that the thread starts. As far as its supervisor looks at it, a `ChildProcess`, but for the time before `spawn`. */
export class ThreadChild extends EventEmitter<ThreadChildEvents> {
  /** Undefined until `spawn`. */
  pid: number | undefined;
  readonly stdin: Socket;
  readonly stdout = null;
  readonly stderr = new PassThrough();
  /** Where its output comes from; read by whoever was named at the start. */
  readonly output: Socket;
  readonly stdio: readonly [Socket, Socket, PassThrough];

  constructor(stdin: Socket, output: Socket) {
    super();
    this.stdin = stdin;
    this.output = output;
    this.stdio = [stdin, output, this.stderr];
  }
}

/** Two connections for each of a dozen children: a change of layout in a usual room. */
const SPARE = 24;
/** Decoders, on which one tile depends, give way to what makes the program, on which everybody does. */
const NICE = 10;

/**
 * One for a process; its children must be gone before it is closed. When the thread fails and has children, the whole process
 * does; when it cannot be had, or has no connections for children, nothing is started by it any more.
 */
export class SpawnThread {
  readonly #worker: Worker;
  readonly #children = new Map<number, ThreadChild>();
  /** Our ends of connections that the thread has accepted, in its order. */
  readonly #ends: OwnEnd[] = [];
  #connecting: OwnEnd[] | undefined;
  #wanted = 0;
  #refused = false;
  #next = 0;
  #markReady = (): void => {};
  #ready: Promise<void> = Promise.resolve();

  constructor() {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(fileURLToPath(new URL(`./spawn-worker.${extension}`, import.meta.url)));
    this.#worker.on('message', (message: FromSpawnThread) => this.#onMessage(message));
    this.#worker.on('error', (error) => {
      // Its children would be nobody's any more.
      if (this.#children.size > 0) throw error;
      this.#refuse();
    });
    this.#connect();
    // Whoever waits for it is not to end meanwhile.
    void this.#ready.then(() => this.#worker.unref());
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
  start(path: string, args: readonly string[], reader: DirectReader): ThreadChild | undefined {
    const [input, output] = this.#ends.splice(0, 2);
    if (this.#ends.length <= SPARE / 2) this.#connect();
    if (!input || !output) return undefined;
    output.readInto(reader);
    const child = new ThreadChild(input.socket, output.socket);
    const id = this.#next;
    this.#next += 1;
    this.#children.set(id, child);
    this.#send({ type: 'start', id, path, args, nice: NICE });
    return child;
  }

  /** Resolves when the thread is gone. */
  async close(): Promise<void> {
    this.#refused = true;
    // It has a folder to remove.
    await this.#ready;
    await this.#worker.terminate();
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

  #send(message: ToSpawnThread): void {
    this.#worker.postMessage(message);
  }

  #onMessage(message: FromSpawnThread): void {
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

  #onChild(message: Extract<FromSpawnThread, { id: number }>): void {
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
        break;
      case 'closed':
        this.#children.delete(message.id);
        child.stderr.end();
        // What it said last is still to be read.
        void Promise.all([gone(child.stderr), gone(child.output)]).then(() =>
          child.emit('close', message.code, message.signal),
        );
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
