/** Encrypts files of archives, and decrypts any part of them while it is read. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { messageOf, UnavailableError } from '../../errors.ts';
import type { ByteSpan } from './byte-span.ts';
import {
  CHUNK_BYTES,
  chunkCount,
  fileKey,
  plainSize,
  SALT_BYTES,
  SEAL_HEADER_BYTES,
  SEAL_MAGIC,
  sealChunk,
  sealedSpan,
  TAG_BYTES,
  unsealChunk,
} from './sealed-format.ts';

const STORED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES;

/** Replaces a file by its encrypted form; until that is on the disk the file stays as it is. Does nothing to one that has it. */
export async function sealFile(path: string, recordingKey: Uint8Array): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.sealing`;
  const input = await open(path, 'r');
  try {
    if (await isSealedWith(input, recordingKey)) return;
    await writeSealed(draft, input, recordingKey);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    await input.close();
  }
}

/** How a file begins is not enough: whoever shares one in a room chooses that. */
async function isSealedWith(input: Awaited<ReturnType<typeof open>>, recordingKey: Uint8Array): Promise<boolean> {
  const { size } = await input.stat();
  const plain = plainSize(size);
  if (plain === undefined) return false;
  const head = Buffer.alloc(Math.min(size, SEAL_HEADER_BYTES + STORED_CHUNK_BYTES));
  await readFully(input, head, 0);
  if (!head.subarray(0, SEAL_MAGIC.length).equals(SEAL_MAGIC)) return false;
  const key = fileKey(recordingKey, head.subarray(SEAL_MAGIC.length, SEAL_HEADER_BYTES));
  try {
    unsealChunk(key, 0, chunkCount(plain) === 1, head.subarray(SEAL_HEADER_BYTES));
    return true;
  } catch {
    return false;
  }
}

async function writeSealed(draft: string, input: Awaited<ReturnType<typeof open>>, recordingKey: Uint8Array) {
  const { size } = await input.stat();
  const salt = randomBytes(SALT_BYTES);
  const key = fileKey(recordingKey, salt);
  const chunks = chunkCount(size);
  const plain = Buffer.alloc(CHUNK_BYTES);
  const output = await open(draft, 'wx', 0o600);
  try {
    // A disk that is nearly full takes a part of one write and says nothing: `writeFile` goes on with the rest.
    await output.writeFile(Buffer.concat([SEAL_MAGIC, salt]));
    for (let index = 0; index < chunks; index += 1) {
      const wanted = Math.min(CHUNK_BYTES, size - index * CHUNK_BYTES);
      await readFully(input, plain.subarray(0, wanted), index * CHUNK_BYTES);
      await output.writeFile(sealChunk(key, index, index === chunks - 1, plain.subarray(0, wanted)));
    }
    await output.sync();
  } finally {
    await output.close();
  }
}

async function readFully(input: Awaited<ReturnType<typeof open>>, target: Buffer, position: number): Promise<void> {
  for (let at = 0; at < target.length; ) {
    const { bytesRead } = await input.read(target, at, target.length - at, position + at);
    if (bytesRead === 0) throw new Error('The file became shorter while it was encrypted');
    at += bytesRead;
  }
}

/** Where the bytes of an encrypted file come from. */
export interface SealedSource {
  /** Bytes of the encrypted file. */
  readonly size: number;
  /** Who gets the stream destroys it. */
  open(span: ByteSpan): Promise<Readable>;
}

/** Bytes of the file in an encrypted one. @throws UnavailableError `file_damaged`. */
export function unsealedSize(storedBytes: number): number {
  const size = plainSize(storedBytes);
  if (size === undefined) throw damaged();
  return size;
}

/**
 * A part of what is in an encrypted file, or all of it. The stream ends with `file_damaged` at the first chunk that is not
 * what was encrypted.
 * @throws UnavailableError `file_damaged`.
 */
export async function openSealed(source: SealedSource, recordingKey: Uint8Array, span?: ByteSpan): Promise<Readable> {
  const size = unsealedSize(source.size);
  const header = await collect(await source.open({ start: 0, end: SEAL_HEADER_BYTES - 1 }));
  if (header.length !== SEAL_HEADER_BYTES || !header.subarray(0, SEAL_MAGIC.length).equals(SEAL_MAGIC)) throw damaged();
  const key = fileKey(recordingKey, header.subarray(SEAL_MAGIC.length));
  // The one chunk of an empty file is read, for it tells that nothing was cut off.
  const wanted = span === undefined || size === 0 ? { start: 0, end: Math.max(0, size - 1) } : span;
  const part = sealedSpan(wanted, size);
  const decoder = new ChunkDecoder(key, part.firstChunk, chunkCount(size) - 1, part.skip, size === 0 ? 0 : part.length);
  const stored = await source.open(part.stored);
  // Destroys the one when the other breaks off, whichever it is; readers of the decoder are told of errors by itself.
  pipeline(stored, decoder, () => undefined);
  return decoder;
}

class ChunkDecoder extends Transform {
  readonly #key: Buffer;
  readonly #lastChunk: number;
  readonly #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #chunk: number;
  #skip: number;
  #left: number;

  constructor(key: Buffer, firstChunk: number, lastChunk: number, skip: number, length: number) {
    super({ writableHighWaterMark: STORED_CHUNK_BYTES, readableHighWaterMark: CHUNK_BYTES });
    this.#key = key;
    this.#chunk = firstChunk;
    this.#lastChunk = lastChunk;
    this.#skip = skip;
    this.#left = length;
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#waiting.push(data);
    this.#waitingBytes += data.length;
    try {
      if (this.#waitingBytes >= STORED_CHUNK_BYTES) this.#take();
      done();
    } catch (error) {
      done(damaged(error));
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.#take();
      // The last chunk of the file is the only short one.
      if (this.#waitingBytes > 0) this.#decode(Buffer.concat(this.#waiting.splice(0)));
      done(this.#left > 0 ? damaged() : null);
    } catch (error) {
      done(damaged(error));
    }
  }

  #take(): void {
    const all = Buffer.concat(this.#waiting.splice(0));
    let at = 0;
    for (; all.length - at >= STORED_CHUNK_BYTES; at += STORED_CHUNK_BYTES) {
      this.#decode(all.subarray(at, at + STORED_CHUNK_BYTES));
    }
    const rest = all.subarray(at);
    if (rest.length > 0) this.#waiting.push(rest);
    this.#waitingBytes = rest.length;
  }

  #decode(stored: Buffer): void {
    const plain = unsealChunk(this.#key, this.#chunk, this.#chunk === this.#lastChunk, stored);
    this.#chunk += 1;
    const wanted = plain.subarray(this.#skip, this.#skip + this.#left);
    this.#skip = 0;
    this.#left -= wanted.length;
    if (wanted.length > 0) this.push(wanted);
  }
}

/** Whether a file on the disk is encrypted. */
export async function isSealed(path: string): Promise<boolean> {
  if ((await stat(path)).size < SEAL_HEADER_BYTES) return false;
  const file = await open(path, 'r');
  try {
    const magic = Buffer.alloc(SEAL_MAGIC.length);
    await file.read(magic, 0, magic.length, 0);
    return magic.equals(SEAL_MAGIC);
  } finally {
    await file.close();
  }
}

async function collect(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function damaged(cause?: unknown): UnavailableError {
  const why = cause === undefined ? '' : ` (${messageOf(cause)})`;
  return new UnavailableError(
    'file_damaged',
    `This file is not what was encrypted${why}; take it from a backup.`,
    cause,
  );
}
