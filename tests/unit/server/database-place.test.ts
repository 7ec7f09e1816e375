import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, configSchema } from '../../../src/config/schema.ts';
import { checkDatabaseFile, checkNothingForgotten, databasePlace } from '../../../src/server/database-place.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

function configOf(data: string, url?: string): Config {
  return configSchema.parse({ server: { data }, database: url === undefined ? {} : { url } });
}

describe('the place of the database', () => {
  it('is the data folder, unless another is named', () => {
    expect(databasePlace(configOf('/srv/data'))).toEqual({ path: '/srv/data/gridcast.db' });
    expect(databasePlace(configOf('./data'))).toEqual({ path: resolve('data/gridcast.db') });
    expect(databasePlace(configOf('/srv/data', 'sqlite:/var/lists.db'))).toEqual({ path: '/var/lists.db' });
    expect(databasePlace(configOf('/srv/data', 'file:lists.db'))).toEqual({ path: resolve('lists.db') });
    const url = 'postgres://gridcast:secret@db.example/gridcast';
    expect(databasePlace(configOf('/srv/data', url))).toEqual({ postgres: url });
  });

  it('may be new, but not beside a database that would be forgotten', async () => {
    const data = await tempDir();
    const elsewhere = join(await tempDir(), 'lists.db');
    const config = configOf(data, `sqlite:${elsewhere}`);
    expect(() => checkDatabaseFile(config, elsewhere)).not.toThrow();
    expect(() => checkNothingForgotten(config)).not.toThrow();
    await writeFile(join(data, 'gridcast.db'), '');
    expect(() => checkDatabaseFile(config, elsewhere)).toThrow(`move ${data}/gridcast.db there`);
    expect(() => checkDatabaseFile(config, join(data, 'gridcast.db'))).not.toThrow();
    expect(() => checkNothingForgotten(config)).toThrow(`move ${data}/gridcast.db away`);
    expect(() => checkNothingForgotten(config)).toThrow('move that there with "gridcast move-database"');
    await writeFile(elsewhere, '');
    expect(() => checkDatabaseFile(config, elsewhere)).not.toThrow();
  });
});
