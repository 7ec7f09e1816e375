/** Rings others into the call that this tab is in: a line to the contacts while somebody looks at them, or while it rings. */
import type { ContactPerson } from '../../src/protocol/contacts.ts';
import { ContactsLink, type LinkState } from '../transport/contacts-link.ts';
import { type CallOutcome, ContactsBook, type RingingCall } from './contacts-book.ts';

/** The call that a tab is in, and by whose session others are rung. */
export interface CallContacts {
  readonly call: string;
  /** Token of whoever has signed in, and their id. */
  readonly token: string;
  readonly user: string;
}

/** Options of one time that somebody looks at their contacts. */
export interface CallAddingOptions extends CallContacts {
  /** Origin of the server. */
  readonly server: string;
  readonly changed: () => void;
  /** They have answered, and come into the room. */
  readonly onAnswer: (person: ContactPerson) => void;
  /** They do not come, and nobody looks any more. */
  readonly onMiss: (outcome: CallOutcome) => void;
}

/** `rest` when nobody looks any more, `close` when the room is left: what rings then stops. */
export class CallAdding {
  readonly book = new ContactsBook();
  readonly #options: CallAddingOptions;
  readonly #link: ContactsLink;
  #state: LinkState = 'connecting';
  #watched: readonly string[] = [];
  #resting = false;
  #closed = false;

  constructor(options: CallAddingOptions) {
    this.#options = options;
    this.#link = new ContactsLink({
      server: options.server,
      token: options.token,
      onState: (state) => {
        this.#state = state;
        if (state !== 'open') this.book.cut();
        options.changed();
      },
      onMessage: (message) => {
        const rung = this.ringing;
        // The way to the room that comes with an answer is for tabs that are not there yet.
        this.book.apply(message);
        if (message.type === 'welcome') this.#say(this.#watched);
        const answered = message.type === 'call' && message.call === rung?.call && message.state === 'accepted';
        if (rung && answered) options.onAnswer(rung.person);
        this.#settle();
      },
    });
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Whether the line is cut for good. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Whom this tab rings. */
  get ringing(): RingingCall | undefined {
    const { ringing } = this.book;
    return ringing?.kind === 'outgoing' ? ringing : undefined;
  }

  /** Whose presence is shown, at most 200. */
  watch(users: readonly string[]): void {
    if (users.join() === this.#watched.join()) return;
    this.#watched = users;
    if (this.#state === 'open') this.#say(users);
  }

  /** Rings somebody into the room. */
  add(user: string): void {
    this.book.dismiss();
    const { call, changed } = this.#options;
    // The call that one came by may be over while others of the same room go on.
    const through = this.book.runs(call) ? call : (this.book.running ?? call);
    this.#link.say({ type: 'add', call: through, user });
    changed();
  }

  /** Takes back what rings. */
  cancel(): void {
    const { ringing } = this;
    if (ringing) this.#link.say({ type: 'cancel', call: ringing.call });
  }

  dismiss(): void {
    this.book.dismiss();
    this.#options.changed();
  }

  /** Nobody looks any more: what rings goes on ringing, and then the line is cut. */
  rest(): void {
    this.#resting = true;
    this.#settle();
  }

  /** Somebody looks again. */
  resume(): void {
    this.#resting = false;
  }

  close(): void {
    this.#closed = true;
    this.#link.close();
  }

  #say(users: readonly string[]): void {
    if (users.length > 0) this.#link.say({ type: 'watch', users: [...users] });
  }

  #settle(): void {
    if (this.#closed) return;
    if (this.#resting && !this.ringing) {
      const { outcome } = this.book;
      this.close();
      if (outcome) this.#options.onMiss(outcome);
    }
    this.#options.changed();
  }
}
