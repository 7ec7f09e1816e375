/** Links that show one recording to whoever has them, until they end or are taken back. */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { AppError, ConflictError, NotFoundError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { ClockDoubt } from '../util/clock-doubt.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import type { ShareStore, StoredShare } from './share-store.ts';

/** Longest life of a link, seconds. */
export const MAX_SHARE_SECONDS = 30 * 86_400;
/** Life of a link when nothing is said, seconds. */
export const DEFAULT_SHARE_SECONDS = 7 * 86_400;
/** Links of one recording at the same time, ended ones that are still listed included. */
export const MAX_SHARES = 100;

const TOKEN_BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;
/** For so long whoever comes too late is told so; after that the link was never there. */
const REMEMBER_MS = 7 * 86_400_000;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A link as it is listed. */
export interface Share {
  readonly id: string;
  readonly recording: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Whether viewers of the room are shown it. */
  readonly watchPage: boolean;
}

/** Options of `Shares`. */
export interface SharesOptions {
  readonly store: ShareStore;
  /** The server's secret, at least 32 bytes; other keys are derived from it. */
  readonly secret: Uint8Array;
  /** Nothing is forgotten by a clock that is not believed; default: it is. */
  readonly doubt?: ClockDoubt | undefined;
  readonly clock: Clock;
  /** The session that runs in a room or ran last, as far as this process knows. */
  readonly lastSession: (room: string) => string | undefined;
}

/** What somebody asks for. */
interface ShareOrder {
  readonly recording: string;
  /** 1–2592000. */
  readonly ttlSeconds: number;
  readonly watchPage: boolean;
}

/** Tokens are random, and only their hash is stored: who reads the database cannot use what it lists. */
export class Shares {
  readonly #options: SharesOptions;
  readonly #key: Buffer;
  /** One after the other for each recording, so that the limit holds. */
  readonly #queue = new KeyedQueue();

  constructor(options: SharesOptions) {
    this.#options = options;
    this.#key = Buffer.from(hkdfSync('sha256', options.secret, '', 'gridcast share link', 32));
  }

  /** @throws ConflictError `too_many_shares`. */
  create(order: ShareOrder): Promise<{ readonly share: Share; readonly token: string }> {
    return this.#queue.run(order.recording, () => this.#create(order));
  }

  async #create(options: ShareOrder): Promise<{ readonly share: Share; readonly token: string }> {
    const { store, doubt, clock } = this.#options;
    const nowMs = clock.wallMs();
    if (doubt?.look() !== true) await store.removeExpired(new Date(nowMs - REMEMBER_MS));
    if ((await store.list(options.recording)).length >= MAX_SHARES) {
      throw new ConflictError(
        'too_many_shares',
        `A recording has at most ${MAX_SHARES} links; take back another first.`,
      );
    }
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const ttlSeconds = Math.min(MAX_SHARE_SECONDS, options.ttlSeconds);
    const stored: StoredShare = {
      id: `s${randomBytes(9).toString('base64url')}`,
      recording: options.recording,
      tokenHash: hashOf(token),
      createdAt: new Date(nowMs),
      expiresAt: new Date(nowMs + ttlSeconds * 1000),
      ...(options.watchPage ? { watchToken: this.#seal(token) } : {}),
    };
    await store.insert(stored);
    return { share: viewOf(stored), token };
  }

  /** Newest first; those that ended not long ago too. */
  async list(recording: string): Promise<Share[]> {
    return (await this.#options.store.list(recording)).map(viewOf);
  }

  /** From now on the link opens nothing. @throws NotFoundError `share_not_found`. */
  async revoke(recording: string, id: string): Promise<void> {
    if (!(await this.#options.store.remove(recording, id))) throw unknownShare();
  }

  /** What a link opens; to be asked with each request. @throws NotFoundError `share_not_found`; AppError 410 `share_expired`. */
  async open(token: string): Promise<Share> {
    const stored = TOKEN.test(token) ? await this.#options.store.findByHash(hashOf(token)) : undefined;
    if (!stored) throw unknownShare();
    if (stored.expiresAt.getTime() > this.#options.clock.wallMs()) return viewOf(stored);
    throw new AppError('This link has ended; ask whoever gave it to you for a new one.', {
      code: 'share_expired',
      fault: 'client',
      status: 410,
    });
  }

  /**
   * The token of what viewers of a room are shown when its last session has ended; undefined when there is none.
   * @param since when the room was made
   */
  async watchToken(room: string, since: Date): Promise<string | undefined> {
    const { store, clock, lastSession } = this.#options;
    const now = new Date(clock.wallMs());
    const found = await store.newestForViewers({ room, since, session: lastSession(room), now });
    return found?.watchToken === undefined ? undefined : this.#unseal(found.watchToken);
  }

  #seal(token: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv);
    const data = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64url');
  }

  /** Undefined for what another secret sealed: the server's was replaced, and with it goes what was shown to viewers. */
  #unseal(sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}

function viewOf({ id, recording, createdAt, expiresAt, watchToken }: StoredShare): Share {
  return { id, recording, createdAt, expiresAt, watchPage: watchToken !== undefined };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function unknownShare(): NotFoundError {
  return new NotFoundError('share_not_found', 'This link does not exist or was taken back; ask for a new one.');
}
