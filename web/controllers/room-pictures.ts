/** The newest small picture of each live room, asked for every few seconds. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const REFRESH_MS = 6000;

/** Asks for one room after the other, not while the page is hidden. */
export class RoomPictures implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #ask: (room: string, signal: AbortSignal) => Promise<string | undefined>;
  readonly #urls = new Map<string, string>();
  #rooms: readonly string[] = [];
  #run: AbortController | undefined;
  #timer = 0;

  constructor(host: ReactiveControllerHost, ask: (room: string, signal: AbortSignal) => Promise<string | undefined>) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  /** Address of a room's picture; undefined while there is none. */
  of(room: string): string | undefined {
    return this.#urls.get(room);
  }

  /** From now on the pictures of these rooms are wanted; those of others are forgotten. */
  show(rooms: readonly string[]): void {
    const fresh = rooms.some((room) => !this.#rooms.includes(room));
    this.#rooms = rooms;
    for (const room of this.#urls.keys()) if (!rooms.includes(room)) this.#urls.delete(room);
    if (fresh) this.#again();
  }

  hostConnected(): void {
    this.#again();
  }

  hostDisconnected(): void {
    window.clearTimeout(this.#timer);
    this.#run?.abort();
    this.#rooms = [];
    this.#urls.clear();
  }

  #again(): void {
    window.clearTimeout(this.#timer);
    this.#run?.abort();
    this.#run = new AbortController();
    void this.#look(this.#run.signal);
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (!document.hidden) {
      for (const room of this.#rooms) {
        const url = await this.#ask(room, signal).catch(() => undefined);
        if (signal.aborted) return;
        if (url === undefined || url === this.#urls.get(room)) continue;
        this.#urls.set(room, url);
        this.#host.requestUpdate();
      }
    }
    if (!signal.aborted) this.#timer = window.setTimeout(() => this.#again(), REFRESH_MS);
  }
}
