/** What an account is. */

/** An account as admins and its owner see it; never with a password. */
export interface AccountView {
  /** Random; never given to another account. */
  readonly id: string;
  /** What others see. */
  readonly name: string;
  /** What its owner signs in with, in lower case. */
  readonly login: string;
  readonly admin: boolean;
  /** May not sign in, and tokens given before do not hold. */
  readonly disabled: boolean;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** Which accounts are listed. */
export interface AccountQuery {
  /** Occurs in the name or the login; empty: in all of them. */
  readonly text: string;
  /** 1–100. */
  readonly limit: number;
  /** `next` of the part before; undefined: the first part. */
  readonly cursor?: string | undefined;
  /** Those that are disabled, too; default: without them. */
  readonly withDisabled?: boolean;
}

/** A part of a list. */
export interface AccountPage {
  readonly items: readonly AccountView[];
  /** The `cursor` of the part after it; absent at the end. */
  readonly next?: string;
}

/** A person to make an account for. */
export interface NewAccount {
  readonly login: string;
  readonly name: string;
  /** Without one nobody can sign in until an admin sets one. */
  readonly password?: string | undefined;
  readonly admin?: boolean | undefined;
}

/** What of an account is to be changed. */
export interface AccountChange {
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly admin?: boolean | undefined;
  readonly disabled?: boolean | undefined;
}

/** Why a line of a list was left out. */
export interface LineFault {
  /** Names the reason, for other languages. */
  readonly code: string;
  /** In English, without a full stop. */
  readonly reason: string;
  /** Numbers and names that the reason has in it. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** How an import went. */
export interface ImportReport {
  readonly created: number;
  /** Accounts that were there and got another name. */
  readonly updated: number;
  /** Accounts that were there, just like that. */
  readonly unchanged: number;
  /** Lines that were left out, the first hundred of them. */
  readonly faults: readonly (LineFault & { readonly line: number })[];
}
