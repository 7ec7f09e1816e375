/** Who asks, who has an account, and links that let people in. */
import { apiPath, type CallOptions, type Transport } from './transport.ts';
import type {
  ChangeUser,
  CreateInvite,
  CreateUser,
  Directory,
  Invite,
  OpenedSession,
  Page,
  PeopleFilter,
  Session,
  SignIn,
  User,
  UserImport,
} from './types.ts';

/** The session of whoever asks. Every method rejects with GridcastError. */
export class Sessions {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Signs in; make another client with the token that comes. */
  open(who: SignIn, options?: CallOptions): Promise<OpenedSession> {
    return this.#transport.json('POST', apiPath('session'), { ...options, body: who });
  }

  /** Who the token of this client says one is. */
  get(options?: CallOptions): Promise<Session> {
    return this.#transport.json('GET', apiPath('session'), options);
  }

  /** Signs out: the token holds no more. */
  close(options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('session'), options);
  }
}

/** The accounts of a server. Every method rejects with GridcastError. */
export class Users {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(filter: PeopleFilter = {}, options?: CallOptions): Promise<Page<User>> {
    return this.#transport.json('GET', apiPath('users'), { ...options, query: filter });
  }

  create(user: CreateUser, options?: CallOptions): Promise<User> {
    return this.#transport.json('POST', apiPath('users'), { ...options, body: user });
  }

  change(user: string, change: ChangeUser, options?: CallOptions): Promise<User> {
    return this.#transport.json('PATCH', apiPath('users', user), { ...options, body: change });
  }

  remove(user: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('users', user), options);
  }

  /** Makes accounts of the lines of a table; what is wrong with a line is told. */
  import(table: string, options?: CallOptions): Promise<UserImport> {
    const body = new Blob([table], { type: 'text/csv' });
    return this.#transport.json('POST', apiPath('users', 'import'), { ...options, body });
  }

  /** Names and ids alone, for whoever has signed in. */
  directory(filter: PeopleFilter = {}, options?: CallOptions): Promise<Directory> {
    return this.#transport.json('GET', apiPath('directory'), { ...options, query: filter });
  }
}

/** Links that let people into a room, until they end or are taken back. Every method rejects with GridcastError. */
export class Invites {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  create(room: string, invite: CreateInvite, options?: CallOptions): Promise<Invite> {
    return this.#transport.json('POST', apiPath('rooms', room, 'invites'), { ...options, body: invite });
  }

  list(room: string, options?: CallOptions): Promise<Page<Invite>> {
    return this.#transport.json('GET', apiPath('rooms', room, 'invites'), options);
  }

  /** Takes it back: whoever came by it is out at once. */
  revoke(room: string, invite: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('rooms', room, 'invites', invite), options);
  }
}
