/**
 * How a command reaches the server of its own machine, by what a start of that server reads: options first, then the environment,
 * then the configuration file, then what holds without either.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isIPv4, isIPv6 } from 'node:net';
import { hostname as machineName, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import * as nodeTls from 'node:tls';
import { CONFIG_FILE_VARIABLE } from '../config/environment.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { BadRequestError, ConfigError, messageOf } from '../errors.ts';

/** For the help of commands. */
export const ACCESS_HELP = `Without --url and --token, both are those of the server on this machine: of GRIDCAST_PORT, GRIDCAST_HOST, GRIDCAST_ADMIN_TOKEN
and GRIDCAST_DATA, else of the file that GRIDCAST_CONFIG names, as "gridcast serve" reads them. A server on another machine
needs --token, or GRIDCAST_ADMIN_TOKEN.
`;

/** Addresses at which a server listens on every one of the machine. */
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** As they are on the command line. */
interface AccessOptions {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
}

/**
 * The token given, else that of the environment, else the configuration file's or the data folder's, which no other machine gets.
 * @throws BadRequestError when there is none, ConfigError
 */
export async function adminTokenFor({ token, url }: AccessOptions, env: NodeJS.ProcessEnv): Promise<string> {
  if (token) return token;
  const { server } = configOf(env, '--token');
  if (url !== undefined && !env['GRIDCAST_ADMIN_TOKEN'] && !isHere(url, server)) {
    throw new BadRequestError(
      'usage',
      `Give a token with --token: ${url} is not known to be of this machine, whose own admin token is for its server alone.`,
    );
  }
  if (server.adminToken !== undefined) return server.adminToken;
  const file = join(server.data, 'admin-token');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new BadRequestError(
      'usage',
      `Give a token with --token: there is none in GRIDCAST_ADMIN_TOKEN, none in ${configName(env)}, and ${file} cannot be read (${messageOf(error)}).`,
    );
  }
}

/**
 * The server's address given, else that of this machine's, whose certificate this process trusts from then on, whoever has signed it.
 * @throws BadRequestError when nobody can know its port, ConfigError.
 */
export function serverUrlFor(given: string | undefined, env: NodeJS.ProcessEnv): string {
  if (given !== undefined) return given;
  const { server, tls } = configOf(env, '--url');
  if (tls.cert !== undefined) trust(tls.cert);
  // What its certificate is for.
  if (tls.cert !== undefined && server.publicUrl !== undefined) return server.publicUrl.replace(/\/+$/, '');
  if (server.port === 0) {
    throw new BadRequestError(
      'usage',
      `Give the server's address with --url: its port is 0, any free one, by GRIDCAST_PORT or ${configName(env)}.`,
    );
  }
  const host = EVERYWHERE.has(server.host) ? '127.0.0.1' : server.host;
  return `${tls.cert === undefined ? 'http' : 'https'}://${isIPv6(host) ? `[${host}]` : host}:${server.port}`;
}

/** What cannot be read or used is told by whoever refuses the connection. Node has the means from 22.19 on, so that none is imported by name. */
function trust(file: string): void {
  try {
    const chain = readFileSync(file, 'utf8').match(PEM) ?? [];
    nodeTls.setDefaultCACertificates([...nodeTls.getCACertificates(), ...chain]);
  } catch {
    // As before.
  }
}

/** Whether an address is of this machine, as far as it knows its own names. */
function isHere(url: string, { host, publicUrl }: Config['server']): boolean {
  const { hostname } = URL.parse(url) ?? {};
  if (hostname === undefined) return false;
  const own = [host, publicUrl === undefined ? undefined : URL.parse(publicUrl)?.hostname, machineName()];
  const addresses = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  const bare = hostname.replace(/^\[|\]$/g, '');
  return (
    bare === 'localhost' ||
    (isIPv4(bare) && bare.startsWith('127.')) ||
    [...own, `${machineName()}.local`, ...addresses].includes(bare)
  );
}

function configOf(env: NodeJS.ProcessEnv, option: string): Config {
  try {
    return loadConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(
      `${error.message}\nWith --url and --token nothing of this is read; ${option} is missing.`,
      error,
    );
  }
}

/** What was looked at, for a sentence. */
function configName(env: NodeJS.ProcessEnv): string {
  const file = env[CONFIG_FILE_VARIABLE];
  return file ? `the configuration ${file}` : 'a configuration file (GRIDCAST_CONFIG names none)';
}
