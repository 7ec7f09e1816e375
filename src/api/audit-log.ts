/** Writes down who did what with recordings: every route that gives something away or takes it away tells it. */
import { isDeepStrictEqual } from 'node:util';
import type { Context } from 'koa';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { ClientAddresses } from '../util/client-address.ts';
import type { Clock } from '../util/clock.ts';
import { addressKey } from '../util/ip-address.ts';
import type { AuditEntry, AuditRecord, AuditStore } from './audit-store.ts';
import type { Grant } from './grant.ts';

/** Options of an audit log. */
export interface AuditLogOptions {
  readonly store: AuditStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A player asks for a film in hundreds of parts: for so long they count as one. */
const SAME_MS = 10 * 60_000;
/** Who is remembered for that; the longest ago makes room. */
const MAX_REMEMBERED = 1000;

/** Never rejects for an entry that cannot be stored: that is told in the log, and whoever waits is served. */
export class AuditLog {
  readonly #options: AuditLogOptions;
  /** What was written down not long ago, oldest first, to when, in monotonic milliseconds. */
  readonly #recent = new Map<string, number>();

  constructor(options: AuditLogOptions) {
    this.#options = options;
  }

  /** Writes it down; resolves when it is stored. */
  async note(entry: AuditEntry): Promise<void> {
    const { clock, log, store } = this.#options;
    try {
      await store.add(entry, new Date(clock.wallMs()));
    } catch (error) {
      log.error('the audit log was not written', { ...entry, reason: messageOf(error) });
    }
  }

  /** The same, unless the same was written down in the last ten minutes. */
  async noteOnce(entry: AuditEntry): Promise<void> {
    const nowMs = this.#options.clock.monotonicMs();
    // One person has billions of addresses, and would have pushed out everything else with one link.
    const key = JSON.stringify([entry.who, entry.action, entry.recording, addressKey(entry.address), entry.detail]);
    const before = this.#recent.get(key);
    if (before !== undefined && nowMs - before < SAME_MS) return;
    this.#recent.delete(key);
    this.#recent.set(key, nowMs);
    const [oldest] = this.#recent.keys();
    if (this.#recent.size > MAX_REMEMBERED && oldest !== undefined) this.#recent.delete(oldest);
    await this.note(entry);
  }

  /** The same, unless the newest entry of its kind tells the same: for what is looked at again and again. */
  async noteChange(entry: AuditEntry): Promise<void> {
    const { log, store } = this.#options;
    try {
      if (isDeepStrictEqual((await store.newest(entry.action))?.detail, entry.detail)) return;
    } catch (error) {
      log.error('the audit log was not read', { action: entry.action, reason: messageOf(error) });
    }
    await this.note(entry);
  }

  /** Newest first; `next` is the `before` of the page after it. */
  async list(page: {
    readonly limit: number;
    readonly before?: number;
  }): Promise<{ readonly items: readonly AuditRecord[]; readonly next?: number }> {
    const found = await this.#options.store.list({ ...page, limit: page.limit + 1 });
    const items = found.slice(0, page.limit);
    const last = items.at(-1);
    return { items, ...(last && found.length > page.limit ? { next: last.id } : {}) };
  }
}

/** How the audit log calls whoever has this grant; without one it was a link that needs none. */
export function whoIs(grant: Grant | undefined): string {
  if (!grant) return 'link';
  if (grant.role === 'admin') return grant.user ? `admin:${grant.user.id}` : 'admin';
  if (grant.role === 'user') return `user:${grant.user.id}`;
  return `${grant.role}:${grant.identity ?? 'invite'}`;
}

/** Where a request comes from, as the audit log has it. */
export function askerOf(ctx: Context, addresses: ClientAddresses): Pick<AuditEntry, 'address'> {
  const address = addresses.of(ctx.req);
  return address === undefined ? {} : { address };
}
