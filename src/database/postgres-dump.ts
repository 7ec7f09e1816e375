/** A copy of a database on a Postgres server, for `pg_restore`. */
import { execFile } from 'node:child_process';
import { chmod, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { postgresName } from '../config/database-url.ts';
import { UnavailableError, isCode, messageOf } from '../errors.ts';

const run = promisify(execFile);

/**
 * Writes all that is committed at one moment to the new file `to`, with the server's own `pg_dump`; nobody is held up meanwhile.
 * @param env where `pg_dump` is found, and what libpq reads
 * @throws UnavailableError `backup_failed`; nothing is left at `to` then
 */
export async function dumpPostgres(url: string, to: string, env: NodeJS.ProcessEnv): Promise<void> {
  // Everybody on the machine sees arguments.
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const secret = password === '' ? {} : { PGPASSWORD: password };
  const args = ['--format=custom', '--no-owner', '--no-privileges', `--file=${to}`, `--dbname=${address.href}`];
  try {
    await run('pg_dump', args, { env: { ...env, ...secret } });
    // Tokens and secrets are in it.
    await chmod(to, 0o600);
  } catch (error) {
    await rm(to, { force: true });
    const message = `The database ${postgresName(url)} cannot be copied to ${to} (${reasonOf(error)}).`;
    throw new UnavailableError('backup_failed', message, error);
  }
}

function reasonOf(error: unknown): string {
  if (isCode(error, 'ENOENT')) return 'there is no pg_dump: install the client programs of Postgres';
  const { stderr } = error as { stderr?: unknown };
  return typeof stderr === 'string' && stderr.trim() !== '' ? stderr.trim() : messageOf(error);
}
