/** Manifests that were read before: one names thousands of segments, and each is asked for by itself. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArchiveManifest, MANIFEST_FILE, readManifest } from './archive-manifest.ts';

/** Manifests that are remembered. */
const MAX_REMEMBERED = 16;

/** One for a process; an archive that is deleted and made again is read again. */
export class ManifestCache {
  /** By folder; the one asked for last at the end. */
  readonly #remembered = new Map<string, { readonly key: string; readonly manifest: ArchiveManifest }>();

  /** The manifest in `folder`; undefined when there is none, or none that holds. */
  async read(folder: string): Promise<ArchiveManifest | undefined> {
    const found = await stat(join(folder, MANIFEST_FILE)).catch(() => undefined);
    const key = found ? `${found.ino} ${found.size} ${found.mtimeMs}` : '';
    const known = this.#remembered.get(folder);
    this.#remembered.delete(folder);
    const manifest = known?.key === key ? known.manifest : found && (await readManifest(folder));
    if (!manifest) return undefined;
    this.#remembered.set(folder, { key, manifest });
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined && this.#remembered.size > MAX_REMEMBERED) this.#remembered.delete(oldest);
    return manifest;
  }
}
