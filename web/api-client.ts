/** The REST API for pages: typed requests, and problems as errors one can show. */
import type { Annotation } from '../src/layout/annotation.ts';
import type { Layout } from '../src/layout/layout.ts';
import { GridcastClient } from '../src/client/client.ts';
import { GridcastError as ApiError } from '../src/client/gridcast-error.ts';
import type { CreateRoom, RoomFilter, UpdateRoom } from '../src/client/types.ts';
import { type RequestOptions, Transport } from '../src/client/transport.ts';
import type {
  DoorInfo,
  Health,
  Page,
  ParticipantChange,
  ParticipantInfo,
  RecordingInfo,
  RoomGlimpse,
  RoomImage,
  RoomInfo,
} from './api-types.ts';
import type { Words } from './i18n/words.ts';
import { type Problem, saidProblem } from './util/problem.ts';

export { GridcastError as ApiError, errorOfProblem as problemToError } from '../src/client/gridcast-error.ts';

/** For a notice; a translation knows what the server said by `api.` and the server's own code. */
export function problemOf(title: string, error: unknown): Problem {
  const detail = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiError)) return { ...saidProblem(detail, ''), title };
  const { code, retryAfter, field } = error;
  return { ...saidProblem(detail, code, retryAfter), title, ...(field !== undefined && { field }) };
}

/** The same sentence in the language of `words`, where that has one for it. */
export function reasonIn(words: Words, error: unknown): string {
  return words.problem(problemOf('', error)).detail;
}

/** The client of programs, with what pages want of it. Every method rejects with ApiError. */
export class ApiClient {
  protected readonly client: GridcastClient;
  readonly #transport: Transport;

  /**
   * @param server origin such as `https://example.org`; `token` may be empty
   * @param identity of somebody in the room (`ownIdentity`), where a link for many says nothing of who they are
   */
  constructor(server: string, token = '', identity?: string) {
    this.client = new GridcastClient({ url: server, token, identity });
    this.#transport = new Transport({ url: server, token, identity });
  }

  /** With an empty title the server chooses one. */
  createRoom(title: string, order: Omit<CreateRoom, 'title'> = {}): Promise<RoomInfo> {
    return this.client.rooms.create({ ...order, ...(title !== '' && { title }) });
  }

  /** Oldest first; without a limit all of them. */
  rooms(signal?: AbortSignal, filter: RoomFilter = {}): Promise<Page<RoomInfo>> {
    return this.client.rooms.list(filter, { signal });
  }

  /** Works without a token. */
  room(id: string): Promise<RoomGlimpse> {
    return this.client.rooms.get(id);
  }

  /** The clock of a room's live program, or else of the server, milliseconds since 1970. */
  time(room?: string): Promise<number> {
    return this.client.time(room === undefined ? {} : { room });
  }

  /** Says that a viewer of this name watches; how many do, and whether what they see is being kept. */
  watch(room: string, viewer: string): Promise<{ readonly viewers: number; readonly recording: boolean }> {
    return this.client.rooms.watch(room, viewer);
  }

  deleteRoom(id: string): Promise<void> {
    return this.client.rooms.remove(id);
  }

  /** For hosts: lets somebody in who waits, or sends them away. */
  admit(room: string, id: string, admit: boolean): Promise<void> {
    return this.client.rooms.admit(room, id, admit);
  }

  /** For hosts: the same with everybody who waits, as far as there are places. */
  admitAll(room: string, admit: boolean): Promise<{ readonly decided: number }> {
    return this.client.rooms.admitAll(room, admit);
  }

  /** For hosts: a room that would open later is open. */
  openNow(room: string): Promise<unknown> {
    return this.setDoor(room, { opensAt: null });
  }

  /** For hosts: changes what it names of who comes in. */
  async setDoor(room: string, door: NonNullable<UpdateRoom['door']>): Promise<DoorInfo> {
    return (await this.client.rooms.update(room, { door })).door;
  }

  /** A token to enter with one's own account, for who made the room and for admins. */
  async join(room: string): Promise<string> {
    return (await this.client.rooms.join(room)).token;
  }

  /** A token by the password of the room. */
  async enter(room: string, password: string, name: string): Promise<string> {
    return (await this.client.rooms.enter(room, { password, name })).token;
  }

  /** For hosts. */
  async setLayout(room: string, layout: Layout): Promise<void> {
    await this.client.layout.set(room, layout);
  }

  /** For hosts. */
  async setAnnotation(room: string, annotation: Annotation): Promise<void> {
    await this.client.layout.setAnnotation(room, annotation);
  }

  async participants(room: string): Promise<readonly ParticipantInfo[]> {
    return (await this.client.participants.list(room)).items;
  }

  /** For hosts. */
  changeParticipant(room: string, id: string, change: ParticipantChange): Promise<ParticipantInfo> {
    return this.client.participants.change(room, id, change);
  }

  /** For hosts: undefined removes it. */
  setAvatar(room: string, id: string, picture: Blob | undefined): Promise<void> {
    return this.client.participants.setAvatar(room, id, picture);
  }

  /** For hosts: undefined removes it. */
  setRoomImage(room: string, image: RoomImage, picture: Blob | undefined): Promise<void> {
    return this.client.layout.setImage(room, image, picture);
  }

  /** The picture as it was uploaded. */
  async roomImage(room: string, image: RoomImage): Promise<Blob> {
    return (await this.client.layout.image(room, image)).blob();
  }

  /** For hosts: gives this moment of the program, and of the recording that runs, a name. */
  async mark(room: string, label: string): Promise<void> {
    await this.client.rooms.mark(room, label);
  }

  startRecording(room: string): Promise<RecordingInfo> {
    return this.client.recordings.start(room);
  }

  /** Stops what runs or pauses in the room; resolves with its id, undefined when nothing does. */
  async stopCurrentRecording(room: string): Promise<string | undefined> {
    const { currentRecording } = await this.room(room);
    if (currentRecording) await this.stopRecording(currentRecording.id);
    return currentRecording?.id;
  }

  /** Leaves out what comes until it goes on. */
  pauseRecording(id: string): Promise<RecordingInfo> {
    return this.client.recordings.pause(id);
  }

  /** Goes on after a pause. */
  resumeRecording(id: string): Promise<RecordingInfo> {
    return this.client.recordings.resume(id);
  }

  stopRecording(id: string): Promise<RecordingInfo> {
    return this.client.recordings.stop(id);
  }

  retryRecording(id: string): Promise<RecordingInfo> {
    return this.client.recordings.retry(id);
  }

  recordings(filter: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Page<RecordingInfo>> {
    return this.json('GET', '/api/recordings', { query: filter, signal });
  }

  deleteRecording(id: string): Promise<void> {
    return this.client.recordings.remove(id);
  }

  /** An address that downloads the MP4 without a header, for a short time. */
  async recordingLink(id: string): Promise<string> {
    return (await this.client.recordings.link(id)).url;
  }

  /** What works and what does not; a server that is not ready answers too. */
  async health(signal?: AbortSignal): Promise<Health> {
    return (await this.client.readiness({ signal })).checks;
  }

  /** The JSON of an answer; no body at all is a failure. */
  protected json<T>(method: string, path: string, options?: RequestOptions): Promise<T> {
    return this.#transport.json(method, path, options);
  }

  /** Only whether it is answered, not with what. */
  protected empty(method: string, path: string, options?: RequestOptions): Promise<void> {
    return this.#transport.empty(method, path, options);
  }

  /** Any answer, refusals too. */
  protected fetch(method: string, path: string, options?: RequestOptions): Promise<Response> {
    return this.#transport.send(method, path, options);
  }
}
