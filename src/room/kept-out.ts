/** Who may not come back into a room: after a removal until they get a newer invite, after a ban permanently. */
import { ForbiddenError, LimitError } from '../errors.ts';

/** Somebody who is kept out. */
export interface KeptOutEntry {
  /** Names this entry. */
  readonly id: string;
  /** A removal ends with an invite that is newer than it. */
  readonly kind: 'removed' | 'banned';
  /** Their id in the room, as it was. */
  readonly participant: string;
  /** The browser that they came with, as `Participant.clientKey`; undefined: it has not said. */
  readonly clientKey: string | undefined;
  /** As they were called. */
  readonly name: string;
  /** Who did it. */
  readonly by: string;
  readonly at: Date;
}

/** Somebody at the door. */
export interface Comer {
  readonly id: string;
  readonly clientKey?: string | undefined;
  /** When their token was signed, whole seconds; undefined: not known, which counts as old. */
  readonly issuedAt?: Date | undefined;
}

/** Removals that a room remembers; beyond, the oldest is forgotten. */
export const MAX_REMOVED = 1000;
/** Bans of a room; beyond, one has to be lifted first. */
export const MAX_BANNED = 500;

/** What somebody who is kept out is told, wherever they come: its code is the kind. */
export function keptOutError(kind: KeptOutEntry['kind']): ForbiddenError {
  const sentence =
    kind === 'banned'
      ? 'A host does not let you into this room any more; ask them if that is a mistake.'
      : 'A host has removed you from this room; ask them for another invite.';
  return new ForbiddenError(sentence, kind);
}

/** Who is kept out of one room. */
export class KeptOut {
  /** Oldest first; by their ids. */
  readonly #removed = new Map<string, KeptOutEntry>();
  readonly #banned = new Map<string, KeptOutEntry>();

  /** Newest first. */
  get bans(): readonly KeptOutEntry[] {
    return [...this.#banned.values()].reverse();
  }

  /**
   * Keeps somebody out from now on; returns those that are forgotten for it.
   * @throws LimitError `too_many_bans`.
   */
  add(entry: KeptOutEntry): readonly KeptOutEntry[] {
    const list = entry.kind === 'banned' ? this.#banned : this.#removed;
    // Once is enough for each.
    const before = [...list.values()].filter(({ participant }) => participant === entry.participant);
    if (entry.kind === 'banned' && before.length === 0 && list.size >= MAX_BANNED) {
      throw new LimitError('too_many_bans', `A room keeps at most ${MAX_BANNED} people out; lift a ban first.`);
    }
    for (const { id } of before) list.delete(id);
    list.set(entry.id, entry);
    const [oldest] = list.values();
    if (list.size <= MAX_REMOVED || !oldest) return before;
    list.delete(oldest.id);
    return [...before, oldest];
  }

  /** Lifts a ban, and what was remembered of their removal; returns all that is over, nothing when there is no such ban. */
  lift(ban: string): readonly KeptOutEntry[] {
    const entry = this.#banned.get(ban);
    if (!entry) return [];
    this.#banned.delete(ban);
    const removals = [...this.#removed.values()].filter(({ participant }) => participant === entry.participant);
    for (const { id } of removals) this.#removed.delete(id);
    return [entry, ...removals];
  }

  /** @throws ForbiddenError `removed` or `banned` for somebody who may not come in. */
  check(comer: Comer): void {
    const reason = this.reason(comer);
    if (reason !== undefined) throw keptOutError(reason);
  }

  /** Why somebody may not come in; undefined when they may. */
  reason({ id, clientKey, issuedAt }: Comer): KeptOutEntry['kind'] | undefined {
    const banned = [...this.#banned.values()].some(
      (entry) => entry.participant === id || (clientKey !== undefined && entry.clientKey === clientKey),
    );
    if (banned) return 'banned';
    const removal = [...this.#removed.values()].find(({ participant }) => participant === id);
    if (!removal) return undefined;
    return issuedAt !== undefined && issuedAt.getTime() > removal.at.getTime() ? undefined : 'removed';
  }
}
