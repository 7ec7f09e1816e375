/** A cursor over complete bytes, big-endian. Reading past the end is an error of the format, never of the program. */
import { MediaFormatError } from './media-format-error.ts';

/** Reads from a view that it neither copies nor changes. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #what: string;
  #at = 0;

  /** @param what names the format in errors, for example `NUT main header`. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes;
    this.#what = what;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#at;
  }

  u8(): number {
    const value = this.#bytes[this.#at];
    if (value === undefined) throw this.fail('ends too early');
    this.#at += 1;
    return value;
  }

  u16(): number {
    return this.u8() * 0x100 + this.u8();
  }

  u24(): number {
    return this.u16() * 0x100 + this.u8();
  }

  u32(): number {
    return this.u16() * 0x10000 + this.u16();
  }

  /** Signed 32 bits. */
  i32(): number {
    return this.u32() | 0;
  }

  /** Unsigned 64 bits; more than 2^53 - 1 is an error. */
  u64(): number {
    const value = this.u32() * 2 ** 32 + this.u32();
    if (!Number.isSafeInteger(value)) throw this.fail('holds a number that is too large');
    return value;
  }

  /** A view of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    if (length > this.remaining) throw this.fail('ends too early');
    const from = this.#at;
    this.#at += length;
    return this.#bytes.subarray(from, this.#at);
  }

  skip(length: number): void {
    this.bytes(length);
  }

  /** Four characters, each byte one of them. */
  fourcc(): string {
    return String.fromCharCode(this.u8(), this.u8(), this.u8(), this.u8());
  }

  /** NUT's variable length integer: 7 bits a byte, the high bit says that more follow. */
  varint(): number {
    let value = 0;
    for (;;) {
      const byte = this.u8();
      value = value * 128 + (byte & 0x7f);
      if (!Number.isSafeInteger(value)) throw this.fail('holds a number that is too large');
      if (byte < 0x80) return value;
    }
  }

  /** NUT's signed integer: 0, 1, -1, 2, -2… */
  signedVarint(): number {
    const value = this.varint() + 1;
    return value % 2 === 1 ? -(value - 1) / 2 : value / 2;
  }

  /** NUT's length-prefixed bytes. */
  varBytes(): Uint8Array {
    return this.bytes(this.varint());
  }

  /** The error to throw, with the name of the format before `problem`. */
  fail(problem: string): MediaFormatError {
    return new MediaFormatError(`The ${this.#what} ${problem}`);
  }
}
