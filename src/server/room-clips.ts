/** Clips as hosts make them: whoever is in the room is told of each, and who saves and deletes them is recorded. */
import type { ClipControl } from '../api/clip-port.ts';
import type { Moderator } from '../api/moderation-port.ts';
import type { EventPerson, EventSink } from '../events/event.ts';
import type { EventType } from '../events/event-types.ts';
import type { ClipRequest } from '../recorder/clips/clip-range.ts';
import type { ClipFile, Clips, ClipView } from '../recorder/clips/clips.ts';
import type { Room } from '../room/room.ts';
import { actingPerson, toldName } from './acting-person.ts';

/** Options. */
export interface RoomClipsOptions {
  readonly clips: Pick<Clips, 'make' | 'list' | 'file' | 'remove'>;
  readonly events: EventSink;
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
    const actor = this.#actor(id, by);
    const told = { seconds: clip.duration, newest: 'last' in request, by: toldName(actor) };
    this.#options.room(id)?.events.emit('clipped', told);
    this.#record('clip.saved', clip, actor);
    return clip;
  }

  list(id: string): readonly ClipView[] {
    return this.#options.clips.list(id);
  }

  file(id: string, clip: string): ClipFile {
    return this.#options.clips.file(id, clip);
  }

  async remove(id: string, clip: string, by: Moderator): Promise<void> {
    const { clip: gone } = this.#options.clips.file(id, clip);
    await this.#options.clips.remove(id, clip);
    this.#record('clip.deleted', gone, this.#actor(id, by));
  }

  #actor(id: string, by: Moderator): EventPerson {
    const room = this.#options.room(id);
    return room ? actingPerson(room, by) : by.person;
  }

  #record(type: EventType, { id, room, title, duration }: ClipView, actor: EventPerson): void {
    this.#options.events.record({ type, room, actor, data: { clip: id, title, duration } });
  }
}
