/** `gridcast doctor --make-cert`: HTTPS for a network of one's own, where nobody else signs certificates. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type NetworkInterfaceInfo, hostname, networkInterfaces } from 'node:os';
import { join, resolve } from 'node:path';
import type { Config } from '../config/schema.ts';
import { ConfigError, messageOf } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { type PemPair, makeAuthority, maySignFor, signServer } from './authority.ts';
import { trustText } from './trust-text.ts';

/** This machine, as others know it. */
export interface Machine {
  readonly hostname: string;
  readonly interfaces: NodeJS.Dict<readonly NetworkInterfaceInfo[]>;
}

const OWNER_ONLY = 0o600;
const EVERYBODY_READS = 0o644;
const OWNER_FOLDER = 0o700;
/** More would make each handshake longer; machines with many containers have hundreds of addresses. */
const MAX_HOSTS = 50;

/**
 * Makes DATA/tls/cert.pem and key.pem, signed by the authority in the same folder, which is made when there is none.
 * @returns what a person has to know and to do
 * @throws ConfigError when the folder cannot be written, or holds an authority that cannot be used
 */
export async function makeCert(
  config: Config,
  clock: Clock,
  machine: Machine = { hostname: hostname(), interfaces: networkInterfaces() },
): Promise<string> {
  const dataDir = resolve(config.server.data);
  const folder = join(dataDir, 'tls');
  const hosts = hostsOf(config, machine);
  const nowMs = clock.wallMs();
  try {
    await mkdir(dataDir, { recursive: true, mode: OWNER_FOLDER });
    await mkdir(folder, { recursive: true, mode: OWNER_FOLDER });
    const { authority, made } = await ownAuthority(folder, nowMs, hosts);
    const good = hosts.filter((host) => maySignFor(authority.cert, host));
    const pair = await signServer(authority, good, nowMs);
    const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
    // A running server looks at both; it waits until they fit.
    await writeWhole(files.key, pair.key, OWNER_ONLY);
    await writeWhole(files.cert, pair.cert, EVERYBODY_READS);
    return trustText({
      authority: { file: join(folder, 'authority.pem'), made, until: new X509Certificate(authority.cert).validToDate },
      ...files,
      until: new X509Certificate(pair.cert).validToDate,
      hosts: good,
      left: hosts.filter((host) => !good.includes(host)),
      port: config.server.port,
    });
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`The certificate cannot be made in ${folder} (${messageOf(error)}).`, error);
  }
}

/** Every name and address by which browsers of this network may call this machine; the best to type comes first. */
export function hostsOf({ server }: Config, machine: Machine): readonly string[] {
  const own = machine.hostname.toLowerCase();
  const label = own.split('.')[0] ?? own;
  const configured = [server.publicUrl === undefined ? '' : new URL(server.publicUrl).hostname, server.host];
  const addresses = Object.values(machine.interfaces)
    .flatMap((list) => list ?? [])
    // Those of a link alone need the name of an interface, which no URL can hold.
    .filter(({ internal, address }) => !internal && !/^fe[89ab]/i.test(address))
    .map(({ address }) => address);
  const all = [own, `${label}.local`, 'localhost', '127.0.0.1', '::1', ...configured, ...addresses];
  const usable = all.map((host) => host.replace(/^\[|\]$/g, '')).filter(isHost);
  return [...new Set(usable)].slice(0, MAX_HOSTS);
}

function isHost(host: string): boolean {
  if (isIP(host) > 0) return host !== '0.0.0.0' && host !== '::';
  return /^[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9][a-z0-9-]{0,62})*$/.test(host) && host.length <= 253;
}

async function ownAuthority(
  folder: string,
  nowMs: number,
  hosts: readonly string[],
): Promise<{ readonly authority: PemPair; readonly made: boolean }> {
  const [certFile, keyFile] = [join(folder, 'authority.pem'), join(folder, 'authority-key.pem')];
  const [cert, key] = await Promise.all([readIfThere(certFile), readIfThere(keyFile)]);
  if (cert === undefined && key === undefined) {
    const names = hosts.filter((host) => isIP(host) === 0);
    const authority = await makeAuthority(nowMs, names);
    await writeWhole(keyFile, authority.key, OWNER_ONLY);
    await writeWhole(certFile, authority.cert, EVERYBODY_READS);
    return { authority, made: true };
  }
  const trouble = troubleOf(cert, key, nowMs);
  if (trouble === undefined) return { authority: { cert: cert ?? '', key: key ?? '' }, made: false };
  throw new ConfigError(
    `The authority in ${certFile} and ${keyFile} cannot be used (${trouble}); move both away to have another one made, which every device has to trust anew.`,
  );
}

function troubleOf(cert: string | undefined, key: string | undefined, nowMs: number): string | undefined {
  if (cert === undefined || key === undefined) return 'one of the two files is missing';
  try {
    const parsed = new X509Certificate(cert);
    if (!parsed.checkPrivateKey(createPrivateKey(key))) return 'the key does not belong to it';
    return parsed.validToDate.getTime() <= nowMs ? 'it has ended' : undefined;
  } catch (error) {
    return messageOf(error);
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The file changes as a whole, and nobody else ever could read it. */
async function writeWhole(path: string, text: string, mode: number): Promise<void> {
  const draft = `${path}.new`;
  const handle = await open(draft, 'w', mode);
  try {
    // A draft that an earlier run left behind keeps the mode it has.
    await handle.chmod(mode);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}
