/** Ordered, all-or-nothing changes of the database's shape. */
import { type Kysely, sql } from 'kysely';
import { AppError, ConfigError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

/** One step. `name` is its identity for ever: `AREA-NUMBER-WHAT`. */
export interface Migration {
  readonly name: string;
  /** Runs inside a transaction of its own; throwing undoes all of it. */
  up(db: Kysely<unknown>): Promise<void>;
}

interface MigrationTable {
  migrations: { name: string; applied_at: string };
}

/** What to apply, and how. */
export interface MigrationOrder {
  readonly migrations: readonly Migration[];
  /** ISO 8601. */
  readonly appliedAt: string;
  readonly log: Logger;
  /** Called before the first step of all. */
  readonly onEmpty?: () => void;
}

/**
 * Applies what is missing, in order, each step in a transaction.
 * @throws ConfigError when a step fails, or when the database knows steps that this version does not.
 */
export async function migrate(
  db: Kysely<unknown>,
  { migrations, appliedAt, log, onEmpty }: MigrationOrder,
): Promise<void> {
  const steps = db as Kysely<MigrationTable>;
  await createMigrationTable(db);
  const applied = new Set((await steps.selectFrom('migrations').select('name').execute()).map((row) => row.name));
  refuseUnknown(applied, migrations);
  if (applied.size === 0) onEmpty?.();
  const done: string[] = [];
  for (const migration of migrations) {
    if (applied.has(migration.name)) continue;
    try {
      await db.transaction().execute(async (transaction: Kysely<unknown>) => {
        await migration.up(transaction);
        const names = transaction as Kysely<MigrationTable>;
        await names.insertInto('migrations').values({ name: migration.name, applied_at: appliedAt }).execute();
      });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new ConfigError(
        `The database could not be brought up to date at step "${migration.name}" and was left as it was ` +
          `(${messageOf(error)}); start the previous version, or restore a backup.`,
        error,
      );
    }
    done.push(migration.name);
  }
  if (done.length > 0) log.info('database migrated', { steps: done.length, last: done.at(-1) });
}

function refuseUnknown(applied: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const unknown = unknownStep(applied, migrations);
  if (unknown !== undefined) {
    throw new ConfigError(
      `The database was written by a newer version (it has step "${unknown}"); start that version, or restore a backup.`,
    );
  }
}

/** For the names of the steps that were applied. */
export async function createMigrationTable(db: Kysely<unknown>): Promise<void> {
  await sql`create table if not exists migrations (name text primary key, applied_at text not null) strict`.execute(db);
}

/** One that was applied by a newer version; undefined when there is none. */
export function unknownStep(applied: ReadonlySet<string>, migrations: readonly Migration[]): string | undefined {
  const known = new Set(migrations.map((migration) => migration.name));
  if (known.size !== migrations.length) throw new TypeError('Two migrations have the same name');
  return [...applied].find((name) => !known.has(name));
}
