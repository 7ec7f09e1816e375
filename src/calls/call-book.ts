/** All calls that ring or run, and who is in which conversation. Only decides; `calls.ts` acts. */
import type { ContactPerson } from '../protocol/contacts.ts';
import { type Call, type CallInput, changedCall, isOpen } from './call.ts';

/** How long who accepted has to come into the room. */
export const JOIN_MS = 90_000;
/** How long who left may come back, as pages do that are loaded again, before that is the end of it. */
export const RETURN_MS = 10_000;

/** One moment by two clocks: the first is written down, deadlines go by the second. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Somebody wants to call. */
export interface CallOrder {
  /** For the call, when one is made. */
  readonly id: string;
  /** The conversation that they are to come to; its own when it is a new one. */
  readonly talk: string;
  readonly from: ContactPerson;
  readonly to: ContactPerson;
  /** Whether `to` can be rung. */
  readonly reachable: boolean;
}

/** What comes of it. */
export type Placed =
  /** `busy`, `no_answer` at once, or ringing. */
  | { readonly kind: 'made'; readonly call: Call }
  /** The same two: this one rings already. */
  | { readonly kind: 'again'; readonly call: Call }
  /** The other one calls at the same time: their call is the answer to this one. */
  | { readonly kind: 'crossed'; readonly call: Call }
  | { readonly kind: 'refused'; readonly reason: 'self' | 'engaged' | 'not_in_talk' | 'already_there' };

interface Talk {
  /** By user or participant: until when they are waited for, undefined while they are in the room. */
  readonly members: Map<string, number | undefined>;
  /** Ids of its calls that ring or run. */
  readonly calls: Set<string>;
}

/** Times are milliseconds; the caller gives them and acts on what comes back. */
export class CallBook {
  readonly #calls = new Map<string, Call>();
  readonly #talks = new Map<string, Talk>();
  readonly #atOnce: number;

  /** @param atOnce conversations of one person at the same time, at least 1. */
  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** One that rings or runs. */
  find(id: string): Call | undefined {
    return this.#calls.get(id);
  }

  /** Whether anybody is, or may yet come, there. */
  hasTalk(talk: string): boolean {
    return this.#talks.has(talk);
  }

  get talks(): readonly string[] {
    return [...this.#talks.keys()];
  }

  /** Calls of somebody that ring or run. */
  of(user: string): readonly Call[] {
    return [...this.#calls.values()].filter(({ from, to }) => from.id === user || to.id === user);
  }

  /** Who is in a conversation, or on their way. */
  members(talk: string): readonly string[] {
    return [...(this.#talks.get(talk)?.members.keys() ?? [])];
  }

  /** Whether they talk to somebody, or are about to. */
  isTalking(user: string): boolean {
    return [...this.#talks.values()].some(({ members }) => members.has(user));
  }

  place({ id, talk, from, to, reachable }: CallOrder, now: Moment): Placed {
    if (from.id === to.id) return { kind: 'refused', reason: 'self' };
    const ringing = this.of(from.id).filter((call) => call.state === 'ringing');
    const crossed = ringing.find((call) => call.from.id === to.id && call.to.id === from.id);
    if (crossed) return { kind: 'crossed', call: crossed };
    const again = ringing.find((call) => call.from.id === from.id && call.to.id === to.id);
    if (again) return { kind: 'again', call: again };
    const known = this.#talks.get(talk);
    if (known && !known.members.has(from.id)) return { kind: 'refused', reason: 'not_in_talk' };
    if (known?.members.has(to.id)) return { kind: 'refused', reason: 'already_there' };
    if (this.#engagedBeside(from.id, talk) >= this.#atOnce) return { kind: 'refused', reason: 'engaged' };
    const base = { id, talk, from, to, startedMs: now.wallMs };
    if (!reachable) return { kind: 'made', call: { ...base, state: 'no_answer', offline: true, endedMs: now.wallMs } };
    if (this.#engagedBeside(to.id, talk) >= this.#atOnce) {
      return { kind: 'made', call: { ...base, state: 'busy', offline: false, endedMs: now.wallMs } };
    }
    const call: Call = { ...base, state: 'ringing', offline: false };
    this.#keep(call);
    return { kind: 'made', call };
  }

  /** A call of before a restart: those who talked have as long to come back as those who accept have to come. */
  restore(call: Call, now: Moment): void {
    this.#keep(call);
    this.#expect(call, now);
  }

  /** What changed: nothing when `input` came too late, and with the last of a conversation its other calls. */
  apply(id: string, input: CallInput, now: Moment): readonly Call[] {
    const call = this.#calls.get(id);
    const changed = call && changedCall(call, input, now.wallMs);
    if (!changed) return [];
    this.#write(changed);
    if (changed.state === 'accepted') this.#expect(changed, now);
    const others = call.state === 'accepted' ? this.#release(changed, now) : [];
    return [changed, ...others, ...this.#settle(changed.talk, now)];
  }

  /** Somebody is in the room of a conversation. */
  joined(talk: string, user: string): void {
    this.#talks.get(talk)?.members.set(user, undefined);
  }

  /** Somebody has left it, and may come back. */
  left(talk: string, user: string, now: Moment): void {
    const members = this.#talks.get(talk)?.members;
    if (members?.has(user)) members.set(user, now.monotonicMs + RETURN_MS);
  }

  /** Whoever did not come, or did not come back, is waited for no longer; gives the calls that are over with them. */
  expire(talk: string, now: Moment): readonly Call[] {
    const late = [...(this.#talks.get(talk)?.members ?? [])].filter(
      ([, until]) => until !== undefined && until <= now.monotonicMs,
    );
    return late.flatMap(([user]) => this.#drop(talk, user, now));
  }

  /** The room is gone, and everything with it. */
  end(talk: string, now: Moment): readonly Call[] {
    const known = this.#talks.get(talk);
    if (!known) return [];
    known.members.clear();
    return this.#settle(talk, now, true);
  }

  #keep(call: Call): void {
    this.#calls.set(call.id, call);
    const talk = this.#talks.get(call.talk) ?? { members: new Map(), calls: new Set() };
    talk.calls.add(call.id);
    this.#talks.set(call.talk, talk);
  }

  #expect({ talk, from, to }: Call, now: Moment): void {
    const members = this.#talks.get(talk)?.members;
    for (const { id } of [from, to]) if (members && !members.has(id)) members.set(id, now.monotonicMs + JOIN_MS);
  }

  /** Who hung up before they came is expected no more, unless another call of the conversation brings them. */
  #release({ talk, from, to }: Call, now: Moment): readonly Call[] {
    const known = this.#talks.get(talk);
    return [from.id, to.id].flatMap((user) => {
      if (known?.members.get(user) === undefined) return [];
      const wanted = this.of(user).some((call) => call.talk === talk && call.state === 'accepted');
      return wanted ? [] : this.#drop(talk, user, now);
    });
  }

  #drop(talk: string, user: string, now: Moment): readonly Call[] {
    const known = this.#talks.get(talk);
    if (!known?.members.delete(user)) return [];
    const own = [...known.calls].flatMap((id) => {
      const call = this.#calls.get(id);
      const parts = call && call.state === 'accepted' && (call.from.id === user || call.to.id === user);
      return parts ? this.#change(call, 'over', now) : [];
    });
    return [...own, ...this.#settle(talk, now)];
  }

  #write(call: Call): void {
    if (isOpen(call)) {
      this.#calls.set(call.id, call);
    } else {
      this.#calls.delete(call.id);
      this.#talks.get(call.talk)?.calls.delete(call.id);
    }
  }

  #change(call: Call, input: CallInput, now: Moment): readonly Call[] {
    const changed = changedCall(call, input, now.wallMs);
    if (changed) this.#write(changed);
    return changed ? [changed] : [];
  }

  /** One alone, whom nobody else is being rung for, talks to nobody. */
  #settle(talk: string, now: Moment, always = false): readonly Call[] {
    const known = this.#talks.get(talk);
    if (!known) return [];
    const calls = [...known.calls].flatMap((id) => this.#calls.get(id) ?? []);
    const alone = known.members.size < 2 && !calls.some(({ state }) => state === 'ringing');
    if (!alone && !always) return [];
    this.#talks.delete(talk);
    return calls.flatMap((call) => this.#change(call, 'over', now));
  }

  #engagedBeside(user: string, talk: string): number {
    const talks = new Set(this.of(user).map((call) => call.talk));
    for (const [id, { members }] of this.#talks) if (members.has(user)) talks.add(id);
    talks.delete(talk);
    return talks.size;
  }
}
