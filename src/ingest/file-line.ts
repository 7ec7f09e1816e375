/** The files of a room, on the socket of one participant. */
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { FileView } from '../protocol/files.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import { FILE_HISTORY } from '../protocol/limits.ts';
import type { Room } from '../room/room.ts';
import type { Disposer } from '../util/clock.ts';

/** Where the files are known. */
export interface FileSource {
  /** Complete ones of everybody, oldest first. */
  list(room: string, asker: undefined): Promise<{ readonly items: readonly FileView[]; readonly enabled: boolean }>;
}

/** Options of a line. */
export interface FileLineOptions {
  readonly files: FileSource;
  readonly room: Room;
  /** Reaches the participant while they are connected. */
  readonly send: (message: ServerMessage) => void;
  readonly log: Logger;
}

/** Follows the room until it is closed. */
export class FileLine {
  readonly #options: FileLineOptions;
  readonly #disposers: readonly Disposer[];
  #closed = false;

  constructor(options: FileLineOptions) {
    this.#options = options;
    const { events } = options.room;
    this.#disposers = [
      events.on('file', (file) => options.send({ type: 'file', file })),
      events.on('fileGone', ({ id }) => options.send({ type: 'file-gone', id })),
      events.on('filesSwitched', () => this.tellAll()),
    ];
  }

  /** What there is, for somebody who has just come or come back. */
  tellAll(): void {
    void this.#tell();
  }

  close(): void {
    this.#closed = true;
    for (const dispose of this.#disposers) dispose();
  }

  async #tell(): Promise<void> {
    const { files, room, send, log } = this.#options;
    try {
      const { items, enabled } = await files.list(room.id, undefined);
      if (this.#closed) return;
      const newest = items.slice(-FILE_HISTORY);
      send({ type: 'files', items: newest, enabled, ...(newest.length < items.length && { more: true }) });
    } catch (error) {
      log.error('files could not be told', { room: room.id, reason: messageOf(error) });
    }
  }
}
