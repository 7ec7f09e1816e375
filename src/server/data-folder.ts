/** The data folder of a server that starts: its alone before anything in it is read. */
import type { Config } from '../config/schema.ts';
import type { DatabasePlace } from '../database/database.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';
import type { CloseStack } from '../util/close-stack.ts';
import { takeAsData } from './backup-mark.ts';
import { DataLock } from './data-lock.ts';
import { checkDatabaseFile, databasePlace } from './database-place.ts';
import { MachineMark, refuseOtherMachine } from './machine-mark.ts';

/** What is taken, and for whom. */
export interface DataFolderParts {
  readonly config: Config;
  /** Absolute. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** A server on another machine has taken the folder since. */
  readonly onTaken: (() => void) | undefined;
}

/**
 * Takes the folder, and the file of the database wherever it lies, until `stack` is closed. Gives the database's place.
 * @throws ConfigError when another server has one of them, or when the configuration names another database than the folder has
 */
export async function takeDataFolder(parts: DataFolderParts, stack: CloseStack): Promise<DatabasePlace> {
  const { config, dataDir, clock, log, onTaken } = parts;
  // Before anything is looked at: what stands in the folder may be another server's, at work.
  await refuseOtherMachine({ dataDir, clock });
  const lock = await DataLock.take(dataDir);
  stack.defer(() => lock.close());
  const mark = await MachineMark.set({ dataDir, clock, log, onTaken });
  stack.defer(() => mark.close());
  await takeAsData(dataDir);
  const place = databasePlace(config);
  // A server of databases has a lock of its own.
  if ('path' in place) {
    checkDatabaseFile(config, place.path);
    const databaseLock = await DataLock.takeDatabase(place.path);
    stack.defer(() => databaseLock.close());
  }
  return place;
}
