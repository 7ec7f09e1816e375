/** What tells the jobs of one data folder from all others in the same Redis. */
import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, isCode, messageOf } from '../../errors.ts';

/** In the data folder, in no backup: a copy that runs beside its original must not take its jobs. */
export const NAMESPACE_FILE = 'redis-namespace';

const NAME = /^[a-z0-9-]{1,64}$/;

/** The beginning of all keys; made when it is missing, by the server or by the first worker. @throws ConfigError */
export async function redisNamespace(dataDir: string): Promise<string> {
  const file = join(dataDir, NAMESPACE_FILE);
  try {
    const name = (await readName(file)) ?? (await make(file));
    if (NAME.test(name)) return name;
  } catch (error) {
    throw new ConfigError(`${file} can be neither read nor made (${messageOf(error)}); is its folder writable?`, error);
  }
  throw new ConfigError(`${file} holds no name of small letters, digits and "-"; delete it and start again.`);
}

/** Whole or not at all; who comes second takes what is there. */
async function make(file: string): Promise<string> {
  const name = `gridcast-${randomBytes(8).toString('hex')}`;
  const draft = `${file}.${name}`;
  try {
    await writeFile(draft, `${name}\n`, { flag: 'wx' });
    await link(draft, file);
    return name;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return (await readName(file)) ?? '';
  } finally {
    await rm(draft, { force: true });
  }
}

async function readName(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
