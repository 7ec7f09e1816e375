/** The address that a recording's film is played from. It carries a permission that ends, so that it may have to be asked for anew. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** The finished film, or the playlist of one that is not finished. */
export type FilmKind = 'file' | 'playlist';

/** Why there is none: the film that is there cannot be played, nothing of it is there yet, or what was thrown. */
export type FilmTrouble = 'unplayable' | 'early' | Error;

/** An address that broke sooner is not worth another try. */
const HELD_MS = 5000;

/** Asks when somebody wants it, never twice at the same time. */
export class FilmAddress implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ask: (kind: FilmKind) => Promise<string>;
  #wanted: FilmKind | undefined;
  #run = 0;
  #askedMs = 0;
  kind: FilmKind | undefined;
  /** Empty while there is none. */
  url = '';
  /** Undefined while there is one, or none is expected. */
  problem: FilmTrouble | undefined;

  constructor(host: ReactiveControllerHost, ask: (kind: FilmKind) => Promise<string>) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  /** Begins to ask unless that is done already; what has only begun is asked for again after a while. */
  want(kind: FilmKind): void {
    const early = kind === 'playlist' && this.problem !== undefined && performance.now() - this.#askedMs > HELD_MS;
    if (this.#wanted === kind && !early) return;
    this.#wanted = kind;
    void this.#get(kind);
  }

  /** It cannot be played (any more): asks anew, once. */
  renew(): void {
    const { kind } = this;
    if (kind === undefined) return;
    if (performance.now() - this.#askedMs > HELD_MS) {
      void this.#get(kind);
      return;
    }
    this.#fail(kind === 'file' ? 'unplayable' : 'early');
  }

  /** For another recording. */
  reset(): void {
    this.#run += 1;
    this.#wanted = undefined;
    Object.assign(this, { kind: undefined, url: '', problem: undefined });
  }

  hostDisconnected(): void {
    this.reset();
  }

  async #get(kind: FilmKind): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    this.#askedMs = performance.now();
    try {
      const url = await this.#ask(kind);
      if (run !== this.#run) return;
      Object.assign(this, { kind, url, problem: undefined });
      this.#host.requestUpdate();
    } catch (error) {
      if (run === this.#run) this.#fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #fail(problem: FilmTrouble): void {
    Object.assign(this, { url: '', problem });
    this.#host.requestUpdate();
  }
}
