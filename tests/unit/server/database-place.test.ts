import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, configSchema } from '../../../src/config/schema.ts';
import { checkDatabasePlace, databasePath } from '../../../src/server/database-place.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

function configOf(data: string, url?: string): Config {
  return configSchema.parse({ server: { data }, database: url === undefined ? {} : { url } });
}

describe('the place of the database', () => {
  it('is the data folder, unless another is named', () => {
    expect(databasePath(configOf('/srv/data'))).toBe('/srv/data/gridcast.db');
    expect(databasePath(configOf('./data'))).toBe(resolve('data/gridcast.db'));
    expect(databasePath(configOf('/srv/data', 'sqlite:/var/lists.db'))).toBe('/var/lists.db');
    expect(databasePath(configOf('/srv/data', 'file:lists.db'))).toBe(resolve('lists.db'));
  });

  it('may be new, but not beside a database that would be forgotten', async () => {
    const data = await tempDir();
    const elsewhere = join(await tempDir(), 'lists.db');
    const config = configOf(data, `sqlite:${elsewhere}`);
    expect(() => checkDatabasePlace(config)).not.toThrow();
    await writeFile(join(data, 'gridcast.db'), '');
    expect(() => checkDatabasePlace(config)).toThrow(`move ${data}/gridcast.db there`);
    expect(() => checkDatabasePlace(configOf(data, `sqlite:${data}/gridcast.db`))).not.toThrow();
    await writeFile(elsewhere, '');
    expect(() => checkDatabasePlace(config)).not.toThrow();
  });
});
