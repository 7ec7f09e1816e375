/**
 * The API of a Gridcast server for programs, in browsers and in Node: `import { GridcastClient } from 'gridcast/client'`. Needs
 * nothing but `fetch`. Types are those of the server's own schemas.
 */
import { Invites, Sessions, Users } from './accounts.ts';
import { Chat } from './chat.ts';
import { Events, Webhooks } from './events.ts';
import { Files } from './files.ts';
import type { Pause } from './timer.ts';
import { Recordings } from './recordings.ts';
import { Layouts, Participants, Rooms } from './rooms.ts';
import { apiPath, type CallOptions, Transport, type TransportOptions } from './transport.ts';
import type { AuditPage, CallFilter, CallPage, Readiness } from './types.ts';

export { GridcastError } from './gridcast-error.ts';
export type { ChatMessage, ChatQuery } from './chat.ts';
export type { FileOrder } from './files.ts';
export type { CallOptions } from './transport.ts';
export type {
  Annotation,
  AnnotationOrder,
  AuditPage,
  BannedPerson,
  CallFilter,
  CallPage,
  Caption,
  ChangeParticipant,
  ChangeUser,
  ChangeWebhook,
  ChatChanges,
  ChatEntry,
  Clip,
  CreateClip,
  CreateInvite,
  CreateRender,
  CreateRoom,
  CreateShare,
  CreateUser,
  CreateWebhook,
  Directory,
  Enter,
  EventFilter,
  EventPage,
  FileList,
  Invite,
  IssueToken,
  Layout,
  LayoutOrder,
  LinkOrder,
  NewShare,
  NewWebhook,
  Noted,
  OpenedSession,
  Page,
  Participant,
  PeopleFilter,
  Readiness,
  Recording,
  RecordingFile,
  RecordingFilter,
  RecordingMarker,
  Render,
  Room,
  RoomFilter,
  RoomGlimpse,
  Say,
  ServerEvent,
  Session,
  Share,
  SharedFile,
  SignIn,
  TimedLink,
  Token,
  UpdateRoom,
  User,
  UserImport,
  Viewers,
  Waiting,
  Webhook,
  WebhookDelivery,
} from './types.ts';

/** Options of a client. */
export interface GridcastClientOptions extends TransportOptions {
  /** For tests: how waiting before another try is done. */
  readonly pause?: Pause;
}

/** Every method rejects with GridcastError. */
export class GridcastClient {
  readonly rooms: Rooms;
  readonly layout: Layouts;
  readonly participants: Participants;
  readonly recordings: Recordings;
  readonly chat: Chat;
  readonly files: Files;
  readonly events: Events;
  readonly webhooks: Webhooks;
  readonly session: Sessions;
  readonly users: Users;
  readonly invites: Invites;
  readonly #transport: Transport;

  constructor(options: GridcastClientOptions) {
    const transport = new Transport(options);
    this.#transport = transport;
    this.rooms = new Rooms(transport);
    this.layout = new Layouts(transport);
    this.participants = new Participants(transport);
    this.recordings = new Recordings(transport);
    this.chat = new Chat(transport, options.pause);
    this.files = new Files(transport, options.pause);
    this.events = new Events(transport, options.pause);
    this.webhooks = new Webhooks(transport);
    this.session = new Sessions(transport);
    this.users = new Users(transport);
    this.invites = new Invites(transport);
  }

  /** The server's wall clock, milliseconds since 1970; with `room` the clock of its program while that is live. */
  async time({ room, ...options }: CallOptions & { readonly room?: string } = {}): Promise<number> {
    const request = { ...options, query: { room } };
    return (await this.#transport.json<{ readonly ms: number }>('GET', apiPath('time'), request)).ms;
  }

  /** What works and what does not; a server that is not ready answers too. */
  readiness(options?: CallOptions): Promise<Readiness> {
    return this.#transport.json('GET', '/readyz', { ...options, accepts: 503 });
  }

  /** The audit log, newest first. */
  audit(query: { readonly limit?: number; readonly cursor?: string } = {}, options?: CallOptions): Promise<AuditPage> {
    return this.#transport.json('GET', apiPath('audit'), { ...options, query });
  }

  /** One's own calls, for whoever has signed in. */
  calls(filter: CallFilter = {}, options?: CallOptions): Promise<CallPage> {
    return this.#transport.json('GET', apiPath('calls'), { ...options, query: filter });
  }

  /** Any route, for what has no method here: the JSON of its answer. `path` as the server's `/openapi.json` says it. */
  request<T = unknown>(
    method: string,
    path: string,
    options: CallOptions & { readonly body?: unknown } = {},
  ): Promise<T> {
    return this.#transport.json(method, path, options);
  }
}
