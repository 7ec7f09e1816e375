/** An archive in a data folder, and the settings with which it goes into a store. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, configSchema } from '../../src/config/schema.ts';

/** Settings of a store at `endpoint`, as from a configuration file. */
export function storageAt(endpoint: string, change: Partial<Config['storage']> = {}): Config['storage'] {
  const secret = { accessKey: 'tester', secretKey: 'not-very-secret' };
  const where = { kind: 's3', endpoint, bucket: 'recordings', prefix: 'gridcast/', forcePathStyle: true };
  return configSchema.parse({ storage: { ...where, ...secret, ...change } }).storage;
}

/** Writes an archive of these files, whose manifest tells the truth. */
export async function writeArchive(
  dataDir: string,
  recording: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<void> {
  const folder = join(dataDir, 'recordings', recording);
  await mkdir(folder, { recursive: true });
  const listed = [];
  for (const [name, bytes] of Object.entries(files)) {
    await writeFile(join(folder, name), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    listed.push({ name, kind: 'film', contentType: 'video/mp4', size: bytes.length, sha256 });
  }
  const common = { recording, session: 's1', duration: 1, width: 2, height: 2, framerate: 30, missingFrames: 0 };
  const manifest = { version: 2, ...common, ranges: [], files: listed, facts: {}, left: [] };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
