/**
 * Keys of encrypted recordings: one each, random, wrapped by the server's own and kept beside the archives. Whoever deletes
 * a recording's key has deleted the recording, wherever copies of its files lie.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigError, isCode, messageOf, UnavailableError } from '../../errors.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const WRAPPED_BYTES = IV_BYTES + TAG_BYTES + KEY_BYTES;
const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;

/** Options of `RecordingKeys`. */
export interface RecordingKeysOptions {
  readonly dataDir: string;
  /** File of the server's key, 32 bytes in base64url; default: `recording-key` in the data folder, made when missing. */
  readonly keyFile?: string;
}

/** The server's key is read when it is needed first: who never encrypted has none. */
export class RecordingKeys {
  readonly #options: RecordingKeysOptions;
  #serverKey: Promise<Buffer> | undefined;

  constructor(options: RecordingKeysOptions) {
    this.#options = options;
  }

  /** The key of a recording, made when it has none yet. @throws ConfigError, UnavailableError `key_damaged`. */
  async create(recording: string): Promise<Buffer> {
    const fresh = randomBytes(KEY_BYTES);
    const wrapped = wrap(await this.#wrappingKey(), recording, fresh);
    await mkdir(this.#folder, { recursive: true, mode: FOLDER_OWNER_ONLY });
    if (await createExclusively(this.#path(recording), wrapped)) return fresh;
    // Another attempt at the same archive was first: theirs counts.
    const existing = await this.find(recording);
    if (existing) return existing;
    throw keyDamaged();
  }

  /** Undefined when the recording is not encrypted, or its key was deleted. @throws ConfigError, UnavailableError `key_damaged`. */
  async find(recording: string): Promise<Buffer | undefined> {
    const text = await readIfAny(this.#path(recording));
    if (text === undefined) return undefined;
    return unwrap(await this.#wrappingKey(), recording, text);
  }

  /** After this nobody can read what was encrypted with it. */
  async remove(recording: string): Promise<void> {
    await unlink(this.#path(recording)).catch((error: unknown) => {
      if (!isCode(error, 'ENOENT')) throw error;
    });
  }

  get #folder(): string {
    return join(this.#options.dataDir, 'recording-keys');
  }

  #path(recording: string): string {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(recording)) throw new TypeError('Not the id of a recording');
    return join(this.#folder, recording);
  }

  #wrappingKey(): Promise<Buffer> {
    const { dataDir, keyFile } = this.#options;
    const key = (this.#serverKey ??= loadServerKey(keyFile ?? join(dataDir, 'recording-key'), keyFile === undefined));
    key.catch(() => {
      this.#serverKey = undefined;
    });
    return key;
  }
}

async function loadServerKey(path: string, mayCreate: boolean): Promise<Buffer> {
  try {
    if (mayCreate) await createExclusively(path, randomBytes(KEY_BYTES).toString('base64url'));
    const key = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64url');
    if (key.length === KEY_BYTES) return key;
  } catch (error) {
    throw new ConfigError(
      `The key of encrypted recordings, ${path}, cannot be read (${messageOf(error)}); restore it, or correct recordings.keyFile.`,
      error,
    );
  }
  throw new ConfigError(
    `${path} holds no key (${KEY_BYTES} bytes in base64url); restore the one that the recordings were encrypted with.`,
  );
}

function wrap(serverKey: Buffer, recording: string, key: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', serverKey, iv).setAAD(Buffer.from(recording));
  const data = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), data]).toString('base64url');
}

function unwrap(serverKey: Buffer, recording: string, text: string): Buffer {
  const bytes = Buffer.from(text.trim(), 'base64url');
  if (bytes.length !== WRAPPED_BYTES) throw keyDamaged();
  try {
    const options = { authTagLength: TAG_BYTES };
    const decipher = createDecipheriv('aes-256-gcm', serverKey, bytes.subarray(0, IV_BYTES), options);
    decipher.setAAD(Buffer.from(recording));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw keyDamaged(error);
  }
}

function keyDamaged(cause?: unknown): UnavailableError {
  return new UnavailableError(
    'key_damaged',
    "The key of this recording cannot be unwrapped; restore the server's key that it was made with.",
    cause,
  );
}

/** The file appears whole or not at all; false when it stood already. */
async function createExclusively(path: string, text: string): Promise<boolean> {
  const draft = join(dirname(path), `.${randomBytes(8).toString('hex')}.key`);
  const file = await open(draft, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(`${text}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

async function readIfAny(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
