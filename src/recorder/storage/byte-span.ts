/** A part of a file. */

/** Bytes of a file; both ends inclusive, as in HTTP. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}
