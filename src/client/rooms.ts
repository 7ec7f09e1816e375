/** Rooms, who is in them, and how their program looks. */
import { apiPath, type CallOptions, type RequestOptions, type Transport } from './transport.ts';
import type {
  Annotation,
  AnnotationOrder,
  BannedPerson,
  Caption,
  ChangeParticipant,
  Clip,
  CreateClip,
  CreateRoom,
  Enter,
  IssueToken,
  Layout,
  LayoutOrder,
  Noted,
  Page,
  Participant,
  Room,
  RoomFilter,
  RoomGlimpse,
  TimedLink,
  Token,
  UpdateRoom,
  Viewers,
  Waiting,
} from './types.ts';

/** Every method rejects with GridcastError. */
export class Rooms {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  create(room: CreateRoom = {}, options?: CallOptions): Promise<Room> {
    return this.#transport.json('POST', apiPath('rooms'), { ...options, body: room });
  }

  /** Oldest first; without a limit all of them. */
  list(filter: RoomFilter = {}, options?: CallOptions): Promise<Page<Room>> {
    return this.#transport.json('GET', apiPath('rooms'), { ...options, query: filter });
  }

  /** Works without a token, and then says little. */
  get(room: string, options?: CallOptions): Promise<RoomGlimpse> {
    return this.#transport.json('GET', apiPath('rooms', room), options);
  }

  /** Changes what it names. */
  update(room: string, change: UpdateRoom, options?: CallOptions): Promise<Room> {
    return this.#transport.json('PATCH', apiPath('rooms', room), { ...options, body: change });
  }

  /** Ends it for everybody; its recordings stay. */
  remove(room: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('rooms', room), options);
  }

  /** Signs a token, which never outlives the one that asks for it. */
  token(room: string, token: IssueToken, options?: CallOptions): Promise<Token> {
    return this.#transport.json('POST', apiPath('rooms', room, 'tokens'), { ...options, body: token });
  }

  /** A token to enter with one's own account: for who made the room, and for admins. */
  join(room: string, options?: CallOptions): Promise<Token> {
    return this.#transport.json('POST', apiPath('rooms', room, 'join'), options);
  }

  /** Ends the session that runs for everybody; the room stays. */
  end(room: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('POST', apiPath('rooms', room, 'end'), options);
  }

  /** Gives this moment of the program, and of a recording that runs, a name. */
  mark(room: string, label: string, options?: CallOptions): Promise<Noted> {
    return this.#transport.json('POST', apiPath('rooms', room, 'markers'), { ...options, body: { label } });
  }

  /** Shows viewers a text for some seconds. */
  caption(room: string, caption: Caption, options?: CallOptions): Promise<Noted> {
    return this.#transport.json('POST', apiPath('rooms', room, 'captions'), { ...options, body: caption });
  }

  /** Says that a viewer of this name watches, for the next half minute; how many do. */
  watch(room: string, viewer: string, options?: CallOptions): Promise<Viewers> {
    return this.#transport.json('POST', apiPath('rooms', room, 'viewers'), { ...options, body: { id: viewer } });
  }

  /** Who waits before it; for hosts. */
  waiting(room: string, options?: CallOptions): Promise<Page<Waiting>> {
    return this.#transport.json('GET', apiPath('rooms', room, 'waiting'), options);
  }

  /** Lets somebody in who waits, or sends them away; for hosts. */
  admit(room: string, waiting: string, admit: boolean, options?: CallOptions): Promise<void> {
    return this.#transport.empty('POST', apiPath('rooms', room, 'waiting', waiting), { ...options, body: { admit } });
  }

  /** Lets everybody in who waits, as far as there are places, or sends them away; for hosts. */
  admitAll(room: string, admit: boolean, options?: CallOptions): Promise<{ readonly decided: number }> {
    return this.#transport.json('POST', apiPath('rooms', room, 'waiting'), { ...options, body: { admit } });
  }

  /** A token for whoever knows the password of the room. */
  enter(room: string, entry: Enter, options?: CallOptions): Promise<Token> {
    return this.#transport.json('POST', apiPath('rooms', room, 'enter'), { ...options, body: entry });
  }

  /** Takes the right to watch from everybody who was given it so far. */
  expelViewers(room: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('rooms', room, 'viewers'), options);
  }

  /** Cuts an MP4 out of what was live. */
  createClip(room: string, clip: CreateClip, options?: CallOptions): Promise<Clip> {
    return this.#transport.json('POST', apiPath('rooms', room, 'clips'), { ...options, body: clip });
  }

  clips(room: string, options?: CallOptions): Promise<Page<Clip>> {
    return this.#transport.json('GET', apiPath('rooms', room, 'clips'), options);
  }

  /** A link that downloads a clip without a header, for so many seconds. */
  clipLink(room: string, clip: string, ttl: number, options?: CallOptions): Promise<TimedLink> {
    return this.#transport.json('POST', apiPath('rooms', room, 'clips', clip, 'link'), { ...options, body: { ttl } });
  }

  removeClip(room: string, clip: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('rooms', room, 'clips', clip), options);
  }
}

/** Who stands where in a room's program, and what is drawn over it. Every method rejects with GridcastError. */
export class Layouts {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  get(room: string, options?: CallOptions): Promise<Layout> {
    return this.#transport.json('GET', apiPath('rooms', room, 'layout'), options);
  }

  /** What is left out takes its default. */
  set(room: string, layout: LayoutOrder, options?: CallOptions): Promise<Layout> {
    return this.#transport.json('PUT', apiPath('rooms', room, 'layout'), { ...options, body: layout });
  }

  annotation(room: string, options?: CallOptions): Promise<Annotation> {
    return this.#transport.json('GET', apiPath('rooms', room, 'annotation'), options);
  }

  /** What is left out takes its default. */
  setAnnotation(room: string, annotation: AnnotationOrder, options?: CallOptions): Promise<Annotation> {
    return this.#transport.json('PUT', apiPath('rooms', room, 'annotation'), { ...options, body: annotation });
  }

  /** A picture of the room as it was uploaded. */
  image(room: string, slot: 'logo' | 'background', options?: CallOptions): Promise<Response> {
    return this.#transport.response('GET', apiPath('rooms', room, 'images', slot), options);
  }

  /** A PNG, JPEG or WebP of at most 2 MiB; undefined removes it. */
  setImage(room: string, slot: 'logo' | 'background', picture: Blob | undefined, options?: CallOptions): Promise<void> {
    return setPicture(this.#transport, apiPath('rooms', room, 'images', slot), picture, options);
  }
}

/** The people in a room. Every method rejects with GridcastError. */
export class Participants {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  list(room: string, options?: CallOptions): Promise<Page<Participant>> {
    return this.#transport.json('GET', apiPath('rooms', room, 'participants'), options);
  }

  change(room: string, id: string, change: ChangeParticipant, options?: CallOptions): Promise<Participant> {
    return this.#transport.json('PATCH', apiPath('rooms', room, 'participants', id), { ...options, body: change });
  }

  /** Sends them away. */
  remove(room: string, id: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('rooms', room, 'participants', id), options);
  }

  /** Sends somebody who is there away, and keeps them out. */
  ban(room: string, participant: string, options?: CallOptions): Promise<BannedPerson> {
    return this.#transport.json('POST', apiPath('rooms', room, 'bans'), { ...options, body: { participant } });
  }

  bans(room: string, options?: CallOptions): Promise<Page<BannedPerson>> {
    return this.#transport.json('GET', apiPath('rooms', room, 'bans'), options);
  }

  unban(room: string, ban: string, options?: CallOptions): Promise<void> {
    return this.#transport.empty('DELETE', apiPath('rooms', room, 'bans', ban), options);
  }

  /** Silences everybody but hosts, or lets them be heard again; for how many that is a change. */
  async muteAll(room: string, muted = true, options?: CallOptions): Promise<number> {
    return this.#changed(apiPath('rooms', room, 'mute'), { ...options, body: { muted } });
  }

  /** How many hands were up. */
  async lowerHands(room: string, options?: CallOptions): Promise<number> {
    return this.#changed(apiPath('rooms', room, 'hands', 'lower'), options);
  }

  async #changed(path: string, options: RequestOptions | undefined): Promise<number> {
    return (await this.#transport.json<{ readonly changed: number }>('POST', path, options)).changed;
  }

  /** A PNG, JPEG or WebP of at most 2 MiB that stands for them without a camera; undefined removes it. */
  setAvatar(room: string, id: string, picture: Blob | undefined, options?: CallOptions): Promise<void> {
    return setPicture(this.#transport, apiPath('rooms', room, 'participants', id, 'avatar'), picture, options);
  }
}

function setPicture(
  transport: Transport,
  path: string,
  picture: Blob | undefined,
  options: CallOptions | undefined,
): Promise<void> {
  return picture
    ? transport.empty('PUT', path, { ...options, body: picture })
    : transport.empty('DELETE', path, options);
}
