/** A whole archive as one ZIP, made while it is sent: nothing of it is ever on the disk, and little of it in memory. */
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { z } from 'zod';
import { ConflictError, NotFoundError } from '../../errors.ts';
import { archiveFailureOf } from './archive-failure.ts';
import {
  type ArchivedFile,
  type ArchiveManifest,
  MANIFEST_FILE,
  readManifest,
  archiveFolder,
} from './archive-manifest.ts';
import { downloadName, type Recording } from '../recordings/recording-view.ts';
import type { ArchiveSource } from '../storage/archive-reader.ts';

/** Tracks of an archive that could not be made, as its step tells of them. */
const leftOutSchema = z.array(z.object({ file: z.string(), reason: z.string() }));

/** Name of it below a recording. */
export const BUNDLE_FILE = 'bundle.zip';

/** Options of `ArchiveBundles`. */
export interface ArchiveBundlesOptions {
  readonly store: { find(id: string): Promise<Recording | undefined> };
  readonly source: Pick<ArchiveSource, 'open'>;
  readonly dataDir: string;
}

/** One archive, ready to be sent. */
export interface ArchiveBundle {
  /** For whoever downloads it. */
  readonly downloadName: string;
  /** Begins it; whoever takes the stream destroys it, and with it whatever file is being read. */
  start(): Promise<StartedBundle>;
}

/** A ZIP on its way. */
export interface StartedBundle {
  readonly stream: Readable;
  /** Bytes in all. */
  readonly size: number;
}

/** One file of it. */
export interface BundleEntry {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly open: () => Promise<Readable>;
}

/** One per server. */
export class ArchiveBundles {
  readonly #options: ArchiveBundlesOptions;

  constructor(options: ArchiveBundlesOptions) {
    this.#options = options;
  }

  /** All files but those of the HLS, which show the film once more. @throws NotFoundError; ConflictError `not_ready`. */
  async find(id: string): Promise<ArchiveBundle> {
    const { dataDir, source, store } = this.#options;
    const recording = await store.find(id);
    if (!recording) throw new NotFoundError('recording_not_found', `There is no recording "${id}".`);
    const manifest = recording.state === 'ready' ? await readManifest(archiveFolder(dataDir, id)) : undefined;
    if (!manifest) {
      throw new ConflictError('not_ready', `The recording is ${recording.state}; its files exist once it is ready.`);
    }
    const files = manifest.files.filter(({ kind }) => kind !== 'vod');
    const stem = downloadName(recording, 'recording.mp4').replace(/\.mp4$/, '');
    const entries = files.map((file: ArchivedFile) => ({
      name: `${stem}/${file.name}`,
      size: file.size,
      open: () => source.open(id, file.name),
    }));
    // It lists what is in the bundle: unpacked, that is an archive that can be checked.
    const text = Buffer.from(`${JSON.stringify(inPlainWords({ ...manifest, files }), null, 2)}\n`);
    const modifiedAt = recording.stoppedAt ?? recording.startedAt;
    return {
      downloadName: downloadName(recording, BUNDLE_FILE),
      start: () => zipStream(entries, { name: `${stem}/${MANIFEST_FILE}`, text }, modifiedAt),
    };
  }
}

/** Why something was left out may name folders and programs of the machine, and whoever has the bundle may be anybody. */
function inPlainWords(manifest: ArchiveManifest): ArchiveManifest {
  const plain = <T extends { readonly reason: string }>(one: T): T => ({
    ...one,
    reason: archiveFailureOf(one.reason).message,
  });
  const { leftOut, ...tracks } = manifest.facts['tracks'] ?? {};
  const told = leftOutSchema.safeParse(leftOut);
  const facts = told.success
    ? { ...manifest.facts, tracks: { ...tracks, leftOut: told.data.map(plain) } }
    : manifest.facts;
  return { ...manifest, facts, left: manifest.left.map(plain) };
}

/** Stored, not deflated: media do not get smaller. Beyond four gigabytes the format is ZIP64. */
export function zipStream(
  entries: readonly BundleEntry[],
  manifest: { readonly name: string; readonly text: Buffer },
  mtime: Date,
): Promise<StartedBundle> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let reading: Readable | undefined;
  output.once('close', () => reading?.destroy());
  zip.on('error', (error) => output.destroy(error instanceof Error ? error : new Error(String(error))));
  const common = { mtime, mode: 0o100644, compress: false };
  for (const { name, open, size } of entries) {
    zip.addReadStreamLazy(name, { ...common, size }, (give) => {
      void opened(open, output).then(
        (stream) => {
          reading = stream;
          stream.once('error', (error) => output.destroy(error));
          give(null, stream);
        },
        (error: unknown) => give(error, undefined as never),
      );
    });
  }
  zip.addBuffer(manifest.text, manifest.name, common);
  return new Promise((resolve, reject) => {
    output.once('error', reject);
    const onSize = (size: number): void => {
      output.removeListener('error', reject);
      resolve({ stream: output, size });
    };
    // Its types do not know what it tells.
    zip.end({ forceZip64Format: false, comment: '' }, onSize as () => void);
  });
}

/** Nobody may take the output any more by the time the next file is open. */
async function opened(open: () => Promise<Readable>, output: Readable): Promise<Readable> {
  const stream = await open();
  if (!output.destroyed) return stream;
  stream.destroy();
  throw new Error('Nobody takes the archive any more');
}
