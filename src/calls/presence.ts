/** Presence of people, from the tabs they have open and from what they do. */
import { LimitError } from '../errors.ts';
import type { ContactPerson, ContactsServerMessage, PresenceState } from '../protocol/contacts.ts';
import type { Clock, Disposer } from '../util/clock.ts';

/** One open page of somebody. */
export interface Tab {
  readonly user: ContactPerson;
  send(message: ContactsServerMessage): void;
}

/** How long somebody without a tab counts as there: pages are loaded again. */
const GONE_MS = 4000;

interface TabState {
  away: boolean;
  watched: ReadonlySet<string>;
}

/** Tells each tab of whom it watches; knows nobody who is not there. */
export class Presence {
  readonly #clock: Clock;
  readonly #tabsPerUser: number;
  readonly #tabs = new Map<string, Map<Tab, TabState>>();
  readonly #watchers = new Map<string, Set<Tab>>();
  /** In how many rooms they are. */
  readonly #rooms = new Map<string, number>();
  readonly #talking = new Set<string>();
  readonly #told = new Map<string, PresenceState>();
  readonly #leaving = new Map<string, Disposer>();

  constructor(options: { readonly clock: Clock; readonly tabsPerUser: number }) {
    this.#clock = options.clock;
    this.#tabsPerUser = options.tabsPerUser;
  }

  /** @throws LimitError `too_many_tabs`. */
  add(tab: Tab): void {
    const { id } = tab.user;
    const tabs = this.#tabs.get(id) ?? new Map<Tab, TabState>();
    if (tabs.size >= this.#tabsPerUser) {
      const limit = `You have ${this.#tabsPerUser} pages of your contacts open already`;
      throw new LimitError('too_many_tabs', `${limit}; close one of them, then load this page again.`);
    }
    tabs.set(tab, { away: false, watched: new Set() });
    this.#tabs.set(id, tabs);
    this.#leaving.get(id)?.();
    this.#leaving.delete(id);
    this.#refresh(id);
  }

  remove(tab: Tab): void {
    const { id } = tab.user;
    const tabs = this.#tabs.get(id);
    if (!tabs?.has(tab)) return;
    this.watch(tab, []);
    tabs.delete(tab);
    if (tabs.size > 0) {
      this.#refresh(id);
      return;
    }
    this.#tabs.delete(id);
    const gone = (): void => {
      this.#leaving.delete(id);
      this.#refresh(id);
    };
    this.#leaving.set(id, this.#clock.after(GONE_MS, gone));
  }

  /** Whether it is still open. */
  has(tab: Tab): boolean {
    return this.#tabs.get(tab.user.id)?.has(tab) === true;
  }

  setAway(tab: Tab, away: boolean): void {
    const state = this.#tabs.get(tab.user.id)?.get(tab);
    if (!state) return;
    state.away = away;
    this.#refresh(tab.user.id);
  }

  /** From now on the tab is told of these, at once of how they are, and of nobody else. */
  watch(tab: Tab, users: readonly string[]): void {
    const state = this.#tabs.get(tab.user.id)?.get(tab);
    if (!state) return;
    for (const user of state.watched) {
      const watchers = this.#watchers.get(user);
      watchers?.delete(tab);
      if (watchers?.size === 0) this.#watchers.delete(user);
    }
    state.watched = new Set(users);
    for (const user of state.watched) {
      const watchers = this.#watchers.get(user) ?? new Set();
      this.#watchers.set(user, watchers.add(tab));
      tab.send({ type: 'presence', user, state: this.of(user) });
    }
  }

  /** Whether they can be rung. */
  isReachable(user: string): boolean {
    return this.#tabs.has(user) || this.#leaving.has(user);
  }

  of(user: string): PresenceState {
    if (this.#talking.has(user) || this.#rooms.has(user)) return 'in-call';
    const tabs = [...(this.#tabs.get(user)?.values() ?? [])];
    if (tabs.some(({ away }) => !away)) return 'online';
    if (tabs.length > 0) return 'away';
    return this.#leaving.has(user) ? (this.#told.get(user) ?? 'online') : 'offline';
  }

  /** To all tabs of somebody, but for `except`. */
  tell(user: string, message: ContactsServerMessage, except?: Tab): void {
    for (const tab of [...(this.#tabs.get(user)?.keys() ?? [])]) if (tab !== except) tab.send(message);
  }

  /** They talk to somebody, or are about to. */
  setTalking(user: string, talking: boolean): void {
    if (talking) this.#talking.add(user);
    else this.#talking.delete(user);
    this.#refresh(user);
  }

  /** They have come into a room. */
  enter(user: string): void {
    this.#rooms.set(user, (this.#rooms.get(user) ?? 0) + 1);
    this.#refresh(user);
  }

  /** They have left one. */
  leave(user: string): void {
    const left = (this.#rooms.get(user) ?? 1) - 1;
    if (left > 0) this.#rooms.set(user, left);
    else this.#rooms.delete(user);
    this.#refresh(user);
  }

  /** No timer is left. */
  close(): void {
    for (const cancel of this.#leaving.values()) cancel();
    this.#leaving.clear();
  }

  #refresh(user: string): void {
    const state = this.of(user);
    if (state === (this.#told.get(user) ?? 'offline')) return;
    if (state === 'offline') this.#told.delete(user);
    else this.#told.set(user, state);
    for (const tab of this.#watchers.get(user) ?? []) tab.send({ type: 'presence', user, state });
  }
}
