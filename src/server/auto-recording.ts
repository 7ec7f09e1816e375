/** Starts recordings of rooms that record automatically, with the first frame of each session. */
import { ConflictError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Room } from '../room/room.ts';

/** Options of `AutoRecording`. */
export interface AutoRecordingOptions {
  /** Records the session that has just begun in a room, from its first frame. */
  readonly start: (roomId: string) => Promise<unknown>;
  readonly log: Logger;
}

/** For each session `prepare`, then `begin` or `giveUp`. */
export class AutoRecording {
  readonly #options: AutoRecordingOptions;

  constructor(options: AutoRecordingOptions) {
    this.#options = options;
  }

  /**
   * Says whether it records, whatever was said of the session before, which may still be ending: to be called before anything of
   * the session is made, so that nobody is in a picture unasked. @param auto whether one of the other two will follow
   */
  prepare(room: Room, auto: boolean): void {
    room.recordingMark = auto ? 'recording' : 'off';
  }

  /** Starts; hosts are told what is in the way. Never rejects. */
  async begin(room: Room): Promise<void> {
    try {
      await this.#options.start(room.id);
    } catch (error) {
      // Somebody was quicker, or what a crash had interrupted goes on.
      if (error instanceof ConflictError && error.code === 'already_recording') return;
      this.#tell(room, messageOf(error));
    }
  }

  /** The session has no log that could be recorded; hosts are told. */
  giveUp(room: Room): void {
    this.#tell(room, 'The data folder does not take the session.');
  }

  #tell(room: Room, reason: string): void {
    room.recordingMark = 'off';
    this.#options.log.warn('a room that should be recorded by itself is not', { room: room.id, reason });
    const message = `This session is not recorded: ${reason} Start the recording by hand when that is mended.`;
    room.events.emit('notice', { code: 'auto_recording_failed', message });
  }
}
