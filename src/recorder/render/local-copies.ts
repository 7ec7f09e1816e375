/** Files of an archive under paths, wherever they are kept. */
import type { ArchiveSource, LocalCopy } from '../storage/archive-reader.ts';

/** Files of the archive under paths, for as long as the attempt lasts. */
export class LocalCopies {
  readonly #recording: string;
  readonly #archives: Pick<ArchiveSource, 'localPath'>;
  readonly #copies = new Map<string, LocalCopy>();

  constructor(recording: string, archives: Pick<ArchiveSource, 'localPath'>) {
    this.#recording = recording;
    this.#archives = archives;
  }

  /** Where a file lies; fetched at most once. @throws what the archive says. */
  async path(file: string): Promise<string> {
    const copy = this.#copies.get(file) ?? (await this.#archives.localPath(this.#recording, file));
    this.#copies.set(file, copy);
    return copy.path;
  }

  /** All of them, one after the other. */
  async fetch(files: readonly string[]): Promise<void> {
    for (const file of files) await this.path(file);
  }

  /** @throws RangeError when it was never fetched. */
  fetched(file: string): string {
    const copy = this.#copies.get(file);
    if (!copy) throw new RangeError(`The file ${file} was not fetched`);
    return copy.path;
  }

  /** Deletes what was copied. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#copies.values()].map((copy) => copy.dispose()));
  }
}
