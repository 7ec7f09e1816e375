/** Reads parts of a session's log from its folder. */
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode } from '../../errors.ts';
import { type PartEntry, segmentFile } from '../session/session-index.ts';

/** Keeps one file open, so parts are best read in order; to be closed. */
export class PartSource {
  readonly #folder: string;
  #open: { readonly segment: number; readonly file: FileHandle } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The part's bytes; undefined when they are not all there any more. @throws Error of the file system for what cannot be read now. */
  async read(part: PartEntry): Promise<Uint8Array | undefined> {
    if (this.#open?.segment !== part.segment) {
      await this.close();
      const file = await open(join(this.#folder, segmentFile(part.segment))).catch((error: unknown) => {
        if (isCode(error, 'ENOENT')) return undefined;
        throw error;
      });
      if (!file) return undefined;
      this.#open = { segment: part.segment, file };
    }
    const buffer = new Uint8Array(part.bytes);
    const { bytesRead } = await this.#open.file.read(buffer, 0, part.bytes, part.offset);
    return bytesRead === part.bytes ? buffer : undefined;
  }

  /** Reading on opens a file again. */
  async close(): Promise<void> {
    const opened = this.#open;
    this.#open = undefined;
    await opened?.file.close();
  }
}
