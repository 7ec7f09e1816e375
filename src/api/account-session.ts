/** The session of an account, as what was got with it remembers it: it ends when they sign out, and with every other token of theirs. */

/** All of it may be told to whoever has the session. */
export interface AccountSession {
  /** Id of its token. */
  readonly token: string;
  /** Id of the account. */
  readonly user: string;
  /** Version of the account's tokens when it was got: another password and the like make it another one. */
  readonly version: string;
}
