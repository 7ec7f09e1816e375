/** Everything a page of contacts does over its socket: rings, answers, knows who is there. */
import { RingSound } from '../media/ring-sound.ts';
import { ContactsLink, type LinkState } from '../transport/contacts-link.ts';
import type { Problem } from '../util/problem.ts';
import { AwayWatch } from './away-watch.ts';
import { ContactsBook, type CallWay, type RingingCall } from './contacts-book.ts';

/** Options of a desk. */
export interface ContactsDeskOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly token: string;
  /** A call that was left in this tab's room a moment ago: it is hung up. */
  readonly left: string;
  readonly changed: () => void;
  /** This tab is to go to a room. */
  readonly onGo: (way: CallWay) => void;
  /** Somebody calls. */
  readonly onRing: (call: RingingCall) => void;
}

/** `close` when the page is left. */
export class ContactsDesk {
  readonly book = new ContactsBook();
  readonly #options: ContactsDeskOptions;
  readonly #link: ContactsLink;
  readonly #sound = new RingSound();
  readonly #away: AwayWatch;
  #state: LinkState = 'connecting';
  #refusal: Problem | undefined;
  #watched: readonly string[] = [];
  #rung: RingingCall | undefined;
  #going = false;

  constructor(options: ContactsDeskOptions) {
    this.#options = options;
    this.#link = new ContactsLink({
      server: options.server,
      token: options.token,
      onState: (state, refusal) => {
        this.#state = state;
        this.#refusal = refusal;
        if (state !== 'open') this.book.cut();
        this.#settle();
      },
      onMessage: (message) => {
        const way = this.book.apply(message);
        if (message.type === 'welcome') this.#greeted();
        if (way) this.#go(way);
        this.#settle();
      },
    });
    this.#away = new AwayWatch((on) => this.#link.say({ type: 'away', on }), document);
  }

  get state(): LinkState {
    return this.#state;
  }

  /** What the server said when it refused. */
  get refusal(): Problem | undefined {
    return this.#refusal;
  }

  /** Whether a call was accepted here and the room is being opened. */
  get going(): boolean {
    return this.#going;
  }

  /** Whose presence is shown, at most 200. */
  watch(users: readonly string[]): void {
    if (users.join() === this.#watched.join()) return;
    this.#watched = users;
    this.#link.say({ type: 'watch', users: [...users] });
  }

  /** Calls somebody, into the call that runs when there is one. */
  call(to: string): void {
    this.book.dismiss();
    const { running } = this.book;
    this.#link.say(running === undefined ? { type: 'call', to } : { type: 'add', call: running, user: to });
    this.#options.changed();
  }

  answer(type: 'accept' | 'decline' | 'cancel', call: string): void {
    if (type === 'accept') this.#going = true;
    this.#link.say({ type, call });
    this.#options.changed();
  }

  /** The missed calls were looked at. */
  seen(): void {
    if (this.book.missed > 0) this.#link.say({ type: 'seen' });
  }

  dismiss(): void {
    this.book.dismiss();
    this.#options.changed();
  }

  close(): void {
    this.#sound.stop();
    this.#away.close();
    this.#link.close();
  }

  #greeted(): void {
    this.#going = false;
    if (this.#away.away) this.#link.say({ type: 'away', on: true });
    if (this.#watched.length > 0) this.#link.say({ type: 'watch', users: [...this.#watched] });
    if (this.#options.left !== '' && this.book.running === this.#options.left) {
      this.#link.say({ type: 'cancel', call: this.#options.left });
    }
  }

  #go(way: CallWay): void {
    this.#going = true;
    this.#sound.stop();
    this.#options.onGo(way);
  }

  /** Sound follows what rings. */
  #settle(): void {
    const { ringing, running } = this.book;
    if (ringing?.call !== this.#rung?.call) {
      this.#sound.stop();
      this.#rung = ringing;
      if (ringing) this.#sound.start(ringing.kind);
      if (ringing?.kind === 'incoming') this.#options.onRing(ringing);
    }
    // It was accepted, and did not come to be.
    if (!ringing && running === undefined) this.#going = false;
    this.#options.changed();
  }
}
