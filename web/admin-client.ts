/** The REST API for the admin page: what is asked of recordings beyond lists, and what only admins may know. */
import type {
  ChangeUser,
  CreateUser,
  PeopleFilter,
  RoomFilter,
  Session,
  TrashFilter,
  TrashedRecording,
  TrashList,
  User,
  UserImport,
} from '../src/client/types.ts';
import { ApiError } from './api-client.ts';
import type { Page } from './api-types.ts';
import type { DeliveryInfo, EventPage, WebhookInfo, WebhookOrder } from './event-types.ts';
import { RecordingClient } from './recording-client.ts';
import type { AdminRoom, AuditEntry, RecordingFile, RenderInfo, RenderOrder, SettingInfo } from './recording-types.ts';

interface RecordedTime {
  readonly room: string;
  readonly startedAt: string;
  readonly stoppedAt?: string | undefined;
}

/** Every method rejects with ApiError. */
export class AdminClient extends RecordingClient {
  /** Origin such as `https://example.org`. */
  readonly server: string;
  readonly token: string;

  constructor(server: string, token: string) {
    super(server, token);
    this.server = server;
    this.token = token;
  }

  /** How many clips of what a recording holds there are; none where its room is gone. */
  async clipsOf({ room, startedAt, stoppedAt }: RecordedTime): Promise<number> {
    const items = await this.client.rooms.clips(room).then(
      (list) => list.items,
      (error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return [];
        throw error;
      },
    );
    const [from, to] = [
      Date.parse(startedAt),
      stoppedAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(stoppedAt),
    ];
    return items.filter((clip) => Date.parse(clip.from) < to && Date.parse(clip.to) > from).length;
  }

  override rooms(signal?: AbortSignal, filter?: RoomFilter): Promise<Page<AdminRoom>> {
    return super.rooms(signal, filter);
  }

  /** At the moment that is recorded now. */
  async markRecording(id: string, label: string): Promise<void> {
    await this.client.recordings.mark(id, label);
  }

  /** What is in the trash, put in last first, and for how many days; 0: there is no trash. */
  trash(page: TrashFilter, signal?: AbortSignal): Promise<TrashList> {
    return this.client.recordings.listTrash(page, { signal });
  }

  /** One that is in the trash. */
  trashed(id: string, signal?: AbortSignal): Promise<TrashedRecording> {
    return this.client.recordings.getTrashed(id, { signal });
  }

  async trashRecording(id: string): Promise<void> {
    await this.client.recordings.trash(id);
  }

  async restoreRecording(id: string): Promise<void> {
    await this.client.recordings.restore(id);
  }

  /** For good, if it is in the trash still. */
  removeTrashed(id: string): Promise<void> {
    return this.client.recordings.removeTrashed(id);
  }

  async files(id: string, signal?: AbortSignal): Promise<readonly RecordingFile[]> {
    return (await this.client.recordings.files(id, { signal })).items;
  }

  async renders(id: string, signal?: AbortSignal): Promise<readonly RenderInfo[]> {
    return (await this.client.recordings.renders(id, { signal })).items;
  }

  startRender(id: string, order: RenderOrder): Promise<RenderInfo> {
    return this.json('POST', recordingPath(id, 'renders'), { body: order });
  }

  /** An address of what was rendered, to be used within a minute. */
  async renderLink(id: string, render: string): Promise<string> {
    return (await this.client.recordings.renderLink(id, render)).url;
  }

  removeRender(id: string, render: string): Promise<void> {
    return this.client.recordings.removeRender(id, render);
  }

  audit(filter: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Page<AuditEntry>> {
    return this.json('GET', '/api/audit', { query: filter, signal });
  }

  /** Oldest first. @param filter as the query of `GET /api/events` */
  events(filter: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<EventPage> {
    return this.json('GET', '/api/events', { query: filter, ...withSignal(signal) });
  }

  async webhooks(signal?: AbortSignal): Promise<readonly WebhookInfo[]> {
    return (await this.json<Page<WebhookInfo>>('GET', '/api/webhooks', withSignal(signal))).items;
  }

  /** With its secret, which is told this once. */
  createWebhook(order: WebhookOrder): Promise<WebhookInfo> {
    return this.json('POST', '/api/webhooks', { body: order });
  }

  changeWebhook(id: string, change: { readonly paused: boolean }): Promise<WebhookInfo> {
    return this.json('PATCH', `/api/webhooks/${encodeURIComponent(id)}`, { body: change });
  }

  /** Sends everything after an event again. */
  replayWebhook(id: string, after: number): Promise<WebhookInfo> {
    return this.json('POST', `/api/webhooks/${encodeURIComponent(id)}/replay`, { body: { after } });
  }

  async removeWebhook(id: string): Promise<void> {
    await this.fetch('DELETE', `/api/webhooks/${encodeURIComponent(id)}`);
  }

  /** Newest first. */
  async deliveries(id: string): Promise<readonly DeliveryInfo[]> {
    return (await this.json<Page<DeliveryInfo>>('GET', `/api/webhooks/${encodeURIComponent(id)}/deliveries`)).items;
  }

  /** Whether there are any, and whether the first admin's is still to be made. */
  async accounts(signal?: AbortSignal): Promise<Session['accounts']> {
    return (await this.client.session.get({ signal })).accounts;
  }

  /** By name. */
  people(filter: PeopleFilter, signal?: AbortSignal): Promise<Page<User>> {
    return this.client.users.list(filter, { signal });
  }

  addPerson(person: CreateUser): Promise<User> {
    return this.client.users.create(person);
  }

  changePerson(id: string, change: ChangeUser): Promise<User> {
    return this.client.users.change(id, change);
  }

  removePerson(id: string): Promise<void> {
    return this.client.users.remove(id);
  }

  /** @param list a line for each of them */
  importPeople(list: string): Promise<UserImport> {
    return this.client.users.import(list);
  }

  async settings(signal?: AbortSignal): Promise<readonly SettingInfo[]> {
    return (await this.json<Page<SettingInfo>>('GET', '/api/settings', withSignal(signal))).items;
  }

  /** The newest small picture of a live room; undefined while there is none. */
  async thumbnail(room: string, signal?: AbortSignal): Promise<string | undefined> {
    const folder = `/hls/${encodeURIComponent(room)}/`;
    const index = await this.#text(`${folder}index.m3u8`, signal);
    const playlist = index?.split(/\r?\n/).find((line) => line !== '' && !line.startsWith('#'));
    if (playlist === undefined) return undefined;
    // A pass of a private room stands in the path, so that pictures need no header.
    const list = new URL('thumbnails.vtt', new URL(playlist, new URL(`${folder}index.m3u8`, this.server)));
    const text = await this.#text(list.pathname, signal);
    const name = text
      ?.split(/\r?\n/)
      .map((line) => line.trim())
      .findLast((line) => /^thumbnail-\d{1,9}\.jpg$/.test(line));
    return name === undefined ? undefined : new URL(name, list).href;
  }

  async #text(path: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    const response = await this.fetch('GET', path, withSignal(signal));
    return response.ok ? response.text() : undefined;
  }
}

function recordingPath(...parts: readonly string[]): string {
  return ['/api/recordings', ...parts.map(encodeURIComponent)].join('/');
}

function withSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}
