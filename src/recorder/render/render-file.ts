/** The file of a finished render, encrypted or not. */
import type { Readable } from 'node:stream';
import { UnavailableError } from '../../errors.ts';
import type { ByteSpan } from '../storage/byte-span.ts';
import { openPlainFile, readPlainFile } from '../storage/local-file.ts';
import { isSealed, openSealed, unsealedSize } from '../storage/sealed-file.ts';

/** Bytes that can be sent. */
export interface RenderBytes {
  readonly size: number;
  readonly modifiedAt: Date;
  /** All of them or a part; the stream closes what it reads from, however it ends. */
  read(span?: ByteSpan): Promise<Readable>;
}

/**
 * @param keyOf the key of its recording; undefined when that was deleted
 * @throws NotFoundError `file_missing`; UnavailableError `file_damaged`, `key_missing`.
 */
export async function openRender(path: string, keyOf: () => Promise<Uint8Array | undefined>): Promise<RenderBytes> {
  const { handle, size, modifiedAt } = await openPlainFile(path);
  await handle.close();
  if (!(await isSealed(path))) return { size, modifiedAt, read: (span) => readPlainFile(path, span, size) };
  const key = await keyOf();
  if (!key) {
    throw new UnavailableError('key_missing', 'The key of this recording was deleted; nobody can read it any more.');
  }
  const source = { size, open: (span: ByteSpan) => readPlainFile(path, span, size) };
  return { size: unsealedSize(size), modifiedAt, read: (span) => openSealed(source, key, span) };
}
