/** One program track on its way to one socket, from one stream. */
import { AppError } from '../errors.ts';
import type { Packet } from '../media/packet.ts';
import type { Stream } from '../media/stream.ts';
import type { StreamReader } from '../media/stream-reader.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import { Outlet, type OutletOptions } from './outlet.ts';
import { PROGRAM_READER_LIMITS, type ProgramConfig } from './wire-stream.ts';

/** Options of a receiver. */
export interface ReceiverOptions<C extends ProgramConfig> extends OutletOptions {
  readonly label: string;
  readonly stream: Stream<C>;
}

const LOST = { code: 'program_lost', message: 'The program broke off; connect again.' };

/** Runs until its stream ends or `close`. */
export class Receiver<C extends ProgramConfig> {
  readonly #options: ReceiverOptions<C>;
  readonly #outlet: Outlet<C>;
  #reader: StreamReader<C> | undefined;

  constructor(options: ReceiverOptions<C>) {
    this.#options = options;
    this.#outlet = new Outlet(options);
    this.restart();
  }

  /** Frames this peer did not get. */
  get skipped(): number {
    return this.#outlet.skipped;
  }

  /** Sends the newest key frame group again and goes on from there: the answer to a lost decoder. */
  restart(): void {
    this.#reader?.close();
    const { stream, label, socket, track } = this.#options;
    const reader = subscribe(stream, label);
    this.#reader = reader;
    this.#outlet.restart(stream.latest);
    void pump(
      reader,
      (packet) => this.#outlet.forward(packet),
      (error) => socket.send(lostMessage(error, track)),
    );
  }

  close(): void {
    this.#reader?.close();
  }
}

/** A reader of a program track that skips rather than fails. */
export function subscribe<C extends ProgramConfig>(stream: Stream<C>, label: string): StreamReader<C> {
  return stream.subscribe({ label, limits: PROGRAM_READER_LIMITS, onOverflow: 'drop-to-keyframe' });
}

/** Gives every packet to `take` until the reader ends, and to `onLost` why when that was no proper end. Never rejects. */
export async function pump<C extends ProgramConfig>(
  reader: StreamReader<C>,
  take: (packet: Packet<C>) => void,
  onLost: (error: unknown) => void,
): Promise<void> {
  try {
    for await (const packet of reader) take(packet);
  } catch (error) {
    onLost(error);
  }
}

/** What a peer is told when its track breaks off. */
export function lostMessage(error: unknown, track: number): ServerMessage {
  const { code, message } = error instanceof AppError ? error : LOST;
  return { type: 'error', code, message, track };
}
