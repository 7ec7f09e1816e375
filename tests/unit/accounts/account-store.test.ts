import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { AccountStore, accountMigrations, type StoredAccount } from '../../../src/accounts/account-store.ts';
import { Database } from '../../../src/database/database.ts';
import { nullLogger } from '../../../src/logger.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const ANN: StoredAccount = {
  id: 'u-ann',
  login: 'ann',
  name: 'Ann',
  admin: false,
  disabled: false,
  createdAt: '2026-01-02T03:04:05.000Z',
  tokenVersion: 1,
};

describe('the table of accounts', () => {
  let store: AccountStore;

  beforeEach(async () => {
    const path = join(await tempDir(), 'accounts.db');
    const database = await Database.open({ path, migrations: accountMigrations, log: nullLogger });
    store = new AccountStore(database);
    await store.insert(ANN);
    return () => database.close();
  });

  it('gives what was looked up before as it is after each change', async () => {
    expect(await store.find(ANN.id)).toEqual(ANN);
    await store.update({ ...ANN, tokenVersion: 2 });
    expect(await store.find(ANN.id)).toMatchObject({ tokenVersion: 2 });
    await store.remove(ANN.id);
    expect(await store.find(ANN.id)).toBeUndefined();
    await store.insert({ ...ANN, name: 'Another Ann' });
    expect(await store.find(ANN.id)).toMatchObject({ name: 'Another Ann' });
  });

  it('does not keep what was read just before a change', async () => {
    const [before] = await Promise.all([store.find(ANN.id), store.update({ ...ANN, disabled: true })]);
    expect(before).toEqual(ANN);
    expect(await store.find(ANN.id)).toMatchObject({ disabled: true });
  });

  it('finds somebody new who was looked for in vain', async () => {
    expect(await store.find('u-ben')).toBeUndefined();
    await store.insert({ ...ANN, id: 'u-ben', login: 'ben' });
    expect(await store.find('u-ben')).toMatchObject({ login: 'ben' });
  });
});
