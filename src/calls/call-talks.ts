/** The rooms of conversations: created with the first answer, deleted when the last person leaves. */
import { randomBytes } from 'node:crypto';
import type { Call } from './call.ts';
import type { CallStore } from './call-store.ts';
import type { CallRooms } from './ports.ts';

/** Options of `CallTalks`. */
export interface CallTalksOptions {
  readonly rooms: CallRooms;
  readonly store: CallStore;
}

/** Which room belongs to which conversation. */
export class CallTalks {
  readonly #options: CallTalksOptions;
  readonly #rooms = new Map<string, Promise<string>>();
  readonly #talks = new Map<string, string>();

  constructor(options: CallTalksOptions) {
    this.#options = options;
  }

  /** The conversation that a room is for. */
  talkOf(room: string): string | undefined {
    return this.#talks.get(room);
  }

  /** A room of before a restart. */
  restore(talk: string, room: string): void {
    this.#rooms.set(talk, Promise.resolve(room));
    this.#talks.set(room, talk);
  }

  /** The room of a call's conversation, made when there is none. Rejects with AppError. */
  room(call: Call): Promise<string> {
    const known = this.#rooms.get(call.talk);
    if (known) return known;
    const opening = this.#open(call);
    this.#rooms.set(call.talk, opening);
    return opening;
  }

  /** That of a conversation, once it is known. */
  roomOf(talk: string): string | undefined {
    for (const [room, of] of this.#talks) if (of === talk) return room;
    return undefined;
  }

  /** Deletes what the conversation had. */
  async end(talk: string): Promise<void> {
    const room = await this.#rooms.get(talk)?.catch(() => undefined);
    this.#rooms.delete(talk);
    if (room !== undefined && this.#talks.delete(room)) await this.remove(talk, room);
  }

  /** Deletes a room that no conversation has any more. */
  async remove(talk: string, room: string): Promise<void> {
    await this.#options.rooms.close(room);
    await this.#options.store.setRoom(talk, undefined);
  }

  async #open({ talk, from, to }: Call): Promise<string> {
    const { rooms, store } = this.#options;
    const room = `call-${randomBytes(9).toString('base64url')}`;
    // Before there is one: a server that dies in between knows at its next start what to clear away.
    await store.setRoom(talk, room);
    await rooms.open(room, `${from.name} and ${to.name}`);
    this.#talks.set(room, talk);
    return room;
  }
}
