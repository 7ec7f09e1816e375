/** Passwords: kept as slow, salted hashes in PHC notation, and never any other way. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { LimitError } from '../errors.ts';

// 128 MB and a third of a second each: two at a time leave the machine its memory, and its media a processor.
const LOG2_COST = 17;
const BLOCK_SIZE = 8;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const MAX_AT_ONCE = 2;
/** Computations that wait for their turn. */
const MAX_WAITING = 32;
// What a stored hash may ask of us: 256 MB.
const MAX_LOG2_COST = 18;

/** Options of `Passwords`. */
export interface PasswordsOptions {
  /** Logarithm of scrypt's N, 10–18; below 17 only for tests. */
  readonly log2Cost?: number;
}

interface PhcHash {
  readonly log2Cost: number;
  readonly blockSize: number;
  readonly parallelism: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** Hashes and checks passwords, two at a time; one for each server. */
export class Passwords {
  readonly #log2Cost: number;
  // What a name that nobody has is checked against, so that it takes as long as one that somebody has.
  readonly #decoy: PhcHash;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor({ log2Cost = LOG2_COST }: PasswordsOptions = {}) {
    this.#log2Cost = log2Cost;
    this.#decoy = {
      log2Cost,
      blockSize: BLOCK_SIZE,
      parallelism: 1,
      salt: randomBytes(SALT_BYTES),
      hash: randomBytes(HASH_BYTES),
    };
  }

  /** What to keep of `password`, as `$scrypt$ln=…`. @throws LimitError `passwords_busy` when too many wait already. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    const parts = { log2Cost: this.#log2Cost, blockSize: BLOCK_SIZE, parallelism: 1, salt };
    const hash = await this.#derive(password, { ...parts, hash: Buffer.alloc(HASH_BYTES) });
    return `$scrypt$ln=${this.#log2Cost},r=${BLOCK_SIZE},p=1$${unpadded(salt)}$${unpadded(hash)}`;
  }

  /**
   * Whether `password` is the one that `stored` was made of. Without `stored`, or with one that is no hash, it is not, which
   * takes as long to find out. @throws LimitError `passwords_busy` when too many wait already.
   */
  async verify(password: string, stored: string | undefined): Promise<boolean> {
    const known = stored === undefined ? undefined : parse(stored);
    const wanted = known ?? this.#decoy;
    const hash = await this.#derive(password, wanted);
    return timingSafeEqual(hash, wanted.hash) && known !== undefined;
  }

  async #derive(password: string, parts: PhcHash): Promise<Buffer> {
    await this.#turn();
    try {
      return await derive(password, parts);
    } finally {
      const next = this.#waiting.shift();
      // The place goes straight to whoever is next, so nobody overtakes.
      if (next) next();
      else this.#running -= 1;
    }
  }

  #turn(): Promise<void> | undefined {
    if (this.#running < MAX_AT_ONCE) {
      this.#running += 1;
      return undefined;
    }
    if (this.#waiting.length >= MAX_WAITING) {
      throw new LimitError('passwords_busy', 'Too many people are signing in right now; try again in a moment.', 503);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

function derive(password: string, { log2Cost, blockSize, parallelism, salt, hash }: PhcHash): Promise<Buffer> {
  const cost = 2 ** log2Cost;
  const options = { N: cost, r: blockSize, p: parallelism, maxmem: 128 * cost * blockSize + 1_048_576 };
  return new Promise((resolve, reject) => {
    // The same characters may be typed as one code point or as several, which depends on the keyboard.
    scrypt(password.normalize('NFKC'), salt, hash.byteLength, options, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function parse(stored: string): PhcHash | undefined {
  const match = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43,86})$/.exec(
    stored,
  );
  if (!match) return undefined;
  const [, log2Cost, blockSize, parallelism] = match.map(Number);
  if (!log2Cost || !blockSize || !parallelism || log2Cost > MAX_LOG2_COST || blockSize > BLOCK_SIZE) return undefined;
  const bytes = (group: number): Buffer => Buffer.from(match[group] ?? '', 'base64');
  return { log2Cost, blockSize, parallelism, salt: bytes(4), hash: bytes(5) };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
