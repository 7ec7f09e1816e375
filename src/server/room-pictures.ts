/** Still pictures of all rooms: stored first, then shown. Meets the API's `ImageControl`. */
import type { ImageControl } from '../api/ports.ts';
import { NotFoundError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { PictureSlot, PictureStore } from '../room/picture-store.ts';
import { type Participant, ROOM_IMAGES, type Room, type RoomImage } from '../room/room.ts';
import type { RoomHost } from './room-host.ts';

/** Options of the pictures. */
export interface RoomPicturesOptions {
  readonly rooms: Pick<RoomHost, 'all' | 'room' | 'events'>;
  readonly store: Pick<PictureStore, 'get' | 'put' | 'remove'>;
  readonly log: Logger;
}

/** One for all rooms, for as long as they are there. */
export class RoomPictures implements ImageControl {
  readonly #options: RoomPicturesOptions;

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
    await this.#store(roomId, slot, data);
    room.setImage(slot, data);
  }

  findAvatar(roomId: string, participantId: string): Uint8Array | undefined {
    return this.#participant(roomId, participantId).avatar;
  }

  async setAvatar(roomId: string, participantId: string, data: Uint8Array | undefined): Promise<void> {
    this.#participant(roomId, participantId);
    await this.#store(roomId, `avatar/${participantId}`, data);
    // Whoever has this id by now: they may have come back as another participant meanwhile.
    const room = this.#options.rooms.room(roomId);
    const participant = room?.find(participantId);
    if (room && participant) room.change(participant, { avatar: data });
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
    if (!participant) throw new NotFoundError('participant_not_found', 'This participant is not in the room any more.');
    return participant;
  }
}
