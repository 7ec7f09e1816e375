/** `gridcast fetch [FILE] --room ROOM` */
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { BadRequestError, messageOf } from '../../errors.ts';
import { inWords } from '../../files/file-limits.ts';
import { cleanFileName } from '../../files/file-name.ts';
import type { FileView } from '../../protocol/files.ts';
import { systemClock } from '../../util/clock.ts';
import { ACCESS_HELP, adminTokenFor, serverUrlFor } from '../admin-access.ts';
import { onInterrupt } from '../interrupt.ts';
import { tieValues } from '../option-values.ts';
import { FileApi } from './file-api.ts';
import { FileFetcher } from './file-fetcher.ts';
import { INTERRUPTED, requiredRoom } from './room-option.ts';
import { showTransfer } from './transfer-line.ts';

/** Printed by `gridcast fetch --help`. */
export const FETCH_HELP = `gridcast fetch [FILE] --room ID [options]

Lists the files of a room, or downloads one of them. After a lost line it goes on by itself where it was; after Ctrl-C
the same command does. What came is compared with the SHA-256 of what was shared.

  FILE           id or name of a file; of several with one name the newest (default: list them)
  --room ID      the room (required)
  --url URL      the server (default: this machine's, see below); NODE_EXTRA_CA_CERTS names the file
                 of an authority to trust
  --token TOKEN  invite or admin token (default: this machine's admin token, see below)
  --out PATH     file or folder to write to (default: the file's name, in this folder)
  --force        replaces a file that is there
  --quiet        no progress line

${ACCESS_HELP}
Exit codes: 0 done, 1 refused, given up or not what was shared, 2 wrong use, 130 interrupted.
`;

const OPTIONS = {
  room: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  out: { type: 'string' },
  force: { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
} as const;

/** Gives the exit code. @throws AppError with one sentence for the person. */
export async function fetchCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({
    args: tieValues(args, OPTIONS),
    options: OPTIONS,
    allowPositionals: true,
  });
  const [wanted, ...rest] = positionals;
  if (rest.length > 0) throw new BadRequestError('usage', 'Name at most one file: gridcast fetch FILE --room ID.');
  const room = requiredRoom(values.room);
  const token = await adminTokenFor(values, env);
  const identity = randomBytes(24).toString('base64url');
  const api = new FileApi({ url: serverUrlFor(values.url, env), room, token, identity });
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const stopListening = onInterrupt(() => interrupt.abort());
  try {
    const files = (await api.list(signal)).filter(({ complete }) => complete);
    if (wanted === undefined) {
      process.stdout.write(files.map(line).join(''));
      return 0;
    }
    const file = files.find(({ id }) => id === wanted) ?? files.findLast(({ name }) => name === wanted);
    if (!file)
      throw new BadRequestError('no_such_file', 'The room has no such file; without FILE you see what it has.');
    await download(api, file, await target(values.out, file), { ...values, signal });
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    process.stderr.write('Interrupted; the same command goes on from here.\n');
    return INTERRUPTED;
  } finally {
    interrupt.abort();
    stopListening();
  }
}

async function download(
  api: FileApi,
  file: FileView,
  path: string,
  { force, quiet, signal }: { readonly force: boolean; readonly quiet: boolean; readonly signal: AbortSignal },
): Promise<void> {
  const onPause = (error: unknown): void => void process.stderr.write(`\n${messageOf(error)} Trying again.\n`);
  const fetcher = new FileFetcher({ api, file, path, force, onPause, clock: systemClock, signal });
  const stopProgress = quiet ? () => {} : showTransfer(() => fetcher.progress, process.stderr, systemClock);
  try {
    await fetcher.run();
  } finally {
    stopProgress();
  }
  process.stdout.write(`${file.sha256 ?? ''}  ${path}\n`);
}

/** Whoever named it, and whatever server passes it on: it is a plain name, and a hidden file never. */
async function target(out: string | undefined, file: FileView): Promise<string> {
  const name = cleanFileName(file.name).replace(/^\.+/, '_');
  if (out === undefined) return resolve(name);
  const isFolder = await stat(out).then(
    (stats) => stats.isDirectory(),
    () => out.endsWith('/'),
  );
  return isFolder ? join(resolve(out), name) : resolve(out);
}

/** One line of the list; nothing in it steers a terminal. */
function line({ id, name, size, at, by }: FileView): string {
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  const columns = [id, inWords(size).padStart(10), when, cleanFileName(by.name), cleanFileName(name)];
  return `${columns.join('  ')}\n`;
}
