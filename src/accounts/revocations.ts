/** What was taken back before its time: tokens, and the passes of those who watched with them. Kept over restarts. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import { LimitError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { ClockDoubt } from '../util/clock-doubt.ts';
import { Emitter } from '../util/emitter.ts';

interface RevocationTables {
  revoked_tokens: { id: string; expires_at: number; at: number };
  pass_epochs: { room: string; at: number };
}

/** Steps that make the tables; after those of the rooms. */
export const revocationMigrations: readonly Migration[] = [
  {
    name: 'revocations-1-create',
    async up(db) {
      await sql`create table revoked_tokens (id text primary key, expires_at real not null, at real not null) strict`.execute(
        db,
      );
      await sql`create table pass_epochs (
        room text primary key references rooms(id) on delete cascade,
        at real not null
      ) strict`.execute(db);
    },
  },
];

/** No pass of a viewer holds longer, milliseconds. */
export const LONGEST_PASS_MS = 2 * 3_600_000;
/** Those who watch that are remembered, most of them twice: by their token and by who they are. */
export const MAX_VIEWERS = 20_000;
/** Tokens of one room that are remembered as taken back: none of them longer than it would have held, 30 days. */
const MAX_REVOKED = 10_000;
/** Tokens may be taken for good this much longer than they say, because clocks differ. */
const LEEWAY_MS = 60_000;

/** Options of `Revocations`. */
export interface RevocationsOptions {
  /** Tokens of one room; default 10,000. */
  readonly most?: number;
  /** Nothing is forgotten by a clock that is not believed: what was taken back would hold again. Default: it is. */
  readonly doubt?: ClockDoubt | undefined;
}

type RevocationEvents = {
  /** The id of a token that holds no more. */
  token: string;
};

/** Tokens in memory as well as stored, because every request asks. Each is forgotten when it would have ended anyway. */
export class Revocations {
  readonly events = new Emitter<RevocationEvents>();
  readonly #db: Kysely<RevocationTables>;
  readonly #clock: Clock;
  readonly #tokens = new Map<string, number>();
  /** By room: when somebody who watched had to go. */
  readonly #epochs = new Map<string, number>();
  /** `ROOM/IDENTITY` and `ROOM/TOKEN` of those who watch. */
  readonly #viewers = new Set<string>();
  /** When it was last not known who has a pass: at the start, and when there were too many to remember. Wall clock, milliseconds. */
  #unknownMs: number;

  readonly #most: number;
  readonly #doubt: ClockDoubt | undefined;

  private constructor(database: Database, clock: Clock, { most = MAX_REVOKED, doubt }: RevocationsOptions) {
    this.#db = database.tables<RevocationTables>();
    this.#clock = clock;
    this.#most = most;
    this.#doubt = doubt;
    this.#unknownMs = clock.wallMs();
  }

  /** Brings back what is stored. */
  static async open(database: Database, clock: Clock, options: RevocationsOptions = {}): Promise<Revocations> {
    const revocations = new Revocations(database, clock, options);
    await revocations.#forgetExpired();
    const tokens = await revocations.#db.selectFrom('revoked_tokens').selectAll().orderBy('at').execute();
    for (const { id, expires_at: expiresMs } of tokens) {
      revocations.#tokens.set(id, expiresMs);
    }
    for (const { room, at } of await revocations.#db.selectFrom('pass_epochs').selectAll().execute()) {
      revocations.#epochs.set(room, at);
    }
    return revocations;
  }

  isRevoked(token: string): boolean {
    return this.#tokens.has(token);
  }

  /**
   * From now on the token with this id holds no more; doing it again changes nothing.
   * @throws LimitError `too_many_revoked`
   */
  async revoke(token: string, expiresAt: Date): Promise<void> {
    await this.#forgetExpired();
    this.#limit(token);
    const known = this.#tokens.has(token);
    const expiresMs = expiresAt.getTime() + LEEWAY_MS;
    // Before anything is awaited: two at the same moment must not both be the last that is allowed.
    this.#tokens.set(token, expiresMs);
    try {
      await this.#db
        .insertInto('revoked_tokens')
        .values({ id: token, expires_at: expiresMs, at: this.#clock.wallMs() })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    } catch (error) {
      if (!known) this.#tokens.delete(token);
      throw error;
    }
    // Another try of the same, which failed, may have taken it out.
    this.#tokens.set(token, expiresMs);
    this.events.emit('token', token);
    await this.sendOut(token);
  }

  /** The passes of a room end if `viewer`, which is `ROOM/IDENTITY` or `ROOM/TOKEN`, watches it. */
  async sendOut(viewer: string): Promise<void> {
    if (!this.#mayWatch(viewer)) return;
    const room = viewer.slice(0, viewer.indexOf('/'));
    const at = this.#clock.wallMs();
    this.#epochs.set(room, at);
    await this.#db
      .insertInto('pass_epochs')
      .values({ room, at })
      .onConflict((conflict) => conflict.column('room').doUpdateSet({ at }))
      .execute();
  }

  /** Whoever watches with this: when it is taken back, or they are removed, the passes of the room end. */
  noteViewer(viewer: { readonly room: string; readonly identity?: string; readonly tokenId: string }): void {
    const { room, identity, tokenId } = viewer;
    for (const by of [tokenId, ...(identity === undefined ? [] : [identity])]) {
      this.#viewers.add(`${room}/${by}`);
      const [oldest] = this.#viewers;
      if (this.#viewers.size <= MAX_VIEWERS || oldest === undefined) continue;
      this.#viewers.delete(oldest);
      this.#unknownMs = this.#clock.wallMs();
    }
  }

  /** Passes of a room of another one do not hold; empty until somebody had to go. */
  epochOf(room: string): string {
    const epoch = this.#epochs.get(room);
    return epoch === undefined ? '' : `.${epoch}`;
  }

  /** Hosts may name tokens that there never were. */
  #limit(token: string): void {
    const end = token.indexOf('/');
    if (end < 0 || this.#tokens.has(token)) return;
    const room = token.slice(0, end + 1);
    let count = 0;
    for (const key of this.#tokens.keys()) if (key.startsWith(room)) count += 1;
    if (count < this.#most) return;
    throw new LimitError(
      'too_many_revoked',
      `A room remembers at most ${this.#most} tokens that were taken back; wait until some have ended, or delete the room.`,
    );
  }

  /** Who got a pass before the server started again, or is forgotten, is not known: while such passes may hold, it may be anybody. */
  #mayWatch(viewer: string): boolean {
    if (this.#viewers.has(viewer)) return true;
    return viewer.includes('/') && this.#clock.wallMs() < this.#unknownMs + LONGEST_PASS_MS;
  }

  async #forgetExpired(): Promise<void> {
    if (this.#doubt?.look() === true) return;
    const nowMs = this.#clock.wallMs();
    for (const [id, expiresMs] of this.#tokens) if (expiresMs <= nowMs) this.#tokens.delete(id);
    await this.#db.deleteFrom('revoked_tokens').where('expires_at', '<=', nowMs).execute();
  }
}
