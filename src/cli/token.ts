/** `gridcast token ROOM --role ROLE`: a signed token made by the running server. */
import { parseArgs } from 'node:util';
import { BadRequestError, UnavailableError } from '../errors.ts';
import { adminTokenFor, serverUrlFor } from './admin-access.ts';
import { tieValues } from './option-values.ts';
import { whyUnreachable } from './unreachable.ts';

/** Printed by `gridcast token --help`. */
export const TOKEN_HELP = `gridcast token ROOM [options]

Prints a signed token for a room of a running server.

  --role ROLE    host, participant or viewer (default participant)
  --name NAME    the display name the token prescribes
  --ttl SECONDS  how long it holds (default 21600, six hours)
  --url URL      the server (default: this machine, http, port GRIDCAST_PORT or 8080); NODE_EXTRA_CA_CERTS names
                 the file of an authority to trust
  --token TOKEN  admin token (default: GRIDCAST_ADMIN_TOKEN, else the data folder's)
  --link         print the link to join instead of the bare token
`;

const OPTIONS = {
  role: { type: 'string', default: 'participant' },
  name: { type: 'string' },
  ttl: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  link: { type: 'boolean', default: false },
} as const;

/** @throws AppError with one sentence. */
export async function tokenCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { values, positionals } = parseArgs({
    args: tieValues(args, OPTIONS),
    options: OPTIONS,
    allowPositionals: true,
  });
  const [room, ...rest] = positionals;
  if (room === undefined || rest.length > 0) throw new BadRequestError('usage', 'Name one room: gridcast token ROOM.');
  const url = serverUrlFor(values.url, env);
  const token = await requestToken(url, room, await adminTokenFor(values.token, env), {
    role: values.role,
    ...(values.name !== undefined && { name: values.name }),
    ...(values.ttl !== undefined && { ttl: Number(values.ttl) }),
  });
  const page = values.role === 'viewer' ? 'watch' : 'r';
  process.stdout.write(values.link ? `${new URL(`/${page}/${room}`, url).href}#token=${token}\n` : `${token}\n`);
  return 0;
}

async function requestToken(url: string, room: string, adminToken: string, body: object): Promise<string> {
  let response: Response;
  try {
    response = await fetch(new URL(`/api/rooms/${encodeURIComponent(room)}/tokens`, url), {
      method: 'POST',
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new UnavailableError('unreachable', whyUnreachable(url, error));
  }
  const answer = (await response.json()) as { token?: string; detail?: string };
  if (!response.ok || answer.token === undefined) {
    throw new BadRequestError('refused', answer.detail ?? `The server answered ${response.status}.`);
  }
  return answer.token;
}
