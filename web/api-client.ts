/** The REST API for pages: typed requests, and problems as errors one can show. */
import type { Annotation } from '../src/layout/annotation.ts';
import type { Layout } from '../src/layout/layout.ts';
import type {
  Health,
  HealthCheck,
  Page,
  ParticipantChange,
  ParticipantInfo,
  RecordingInfo,
  RoomGlimpse,
  RoomImage,
  RoomInfo,
} from './api-types.ts';
import type { Problem } from './util/problem.ts';

/** An answer that is not the one wanted. `message` is a sentence for people. */
export class ApiError extends Error {
  /** HTTP status, 0 when there was no answer. */
  readonly status: number;
  /** The server's own name for it, empty when it gave none. */
  readonly code: string;

  constructor(message: string, status: number, code: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }

  /** No token, or one that does not hold or does not suffice. */
  get unauthorized(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** For a notice; a translation knows what the server said by `api.` and the server's own code. */
export function problemOf(title: string, error: unknown): Problem {
  const known = error instanceof ApiError && error.code !== '' ? { code: `api.${error.code}` } : {};
  return { title, detail: sentenceOf(error), retry: true, ...known };
}

/** An RFC 9457 problem body as an error; `status` and `fallback` speak when the body says nothing. */
export function problemToError(body: unknown, status: number): ApiError {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const text = (key: string): string => (typeof fields[key] === 'string' ? fields[key] : '');
  const message =
    text('detail') || text('title') || `The server answered with status ${status}; try again in a moment.`;
  return new ApiError(message, status, text('code') || (text('type').split(/[/#:]/).at(-1) ?? ''));
}

/** What goes with a request. */
export interface RequestOptions {
  /** Sent as it is when it is a Blob, else as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** Every method rejects with ApiError. */
export class ApiClient {
  readonly #server: string;
  readonly #token: string;

  /** @param server origin such as `https://example.org`; `token` may be empty. */
  constructor(server: string, token = '') {
    this.#server = server;
    this.#token = token;
  }

  /** With an empty title the server chooses one. A private room is watched by whoever has a link with a token. */
  createRoom(title: string, isPrivate = false): Promise<RoomInfo> {
    const body = {
      ...(title !== '' && { title }),
      ...(isPrivate && { viewing: { access: 'private' } }),
    };
    return this.json('POST', '/api/rooms', { body });
  }

  rooms(signal?: AbortSignal): Promise<Page<RoomInfo>> {
    return this.json('GET', '/api/rooms', signal ? { signal } : {});
  }

  /** Works without a token. */
  room(id: string): Promise<RoomGlimpse> {
    return this.json('GET', roomPath(id));
  }

  /** The server's wall clock, milliseconds since 1970. */
  async time(): Promise<number> {
    return (await this.json<{ readonly ms: number }>('GET', '/api/time')).ms;
  }

  /** Says that a viewer of this name watches; how many do, and whether what they see is being kept. */
  watch(room: string, viewer: string): Promise<{ readonly viewers: number; readonly recording: boolean }> {
    return this.json('POST', roomPath(room, 'viewers'), { body: { id: viewer } });
  }

  deleteRoom(id: string): Promise<void> {
    return this.empty('DELETE', roomPath(id));
  }

  /** For hosts. */
  async setLayout(room: string, layout: Layout): Promise<void> {
    await this.empty('PUT', roomPath(room, 'layout'), { body: layout });
  }

  /** For hosts. */
  async setAnnotation(room: string, annotation: Annotation): Promise<void> {
    await this.empty('PUT', roomPath(room, 'annotation'), { body: annotation });
  }

  async participants(room: string): Promise<readonly ParticipantInfo[]> {
    return (await this.json<Page<ParticipantInfo>>('GET', roomPath(room, 'participants'))).items;
  }

  /** For hosts. */
  changeParticipant(room: string, id: string, change: ParticipantChange): Promise<ParticipantInfo> {
    return this.json('PATCH', roomPath(room, 'participants', id), { body: change });
  }

  /** For hosts: undefined removes it. */
  setAvatar(room: string, id: string, picture: Blob | undefined): Promise<void> {
    return this.#setPicture(roomPath(room, 'participants', id, 'avatar'), picture);
  }

  /** For hosts: undefined removes it. */
  setRoomImage(room: string, image: RoomImage, picture: Blob | undefined): Promise<void> {
    return this.#setPicture(roomPath(room, 'images', image), picture);
  }

  /** The picture as it was uploaded. */
  async roomImage(room: string, image: RoomImage): Promise<Blob> {
    const response = await this.fetch('GET', roomPath(room, 'images', image), {});
    if (!response.ok) throw problemToError(await readJson(response), response.status);
    return response.blob();
  }

  /** An address anybody can join at. */
  async createInvite(room: string): Promise<string> {
    const body = { role: 'participant', invite: true };
    return (await this.json<{ link: string }>('POST', roomPath(room, 'tokens'), { body })).link;
  }

  /** For hosts: gives this moment of the program, and of the recording that runs, a name. */
  async mark(room: string, label: string): Promise<void> {
    await this.json('POST', roomPath(room, 'markers'), { body: { label } });
  }

  startRecording(room: string): Promise<RecordingInfo> {
    return this.json('POST', roomPath(room, 'recordings'));
  }

  /** Stops what runs or pauses in the room, if anything does. */
  async stopCurrentRecording(room: string): Promise<void> {
    const { currentRecording } = await this.room(room);
    if (currentRecording) await this.stopRecording(currentRecording.id);
  }

  stopRecording(id: string): Promise<RecordingInfo> {
    return this.json('POST', `/api/recordings/${encodeURIComponent(id)}/stop`);
  }

  retryRecording(id: string): Promise<RecordingInfo> {
    return this.json('POST', `/api/recordings/${encodeURIComponent(id)}/retry`);
  }

  recordings(filter: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Page<RecordingInfo>> {
    return this.json('GET', `/api/recordings?${new URLSearchParams(filter).toString()}`, signal ? { signal } : {});
  }

  deleteRecording(id: string): Promise<void> {
    return this.empty('DELETE', `/api/recordings/${encodeURIComponent(id)}`);
  }

  /** An address that downloads the MP4 without a header, for a short time. */
  async recordingLink(id: string): Promise<string> {
    const { url } = await this.json<{ url: string }>('POST', `/api/recordings/${encodeURIComponent(id)}/link`);
    return new URL(url, this.#server).href;
  }

  /** What works and what does not; a server that is not ready answers too. */
  async health(signal?: AbortSignal): Promise<Health> {
    const response = await this.fetch('GET', '/readyz', signal ? { signal } : {});
    const body = await readJson(response);
    const checks = typeof body === 'object' && body !== null && 'checks' in body ? body.checks : undefined;
    if (typeof checks !== 'object' || checks === null) throw problemToError(body, response.status);
    return checks as Record<string, HealthCheck>;
  }

  /** The JSON of an answer; no body at all is a failure. */
  protected async json<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.fetch(method, path, options);
    const body = await readJson(response);
    if (!response.ok || body === undefined) throw problemToError(body, response.status);
    return body as T;
  }

  #setPicture(path: string, picture: Blob | undefined): Promise<void> {
    return picture ? this.empty('PUT', path, { body: picture }) : this.empty('DELETE', path);
  }

  /** Of an answer only whether it is one. */
  protected async empty(method: string, path: string, options: RequestOptions = {}): Promise<void> {
    const response = await this.fetch(method, path, options);
    if (!response.ok) throw problemToError(await readJson(response), response.status);
  }

  /** Any answer, refusals too. */
  protected async fetch(method: string, path: string, options: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (this.#token !== '') headers['authorization'] = `Bearer ${this.#token}`;
    const { body } = options;
    if (body !== undefined) headers['content-type'] = body instanceof Blob ? body.type : 'application/json';
    try {
      return await fetch(new URL(path, this.#server), {
        method,
        headers,
        ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
        ...(options.signal ? { signal: options.signal } : {}),
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ApiError('The server does not answer; check the network, then try again.', 0, 'unreachable');
    }
  }
}

function roomPath(room: string, ...below: readonly string[]): string {
  return ['/api/rooms', ...[room, ...below].map(encodeURIComponent)].join('/');
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return (await response.json()) as unknown;
  } catch {
    return undefined;
  }
}
