/** The door of `/ws/contacts`: upgrades, hello, and what each tab may say. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { ForbiddenError, ProtocolError, UnauthorizedError, messageOf } from '../errors.ts';
import { AddressCount } from '../ingest/address-count.ts';
import { Connection } from '../ingest/connection.ts';
import { mostPieces } from '../ingest/message-pieces.ts';
import { SHUTTING_DOWN, type UpgradePolicy, refuseUpgrade, requestUrl, visitorProblem } from '../ingest/upgrade.ts';
import type { Logger } from '../logger.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import {
  type ContactPerson,
  type ContactsClientMessage,
  type ContactsServerMessage,
  parseContactsClientMessage,
} from '../protocol/contacts.ts';
import type { ClientAddresses } from '../util/client-address.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { outwait } from '../util/patience.ts';
import type { Calls } from './calls.ts';
import type { CallStore } from './call-store.ts';
import { ContactsTab } from './contacts-tab.ts';
import type { Presence } from './presence.ts';

/** Where sockets of contacts are. */
export const CONTACTS_PATH = '/ws/contacts';
/** A page says little: a list when it scrolls, now and then a call. */
const RATE = { perSecond: 10, burst: 40 };
/** 200 ids of 64 with what is around them fit. */
const MAX_TEXT_BYTES = 16 * 1024;
/** Twice what is allowed is still read, to be refused with a sentence. */
const MAX_PAYLOAD = 2 * MAX_TEXT_BYTES;

/** An admin who adds people one after the other makes each page ask once, not for each of them. */
const PEOPLE_MS = 500;

/** Who a token says somebody is. */
export interface SignedIn {
  readonly user: ContactPerson;
  /** Those of a session that can be ended. */
  readonly tokenId?: string;
  readonly expiresAt?: Date;
}

/** Options of the door. */
export interface ContactsDoorOptions {
  /** Rejects with UnauthorizedError; undefined: a good token that is nobody's in particular. */
  readonly identify: (token: string) => Promise<SignedIn | undefined>;
  readonly calls: Calls;
  readonly presence: Presence;
  readonly store: CallStore;
  readonly upgrade: UpgradePolicy;
  readonly addresses: ClientAddresses;
  readonly helloMs: number;
  readonly ringMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

type ContactsConnection = Connection<ContactsClientMessage, ContactsServerMessage>;

/** Gets the HTTP server's `upgrade` events for its path. */
export class ContactsDoor {
  readonly #options: ContactsDoorOptions;
  readonly #websockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxBufferedChunks: mostPieces(MAX_PAYLOAD),
    maxPayload: MAX_PAYLOAD,
  });
  readonly #addresses: AddressCount;
  readonly #connections = new Set<ContactsConnection>();
  /** Who has said who they are, and is no tab yet. */
  readonly #greeting = new Map<ContactsConnection, SignedIn>();
  readonly #tabs = new Set<ContactsTab>();
  #telling: Disposer | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ContactsDoorOptions) {
    this.#options = options;
    this.#addresses = new AddressCount(options.addresses);
  }

  /** Whether a request is for this door. */
  static isFor(request: IncomingMessage): boolean {
    return requestUrl(request)?.pathname === CONTACTS_PATH;
  }

  /** Answers an upgrade request. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const problem = this.#closing
      ? SHUTTING_DOWN
      : visitorProblem(request, this.#addresses.open(request), this.#options.upgrade);
    if (problem) {
      refuseUpgrade(socket, problem);
      return;
    }
    this.#addresses.add(request, socket);
    this.#websockets.handleUpgrade(request, socket, head, (websocket) => this.#greet(websocket));
  }

  /** Ends every tab that came by a session, which holds no more. */
  revoke(tokenId: string): void {
    this.#end((who) => who.tokenId === tokenId, 'You have signed out; sign in again.');
  }

  /** Ends every tab of somebody. */
  expel(user: string): void {
    this.#end((who) => who.user.id === user, 'Your account has changed; sign in again.');
  }

  /** Tells every tab, a moment later and once, that there are other people than before. */
  peopleChanged(): void {
    if (this.#closing) return;
    this.#telling ??= this.#options.clock.after(PEOPLE_MS, () => {
      this.#telling = undefined;
      for (const tab of this.#tabs) tab.send({ type: 'people' });
    });
  }

  /** Resolves when every socket is gone. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      this.#telling?.();
      const reason = 'The server is shutting down; try again in a moment.';
      await Promise.all([...this.#connections].map((open) => open.close(CLOSE_CODES.goingAway, reason)));
      this.#websockets.close();
    })();
    return this.#closing;
  }

  #end(ends: (who: Pick<ContactsTab, 'user' | 'tokenId'>) => boolean, reason: string): void {
    for (const tab of this.#tabs) if (ends(tab)) tab.end(reason);
    for (const [connection, { user, tokenId }] of this.#greeting) {
      if (ends({ user, tokenId })) connection.fail(new UnauthorizedError(reason, 'signed_out'));
    }
  }

  #greet(websocket: WebSocket): void {
    const { clock, log, helloMs } = this.#options;
    const connection: ContactsConnection = new Connection(websocket, {
      parse: parseContactsClientMessage,
      rate: RATE,
      maxTextBytes: MAX_TEXT_BYTES,
      // Nothing of it is media.
      traffic: { received: 0, sent: 0 },
      clock,
      log,
    });
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
    // A server that stood still has not read yet what was said meanwhile.
    const cancel = outwait(clock, { ms: helloMs, mostMs: 3 * helloMs }, () => {
      connection.fail(new ProtocolError('hello_timeout', `Say hello within ${helloMs / 1000} seconds.`, 408));
    });
    let greeted = false;
    connection.accept({
      onMessage: (message) => {
        if (greeted) throw new ProtocolError('not_ready', 'Wait for the answer to the first message.');
        greeted = true;
        cancel();
        this.#onHello(connection, message).catch((error: unknown) => connection.fail(error));
      },
      onFrame: refuseFrame,
      onClose: cancel,
    });
  }

  async #onHello(connection: ContactsConnection, message: ContactsClientMessage): Promise<void> {
    const { identify, calls, presence, store, ringMs, clock, log } = this.#options;
    if (message.type !== 'hello')
      throw new ProtocolError('hello_expected', 'The first message of a socket is "hello".');
    const who = await identify(message.token);
    if (!who) {
      throw new ForbiddenError('Contacts are for people who have signed in; sign in first.', 'sign_in_first');
    }
    this.#greeting.set(connection, who);
    const missed = await store.missedCount(who.user.id).finally(() => this.#greeting.delete(connection));
    // They may have gone meanwhile or signed out, or the server with them: nobody would ever miss such a tab.
    if (!connection.open || this.#closing) return;
    const tab = new ContactsTab({ ...who, connection, calls, presence, store, clock, log });
    presence.add(tab);
    this.#tabs.add(tab);
    connection.accept({
      onMessage: (next) => {
        tab.hear(next).catch((error: unknown) => log.error('contacts failed', { reason: messageOf(error) }));
      },
      onFrame: refuseFrame,
      onClose: () => {
        this.#tabs.delete(tab);
        tab.close();
      },
    });
    const { user } = who;
    tab.send({ type: 'welcome', version: 1, user, missed, calls: [...calls.of(user.id)], ringSeconds: ringMs / 1000 });
    for (const ring of calls.rings(user.id)) tab.send(ring);
  }
}

function refuseFrame(): never {
  throw new ProtocolError('bad_message', 'Messages of contacts are JSON text.');
}
