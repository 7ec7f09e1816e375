/** What a table holds in one number, whatever the order in which its rows are read. */
import { createHash } from 'node:crypto';

/** A value as both kinds of databases tell it. */
export type Told = string | null;

const MODULUS = 1n << 128n;

/** Takes rows one by one; two tables with the same rows give the same count and sum. */
export class RowDigest {
  #count = 0;
  #sum = 0n;

  /** Values in an order of columns that is the same on both sides. */
  add(row: readonly Told[]): void {
    const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex');
    // A sum and not an exclusive or, in which two rows that are the same would be none.
    this.#sum = (this.#sum + BigInt(`0x${hash.slice(0, 32)}`)) % MODULUS;
    this.#count += 1;
  }

  get count(): number {
    return this.#count;
  }

  equals(other: RowDigest): boolean {
    return this.#count === other.#count && this.#sum === other.#sum;
  }
}

/** For values that are too large to be told. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
