/** `gridcast verify PATH|ID`: says whether an archive is whole. */
import { lstat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load.ts';
import { BadRequestError, NotFoundError } from '../errors.ts';
import { locateFfmpeg } from '../ffmpeg/locate.ts';
import { archiveFolder, MANIFEST_FILE } from '../recorder/archive/archive-manifest.ts';
import { openArchiveStorage } from '../recorder/storage/archive-storage.ts';
import { type ArchiveVerdict, type FileVerdict, verifyArchive } from '../recorder/archive/verify-archive.ts';
import { systemClock } from '../util/clock.ts';

/** Printed by `gridcast verify --help`. */
export const VERIFY_HELP = `gridcast verify PATH|ID [options]

Checks the archive of a recording: its manifest, the size and the SHA-256 of every file, how long the film and everybody's
own tracks last, and whether the film can be decoded from beginning to end. PATH is the archive's folder; an ID is looked
up in the data folder, and read from wherever the server keeps archives.

  --quick  decodes nothing
  --json   prints one JSON object instead of lines

Exit code: 0 when all of it is whole, 1 when anything is not, 2 for wrong use.
`;

const OPTIONS = { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } as const;
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** @returns the exit code. @throws BadRequestError `usage`; NotFoundError when there is no such archive. */
export async function verifyCommand(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  print: (text: string) => void = (text) => process.stdout.write(text),
): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [which, ...rest] = positionals;
  if (which === undefined || rest.length > 0) {
    throw new BadRequestError('usage', 'Name one archive: gridcast verify PATH or gridcast verify ID.');
  }
  const config = loadConfig(env);
  const dataDir = resolve(config.server.data);
  const folder = await locate(which, dataDir);
  const { path: configured } = config.ffmpeg;
  const ffmpeg = await locateFfmpeg(configured === undefined ? {} : { configured });
  // Only the manifest of an archive may be left in the data folder, and its files may be encrypted.
  const isOurs = folder === archiveFolder(dataDir, basename(folder)) && ID.test(basename(folder));
  const storage = isOurs ? await openArchiveStorage(config, dataDir, systemClock) : undefined;
  const verdict = await verifyArchive({
    folder,
    quick: values.quick,
    ...(storage && { localPath: (name: string) => storage.reader.localPath(basename(folder), name) }),
    ffmpegPath: ffmpeg.path,
    ffprobePath: ffmpeg.ffprobePath,
    clock: systemClock,
    ...(values.json ? {} : { onFile: (file: FileVerdict) => print(lineOf(file)) }),
  }).finally(() => storage?.close());
  print(values.json ? `${JSON.stringify({ folder, ...verdict }, null, 2)}\n` : conclusion(verdict));
  return verdict.ok ? 0 : 1;
}

/** A path wins over an ID, for it can be told apart by a dot and a slash. */
async function locate(which: string, dataDir: string): Promise<string> {
  const path = resolve(which);
  if (basename(path) === MANIFEST_FILE && (await isFolder(dirname(path)))) return dirname(path);
  if (await isFolder(path)) return path;
  const archive = join(archiveFolder(dataDir, which));
  if (ID.test(which) && (await isFolder(archive))) return archive;
  throw new NotFoundError(
    'recording_not_found',
    `There is no folder ${path}, and no archive of that ID in ${dataDir}.`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function lineOf({ name, size, faults }: FileVerdict): string {
  if (faults.length === 0) return `ok    ${name}  ${size} bytes\n`;
  return faults.map((fault) => `FAIL  ${name}: ${fault}\n`).join('');
}

function conclusion({ files, ok, recording, unknown }: ArchiveVerdict): string {
  const broken = files.filter(({ faults }) => faults.length > 0).length;
  const others = unknown.length === 0 ? '' : `${unknown.length} more in the folder that are not of the archive.\n`;
  const of = recording === undefined ? 'The archive' : `The archive of ${recording}`;
  return ok
    ? `${others}\n${of} is whole: ${files.length} files.\n`
    : `${others}\n${of} is not whole: ${broken} of ${files.length} files are damaged or missing.\n`;
}
