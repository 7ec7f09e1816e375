/** What a page of contacts knows from its socket: who is there, who calls, what became of one's own call. Pure. */
import type {
  CallMessage,
  CallState,
  ContactPerson,
  ContactsServerMessage,
  PresenceState,
} from '../../src/protocol/contacts.ts';
import { type Problem, saidProblem } from '../util/problem.ts';

/** A call that rings. */
export interface RingingCall {
  readonly call: string;
  readonly kind: 'incoming' | 'outgoing';
  readonly person: ContactPerson;
  /** Who is in the conversation already, beside `person`. */
  readonly others: readonly ContactPerson[];
}

/** How one's own call ended before anybody talked. */
export interface CallOutcome {
  readonly person: ContactPerson;
  readonly state: CallState;
  /** They were not there. */
  readonly offline: boolean;
}

/** The way into the room of a call. */
export interface CallWay {
  readonly call: string;
  readonly room: string;
  readonly token: string;
}

/** Changed by `apply` alone, and by `cut`. */
export class ContactsBook {
  #user: ContactPerson | undefined;
  #missed = 0;
  #outcome: CallOutcome | undefined;
  #trouble: Problem | undefined;
  #history = 0;
  #people = 0;
  readonly #presence = new Map<string, PresenceState>();
  readonly #ringing = new Map<string, RingingCall>();
  readonly #running = new Map<string, ContactPerson>();

  /** Undefined before the server has said who one is. */
  get user(): ContactPerson | undefined {
    return this.#user;
  }

  /** Missed calls that were not looked at. */
  get missed(): number {
    return this.#missed;
  }

  /** The call that rings; one that comes in goes first. */
  get ringing(): RingingCall | undefined {
    const all = [...this.#ringing.values()];
    return all.find(({ kind }) => kind === 'incoming') ?? all[0];
  }

  /** A call of one's own that runs, in another page. */
  get running(): string | undefined {
    return this.#running.keys().next().value;
  }

  /** Whether this call of one's own runs. */
  runs(call: string): boolean {
    return this.#running.has(call);
  }

  get outcome(): CallOutcome | undefined {
    return this.#outcome;
  }

  /** Why the server refused the last wish; undefined when it did not. */
  get trouble(): Problem | undefined {
    return this.#trouble;
  }

  /** Grows with each change of the history. */
  get history(): number {
    return this.#history;
  }

  /** Grows when there may be other people than were listed. */
  get people(): number {
    return this.#people;
  }

  presenceOf(user: string): PresenceState {
    return this.#presence.get(user) ?? 'offline';
  }

  /** The message was read. */
  dismiss(): void {
    this.#outcome = undefined;
    this.#trouble = undefined;
  }

  /** The line is cut: nobody rings, nobody is known to be there. */
  cut(): void {
    this.#ringing.clear();
    this.#presence.clear();
  }

  /** Takes in what the server says; gives the way when this page is to go to a room. */
  apply(message: ContactsServerMessage): CallWay | undefined {
    switch (message.type) {
      case 'welcome':
        // While the line was cut nobody told of it.
        if (this.#user) this.#people += 1;
        this.#user = message.user;
        this.#missed = message.missed;
        this.#ringing.clear();
        this.#running.clear();
        this.#history += 1;
        for (const call of message.calls) this.#onCall(call);
        return undefined;
      case 'presence':
        this.#presence.set(message.user, message.state);
        return undefined;
      case 'ring': {
        const { call, from: person, others } = message;
        this.#ringing.set(call, { call, kind: 'incoming', person, others });
        return undefined;
      }
      case 'call':
        return this.#onCall(message);
      case 'people':
        this.#people += 1;
        return undefined;
      case 'missed':
        this.#missed = message.count;
        this.#history += 1;
        return undefined;
      case 'error':
        // That it came too late is told by the call itself.
        if (message.code !== 'call_over')
          this.#trouble = saidProblem(message.message, message.code, message.retryAfter);
        return undefined;
    }
  }

  #onCall({ call, state, from, to, offline = false, room, token }: CallMessage): CallWay | undefined {
    const own = from.id === this.#user?.id;
    const person = own ? to : from;
    this.#history += 1;
    if (state === 'ringing') {
      if (own) this.#ringing.set(call, { call, kind: 'outgoing', person, others: [] });
      if (own) this.dismiss();
      return undefined;
    }
    this.#ringing.delete(call);
    if (state === 'accepted') {
      this.#running.set(call, person);
      return room !== undefined && token !== undefined ? { call, room, token } : undefined;
    }
    this.#running.delete(call);
    if (own && state !== 'cancelled' && state !== 'ended') this.#outcome = { person, state, offline };
    return undefined;
  }
}
