/** EBML, the binary tree under WebM and Matroska (RFC 8794): heads of elements, and elements that are complete. */
import { MediaFormatError } from '../../media/media-format-error.ts';

/** What stands before an element's body. */
export interface ElementHead {
  /** With its length marker, as tables of Matroska give it. */
  readonly id: number;
  /** Bytes of the body; infinite when its writer did not know. */
  readonly size: number;
  /** Bytes of the head itself, 2–12. */
  readonly bytes: number;
}

/** A complete element; `body` is a view. */
export interface Element {
  readonly id: number;
  readonly body: Uint8Array;
}

/** In one element: tracks, and groups of a block, have some ten. */
const MAX_CHILDREN = 64;
/** Longest head: an id of 4 bytes and a size of 8. */
export const MAX_HEAD_BYTES = 12;

/**
 * The head at the beginning of `bytes`; undefined when it goes on behind them.
 * @throws MediaFormatError when it is none, or its size is beyond 2^53 - 1.
 */
export function elementHead(bytes: Uint8Array): ElementHead | undefined {
  const idBytes = lengthOf(bytes[0], 4);
  if (idBytes === undefined || bytes.length <= idBytes) return undefined;
  const sizeBytes = lengthOf(bytes[idBytes], 8);
  if (sizeBytes === undefined || bytes.length < idBytes + sizeBytes) return undefined;
  let id = 0;
  for (let at = 0; at < idBytes; at += 1) id = id * 256 + (bytes[at] ?? 0);
  const size = vint(bytes.subarray(idBytes, idBytes + sizeBytes));
  return { id, size, bytes: idBytes + sizeBytes };
}

/**
 * The elements that fill `bytes`, one after the other.
 * @throws MediaFormatError when one of them reaches beyond, or when there are more than 64.
 */
export function elements(bytes: Uint8Array): Element[] {
  const found: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const head = elementHead(bytes.subarray(at, at + MAX_HEAD_BYTES));
    if (!head || head.size > bytes.length - at - head.bytes) {
      throw new MediaFormatError('An element of the WebM file reaches beyond the one around it');
    }
    if (found.length >= MAX_CHILDREN) throw new MediaFormatError('An element of the WebM file holds too many others');
    at += head.bytes;
    found.push({ id: head.id, body: bytes.subarray(at, at + head.size) });
    at += head.size;
  }
  return found;
}

/**
 * An unsigned number of 0–8 bytes.
 * @throws MediaFormatError beyond that, or beyond 2^53 - 1.
 */
export function unsigned(body: Uint8Array): number {
  let value = 0;
  for (const byte of body) value = value * 256 + byte;
  if (body.length > 8 || !Number.isSafeInteger(value))
    throw new MediaFormatError('A number of the WebM file is too large');
  return value;
}

/**
 * The number that a block begins with, and its length in bytes.
 * @throws MediaFormatError when it is none.
 */
export function leadingNumber(bytes: Uint8Array): { readonly value: number; readonly bytes: number } {
  const length = lengthOf(bytes[0], 8);
  if (length === undefined || bytes.length < length)
    throw new MediaFormatError('A block of the WebM file ends too early');
  return { value: vint(bytes.subarray(0, length)), bytes: length };
}

/** Bytes of a number that begins with `first`: one more than there are zero bits before its first one. */
function lengthOf(first: number | undefined, most: number): number | undefined {
  if (first === undefined) return undefined;
  const length = Math.clz32(first) - 23;
  if (length > most) throw new MediaFormatError('The WebM file holds something that is no element');
  return length;
}

/** All bits set means "unknown". */
function vint(bytes: Uint8Array): number {
  const marker = 2 ** (8 - bytes.length);
  let value = (bytes[0] ?? 0) - marker;
  let unknown = value === marker - 1;
  for (const byte of bytes.subarray(1)) {
    value = value * 256 + byte;
    unknown &&= byte === 0xff;
  }
  if (unknown) return Number.POSITIVE_INFINITY;
  if (!Number.isSafeInteger(value)) throw new MediaFormatError('A size in the WebM file is too large');
  return value;
}
