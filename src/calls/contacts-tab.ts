/** One open contacts page of a signed-in person: carries out what it asks for, as far as they may. */
import { AppError, LimitError, messageOf, UnauthorizedError } from '../errors.ts';
import type { Connection } from '../ingest/connection.ts';
import type { Logger } from '../logger.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import type { ContactPerson, ContactsClientMessage, ContactsServerMessage } from '../protocol/contacts.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import type { CallStore } from './call-store.ts';
import type { Calls } from './calls.ts';
import type { Presence, Tab } from './presence.ts';

/** What a tab is made of. */
export interface ContactsTabParts {
  readonly user: ContactPerson;
  readonly tokenId?: string;
  readonly expiresAt?: Date;
  readonly connection: Connection<ContactsClientMessage, ContactsServerMessage>;
  readonly calls: Calls;
  readonly presence: Presence;
  readonly store: CallStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Longest time that a timer counts, milliseconds; sessions may hold longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** Wishes of one tab that may be under way: a database that hangs must not gather them. */
const MAX_UNDER_WAY = 20;

/** Its owner closes it when the socket has closed. */
export class ContactsTab implements Tab {
  readonly user: ContactPerson;
  readonly tokenId: string | undefined;
  readonly #parts: ContactsTabParts;
  readonly #stopExpiry: Disposer | undefined;
  #underWay = 0;

  constructor(parts: ContactsTabParts) {
    const { user, tokenId, expiresAt, clock } = parts;
    this.#parts = parts;
    this.user = user;
    this.tokenId = tokenId;
    if (!expiresAt) return;
    const left = Math.min(LONGEST_TIMER_MS, Math.max(0, expiresAt.getTime() - clock.wallMs()));
    this.#stopExpiry = clock.after(left, () => this.end('Your session has expired; sign in again.'));
  }

  send(message: ContactsServerMessage): void {
    this.#parts.connection.send(message);
  }

  /** Says why, and closes the socket. */
  end(reason: string): void {
    this.#parts.connection.fail(new UnauthorizedError(reason, 'signed_out'));
  }

  /** Does what the page asks; a refusal is told to it and ends nothing. */
  async hear(message: ContactsClientMessage): Promise<void> {
    this.#underWay += 1;
    try {
      if (this.#underWay > MAX_UNDER_WAY) {
        throw new LimitError('rate_limited', 'You ask faster than the server can answer; wait a few seconds.');
      }
      await this.#do(message);
    } catch (error) {
      const known = error instanceof AppError && error.expose;
      if (!known) this.#parts.log.error('a wish of a contact failed', { reason: messageOf(error) });
      const code = known ? error.code : 'internal';
      const text = known ? error.message : 'Something went wrong on the server; try again.';
      const key = 'key' in message && message.key !== undefined ? { key: message.key } : {};
      const retryAfter = known ? error.retryAfterS : undefined;
      this.send({ type: 'error', code, message: text, ...key, ...(retryAfter !== undefined && { retryAfter }) });
    } finally {
      this.#underWay -= 1;
    }
  }

  /** The socket is gone. */
  close(): void {
    this.#stopExpiry?.();
    this.#parts.presence.remove(this);
    this.#parts.calls.tabClosed(this);
  }

  async #do(message: ContactsClientMessage): Promise<void> {
    const { calls, presence, store, connection } = this.#parts;
    switch (message.type) {
      case 'hello':
        void connection.close(CLOSE_CODES.protocolError, 'Say hello once.');
        return;
      case 'watch':
        presence.watch(this, message.users);
        return;
      case 'away':
        presence.setAway(this, message.on);
        return;
      case 'call':
        await calls.call(this, message.to, message.key);
        return;
      case 'add':
        await calls.add(this, message.call, message.user, message.key);
        return;
      case 'seen':
        await store.markSeen(this.user.id);
        presence.tell(this.user.id, { type: 'missed', count: await store.missedCount(this.user.id) });
        return;
      default:
        calls.answer(this, message.call, message.type);
    }
  }
}
