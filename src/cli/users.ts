/** `gridcast users import FILE`: accounts from a list, made by the running server. */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ImportReport } from '../accounts/account.ts';
import { BadRequestError, messageOf, UnavailableError } from '../errors.ts';
import { ACCESS_HELP, adminTokenFor, serverUrlFor } from './admin-access.ts';
import { tieValues } from './option-values.ts';
import { whyUnreachable } from './unreachable.ts';

/** Printed by `gridcast users --help`. */
export const USERS_HELP = `gridcast users import FILE [options]

Makes accounts from a list: CSV with the columns login, name and password (with or without a first line that names
them), or a line for each with a login and a name. Whoever is there already gets the name of the list, and keeps
everything else. At most 5000 lines, 100 of them with a password.

  --url URL      the server (default: this machine's, see below); NODE_EXTRA_CA_CERTS names the file
                 of an authority to trust
  --token TOKEN  admin token (default: this machine's admin token, see below)

${ACCESS_HELP}
Exit code: 0 when every line was taken, 1 when some were left out.
`;

const OPTIONS = { url: { type: 'string' }, token: { type: 'string' } } as const;

/** @throws AppError with one sentence. */
export async function usersCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({
    args: tieValues(args, OPTIONS),
    options: OPTIONS,
    allowPositionals: true,
  });
  const [verb, file, ...rest] = positionals;
  if (verb !== 'import' || file === undefined || rest.length > 0) {
    throw new BadRequestError('usage', 'Name one file: gridcast users import FILE.');
  }
  const url = serverUrlFor(values.url, env);
  const report = await send(url, await adminTokenFor(values, env), await read(file));
  for (const { line, reason } of report.faults) process.stdout.write(`Line ${line} was left out: ${reason}.\n`);
  const { created, updated, unchanged } = report;
  process.stdout.write(`${created} accounts made, ${updated} renamed, ${unchanged} as they were.\n`);
  return report.faults.length === 0 ? 0 : 1;
}

async function read(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new BadRequestError('usage', `The file ${file} cannot be read (${messageOf(error)}).`, error);
  }
}

async function send(url: string, token: string, body: Uint8Array<ArrayBuffer>): Promise<ImportReport> {
  let response: Response;
  try {
    response = await fetch(new URL('/api/users/import', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body,
    });
  } catch (error) {
    throw new UnavailableError('unreachable', whyUnreachable(url, error));
  }
  const answer = (await response.json()) as ImportReport & { readonly detail?: string };
  if (response.ok) return answer;
  throw new BadRequestError('refused', answer.detail ?? `The server answered ${response.status}.`);
}
