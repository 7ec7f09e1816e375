/** The admin token of a command that runs on the server's own machine. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BadRequestError } from '../errors.ts';

/** The token given, else the environment's, else the data folder's. @throws BadRequestError when there is none. */
export async function adminTokenFor(given: string | undefined, env: NodeJS.ProcessEnv): Promise<string> {
  const known = given ?? env['GRIDCAST_ADMIN_TOKEN'];
  if (known) return known;
  const file = join(env['GRIDCAST_DATA'] ?? './data', 'admin-token');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    throw new BadRequestError('usage', `Give a token with --token: there is none in GRIDCAST_ADMIN_TOKEN or ${file}.`);
  }
}

/** The server's address given, else this machine's, where the environment says its port is. */
export function serverUrlFor(given: string | undefined, env: NodeJS.ProcessEnv): string {
  return given ?? `http://127.0.0.1:${env['GRIDCAST_PORT'] ?? '8080'}`;
}
