/** The chat of a room, on the socket of one participant. */
import { AppError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { ChatAuthor, ChatClientMessage, ChatEntry, PrivateEntry } from '../protocol/chat.ts';
import { EARLIER_ENTRIES } from '../protocol/limits.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import type { Chats } from '../room/chats.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';

/** Options of a line. */
export interface ChatLineOptions {
  readonly chats: Pick<Chats, 'say' | 'edit' | 'remove' | 'since' | 'before' | 'typing' | 'waitSeconds'>;
  readonly room: Room;
  readonly participant: Participant;
  readonly clock: Clock;
  /** Reaches the participant while they are connected. */
  readonly send: (message: ServerMessage) => void;
  readonly log: Logger;
}

interface ChatNews {
  readonly entries: readonly ChatEntry[];
}

/** Looks back, each of which reads up to a megabyte: a page that scrolls or catches up asks for some dozen in a row. */
const LOOKS_PER_SECOND = 4;
const LOOK_BURST = 100;
/** Requests of one participant that may be under way; what is beyond is refused. */
const MAX_UNDER_WAY = 20;

/** Follows the room until it is closed. */
export class ChatLine {
  readonly #options: ChatLineOptions;
  readonly #disposers: readonly Disposer[];
  readonly #looks: TokenBucket;
  #underWay = 0;
  #closed = false;

  constructor(options: ChatLineOptions) {
    this.#options = options;
    this.#looks = new TokenBucket(options.clock, LOOKS_PER_SECOND, LOOK_BURST);
    const { events } = options.room;
    this.#disposers = [
      events.on('chat', (entry) => this.#tell({ entries: [entry] })),
      events.on('privateChat', (entry) => {
        if (this.#isFor(entry)) this.#tell({ entries: [entry] });
      }),
      events.on('typing', ({ participant, to }) => {
        const { id } = options.participant;
        if (participant === id || (to !== undefined && to !== id)) return;
        this.#send({ type: 'chat-typing', participant, ...(to !== undefined && { to }) });
      }),
    ];
  }

  /** The newest messages, for somebody who has just come or come back. */
  tellAll(): void {
    const { chats, room } = this.#options;
    void this.#run({}, async () => {
      const { entries } = await chats.since(room.id, 0, this.#options.participant.id);
      // Who has loaded the page anew may have written a moment ago.
      const wait = chats.waitSeconds(room, this.#author);
      if (entries.length > 0 || wait > 0) this.#tell({ entries, ...(wait > 0 && { wait }) });
    });
  }

  /** Does what the participant asks for; what cannot be done is told. */
  take(message: ChatClientMessage): void {
    const { chats, room } = this.#options;
    switch (message.type) {
      case 'chat-say': {
        const { key, text, replyTo, to } = message;
        void this.#run({ key }, async () => {
          const entry = await chats.say(room, this.#author, { key, text, replyTo, to });
          this.#tell({ entries: [entry], key });
        });
        break;
      }
      case 'chat-edit':
        void this.#run({ id: message.id }, () => chats.edit(room, this.#author, message.id, message.text));
        break;
      case 'chat-delete':
        void this.#run({ id: message.id }, () => chats.remove(room, this.#author, message.id));
        break;
      case 'chat-since':
        void this.#look({}, () => this.#tellSince(message.rev));
        break;
      case 'chat-before':
        void this.#look({ id: message.id }, async () => {
          const entries = await chats.before(room.id, message.id, EARLIER_ENTRIES, this.#options.participant.id);
          this.#tell({ entries, before: message.id });
        });
        break;
      case 'chat-typing':
        chats.typing(room, this.#author, message.to);
        break;
    }
  }

  close(): void {
    this.#closed = true;
    for (const dispose of this.#disposers) dispose();
  }

  get #author(): ChatAuthor {
    const { id, name, role } = this.#options.participant;
    return { id, name, role };
  }

  async #tellSince(rev: number): Promise<void> {
    const { chats, room } = this.#options;
    const { entries, more } = await chats.since(room.id, rev, this.#options.participant.id);
    this.#tell({ entries, ...(more && { more: true }) });
  }

  #isFor({ author, to }: PrivateEntry): boolean {
    const { id } = this.#options.participant;
    return id === author.id || id === to.id;
  }

  #tell({ entries, ...rest }: Omit<Extract<ServerMessage, { type: 'chat' }>, 'type' | 'entries'> & ChatNews): void {
    this.#send({ type: 'chat', entries: [...entries], ...rest });
  }

  #send(message: ServerMessage): void {
    if (!this.#closed) this.#options.send(message);
  }

  async #look(about: { readonly id?: string }, act: () => Promise<unknown>): Promise<void> {
    if (this.#looks.take()) await this.#run(about, act);
    else this.#refuse(about, 'rate_limited', 'You look back faster than anybody can read; wait a few seconds.');
  }

  async #run(about: { readonly key?: string; readonly id?: string }, act: () => Promise<unknown>): Promise<void> {
    if (this.#underWay >= MAX_UNDER_WAY) {
      this.#refuse(about, 'chat_too_fast', 'You write faster than people can read; wait a few seconds.');
      return;
    }
    this.#underWay += 1;
    try {
      await act();
    } catch (error) {
      if (error instanceof AppError) {
        this.#refuse(about, error.code, error.message, error.retryAfterS);
        return;
      }
      this.#options.log.error('the chat failed', { room: this.#options.room.id, reason: String(error) });
      this.#refuse(about, 'chat_failed', 'The server could not keep this; try again in a moment.');
    } finally {
      this.#underWay -= 1;
    }
  }

  #refuse(
    about: { readonly key?: string; readonly id?: string },
    code: string,
    message: string,
    retryAfter?: number,
  ): void {
    this.#send({ type: 'chat-refused', ...about, code, message, ...(retryAfter !== undefined && { retryAfter }) });
  }
}
