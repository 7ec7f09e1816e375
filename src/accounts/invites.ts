/** Every invite that holds. One that is not known does not hold, so taking one back is forgetting it. */
import { randomBytes } from 'node:crypto';
import { ConflictError, ForbiddenError, NotFoundError, UnauthorizedError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { ClockDoubt } from '../util/clock-doubt.ts';
import { Emitter } from '../util/emitter.ts';
import type { Invite } from './invite.ts';
import type { InviteStore } from './invite-store.ts';

/** Invites of one room at the same time. */
export const MAX_INVITES = 200;
/** The most people an invite can be limited to. */
export const MAX_INVITE_USES = 1000;

/** What of an invite its maker says. */
export interface InviteWish {
  readonly room: string;
  readonly role: Invite['role'];
  /** Above 0. */
  readonly ttlSeconds: number;
  /** 1–1000; absent: without a limit. */
  readonly uses?: number | undefined;
  readonly label?: string | undefined;
  readonly by: string;
}

interface Entry {
  invite: Invite;
  /** Where they are counted. */
  readonly guests: Set<string>;
}

/** Options of `Invites`. */
export interface InvitesOptions {
  readonly store: InviteStore;
  /** Nothing is forgotten by a clock that is not believed; default: it is. */
  readonly doubt?: ClockDoubt | undefined;
  readonly clock: Clock;
}

type InviteEvents = {
  /** It was taken back and holds no more. */
  revoked: Invite;
};

/** In memory as well as stored, because every request of whoever came by one asks for it. */
export class Invites {
  readonly events = new Emitter<InviteEvents>();
  readonly #store: InviteStore;
  readonly #clock: Clock;
  readonly #doubt: ClockDoubt | undefined;
  readonly #entries = new Map<string, Entry>();

  private constructor({ store, doubt, clock }: InvitesOptions) {
    this.#store = store;
    this.#clock = clock;
    this.#doubt = doubt;
  }

  /** Brings back what is stored. */
  static async open(options: InvitesOptions): Promise<Invites> {
    const invites = new Invites(options);
    await invites.#forgetExpired();
    for (const { guests, ...invite } of await options.store.all()) {
      invites.#entries.set(invite.id, { invite, guests: new Set(guests) });
    }
    return invites;
  }

  /** Those of a room that have not ended, oldest first. */
  list(room: string): readonly Invite[] {
    const nowMs = this.#clock.wallMs();
    return [...this.#entries.values()]
      .map(({ invite }) => invite)
      .filter((invite) => invite.room === room && invite.expiresMs > nowMs);
  }

  /** Whether nobody has taken it back; when it ends its token says. */
  holds(id: string): boolean {
    return this.#entries.has(id);
  }

  /** @throws ConflictError `too_many_invites`. */
  async create({ room, role, ttlSeconds, uses, label = '', by }: InviteWish): Promise<Invite> {
    await this.#forgetExpired();
    if (this.list(room).length >= MAX_INVITES) {
      throw new ConflictError('too_many_invites', `A room has at most ${MAX_INVITES} invites; take some back first.`);
    }
    const createdMs = this.#clock.wallMs();
    const invite: Invite = {
      id: randomBytes(9).toString('base64url'),
      room,
      role,
      label,
      createdMs,
      expiresMs: (Math.floor(createdMs / 1000) + ttlSeconds) * 1000,
      ...(uses !== undefined && { maxUses: uses }),
      uses: 0,
      by,
    };
    this.#entries.set(invite.id, { invite, guests: new Set() });
    try {
      await this.#store.insert({ ...invite, guests: [] });
    } catch (error) {
      this.#entries.delete(invite.id);
      throw error;
    }
    return invite;
  }

  /**
   * Lets `guest` in: who came by it before comes again without being counted.
   * @throws UnauthorizedError `token_revoked`, ForbiddenError `invite_used_up`.
   */
  async admit(id: string, guest: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (!entry) throw takenBack();
    const { invite, guests } = entry;
    if (guests.has(guest)) return;
    if (invite.maxUses !== undefined && invite.uses >= invite.maxUses) {
      throw new ForbiddenError('This link has been used up; ask a host of the room for another.', 'invite_used_up');
    }
    // Counted before it is stored, so that two who come at the same moment do not share the last place.
    const uses = invite.uses + 1;
    entry.invite = { ...invite, uses };
    const counted = invite.maxUses !== undefined;
    if (counted) guests.add(guest);
    await this.#store.use(id, uses, counted ? guest : undefined);
  }

  /** Takes one back at once; what came by it hears of it. @throws NotFoundError `invite_not_found`. */
  async revoke(room: string, id: string): Promise<Invite> {
    const invite = this.#entries.get(id)?.invite;
    if (invite?.room !== room) {
      throw new NotFoundError('invite_not_found', 'There is no such invite; it may have ended already.');
    }
    // Stored first: one that still holds after a restart was never taken back.
    await this.#store.remove(id);
    this.#entries.delete(id);
    this.events.emit('revoked', invite);
    return invite;
  }

  /** Forgets those of a room that is gone; the store's go with their room. */
  removeRoom(room: string): void {
    for (const [id, { invite }] of this.#entries) if (invite.room === room) this.#entries.delete(id);
  }

  async #forgetExpired(): Promise<void> {
    if (this.#doubt?.look() === true) return;
    const nowMs = this.#clock.wallMs();
    for (const [id, { invite }] of this.#entries) if (invite.expiresMs <= nowMs) this.#entries.delete(id);
    await this.#store.removeExpired(nowMs);
  }
}

/** What whoever comes by a link that was taken back is told. */
export function takenBack(): UnauthorizedError {
  return new UnauthorizedError('This link was taken back; ask a host of the room for a new one.', 'token_revoked');
}
