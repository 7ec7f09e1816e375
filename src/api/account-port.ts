/** Accounts, as far as the API uses them. */
import type {
  AccountChange,
  AccountPage,
  AccountQuery,
  AccountView,
  ImportReport,
  NewAccount,
} from '../accounts/account.ts';

/** Whoever has just signed in. */
export interface OpenedSession {
  readonly token: string;
  readonly expiresAt: Date;
  readonly account: AccountView;
}

/** The people of a server. */
export interface AccountControl {
  /** Whether there are accounts at all; without, nobody can sign in and lists are empty. */
  readonly enabled: boolean;
  /** Whether the link for the first admin waits to be used. */
  readonly awaitsFirstAdmin: boolean;
  find(id: string): Promise<AccountView | undefined>;
  /** In the order of their names. */
  search(query: AccountQuery): Promise<AccountPage>;
  /** @throws ConflictError `login_taken`, LimitError `too_many_accounts`. */
  create(account: NewAccount): Promise<AccountView>;
  /** @throws NotFoundError `user_not_found`, ConflictError `last_admin`. */
  change(id: string, change: AccountChange): Promise<AccountView>;
  /** @throws NotFoundError `user_not_found`, ConflictError `last_admin`. */
  remove(id: string): Promise<void>;
  /** Reads lines of `login,name[,password]`, with or without a first line that names the columns. @throws BadRequestError. */
  importText(text: string): Promise<ImportReport>;
  /**
   * @param address of the network, for the limits
   * @throws UnauthorizedError `sign_in_failed`, LimitError `too_many_attempts`, ConflictError `accounts_off`.
   */
  signIn(login: string, password: string, address: string | undefined): Promise<OpenedSession>;
  /** Needs the current one. @throws UnauthorizedError `sign_in_failed`, LimitError `too_many_attempts`. */
  changePassword(id: string, current: string, password: string, address: string | undefined): Promise<OpenedSession>;
  /** The account made the room, and is its host from now on. */
  own(room: string, account: string): Promise<void>;
  ownerOf(room: string): string | undefined;
  /** Makes the first admin with the one-time token. @throws UnauthorizedError `first_token_invalid`, ConflictError. */
  signUpFirst(token: string, admin: NewAccount, address: string | undefined): Promise<OpenedSession>;
}
