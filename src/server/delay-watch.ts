/** Measures the age of what the program shows, for the metrics and for the people in the room. */
import type { TrackAge } from '../mixer/mixer.ts';
import type { HopMedia, HopObserver } from '../room/hop-times.ts';
import type { PictureDelay, Room } from '../room/room.ts';

/** Older pictures are no delay: somebody holds them. */
const MOST_MS = 5000;

/** Owned by the room's pipeline, which tells it of everything. */
export class DelayWatch {
  readonly #room: Room;
  readonly #hops: HopObserver;
  #told: readonly PictureDelay[] = [];

  constructor(room: Room, hops: HopObserver) {
    this.#room = room;
    this.#hops = hops;
  }

  /** As the mixer measured in the last second. */
  ages(ages: readonly TrackAge[]): void {
    const delays = new Map<string, PictureDelay>();
    for (const { participant: id, track, ms } of ages) {
      if (ms > MOST_MS) continue;
      const media: HopMedia = track.kind === 'audio' ? 'sound' : 'picture';
      if (track.transitMs !== undefined) this.#hops.observeHop('ingest_program', media, ms - track.transitMs);
      const aheadMs = this.#room.find(id)?.clockAheadMs;
      if (track.kind === 'audio' || aheadMs === undefined) continue;
      const programMs = Math.max(0, Math.round(ms + aheadMs));
      // The camera counts where one person sends several pictures.
      if (!delays.has(id) || track.source === 'camera') delays.set(id, { id, programMs });
    }
    const told = [...delays.values()];
    if (told.length === 0 && this.#told.length === 0) return;
    this.#told = told;
    this.#room.events.emit('delays', told);
  }

  /** A packet of the program's picture leaves for everybody, so long after the time of its frame. */
  packet(ms: number): void {
    this.#hops.observeHop('program_packet', 'picture', ms);
  }
}
