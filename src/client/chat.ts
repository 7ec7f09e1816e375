/** The chat of a room over HTTP. */
import { Backoff } from './backoff.ts';
import type { Pause } from './timer.ts';
import { apiPath, type CallOptions, type Transport } from './transport.ts';
import type { ChatChanges, ChatEntry, Say } from './types.ts';

/** Which part of a chat to read. */
export interface ChatQuery {
  /** Largest `rev` that is known; absent: the newest messages. */
  readonly after?: number;
  /** Seconds to wait for a change while there is none, at most 25. */
  readonly wait?: number;
  /** Id of the oldest message that is known: gives those before it, at most `limit`. */
  readonly before?: string;
  readonly limit?: number;
}

/** A message to be; without a `key` it gets one. */
export type ChatMessage = Omit<Say, 'key'> & Partial<Pick<Say, 'key'>>;

/** How long one request of `follow` waits for something new, seconds. */
const WAIT_S = 20;
/** Messages in one answer of the past: as many as the server gives. */
const OLDER = 500;

/** Every method rejects with GridcastError. */
export class Chat {
  readonly #transport: Transport;
  readonly #pause: Pause | undefined;

  constructor(transport: Transport, pause?: Pause) {
    this.#transport = transport;
    this.#pause = pause;
  }

  read(room: string, query: ChatQuery = {}, options?: CallOptions): Promise<ChatChanges> {
    return this.#transport.json('GET', apiPath('rooms', room, 'chat'), { ...options, query: { ...query } });
  }

  /**
   * Everything that is said from now on, or since `after` (0: all that is kept), and what becomes of it: an entry with a known id
   * replaces that one. Goes on after cuts, until `signal` aborts; throws what no other try would mend.
   */
  async *follow(
    room: string,
    options: CallOptions & { readonly after?: number } = {},
  ): AsyncGenerator<ChatEntry, void, undefined> {
    const { signal } = options;
    const backoff = new Backoff(this.#pause);
    let { after } = options;
    while (!signal?.aborted) {
      try {
        if (after === undefined) after = newest((await this.read(room, {}, { signal })).entries, 0);
        const { entries } = after === 0 ? await this.#whole(room, signal) : await this.#next(room, after, signal);
        backoff.worked();
        after = newest(entries, after);
        yield* entries;
      } catch (error) {
        if (signal?.aborted) return;
        await backoff.after(error, signal).catch((reason: unknown) => {
          if (!signal?.aborted) throw reason;
        });
      }
    }
  }

  #next(room: string, after: number, signal: AbortSignal | undefined): Promise<Pick<ChatChanges, 'entries'>> {
    return this.read(room, { after, wait: WAIT_S }, { signal });
  }

  /** Asked for what comes after 0, the server gives the newest alone: more than those may have been said during a cut. */
  async #whole(room: string, signal: AbortSignal | undefined): Promise<Pick<ChatChanges, 'entries'>> {
    const entries = [...(await this.#next(room, 0, signal)).entries];
    const known = newest(entries, 0);
    for (let [oldest] = entries; oldest; ) {
      const older: readonly ChatEntry[] = (await this.read(room, { before: oldest.id, limit: OLDER }, { signal }))
        .entries;
      // What has changed since the first look comes as a change.
      entries.unshift(...older.filter(({ rev }) => rev <= known));
      [oldest] = older;
    }
    return { entries };
  }

  say(room: string, message: ChatMessage, options?: CallOptions): Promise<ChatEntry> {
    const body = { key: crypto.randomUUID(), ...message };
    return this.#transport.json('POST', apiPath('rooms', room, 'chat'), { ...options, body });
  }

  /** @param change.me the secret that it was written with, where the token does not tell whose it is */
  edit(
    room: string,
    id: string,
    change: { readonly text: string; readonly me?: string },
    options?: CallOptions,
  ): Promise<ChatEntry> {
    return this.#transport.json('PATCH', apiPath('rooms', room, 'chat', id), { ...options, body: change });
  }

  /** What is left of it. @param by.me as for `edit` */
  remove(room: string, id: string, by: { readonly me?: string } = {}, options?: CallOptions): Promise<ChatEntry> {
    return this.#transport.json('POST', apiPath('rooms', room, 'chat', id, 'delete'), { ...options, body: by });
  }
}

function newest(entries: readonly ChatEntry[], known: number): number {
  return entries.reduce((rev, entry) => Math.max(rev, entry.rev), known);
}
