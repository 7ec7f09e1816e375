/** Still pictures of all rooms: stored first, then shown. Meets the API's `ImageControl`. */
import type { ImageControl } from '../api/ports.ts';
import { LimitError, NotFoundError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { PictureSlot, PictureStore } from '../room/picture-store.ts';
import type { Participant } from '../room/participant.ts';
import { ROOM_IMAGES, type Room, type RoomImage } from '../room/room.ts';
import type { Clock } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';
import type { RoomHost } from './room-host.ts';

/** Options of the pictures. */
export interface RoomPicturesOptions {
  readonly rooms: Pick<RoomHost, 'all' | 'room' | 'events'>;
  readonly store: Pick<PictureStore, 'get' | 'put' | 'remove'>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Changed pictures of a room or of somebody in it: each goes to the mixer, which is making the program, and up to three megabytes wait for it. */
const CHANGES_PER_SECOND = 0.2;
const CHANGE_BURST = 10;

/** One for all rooms, for as long as they are there. */
export class RoomPictures implements ImageControl {
  readonly #options: RoomPicturesOptions;
  readonly #paces = new WeakMap<Room | Participant, TokenBucket>();

  constructor(options: RoomPicturesOptions) {
    this.#options = options;
    options.rooms.events.on('joined', ({ room, participant }) => void this.#restoreAvatar(room, participant));
  }

  /** Brings the stored logos and backgrounds back. */
  async load(): Promise<void> {
    const { rooms, store } = this.#options;
    for (const room of rooms.all) {
      for (const slot of ROOM_IMAGES) {
        const data = await store.get(room.id, slot);
        if (data) room.setImage(slot, data);
      }
    }
  }

  find(roomId: string, slot: RoomImage): Uint8Array | undefined {
    return this.#room(roomId).image(slot);
  }

  async set(roomId: string, slot: RoomImage, data: Uint8Array | undefined): Promise<void> {
    const room = this.#room(roomId);
    this.#pace(room);
    await this.#store(roomId, slot, data);
    room.setImage(slot, data);
  }

  findAvatar(roomId: string, participantId: string): Uint8Array | undefined {
    return this.#participant(roomId, participantId).avatar;
  }

  async setAvatar(roomId: string, participantId: string, data: Uint8Array | undefined): Promise<void> {
    this.#pace(this.#participant(roomId, participantId));
    await this.#store(roomId, `avatar/${participantId}`, data);
    // Whoever has this id by now: they may have come back as another participant meanwhile.
    const room = this.#options.rooms.room(roomId);
    const participant = room?.find(participantId);
    if (room && participant) room.change(participant, { avatar: data });
  }

  #pace(of: Room | Participant): void {
    const pace = this.#paces.get(of) ?? new TokenBucket(this.#options.clock, CHANGES_PER_SECOND, CHANGE_BURST);
    this.#paces.set(of, pace);
    if (pace.take()) return;
    const waitS = Math.ceil(pace.waitMs() / 1000);
    throw new LimitError('rate_limited', 'The picture was changed too often; wait some seconds.', 429, waitS);
  }

  async #store(roomId: string, slot: PictureSlot, data: Uint8Array | undefined): Promise<void> {
    const { store } = this.#options;
    await (data ? store.put(roomId, slot, data) : store.remove(roomId, slot));
  }

  /** Whoever comes back with the same identity has their avatar again. */
  async #restoreAvatar(room: Room, participant: Participant): Promise<void> {
    const { store, log } = this.#options;
    try {
      const avatar = await store.get(room.id, `avatar/${participant.id}`);
      // They may have gone, or set another, while it was read.
      if (!avatar || room.find(participant.id) !== participant || participant.avatar) return;
      room.change(participant, { avatar });
    } catch (error) {
      log.warn('an avatar could not be read', { room: room.id, reason: messageOf(error) });
    }
  }

  #room(id: string): Room {
    const room = this.#options.rooms.room(id);
    if (!room) throw new NotFoundError('room_not_found', `There is no room "${id}"; create it first.`);
    return room;
  }

  #participant(roomId: string, id: string): Participant {
    const participant = this.#room(roomId).find(id);
    if (!participant) throw new NotFoundError('participant_not_found', 'This participant is no longer in the room.');
    return participant;
  }
}
