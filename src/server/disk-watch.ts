/** Tells a room's hosts, and the events of its session, when the disk cannot keep what is recorded, and when it can again. */
import { type DiskProblem, shownProblem } from '../recorder/session/disk-problem.ts';
import type { SessionEvents } from '../recorder/session/live-session.ts';
import type { Room } from '../room/room.ts';
import type { Disposer } from '../util/clock.ts';
import type { Emitter } from '../util/emitter.ts';

/** What of a session the watch needs. */
export interface WatchedSession {
  readonly log: {
    readonly events: Pick<Emitter<{ problem: DiskProblem | undefined }>, 'on'>;
    readonly failed: DiskProblem | undefined;
  };
  readonly events: SessionEvents;
}

/** Owned by the room's pipeline. */
export class DiskWatch {
  readonly #room: Room;
  readonly #session: WatchedSession;
  readonly #disposers: Disposer[];
  /** What hosts were told last. */
  #told: string | undefined;

  constructor(room: Room, session: WatchedSession) {
    this.#room = room;
    this.#session = session;
    this.#disposers = [
      session.log.events.on('problem', (problem) => {
        session.events.write({ type: 'disk', state: problem ? 'full' : 'writes' });
        this.#look();
      }),
      // A recording may begin while the disk is full.
      room.events.on('changed', () => this.#look()),
    ];
  }

  close(): void {
    for (const dispose of this.#disposers) dispose();
  }

  #look(): void {
    const { recording, events } = this.#room;
    const code = recording ? this.#session.log.failed?.code : undefined;
    if (code === this.#told) return;
    this.#told = code;
    if (code) events.emit('notice', shownProblem(code));
    else if (recording) events.emit('notice', { code: 'disk_writes', message: WRITES });
  }
}

const WRITES = 'The disk takes the recording again; what came meanwhile is missing in it.';
