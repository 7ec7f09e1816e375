/** A remote stream that is requested again from where it broke off. */
import { Readable } from 'node:stream';
import { type Clock, sleep } from '../../util/clock.ts';
import { type RetryPolicy, retryDelay } from '../../util/retry.ts';
import type { ByteSpan } from './byte-span.ts';

/** Options of a resuming stream. */
export interface ResumingStreamOptions {
  readonly span: ByteSpan;
  /** What was asked for already, with all of the span: it is read first, and destroyed with the stream. */
  readonly first?: Readable;
  /** Asks for a part of the bytes; `signal` aborts when nobody wants them any more. */
  readonly open: (span: ByteSpan, signal: AbortSignal) => Promise<Readable>;
  readonly retry: RetryPolicy;
  readonly clock: Clock;
}

/** Gives up when `retry` does; every byte that comes begins its count anew. */
export class ResumingStream extends Readable {
  readonly #options: ResumingStreamOptions;
  readonly #ended = new AbortController();
  #at: number;
  #failures = 0;
  #source: Readable | undefined;
  #first: Readable | undefined;
  #running = false;

  constructor(options: ResumingStreamOptions) {
    super();
    this.#options = options;
    this.#at = options.span.start;
    this.#first = options.first;
    // It may break off before anybody reads; whoever does finds it destroyed.
    this.#first?.on('error', () => undefined);
  }

  override _read(): void {
    this.#source?.resume();
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#ended.abort();
    this.#source?.destroy();
    this.#first?.destroy();
    done(error);
  }

  async #run(): Promise<void> {
    const { clock, open, retry, span } = this.#options;
    while (!this.destroyed && this.#at <= span.end) {
      try {
        const source = this.#first ?? (await open({ start: this.#at, end: span.end }, this.#ended.signal));
        this.#first = undefined;
        await this.#follow(source);
        if (this.#at <= span.end) throw new Error('The store ended an object too early');
      } catch (error) {
        this.#failures += 1;
        const delay = retryDelay(retry, this.#failures);
        if (delay === undefined) this.destroy(error instanceof Error ? error : new Error(String(error)));
        else await sleep(clock, delay, this.#ended.signal);
      }
    }
    if (!this.destroyed) this.push(null);
  }

  /** Resolves at its end, rejects when it breaks off. */
  #follow(source: Readable): Promise<void> {
    if (this.destroyed) source.destroy();
    if (source.destroyed) return Promise.reject(source.errored ?? new Error('The store broke off an object'));
    this.#source = source;
    source.on('data', (data: Buffer) => {
      this.#failures = 0;
      this.#at += data.length;
      if (!this.push(data)) source.pause();
    });
    return new Promise<void>((resolve, reject) => {
      source.once('end', resolve);
      source.once('error', reject);
      // After either of them it changes nothing.
      source.once('close', resolve);
    }).finally(() => {
      this.#source = undefined;
    });
  }
}
