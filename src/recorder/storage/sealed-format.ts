/**
 * The form of an encrypted file: a header with a random salt, then chunks of AES-256-GCM, each with its tag. A chunk is
 * bound to its place and the last one to being the last, so that nothing can be cut off, moved or changed unseen; and any
 * part of the file can be read without the rest.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { ByteSpan } from './byte-span.ts';

/** First bytes of each encrypted file. */
export const SEAL_MAGIC = Buffer.from('GCSEAL01', 'latin1');
/** Bytes of the salt. */
export const SALT_BYTES = 32;
/** Bytes before the first chunk. */
export const SEAL_HEADER_BYTES = SEAL_MAGIC.length + SALT_BYTES;
/** Bytes of a file in one chunk; the last one has fewer, or none in an empty file. */
export const CHUNK_BYTES = 64 * 1024;
/** Bytes that a chunk is longer than what is in it. */
export const TAG_BYTES = 16;

const STORED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;
const NONCE_BYTES = 12;

/** Chunks of an encrypted file of `plainBytes` bytes. */
export function chunkCount(plainBytes: number): number {
  return Math.max(1, Math.ceil(plainBytes / CHUNK_BYTES));
}

/** Bytes that a file has when it is encrypted. */
export function sealedSize(plainBytes: number): number {
  return SEAL_HEADER_BYTES + plainBytes + chunkCount(plainBytes) * TAG_BYTES;
}

/** Bytes of the file in an encrypted one of `storedBytes`; undefined when none is so long. */
export function plainSize(storedBytes: number): number | undefined {
  const body = storedBytes - SEAL_HEADER_BYTES;
  const chunks = Math.ceil(body / STORED_CHUNK_BYTES);
  const plain = body - chunks * TAG_BYTES;
  return body > 0 && plain >= 0 && sealedSize(plain) === storedBytes ? plain : undefined;
}

/** What has to be read of an encrypted file for a part of what is in it. */
export interface SealedSpan {
  /** Bytes of the encrypted file. */
  readonly stored: ByteSpan;
  /** Number of the first chunk among them. */
  readonly firstChunk: number;
  /** Bytes of the first chunk that were not asked for. */
  readonly skip: number;
  /** Bytes that were asked for. */
  readonly length: number;
}

/** @param span within the file, not empty; a file without bytes has none. */
export function sealedSpan(span: ByteSpan, plainBytes: number): SealedSpan {
  const firstChunk = Math.floor(span.start / CHUNK_BYTES);
  const lastChunk = Math.floor(span.end / CHUNK_BYTES);
  const end = SEAL_HEADER_BYTES + (lastChunk + 1) * STORED_CHUNK_BYTES;
  return {
    stored: {
      start: SEAL_HEADER_BYTES + firstChunk * STORED_CHUNK_BYTES,
      end: Math.min(end, sealedSize(plainBytes)) - 1,
    },
    firstChunk,
    skip: span.start - firstChunk * CHUNK_BYTES,
    length: span.end - span.start + 1,
  };
}

/** The key of one file. */
export function fileKey(recordingKey: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', recordingKey, salt, 'gridcast sealed file', 32));
}

/** One chunk, encrypted, with its tag. */
export function sealChunk(key: Uint8Array, index: number, last: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce(index, last));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** What is in a chunk. Throws when it is not the one that was encrypted for this place with this key. */
export function unsealChunk(key: Uint8Array, index: number, last: boolean, stored: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce(index, last), { authTagLength: TAG_BYTES });
  decipher.setAuthTag(stored.subarray(stored.length - TAG_BYTES));
  return Buffer.concat([decipher.update(stored.subarray(0, stored.length - TAG_BYTES)), decipher.final()]);
}

// The key is used for one file alone, so a count never repeats under it.
function nonce(index: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(NONCE_BYTES);
  bytes.writeUInt8(last ? 1 : 0, NONCE_BYTES - 5);
  bytes.writeUInt32BE(index, NONCE_BYTES - 4);
  return bytes;
}
