/** The people of a server: who they are, and how they sign in. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { ConflictError, LimitError, NotFoundError, UnauthorizedError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import type {
  AccountChange,
  AccountPage,
  AccountQuery,
  AccountView,
  ImportReport,
  LineFault,
  NewAccount,
} from './account.ts';
import { type AccountPlace, type AccountStore, type StoredAccount, wordsOf } from './account-store.ts';
import type { AttemptLimits } from './attempt-limits.ts';
import { addressKey } from '../util/ip-address.ts';
import type { Passwords } from './password.ts';
import { readPeople } from './read-people.ts';

/** Accounts of a server. */
export const MAX_ACCOUNTS = 10_000;
/** People with passwords in one list: each takes a third of a second. */
export const MAX_IMPORTED_PASSWORDS = 100;

const TOO_MANY_PASSWORDS: LineFault = {
  code: 'too_many_passwords',
  reason: `a list sets at most ${MAX_IMPORTED_PASSWORDS} passwords; put this line into another`,
  values: { most: MAX_IMPORTED_PASSWORDS },
};
const TOO_MANY_ACCOUNTS: LineFault = {
  code: 'too_many_accounts',
  reason: `there are ${MAX_ACCOUNTS} accounts already`,
  values: { most: MAX_ACCOUNTS },
};

const MAX_FAULTS = 100;
const ALL = 'all';

/** Options of `Accounts`. */
export interface AccountsOptions {
  readonly store: AccountStore;
  readonly passwords: Pick<Passwords, 'hash' | 'verify'>;
  readonly limits: AttemptLimits;
  readonly clock: Clock;
}

type AccountEvents = {
  /** Id of an account whose tokens hold no more. */
  ended: string;
  /** Id of an account that is gone. */
  removed: string;
  /** Somebody is new, gone, or called otherwise: lists of people are asked for again. */
  changed: undefined;
};

/** Changes happen one after the other, so that the last admin is never two. */
export class Accounts {
  readonly events = new Emitter<AccountEvents>();
  readonly #options: AccountsOptions;
  readonly #changes = new KeyedQueue();
  #first: string | undefined;

  private constructor(options: AccountsOptions) {
    this.#options = options;
  }

  /** While there is no admin among them, whoever has `firstToken` becomes one. */
  static async open(options: AccountsOptions): Promise<Accounts> {
    const accounts = new Accounts(options);
    if ((await options.store.countAdmins()) === 0) accounts.#first = randomBytes(24).toString('base64url');
    return accounts;
  }

  /** Good for one use, until the server ends; undefined once there is an admin. */
  get firstToken(): string | undefined {
    return this.#first;
  }

  async find(id: string): Promise<AccountView | undefined> {
    const found = await this.#options.store.find(id);
    return found && viewOf(found);
  }

  /** An account as tokens of it are checked; undefined for one that is disabled. */
  async session(id: string): Promise<StoredAccount | undefined> {
    const found = await this.#options.store.find(id);
    return found?.disabled === false ? found : undefined;
  }

  /** In the order of their names. */
  async search({ limit, cursor, ...which }: AccountQuery): Promise<AccountPage> {
    const found = await this.#options.store.search({ ...which, limit: limit + 1, after: readCursor(cursor) });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const more = found.length > limit && last !== undefined;
    return { items: items.map(viewOf), ...(more && { next: writeCursor({ words: wordsOf(last), id: last.id }) }) };
  }

  /** @throws ConflictError `login_taken`, LimitError `too_many_accounts` or `passwords_busy`. */
  create(person: NewAccount): Promise<AccountView> {
    return this.#edit(async () => viewOf(await this.#create(person)));
  }

  /** Another password, or being disabled, ends what was signed in. @throws NotFoundError, ConflictError `last_admin`. */
  change(id: string, { name, password, admin, disabled }: AccountChange): Promise<AccountView> {
    return this.#edit(async () => {
      const before = await this.#existing(id);
      const changed: StoredAccount = {
        ...before,
        name: name ?? before.name,
        admin: admin ?? before.admin,
        disabled: disabled ?? before.disabled,
        ...(password !== undefined && { password: await this.#options.passwords.hash(password) }),
      };
      if (!isAdmin(changed)) await this.#keepAdmin(before);
      const ends = password !== undefined || (changed.disabled && !before.disabled) || before.admin !== changed.admin;
      const after = ends ? { ...changed, tokenVersion: before.tokenVersion + 1 } : changed;
      await this.#options.store.update(after);
      if (isAdmin(after)) this.#first = undefined;
      if (ends) this.events.emit('ended', id);
      return viewOf(after);
    });
  }

  /** @throws NotFoundError `user_not_found`, ConflictError `last_admin`. */
  remove(id: string): Promise<void> {
    return this.#edit(async () => {
      await this.#keepAdmin(await this.#existing(id));
      await this.#options.store.remove(id);
      this.events.emit('ended', id);
      this.events.emit('removed', id);
    });
  }

  /** Who is there already gets the name of the list, and keeps everything else. @throws BadRequestError `import_invalid`. */
  importText(text: string): Promise<ImportReport> {
    return this.#edit(async () => {
      const done = { created: 0, updated: 0, unchanged: 0 };
      const faults: (LineFault & { line: number })[] = [];
      let passwords = 0;
      for (const { line, person, fault } of readPeople(text)) {
        if (person?.password !== undefined) passwords += 1;
        const found = !person
          ? fault
          : passwords > MAX_IMPORTED_PASSWORDS
            ? TOO_MANY_PASSWORDS
            : await this.#import(person, done);
        if (found && faults.length < MAX_FAULTS) faults.push({ line, ...found });
      }
      return { ...done, faults };
    });
  }

  /**
   * Whose login and password these are. Nothing tells whether there is such a login: not the answer, not the time it takes.
   * @throws UnauthorizedError `sign_in_failed`, LimitError `too_many_attempts` or `passwords_busy`
   */
  async signIn(login: string, password: string, address: string | undefined): Promise<StoredAccount> {
    const { limits, passwords, store } = this.#options;
    const wanted = login.trim().toLowerCase();
    const keys = [`sign-in ${addressKey(address)}`, `account ${wanted}`] as const;
    limits.take(...keys);
    const found = await store.findLogin(wanted);
    const right = await passwords.verify(password, found?.password);
    if (!found || !right || found.disabled) {
      throw new UnauthorizedError('The login or the password is wrong; try again.', 'sign_in_failed');
    }
    limits.giveBack(...keys);
    return found;
  }

  /** @throws UnauthorizedError `sign_in_failed`, LimitError `too_many_attempts`, NotFoundError `user_not_found`. */
  async changePassword(
    id: string,
    current: string,
    password: string,
    address: string | undefined,
  ): Promise<StoredAccount> {
    const { login } = await this.#existing(id);
    await this.signIn(login, current, address);
    await this.change(id, { password });
    return this.#existing(id);
  }

  /** Makes the first admin. @throws UnauthorizedError `first_token_invalid`, LimitError `too_many_attempts`, ConflictError. */
  signUpFirst(token: string, person: NewAccount, address: string | undefined): Promise<StoredAccount> {
    this.#options.limits.take(`first ${addressKey(address)}`);
    return this.#edit(async () => {
      if (this.#first === undefined || !isSame(token, this.#first)) {
        throw new UnauthorizedError(
          'This link has been used or is of an earlier start; start the server again for another while there is no admin.',
          'first_token_invalid',
        );
      }
      const account = await this.#create({ ...person, admin: true });
      this.#first = undefined;
      return account;
    });
  }

  /** One after the other; of a list that fails in the middle some are changed, too. */
  #edit<T>(work: () => Promise<T>): Promise<T> {
    return this.#changes.run(ALL, async () => {
      try {
        return await work();
      } finally {
        this.events.emit('changed', undefined);
      }
    });
  }

  async #create({ login, name, password, admin = false }: NewAccount): Promise<StoredAccount> {
    const { store, passwords, clock } = this.#options;
    if ((await store.count()) >= MAX_ACCOUNTS) {
      throw new LimitError(
        'too_many_accounts',
        `This server has at most ${MAX_ACCOUNTS} accounts; remove some first.`,
        503,
      );
    }
    if (await store.findLogin(login)) throw loginTaken(login);
    const account: StoredAccount = {
      id: `u-${randomBytes(9).toString('base64url')}`,
      login,
      name,
      admin,
      disabled: false,
      createdAt: new Date(clock.wallMs()).toISOString(),
      tokenVersion: 1,
      ...(password !== undefined && { password: await passwords.hash(password) }),
    };
    if (!(await store.insert(account))) throw loginTaken(login);
    if (admin) this.#first = undefined;
    return account;
  }

  /** Why it was left out, if it was. */
  async #import(
    person: NewAccount,
    done: { created: number; updated: number; unchanged: number },
  ): Promise<LineFault | undefined> {
    const { store } = this.#options;
    const found = await store.findLogin(person.login);
    if (!found) {
      if ((await store.count()) >= MAX_ACCOUNTS) return TOO_MANY_ACCOUNTS;
      await this.#create(person);
      done.created += 1;
    } else if (found.name === person.name) {
      done.unchanged += 1;
    } else {
      await store.update({ ...found, name: person.name });
      done.updated += 1;
    }
    return undefined;
  }

  async #existing(id: string): Promise<StoredAccount> {
    const found = await this.#options.store.find(id);
    if (found) return found;
    throw new NotFoundError('user_not_found', 'There is no such account; it may have been removed already.');
  }

  async #keepAdmin(account: StoredAccount): Promise<void> {
    if (!isAdmin(account) || (await this.#options.store.countAdmins(account.id)) > 0) return;
    throw new ConflictError('last_admin', 'This is the only admin who can sign in; make somebody else an admin first.');
  }
}

function isAdmin({ admin, disabled }: AccountView): boolean {
  return admin && !disabled;
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}

function loginTaken(login: string): ConflictError {
  return new ConflictError('login_taken', `There is an account with the login "${login}"; choose another.`);
}

// Field by field: nobody is shown the hash.
function viewOf({ id, name, login, admin, disabled, createdAt }: StoredAccount): AccountView {
  return { id, name, login, admin, disabled, createdAt };
}

function writeCursor({ words, id }: AccountPlace): string {
  return Buffer.from(JSON.stringify([words, id])).toString('base64url');
}

function readCursor(cursor: string | undefined): AccountPlace | undefined {
  if (cursor === undefined) return undefined;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && typeof place[0] === 'string' && typeof place[1] === 'string') {
      return { words: place[0], id: place[1] };
    }
  } catch {
    // Not one of ours: told as the beginning.
  }
  return undefined;
}
