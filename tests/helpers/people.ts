/** Accounts, invites and what was taken back, as a server has them, in a database in memory. */
import { Passwords } from '../../src/accounts/password.ts';
import type { AccountControl } from '../../src/api/account-port.ts';
import { type TokenRegister, Tokens } from '../../src/api/tokens.ts';
import { Database } from '../../src/database/database.ts';
import { nullLogger } from '../../src/logger.ts';
import { defaultSettings } from '../../src/room/room-settings.ts';
import { RoomStore, roomMigrations } from '../../src/room/room-store.ts';
import {
  accountControl,
  accountServiceMigrations,
  type AccountServices,
  openAccounts,
  tokenRegister,
} from '../../src/server/account-services.ts';
import type { Clock } from '../../src/util/clock.ts';

const SECRET = new Uint8Array(32).fill(7);

/** What a test may use of it. */
export interface People extends AccountServices {
  readonly register: TokenRegister;
  readonly tokens: Tokens;
  readonly control: AccountControl;
  /** Stores a room, unless it is. */
  addRoom(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Options of `openPeople`. */
export interface PeopleOptions {
  readonly clock: Clock;
  readonly adminToken: string;
  /** Rooms that are stored. */
  readonly rooms: readonly string[];
  readonly enabled?: boolean;
  readonly keptOut?: TokenRegister['keptOut'];
  readonly versionOf?: (room: string) => number | undefined;
  /** Default: in memory. */
  readonly path?: string;
}

/** With passwords that cost next to nothing. */
export async function openPeople(options: PeopleOptions): Promise<People> {
  const { clock, adminToken, rooms, enabled = true, keptOut = () => undefined, versionOf, path = ':memory:' } = options;
  const migrations = [...roomMigrations, ...accountServiceMigrations];
  const database = await Database.open({ path, migrations, log: nullLogger });
  const store = new RoomStore(database, nullLogger);
  const addRoom = async (id: string): Promise<void> => {
    if ((await store.list()).some((room) => room.id === id)) return;
    const createdAt = new Date(clock.wallMs());
    await store.insert({ id, title: id, createdAt, tokenVersion: 1, settings: defaultSettings() });
  };
  for (const id of rooms) await addRoom(id);
  const services = await openAccounts({ database, passwords: new Passwords({ log2Cost: 10 }), clock });
  const register = tokenRegister(services, enabled, keptOut);
  const tokens = new Tokens({ secret: SECRET, adminToken, clock, register, ...(versionOf && { versionOf }) });
  const control = accountControl({ ...services, enabled, tokens, sessionSeconds: 3600 });
  return { ...services, register, tokens, control, addRoom, close: () => database.close() };
}
