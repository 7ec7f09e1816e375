/** Starts recordings of rooms that record automatically, with the first frame of each session. */
import { ConflictError, messageOf, UnavailableError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Room } from '../room/room.ts';

/** Options of `AutoRecording`. */
export interface AutoRecordingOptions {
  /** Records the session that has just begun in a room, from its first frame. */
  readonly start: (roomId: string) => Promise<unknown>;
  readonly log: Logger;
}

/** For each session `prepare`, then `begin`. */
export class AutoRecording {
  readonly #options: AutoRecordingOptions;

  constructor(options: AutoRecordingOptions) {
    this.#options = options;
  }

  /**
   * Says whether it records, whatever was said of the session before, which may still be ending: to be called before anything of
   * the session is made, so that nobody is in a picture unasked. @param auto whether `begin` will follow
   */
  prepare(room: Room, auto: boolean): void {
    room.recordingMark = auto ? 'recording' : 'off';
  }

  /** Starts; hosts are told what is in the way. Never rejects. @param opened whether the session can be kept on the disk. */
  async begin(room: Room, opened: boolean): Promise<void> {
    const { start, log } = this.#options;
    try {
      if (!opened) throw new UnavailableError('no_session_log', 'The data folder does not take the session.');
      await start(room.id);
    } catch (error) {
      // Somebody was quicker, or what a crash had interrupted goes on.
      if (error instanceof ConflictError && error.code === 'already_recording') return;
      room.recordingMark = 'off';
      const reason = messageOf(error);
      log.warn('a room that should be recorded by itself is not', { room: room.id, reason });
      const message = `This session is not recorded: ${reason} Start the recording by hand when that is mended.`;
      room.events.emit('notice', { code: 'auto_recording_failed', message });
    }
  }
}
