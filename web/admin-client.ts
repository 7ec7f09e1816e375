/** The REST API for the admin page: what is asked of recordings beyond lists, and what only admins may know. */
import { ApiClient, problemToError } from './api-client.ts';
import type { Page, RecordingInfo } from './api-types.ts';
import type {
  AdminRoom,
  AuditEntry,
  RecordingFile,
  RenderInfo,
  RenderOrder,
  SettingInfo,
  ShareInfo,
} from './recording-types.ts';

/** An address that carries its own permission, for a while. */
interface TimedLink {
  readonly url: string;
}

/** Every method rejects with ApiError. */
export class AdminClient extends ApiClient {
  readonly #origin: string;

  /** @param server origin such as `https://example.org`. */
  constructor(server: string, token: string) {
    super(server, token);
    this.#origin = server;
  }

  override rooms(signal?: AbortSignal): Promise<Page<AdminRoom>> {
    return super.rooms(signal);
  }

  /** With its steps and the newest lines of its log. */
  recording(id: string, signal?: AbortSignal): Promise<RecordingInfo> {
    return this.json('GET', recordingPath(id), withSignal(signal));
  }

  pauseRecording(id: string): Promise<RecordingInfo> {
    return this.json('POST', recordingPath(id, 'pause'));
  }

  resumeRecording(id: string): Promise<RecordingInfo> {
    return this.json('POST', recordingPath(id, 'resume'));
  }

  /** At the moment that is recorded now. */
  markRecording(id: string, label: string): Promise<void> {
    return this.empty('POST', recordingPath(id, 'markers'), { body: { label } });
  }

  async files(id: string, signal?: AbortSignal): Promise<readonly RecordingFile[]> {
    return (await this.json<Page<RecordingFile>>('GET', recordingPath(id, 'files'), withSignal(signal))).items;
  }

  /** A file of the archive as it is; undefined when the archive has none of this name. */
  async file(id: string, name: string, signal?: AbortSignal): Promise<Blob | undefined> {
    const response = await this.fetch('GET', recordingPath(id, 'files', name), withSignal(signal));
    if (response.status === 404 || response.status === 409) return undefined;
    if (!response.ok) throw problemToError(undefined, response.status);
    return response.blob();
  }

  /** An address of one file that needs no header, to be used within `ttl` seconds. */
  fileLink(id: string, name: string, ttl?: number): Promise<string> {
    return this.#link(recordingPath(id, 'link'), { name, ...(ttl !== undefined && { ttl }) });
  }

  /** An address of everything in one archive, to be used within a minute. */
  bundleLink(id: string): Promise<string> {
    return this.#link(recordingPath(id, 'link'), { name: 'bundle.zip' });
  }

  /** The address of a playlist that grows while the recording does, good for hours. */
  hlsLink(id: string): Promise<string> {
    return this.#link(recordingPath(id, 'hls-link'));
  }

  async renders(id: string, signal?: AbortSignal): Promise<readonly RenderInfo[]> {
    return (await this.json<Page<RenderInfo>>('GET', recordingPath(id, 'renders'), withSignal(signal))).items;
  }

  startRender(id: string, order: RenderOrder): Promise<RenderInfo> {
    return this.json('POST', recordingPath(id, 'renders'), { body: order });
  }

  /** An address of what was rendered, to be used within a minute. */
  renderLink(id: string, render: string): Promise<string> {
    return this.#link(recordingPath(id, 'renders', render, 'link'));
  }

  removeRender(id: string, render: string): Promise<void> {
    return this.empty('DELETE', recordingPath(id, 'renders', render));
  }

  async shares(id: string, signal?: AbortSignal): Promise<readonly ShareInfo[]> {
    return (await this.json<Page<ShareInfo>>('GET', recordingPath(id, 'shares'), withSignal(signal))).items;
  }

  /** @param order.ttl seconds. */
  share(id: string, order: { readonly ttl: number; readonly watchPage: boolean }): Promise<ShareInfo> {
    return this.json('POST', recordingPath(id, 'shares'), { body: order });
  }

  unshare(id: string, share: string): Promise<void> {
    return this.empty('DELETE', recordingPath(id, 'shares', share));
  }

  audit(filter: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Page<AuditEntry>> {
    return this.json('GET', `/api/audit?${new URLSearchParams(filter).toString()}`, withSignal(signal));
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
    const list = new URL('thumbnails.vtt', new URL(playlist, new URL(`${folder}index.m3u8`, this.#origin)));
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

  async #link(path: string, body: object = {}): Promise<string> {
    return new URL((await this.json<TimedLink>('POST', path, { body })).url, this.#origin).href;
  }
}

function recordingPath(...parts: readonly string[]): string {
  return ['/api/recordings', ...parts.map(encodeURIComponent)].join('/');
}

function withSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}
