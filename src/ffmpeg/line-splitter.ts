/** Bytes of a log to lines. */
import { StringDecoder } from 'node:string_decoder';

/** A longer line is cut here: a program that never ends its line must not fill our memory. */
const MAX_LINE_CHARS = 4096;

/**
 * Splits at CR and LF, whatever the chunks; a character that is cut between two chunks stays whole. Empty lines are left
 * out, and what a line has beyond 4096 characters.
 */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8');
  readonly #onLine: (line: string) => void;
  #open = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Uint8Array): void {
    this.#add(this.#decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
  }

  /** Gives the last line, when it has no end. */
  end(): void {
    this.#add(`${this.#decoder.end()}\n`);
  }

  #add(text: string): void {
    const pieces = text.split(/[\r\n]/);
    for (const [index, piece] of pieces.entries()) {
      this.#open = (this.#open + piece).slice(0, MAX_LINE_CHARS);
      if (index === pieces.length - 1) return;
      const line = this.#open;
      this.#open = '';
      if (line !== '') this.#onLine(line);
    }
  }
}
