/** Clips as hosts make them: whoever is in the room is told of each. */
import type { ClipControl } from '../api/clip-port.ts';
import type { Moderator } from '../api/moderation-port.ts';
import type { ClipRequest } from '../recorder/clips/clip-range.ts';
import type { ClipFile, Clips, ClipView } from '../recorder/clips/clips.ts';
import type { Room } from '../room/room.ts';
import { actingPerson, toldName } from './acting-person.ts';

/** Options. */
export interface RoomClipsOptions {
  readonly clips: Pick<Clips, 'make' | 'list' | 'file' | 'remove'>;
  readonly room: (id: string) => Pick<Room, 'find' | 'participants' | 'events'> | undefined;
}

/** Nothing to close. */
export class RoomClips implements ClipControl {
  readonly #options: RoomClipsOptions;

  constructor(options: RoomClipsOptions) {
    this.#options = options;
  }

  async make(id: string, request: ClipRequest, by: Moderator, title?: string): Promise<ClipView> {
    const clip = await this.#options.clips.make(id, request, title);
    const room = this.#options.room(id);
    const name = room && toldName(actingPerson(room, by));
    room?.events.emit('clipped', { seconds: clip.duration, newest: 'last' in request, by: name });
    return clip;
  }

  list(id: string): readonly ClipView[] {
    return this.#options.clips.list(id);
  }

  file(id: string, clip: string): ClipFile {
    return this.#options.clips.file(id, clip);
  }

  remove(id: string, clip: string): Promise<void> {
    return this.#options.clips.remove(id, clip);
  }
}
