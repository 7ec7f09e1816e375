/** `gridcast send FILE --room ROOM` */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, BadRequestError, messageOf } from '../../errors.ts';
import { systemClock } from '../../util/clock.ts';
import { ACCESS_HELP, adminTokenFor, serverUrlFor } from '../admin-access.ts';
import { onInterrupt } from '../interrupt.ts';
import { tieValues } from '../option-values.ts';
import { FileApi } from './file-api.ts';
import { FileSender } from './file-sender.ts';
import { typeOfFile } from './file-types.ts';
import { INTERRUPTED, requiredRoom } from './room-option.ts';
import { showTransfer } from './transfer-line.ts';
import { UploadNotes } from './upload-notes.ts';

/** Printed by `gridcast send --help`. */
export const SEND_HELP = `gridcast send FILE --room ID [options]

Shares a file with everybody in a room. After a lost line it goes on by itself where it was; after Ctrl-C, or a restart of
this machine, the same command does. Prints the file's SHA-256, compared with that of what the server has received.

  FILE           the file
  --room ID      the room (required)
  --url URL      the server (default: this machine's, see below); NODE_EXTRA_CA_CERTS names the file
                 of an authority to trust
  --token TOKEN  invite or admin token (default: this machine's admin token, see below)
  --name NAME    what the room sees (default: the file's name)
  --type TYPE    its content type, for example image/png (default: by the name)
  --quiet        no progress line

${ACCESS_HELP}
Exit codes: 0 shared, 1 refused or given up, 2 wrong use, 130 interrupted.
`;

const OPTIONS = {
  room: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  name: { type: 'string' },
  type: { type: 'string' },
  quiet: { type: 'boolean', default: false },
} as const;

/** Gives the exit code. @throws AppError with one sentence for the person. */
export async function sendCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({
    args: tieValues(args, OPTIONS),
    options: OPTIONS,
    allowPositionals: true,
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) {
    throw new BadRequestError('usage', 'Name exactly one file: gridcast send FILE --room ID (see --help).');
  }
  const room = requiredRoom(values.room);
  const path = resolve(file);
  const { size, mtimeMs: modifiedMs } = await statFile(path);
  const url = serverUrlFor(values.url, env);
  const token = await adminTokenFor(values, env);
  const notes = new UploadNotes(env);
  const key = { url, room, token, path, size, modifiedMs };
  const note = await notes.read(key);
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const sender = new FileSender({
    api: new FileApi({ url, room, token, identity: note.identity }),
    path,
    name: values.name ?? basename(path),
    type: values.type ?? typeOfFile(path),
    size,
    id: note.id,
    onBegun: (id) => notes.write(key, { ...note, id }),
    onPause: (error) => void process.stderr.write(`\n${messageOf(error)} Trying again.\n`),
    clock: systemClock,
    signal,
  });
  const stopListening = onInterrupt(() => interrupt.abort());
  const stopProgress = values.quiet ? () => {} : showTransfer(() => sender.progress, process.stderr, systemClock);
  try {
    // Read beside the sending: what is sent is the file as it is now, and not as it was.
    const [shared, sha256] = await Promise.all([sender.run(), hashOf(path, signal)]);
    await notes.remove(key);
    if (shared.sha256 !== sha256) {
      throw new AppError(
        'What the server has is not the file, which was changed meanwhile; delete it and send it again.',
        {
          code: 'checksum_mismatch',
          fault: 'client',
          status: 409,
        },
      );
    }
    stopProgress();
    process.stdout.write(`${sha256}  ${shared.name}\n`);
    return 0;
  } catch (error) {
    if (!signal.aborted) throw error;
    stopProgress();
    process.stderr.write('Interrupted; the same command goes on from here.\n');
    return INTERRUPTED;
  } finally {
    interrupt.abort();
    stopProgress();
    stopListening();
  }
}

async function statFile(path: string): Promise<{ readonly size: number; readonly mtimeMs: number }> {
  const stats = await stat(path).catch((error: unknown) => {
    throw new BadRequestError('usage', `The file ${path} cannot be read: ${messageOf(error)}.`);
  });
  if (stats.isFile()) return stats;
  throw new BadRequestError('usage', `${path} is no file; pack a folder first, for example with tar or zip.`);
}

async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
