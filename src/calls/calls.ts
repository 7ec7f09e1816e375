/** Calls between people: rings, opens the room, keeps the history. */
import { randomBytes } from 'node:crypto';
import { AttemptLimits } from '../accounts/attempt-limits.ts';
import { AppError, ConflictError, LimitError, NotFoundError, messageOf } from '../errors.ts';
import type { EventSink } from '../events/event.ts';
import type { Logger } from '../logger.ts';
import type { CallMessage, ContactPerson, ContactsServerMessage } from '../protocol/contacts.ts';
import { Background } from '../util/background.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import { type Call, type CallInput, isOpen, mayDo } from './call.ts';
import { CallBook, type Moment } from './call-book.ts';
import { callEvent } from './call-events.ts';
import type { CallStore, StoredCall } from './call-store.ts';
import { CallTalks } from './call-talks.ts';
import type { CallRooms, CallUsers } from './ports.ts';
import type { Presence, Tab } from './presence.ts';

/** How much one person may call. */
export interface CallLimits {
  /** Milliseconds after which nobody rings any more. */
  readonly ringMs: number;
  /** Calls a minute. */
  readonly ringsPerMinute: number;
  /** Conversations at the same time. */
  readonly atOnce: number;
}

/** Options of `Calls.open`. */
export interface CallsOptions {
  readonly users: CallUsers;
  readonly rooms: CallRooms;
  readonly store: CallStore;
  readonly presence: Presence;
  readonly limits: CallLimits;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How often it is looked whether somebody has not come. */
const LOOK_MS = 1000;

/** What tabs ask comes in by `call`, `add`, `answer` and `tabClosed`; what happens in rooms by `joined`, `left` and `roomGone`. */
export class Calls {
  readonly #options: CallsOptions;
  readonly #book: CallBook;
  readonly #talks: CallTalks;
  readonly #rings: AttemptLimits;
  readonly #timers = new Map<string, Disposer>();
  /** In which tab a call was made that still rings. */
  readonly #callers = new Map<string, Tab>();
  /** What is written of one call keeps its order. */
  readonly #writes = new KeyedQueue();
  readonly #works: Background;
  readonly #stopLooking: Disposer;

  private constructor(options: CallsOptions) {
    const { clock, limits, log, rooms, store } = options;
    this.#options = options;
    this.#book = new CallBook(limits.atOnce);
    this.#works = new Background((error) => log.error('a call could not be kept', { reason: messageOf(error) }));
    this.#talks = new CallTalks({ rooms, store });
    this.#rings = new AttemptLimits({ clock, perMinute: limits.ringsPerMinute });
    this.#stopLooking = clock.every(LOOK_MS, () => {
      for (const talk of this.#book.talks) this.#follow(this.#book.expire(talk, this.#now()), talk);
    });
  }

  /** What rang when the server ended was missed; those who talked go on if they come back. */
  static async open(options: CallsOptions): Promise<Calls> {
    const calls = new Calls(options);
    try {
      await calls.#takeUp(await options.store.unfinished());
    } catch (error) {
      await calls.close();
      throw error;
    }
    return calls;
  }

  /** Rings somebody. @throws LimitError, NotFoundError, ConflictError */
  async call(tab: Tab, to: string, key?: string): Promise<void> {
    await this.#place(tab, to, key, undefined);
  }

  /** Rings somebody into the room of a call that runs. @throws LimitError, NotFoundError, ConflictError */
  async add(tab: Tab, id: string, to: string, key?: string): Promise<void> {
    const call = this.#book.find(id);
    const own = call && (call.from.id === tab.user.id || call.to.id === tab.user.id);
    if (!call || !own || call.state !== 'accepted') throw callOver();
    await this.#place(tab, to, key, call.talk);
  }

  /** Accepts, declines, takes back or hangs up; what comes too late is told how it stands. @throws NotFoundError */
  answer(tab: Tab, id: string, wish: 'accept' | 'decline' | 'cancel'): void {
    const call = this.#book.find(id);
    // Whoever takes back what has been accepted a moment ago hangs up.
    const input: CallInput = wish === 'cancel' && call?.state === 'accepted' ? 'hang-up' : wish;
    if (!call || !mayDo(call, tab.user.id, input)) {
      throw new NotFoundError('call_over', 'This call is over.');
    }
    if (input === 'accept') this.#accept(call, tab);
    else this.#follow(this.#book.apply(id, input, this.#now()), call.talk);
  }

  /** Whoever called from it rings no more. */
  tabClosed(tab: Tab): void {
    for (const [id, caller] of this.#callers) {
      const call = this.#book.find(id);
      if (caller === tab && call) this.#follow(this.#book.apply(id, 'cancel', this.#now()), call.talk);
    }
  }

  /** What of somebody rings or runs. */
  of(user: string): readonly CallMessage[] {
    return this.#book.of(user).map((call) => this.#message(call));
  }

  /** What a tab has to ring with that has just opened. */
  rings(user: string): readonly ContactsServerMessage[] {
    return this.#book
      .of(user)
      .flatMap((call) => (call.state === 'ringing' && call.to.id === user ? [this.#ring(call)] : []));
  }

  /** Somebody came into a room. */
  joined(room: string, participant: string): void {
    const talk = this.#talks.talkOf(room);
    if (talk !== undefined) this.#book.joined(talk, participant);
    this.#options.presence.enter(participant);
  }

  /** Somebody left a room. */
  left(room: string, participant: string): void {
    const talk = this.#talks.talkOf(room);
    if (talk !== undefined) this.#book.left(talk, participant, this.#now());
    this.#options.presence.leave(participant);
  }

  /** A room was deleted by somebody else. */
  roomGone(room: string): void {
    const talk = this.#talks.talkOf(room);
    if (talk !== undefined) this.#follow(this.#book.end(talk, this.#now()), talk);
  }

  /** Ends what rings, writes what is left; rooms in which people talk stay for the next start. */
  async close(): Promise<void> {
    this.#stopLooking();
    for (const cancel of this.#timers.values()) cancel();
    await this.#works.idle();
    await this.#writes.idle();
  }

  async #takeUp(kept: readonly StoredCall[]): Promise<void> {
    for (const call of kept) this.#restore(call, call.room);
    for (const { talk, room } of kept) {
      if (room !== undefined && !this.#book.hasTalk(talk)) await this.#talks.remove(talk, room);
    }
    await this.#works.idle();
  }

  async #place(tab: Tab, to: string, key: string | undefined, talk: string | undefined): Promise<void> {
    const { users, presence } = this.#options;
    this.#rings.take(tab.user.id);
    const person = await users.find(to);
    if (!person)
      throw new NotFoundError('user_not_found', 'There is no longer anybody with this id; load the list again.');
    // Its page has gone meanwhile: nobody would take the call back.
    if (!presence.has(tab)) return;
    const id = randomBytes(9).toString('base64url');
    const reachable = presence.isReachable(to);
    const order = { id, talk: talk ?? id, from: tab.user, to: person, reachable };
    const placed = this.#book.place(order, this.#now());
    if (placed.kind === 'refused') throw refusal(placed.reason, person.name);
    const { call } = placed;
    if (placed.kind === 'crossed') {
      this.#accept(call, tab, key);
      return;
    }
    if (placed.kind === 'made') this.#begin(call, tab);
    tab.send(this.#message(call, key));
  }

  #begin(call: Call, tab: Tab): void {
    const { store, presence, events, clock, limits } = this.#options;
    const room = this.#talks.roomOf(call.talk);
    this.#write(call.id, () => store.insert(call, room));
    events.record(callEvent(call));
    if (call.state !== 'ringing') {
      this.#works.add(this.#tellMissed(call.to.id, call.id));
      return;
    }
    this.#callers.set(call.id, tab);
    const unanswered = (): void => this.#follow(this.#book.apply(call.id, 'unanswered', this.#now()), call.talk);
    this.#timers.set(call.id, clock.after(limits.ringMs, unanswered));
    presence.tell(call.to.id, this.#ring(call));
    presence.tell(call.from.id, this.#message(call), tab);
  }

  #accept(call: Call, tab: Tab, key?: string): void {
    const caller = this.#callers.get(call.id);
    const changed = this.#book.apply(call.id, 'accept', this.#now());
    this.#follow(changed, call.talk);
    const accepted = changed[0];
    if (!accepted) return;
    if (key !== undefined) tab.send(this.#message(accepted, key));
    this.#works.add(this.#bring(accepted, caller, tab));
  }

  /** To the room: the tab that called and the one that answered. */
  async #bring(call: Call, caller: Tab | undefined, callee: Tab): Promise<void> {
    try {
      const room = await this.#talks.room(call);
      const { rooms } = this.#options;
      const known = rooms.people(room) ?? [];
      const way = async (tab: Tab, person: ContactPerson, role: 'host' | 'participant'): Promise<void> => {
        const token = await rooms.token(room, person, role);
        if (this.#book.find(call.id)) tab.send({ ...this.#message(call), room, token });
      };
      if (caller && !known.includes(call.from.id)) await way(caller, call.from, 'host');
      await way(callee, call.to, 'participant');
    } catch (error) {
      this.#fail(call, error);
    }
  }

  #fail(call: Call, error: unknown): void {
    this.#options.log.warn('a call got no room', { reason: messageOf(error) });
    this.#follow(this.#book.apply(call.id, 'fail', this.#now()), call.talk);
    const known = error instanceof AppError && error.expose;
    const code = error instanceof AppError ? error.code : 'internal';
    const message = known ? error.message : 'No room could be opened for this call; try again.';
    for (const { id } of [call.from, call.to]) this.#options.presence.tell(id, { type: 'error', code, message });
  }

  /** Tells, writes down and clears away what has changed. */
  #follow(changes: readonly Call[], talk: string): void {
    const { presence, store, events } = this.#options;
    for (const call of changes) {
      if (call.state !== 'ringing') {
        this.#timers.get(call.id)?.();
        this.#timers.delete(call.id);
        this.#callers.delete(call.id);
      }
      this.#write(call.id, () => store.change(call));
      events.record(callEvent(call));
      for (const { id } of [call.from, call.to]) presence.tell(id, this.#message(call));
      for (const { id } of [call.from, call.to]) presence.setTalking(id, this.#book.isTalking(id));
      if (call.state === 'no_answer' || call.state === 'cancelled') {
        this.#works.add(this.#tellMissed(call.to.id, call.id));
      }
    }
    if (!this.#book.hasTalk(talk)) this.#works.add(this.#talks.end(talk));
  }

  async #tellMissed(user: string, call: string): Promise<void> {
    const { presence, store } = this.#options;
    await this.#writes.run(call, async () => {
      presence.tell(user, { type: 'missed', count: await store.missedCount(user) });
    });
  }

  #restore(call: Call, room: string | undefined): void {
    const { rooms } = this.#options;
    const people = room === undefined ? undefined : rooms.people(room);
    if (call.state === 'accepted' && room !== undefined && people) {
      this.#talks.restore(call.talk, room);
      this.#book.restore(call, this.#now());
      for (const { id } of [call.from, call.to]) this.#options.presence.setTalking(id, true);
      return;
    }
    if (!isOpen(call)) return;
    const state = call.state === 'ringing' ? 'no_answer' : 'ended';
    const ended: Call = { ...call, state, endedMs: this.#now().wallMs };
    this.#write(call.id, () => this.#options.store.change(ended));
    this.#options.events.record(callEvent(ended));
  }

  #write(call: string, work: () => Promise<void>): void {
    this.#works.add(this.#writes.run(call, work));
  }

  #message({ id, state, from, to, offline }: Call, key?: string): CallMessage {
    return { type: 'call', call: id, state, from, to, ...(offline && { offline }), ...(key !== undefined && { key }) };
  }

  #ring(call: Call): ContactsServerMessage {
    return { type: 'ring', call: call.id, from: call.from, others: this.#others(call) };
  }

  #others(call: Call): ContactPerson[] {
    const ids = this.#book.members(call.talk).filter((id) => id !== call.from.id && id !== call.to.id);
    return ids.flatMap((id) => {
      const known = this.#book.of(id).find(({ talk }) => talk === call.talk);
      return known ? [known.from.id === id ? known.from : known.to] : [];
    });
  }

  #now(): Moment {
    const { clock } = this.#options;
    return { wallMs: clock.wallMs(), monotonicMs: clock.monotonicMs() };
  }
}

function callOver(): NotFoundError {
  return new NotFoundError('call_over', 'This call is over; call them anew.');
}

function refusal(reason: 'self' | 'engaged' | 'not_in_talk' | 'already_there', name: string): AppError {
  switch (reason) {
    case 'self':
      return new ConflictError('call_self', 'That is you; choose somebody else.');
    case 'engaged':
      return new LimitError('call_engaged', 'You are in a call already; hang up first.');
    case 'already_there':
      return new ConflictError('call_there', `${name} is in this call already.`);
    case 'not_in_talk':
      return callOver();
  }
}
