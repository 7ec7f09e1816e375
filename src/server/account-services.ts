/** Accounts, invites and what was taken back, built in order and tied to tokens. */
import type { AccountView, NewAccount } from '../accounts/account.ts';
import { AccountStore, accountMigrations, type StoredAccount } from '../accounts/account-store.ts';
import { Accounts } from '../accounts/accounts.ts';
import { AttemptLimits } from '../accounts/attempt-limits.ts';
import { inviteMigrations, InviteStore } from '../accounts/invite-store.ts';
import { Invites } from '../accounts/invites.ts';
import type { Passwords } from '../accounts/password.ts';
import { Revocations, revocationMigrations } from '../accounts/revocations.ts';
import { ownerMigrations, RoomOwners } from '../accounts/room-owners.ts';
import type { AccountControl, OpenedSession } from '../api/account-port.ts';
import type { TokenAccount, TokenRegister, Tokens } from '../api/tokens.ts';
import type { Config } from '../config/schema.ts';
import type { Database } from '../database/database.ts';
import { ConflictError } from '../errors.ts';
import type { JoinGrant } from '../ingest/join-grant.ts';
import type { Clock } from '../util/clock.ts';
import type { ClockDoubt } from '../util/clock-doubt.ts';

/** Steps that make the tables of accounts and invites; after those of the rooms. */
export const accountServiceMigrations = [
  ...accountMigrations,
  ...ownerMigrations,
  ...inviteMigrations,
  ...revocationMigrations,
];

/** Everything about who may do what, by what they were given. */
export interface AccountServices {
  readonly accounts: Accounts;
  readonly invites: Invites;
  readonly revocations: Revocations;
  readonly owners: RoomOwners;
}

/** Options of `openAccounts`. */
export interface AccountServiceOptions {
  readonly database: Database;
  readonly passwords: Passwords;
  /** Nothing is forgotten by a clock that is not believed; default: it is. */
  readonly doubt?: ClockDoubt | undefined;
  readonly clock: Clock;
}

/** Holds nothing that has to be closed. */
export async function openAccounts({
  database,
  passwords,
  doubt,
  clock,
}: AccountServiceOptions): Promise<AccountServices> {
  const limits = new AttemptLimits({ clock });
  const accounts = await Accounts.open({ store: new AccountStore(database), passwords, limits, clock });
  const owners = await RoomOwners.open(database);
  accounts.events.on('removed', (account) => owners.removeAccount(account));
  return {
    accounts,
    owners,
    invites: await Invites.open({ store: new InviteStore(database), doubt, clock }),
    revocations: await Revocations.open(database, clock, { doubt }),
  };
}

/** What tokens are checked against. `keptOut`: whom hosts have removed or banned from a room. */
export function tokenRegister(
  { accounts, invites, revocations, owners }: AccountServices,
  enabled: boolean,
  keptOut: TokenRegister['keptOut'],
): TokenRegister {
  return {
    isRevoked: (token) => revocations.isRevoked(token),
    inviteHolds: (invite) => invites.holds(invite),
    keptOut,
    account: async (id) => {
      const found = enabled ? await accounts.session(id) : undefined;
      return found && tokenAccount(found);
    },
    ownerOf: (room) => owners.ownerOf(room),
  };
}

/** Whatever was opened by what is taken back ends with it, at once. */
export function endWhatWasTakenBack(
  { accounts, invites, revocations }: Pick<AccountServices, 'accounts' | 'invites' | 'revocations'>,
  end: (ends: (grant: JoinGrant) => boolean) => void,
  contacts: { revoke(tokenId: string): void; expel(user: string): void },
): void {
  invites.events.on('revoked', ({ id }) => end(({ invite }) => invite === id));
  revocations.events.on('token', (key) => {
    end((grant) => grant.revocation === key);
    contacts.revoke(key);
  });
  accounts.events.on('ended', (id) => {
    end(({ user }) => user === id);
    contacts.expel(id);
  });
}

/** Whether there are accounts: unless the configuration says, when the server can be reached from other machines. */
export function accountsEnabled({ accounts, server }: Config): boolean {
  if (accounts.mode !== 'auto') return accounts.mode === 'on';
  return !/^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/.test(server.host);
}

/** Options of the door to accounts. */
export interface AccountDoorOptions {
  readonly accounts: Accounts;
  readonly owners: RoomOwners;
  readonly enabled: boolean;
  readonly tokens: Tokens;
  readonly sessionSeconds: number;
}

/** Accounts as the API asks for them. */
export function accountControl({
  accounts,
  owners,
  enabled,
  tokens,
  sessionSeconds,
}: AccountDoorOptions): AccountControl {
  const needed = (): void => {
    if (enabled) return;
    throw new ConflictError('accounts_off', 'This server has no accounts; set accounts.mode to "on" for them.');
  };
  const open = async (account: StoredAccount): Promise<OpenedSession> => {
    const { token, expiresAt } = await tokens.signIn(tokenAccount(account), sessionSeconds);
    const { password: _password, tokenVersion: _version, ...view } = account;
    return { token, expiresAt, account: view satisfies AccountView };
  };
  return {
    enabled,
    get awaitsFirstAdmin() {
      return enabled && accounts.firstToken !== undefined;
    },
    find: (id) => accounts.find(id),
    search: async (query) => (enabled ? accounts.search(query) : { items: [] }),
    create: async (person: NewAccount) => {
      needed();
      return accounts.create(person);
    },
    change: (id, change) => accounts.change(id, change),
    remove: (id) => accounts.remove(id),
    importText: async (text) => {
      needed();
      return accounts.importText(text);
    },
    signIn: async (login, password, address) => {
      needed();
      return open(await accounts.signIn(login, password, address));
    },
    changePassword: async (id, current, password, address) => {
      needed();
      return open(await accounts.changePassword(id, current, password, address));
    },
    own: (room, account) => owners.set(room, account),
    ownerOf: (room) => owners.ownerOf(room),
    signUpFirst: async (token, person, address) => {
      needed();
      return open(await accounts.signUpFirst(token, person, address));
    },
  };
}

function tokenAccount({ id, name, admin, tokenVersion }: StoredAccount): TokenAccount {
  return { user: { id, name }, admin, version: String(tokenVersion) };
}
