/** The key prefix that separates the jobs of one data folder from others in the same Redis. */
import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, isCode, messageOf } from '../../errors.ts';

/** In the data folder, in no backup: a copy that runs beside its original must not take its jobs. */
export const NAMESPACE_FILE = 'redis-namespace';

const NAME = /^[a-z0-9-]{1,64}$/;

/** The beginning of all keys; made when it is missing, by the one server that has the folder. @throws ConfigError */
export async function makeNamespace(dataDir: string): Promise<string> {
  const file = join(dataDir, NAMESPACE_FILE);
  const known = await readName(file);
  if (known !== undefined) return known;
  const name = `gridcast-${randomBytes(8).toString('hex')}`;
  const draft = `${file}.new`;
  try {
    await writeFile(draft, `${name}\n`, { flush: true });
    await rename(draft, file);
    return name;
  } catch (error) {
    await rm(draft, { force: true });
    throw new ConfigError(`${file} cannot be made (${messageOf(error)}); is its folder writable?`, error);
  }
}

/** The same for workers, which would wait for jobs of nobody in a folder that is not the server's. @throws ConfigError */
export async function findNamespace(dataDir: string): Promise<string> {
  const name = await readName(join(dataDir, NAMESPACE_FILE));
  if (name !== undefined) return name;
  throw new ConfigError(
    `${dataDir} is not the data folder of a server: let GRIDCAST_DATA name the folder that they share (is it mounted?), ` +
      'and start the server first, in the same version.',
  );
}

/** Undefined when there is none. */
async function readName(file: string): Promise<string | undefined> {
  let name: string;
  try {
    name = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw new ConfigError(`${file} cannot be read (${messageOf(error)}); is it this user's?`, error);
  }
  if (NAME.test(name)) return name;
  throw new ConfigError(
    `${file} holds no name of small letters, digits and "-"; delete it and start the server again.`,
  );
}
