/** Accounts in SQL. */
import { type Kysely, type Selectable, sql } from 'kysely';
import { containing } from '../database/containing.ts';
import type { Database } from '../database/database.ts';
import type { Migration } from '../database/migrations.ts';
import type { AccountQuery, AccountView } from './account.ts';

interface AccountRow {
  id: string;
  login: string;
  name: string;
  /** What is looked through: name and login in lower case. */
  words: string;
  password: string | null;
  admin: number;
  disabled: number;
  token_version: number;
  created_at: string;
}

interface AccountTables {
  accounts: AccountRow;
}

/** An account with what nobody is shown. */
export interface StoredAccount extends AccountView {
  /** A hash; absent: nobody can sign in with one. */
  readonly password?: string;
  /** Tokens of another one do not hold. */
  readonly tokenVersion: number;
}

/** Where a part of the list ends. */
export interface AccountPlace {
  readonly words: string;
  readonly id: string;
}

/** Which accounts are read: those behind `after`, or the first. */
type StoredQuery = Omit<AccountQuery, 'cursor'> & { readonly after?: AccountPlace | undefined };

/** Steps that make the table of this store. */
export const accountMigrations: readonly Migration[] = [
  {
    name: 'accounts-1-create',
    async up(db) {
      await sql`create table accounts (
        id text primary key,
        login text not null unique,
        name text not null,
        words text not null,
        password text,
        admin integer not null default 0,
        disabled integer not null default 0,
        token_version integer not null default 1,
        created_at text not null
      ) strict`.execute(db);
      await sql`create index accounts_by_words on accounts (words, id)`.execute(db);
    },
  },
];

/** The table `accounts`, which nobody else writes: a database has one server. */
export class AccountStore {
  readonly #db: Kysely<AccountTables>;
  /** Those that were found by id: a private stream asks for its viewer's account several times a second. */
  readonly #found = new Map<string, Promise<StoredAccount | undefined>>();

  constructor(database: Database) {
    this.#db = database.tables<AccountTables>();
  }

  find(id: string): Promise<StoredAccount | undefined> {
    const known = this.#found.get(id);
    if (known) return known;
    const reading = this.#read(id);
    // Before it is read, so that a change beside it makes it forgotten.
    this.#found.set(id, reading);
    const keep = (found?: StoredAccount): void => {
      if (!found && this.#found.get(id) === reading) this.#found.delete(id);
    };
    reading.then(keep, () => keep());
    return reading;
  }

  async findLogin(login: string): Promise<StoredAccount | undefined> {
    const row = await this.#db.selectFrom('accounts').selectAll().where('login', '=', login).executeTakeFirst();
    return row && fromRow(row);
  }

  async count(): Promise<number> {
    const query = this.#db.selectFrom('accounts').select((of) => of.fn.countAll<number>().as('all'));
    return (await query.executeTakeFirst())?.all ?? 0;
  }

  /** Admins that may sign in, but for one. */
  async countAdmins(butFor = ''): Promise<number> {
    const query = this.#db.selectFrom('accounts').select((of) => of.fn.countAll<number>().as('all'));
    const admins = query.where('admin', '=', 1).where('disabled', '=', 0).where('id', '!=', butFor);
    return (await admins.executeTakeFirst())?.all ?? 0;
  }

  /** In the order of their names. */
  async search({ text, limit, after, withDisabled = false }: StoredQuery): Promise<StoredAccount[]> {
    let query = this.#db.selectFrom('accounts').selectAll().where(containing('words', text.toLowerCase()));
    if (!withDisabled) query = query.where('disabled', '=', 0);
    if (after) query = query.where(sql<boolean>`(words, id) > (${after.words}, ${after.id})`);
    return (await query.orderBy('words').orderBy('id').limit(limit).execute()).map(fromRow);
  }

  /** False when the login is taken. */
  async insert(account: StoredAccount): Promise<boolean> {
    const result = await this.#db
      .insertInto('accounts')
      .values(toRow(account))
      .onConflict((conflict) => conflict.column('login').doNothing())
      .executeTakeFirst();
    return result.numInsertedOrUpdatedRows !== 0n;
  }

  /** Stores another form of an account. */
  async update(account: StoredAccount): Promise<void> {
    await this.#db.updateTable('accounts').set(toRow(account)).where('id', '=', account.id).execute();
    this.#found.delete(account.id);
  }

  async remove(id: string): Promise<void> {
    await this.#db.deleteFrom('accounts').where('id', '=', id).execute();
    this.#found.delete(id);
  }

  async #read(id: string): Promise<StoredAccount | undefined> {
    const row = await this.#db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
    return row && fromRow(row);
  }
}

/** By what an account is found and ordered. */
export function wordsOf({ name, login }: Pick<AccountView, 'name' | 'login'>): string {
  return `${name} ${login}`.toLowerCase();
}

function toRow(account: StoredAccount): AccountRow {
  const { id, login, name, password, admin, disabled, tokenVersion, createdAt } = account;
  return {
    id,
    login,
    name,
    words: wordsOf(account),
    password: password ?? null,
    admin: admin ? 1 : 0,
    disabled: disabled ? 1 : 0,
    token_version: tokenVersion,
    created_at: createdAt,
  };
}

function fromRow(row: Selectable<AccountRow>): StoredAccount {
  const { id, login, name, password } = row;
  return {
    id,
    login,
    name,
    admin: row.admin !== 0,
    disabled: row.disabled !== 0,
    createdAt: row.created_at,
    tokenVersion: row.token_version,
    ...(password !== null && { password }),
  };
}
