/** The two secrets of a server, made at its first start and kept in its data folder for the owner's eyes only. */
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import { ConfigError, isCode, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

const SECRET_BYTES = 32;
/** Keys that may hold at the same time. */
const MAX_KEYS = 8;
const MIN_ADMIN_TOKEN_LENGTH = 16;
const OWNER_ONLY = 0o600;
const OTHERS = 0o077;

interface LoadOptions {
  /** The data folder; made when missing. */
  readonly dataDir: string;
  readonly log: Logger;
}

/** The configured admin token, else the one in DATA/admin-token, which is made when missing. @throws ConfigError. */
export async function loadAdminToken(
  options: LoadOptions & { readonly configured?: string },
): Promise<{ readonly token: string; readonly created: boolean }> {
  if (options.configured !== undefined) return { token: options.configured, created: false };
  const { text, created, file } = await loadOrCreate(options, 'admin-token');
  if (text.length < MIN_ADMIN_TOKEN_LENGTH || /[^\x21-\x7e]/.test(text)) {
    throw new ConfigError(
      `${file} holds no usable token (one line of at least ${MIN_ADMIN_TOKEN_LENGTH} printable characters); ` +
        'delete it and start again for a new one.',
    );
  }
  return { token: text, created };
}

/** The keys of a server. */
export interface KeyRing {
  /** Signs tokens. */
  readonly secret: Uint8Array;
  /** Still hold what they signed, newest first. */
  readonly olderSecrets: readonly Uint8Array[];
  /** What other keys are derived from: the oldest, so that a new one ends no link. */
  readonly root: Uint8Array;
  /** This start made it. */
  readonly created: boolean;
}

/** The keys in DATA/secret, one a line and the newest first; the file is made when missing. @throws ConfigError. */
export async function loadSigningSecret(options: LoadOptions): Promise<KeyRing> {
  const { text, created, file } = await loadOrCreate(options, 'secret');
  const [secret, ...olderSecrets] = parseKeys(text, file);
  return { secret, olderSecrets, root: olderSecrets.at(-1) ?? secret, created };
}

/**
 * Puts a new key before those in DATA/secret, or leaves only the newest with `retire`; a server takes it at its next start.
 * Gives how many keys there are then. @throws ConfigError also when the ring is full.
 */
export async function rotateSigningSecret(options: LoadOptions & { readonly retire: boolean }): Promise<number> {
  const { text, file } = await loadOrCreate(options, 'secret');
  parseKeys(text, file);
  const lines = text.split(/\s+/);
  const kept = options.retire ? lines.slice(0, 1) : [randomBytes(SECRET_BYTES).toString('base64url'), ...lines];
  if (kept.length > MAX_KEYS) {
    throw new ConfigError(`There are ${lines.length} keys already; retire the old ones first: token rotate --retire.`);
  }
  const draft = await writeDraft(file, `${kept.join('\n')}\n`);
  await rename(draft, file);
  return kept.length;
}

function parseKeys(text: string, file: string): [Buffer, ...Buffer[]] {
  const [first = Buffer.alloc(0), ...rest] = text.split(/\s+/).map((line) => Buffer.from(line, 'base64url'));
  if ([first, ...rest].every((key) => key.byteLength >= SECRET_BYTES) && rest.length < MAX_KEYS)
    return [first, ...rest];
  throw new ConfigError(
    `${file} holds no usable secrets (${SECRET_BYTES} bytes in base64url a line, at most ${MAX_KEYS} lines); ` +
      'delete it and start again for a new one, after which all links given out so far stop working.',
  );
}

async function loadOrCreate(
  options: LoadOptions,
  name: string,
): Promise<{ readonly text: string; readonly created: boolean; readonly file: string }> {
  const file = path.join(options.dataDir, name);
  try {
    await mkdir(options.dataDir, { recursive: true });
    const existing = await readSecret(file, options.log);
    if (existing !== undefined) return { text: existing, created: false, file };
    const fresh = randomBytes(SECRET_BYTES).toString('base64url');
    const created = await createExclusively(file, `${fresh}\n`);
    // Somebody else who started at the same time may have been first: theirs counts.
    return { text: created ? fresh : ((await readSecret(file, options.log)) ?? ''), created, file };
  } catch (error) {
    throw new ConfigError(
      `The file ${file} cannot be read or made (${messageOf(error)}); give its folder to the user who runs the server.`,
      error,
    );
  }
}

async function readSecret(file: string, log: Logger): Promise<string | undefined> {
  try {
    const { mode } = await stat(file);
    if ((mode & OTHERS) !== 0) {
      log.warn('A secret can be read by other users of this machine; run "chmod 600" on it', { file });
    }
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** The file appears whole or not at all; false when it stood already. */
async function createExclusively(file: string, text: string): Promise<boolean> {
  const draft = await writeDraft(file, text);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    // Some file systems have no hard links; there the last of two simultaneous first starts wins.
    await rename(draft, file);
    return true;
  } finally {
    await unlink(draft).catch((error: unknown) => {
      if (!isCode(error, 'ENOENT')) throw error;
    });
  }
}

/** Beside `file`, so that it can take its place at once. */
async function writeDraft(file: string, text: string): Promise<string> {
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(6).toString('hex')}`);
  const handle = await open(draft, 'wx', OWNER_ONLY);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return draft;
}
