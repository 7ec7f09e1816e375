/** `gridcast token`: a signed token made by the running server, and other keys for the next ones. */
import { parseArgs } from 'node:util';
import { rotateSigningSecret } from '../api/admin-token.ts';
import { GridcastClient } from '../client/client.ts';
import { loadConfig } from '../config/load.ts';
import { BadRequestError } from '../errors.ts';
import { createLogger } from '../logger.ts';
import { ACCESS_HELP, adminTokenFor, serverUrlFor } from './admin-access.ts';
import { logOutput } from './log-output.ts';
import { tieValues } from './option-values.ts';
import { refusalOf } from './unreachable.ts';

/** Printed by `gridcast token --help`. */
export const TOKEN_HELP = `gridcast token ROOM [options]
gridcast token --rotate | --retire

Prints a signed token for a room of a running server.

  --role ROLE    host, participant or viewer (default participant)
  --name NAME    the display name the token prescribes
  --ttl SECONDS  how long it holds (default 21600, six hours)
  --url URL      the server (default: this machine's, see below); NODE_EXTRA_CA_CERTS names the file
                 of an authority to trust
  --token TOKEN  admin token (default: this machine's admin token, see below)
  --link         print the link to join instead of the bare token

${ACCESS_HELP}
Without a room, for the keys in the data folder of this machine, which the server takes at its next start:

  --rotate       put a new key first, which signs from then on; what the others have signed goes on holding
  --retire       leave only the newest: everything that the others have signed ends
`;

const OPTIONS = {
  role: { type: 'string', default: 'participant' },
  name: { type: 'string' },
  ttl: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  link: { type: 'boolean', default: false },
  rotate: { type: 'boolean', default: false },
  retire: { type: 'boolean', default: false },
} as const;

const ROLES = ['host', 'participant', 'viewer'] as const;

/** @throws AppError with one sentence. */
export async function tokenCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({
    args: tieValues(args, OPTIONS),
    options: OPTIONS,
    allowPositionals: true,
  });
  const [room, ...rest] = positionals;
  if (room === undefined && values.rotate !== values.retire) return changeKeys(values.retire, env);
  if (room === undefined || rest.length > 0) throw new BadRequestError('usage', 'Name one room: gridcast token ROOM.');
  const url = serverUrlFor(values.url, env);
  const client = new GridcastClient({ url, token: await adminTokenFor(values, env) });
  const order = {
    role: roleOf(values.role),
    name: values.name,
    ...(values.ttl !== undefined && { ttl: Number(values.ttl) }),
  };
  const { token } = await client.rooms.token(room, order).catch((error: unknown) => {
    throw refusalOf(url, error);
  });
  const page = values.role === 'viewer' ? 'watch' : 'r';
  process.stdout.write(values.link ? `${new URL(`/${page}/${room}`, url).href}#token=${token}\n` : `${token}\n`);
  return 0;
}

async function changeKeys(retire: boolean, env: NodeJS.ProcessEnv): Promise<number> {
  const config = loadConfig(env);
  const log = createLogger('warn', logOutput(config.log.format, { terminal: process.stderr.isTTY, env }));
  const keys = await rotateSigningSecret({ dataDir: config.server.data, log, retire });
  process.stdout.write(
    retire
      ? 'Only the newest key is left. Start the server again: what the others have signed ends with that.\n'
      : `There are ${keys} keys now. Start the server again to sign with the new one; the others go on holding until --retire.\n`,
  );
  return 0;
}

function roleOf(role: string): (typeof ROLES)[number] {
  const found = ROLES.find((known) => known === role);
  if (found === undefined) throw new BadRequestError('usage', `Give one of these roles: ${ROLES.join(', ')}.`);
  return found;
}
