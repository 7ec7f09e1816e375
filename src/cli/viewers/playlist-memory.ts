/** Playlists that many viewers get at the same time, unpacked and read once for all of them. */
import { gunzipSync } from 'node:zlib';
import { messageOf } from '../../errors.ts';
import { type LineAnswer, MAX_KEPT_BYTES, TransferError } from './line.ts';
import { type MediaPlaylist, parseMediaPlaylist } from './playlist-text.ts';

interface Remembered {
  readonly bytes: Uint8Array;
  readonly playlist: MediaPlaylist;
}

/** Revisions that are on their way at the same time: whole and as updates, of some playlists. */
const REMEMBERED = 8;

/** One for a thread: what viewers do must cost the server more than the tool. */
export class PlaylistMemory {
  /** Newest first. */
  readonly #known: Remembered[] = [];

  /** @throws TransferError for a body that cannot be unpacked, PlaylistError for a text that is no media playlist. */
  read(answer: LineAnswer): MediaPlaylist {
    const { body } = answer;
    const known = this.#known.find(({ bytes }) => Buffer.compare(bytes, body) === 0);
    if (known) return known.playlist;
    const playlist = parseMediaPlaylist(textOf(answer));
    this.#known.unshift({ bytes: body, playlist });
    if (this.#known.length > REMEMBERED) this.#known.pop();
    return playlist;
  }
}

/** The text of a body, unpacked. @throws TransferError when it is not gzip as it says. */
export function textOf({ body, gzip }: LineAnswer): string {
  try {
    return new TextDecoder().decode(gzip ? gunzipSync(body, { maxOutputLength: MAX_KEPT_BYTES }) : body);
  } catch (error) {
    throw new TransferError('malformed', `the answer is not gzip as it says: ${messageOf(error)}`);
  }
}
