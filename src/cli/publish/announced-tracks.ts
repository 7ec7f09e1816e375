/** A headless participant's tracks: which of them the server knows, has given up, and is to be told of again. */
import type { ClientMessage, ServerMessage } from '../../protocol/messages.ts';
import { SecondTries } from '../../protocol/second-tries.ts';
import type { Clock } from '../../util/clock.ts';

/** A track as its `publish` and `config` messages say. */
export interface PublishedTrack {
  readonly publish: Extract<ClientMessage, { type: 'publish' }>;
  readonly config: Extract<ClientMessage, { type: 'config' }>;
}

/** Options of one participant's tracks. */
export interface AnnouncedTracksOptions {
  readonly tracks: readonly PublishedTrack[];
  readonly clock: Clock;
  /** Sends a message; false when the server cannot hear it: it has not welcomed us, or not again. */
  readonly say: (message: ClientMessage) => boolean;
  /** Messages for a person. */
  readonly onNotice: (text: string) => void;
  /** The server takes no more of this track. */
  readonly onOver: (track: number) => void;
  /** It is about to be announced again. */
  readonly onAgain: (track: number) => void;
}

/** Over all connections of one participant. */
export class AnnouncedTracks {
  readonly #options: AnnouncedTracksOptions;
  readonly #kinds = new Map<number, 'video' | 'audio'>();
  readonly #seqs = new Map<number, number>();
  /** Second tries of tracks, by the track's number. */
  readonly #tries: SecondTries<number>;
  /** Tracks that the server has not confirmed: it has given them up, or was cut off while they were announced. */
  readonly #unannounced = new Set<number>();

  constructor(options: AnnouncedTracksOptions) {
    this.#options = options;
    for (const { publish } of options.tracks) this.#kinds.set(publish.track, publish.kind);
    this.#tries = new SecondTries(options.clock);
  }

  /** None is sent, and none will be. */
  get nothingLeft(): boolean {
    return this.#kinds.size === 0 && this.#tries.waiting === 0;
  }

  /** Kind of a track that is sent. */
  kindOf(track: number): 'video' | 'audio' | undefined {
    return this.#kinds.get(track);
  }

  /** The number of its next frame. */
  takeSeq(track: number): number {
    const seq = this.#seqs.get(track) ?? 0;
    this.#seqs.set(track, (seq + 1) >>> 0);
    return seq;
  }

  /** The server has welcomed us. @param resumed it knows what it has confirmed */
  announce(resumed: boolean): void {
    const { tracks, say } = this.#options;
    for (const { publish, config } of tracks) {
      if (!this.#kinds.has(publish.track)) continue;
      if (!resumed) this.#unannounced.add(publish.track);
      if (this.#unannounced.has(publish.track)) say(publish);
      say(config);
    }
  }

  /** The server has confirmed the track. */
  confirmed(track: number): void {
    this.#unannounced.delete(track);
    // One that waits for its second try goes on waiting.
    if (this.#kinds.has(track)) this.#tries.taken(track);
  }

  /** When the server has given a track up, it gets no more of it, or no more for a while. False when that is no news. */
  failed(track: number, { code, message, ended }: Extract<ServerMessage, { type: 'error' }>): boolean {
    // A cut took its confirmation away.
    if (code === 'track_exists') {
      this.confirmed(track);
      return false;
    }
    // Said again after a cut, of a track that is not sent any more, or that was announced anew since.
    if (ended === true && (!this.#kinds.has(track) || this.#unannounced.has(track))) return false;
    // The answer to its `config`: that it ended, or was not taken, is known, or is news in itself.
    const isUnknown = code === 'unknown_track';
    if (isUnknown && !this.#kinds.has(track)) return false;
    const isOver = ended === true || isUnknown || (this.#tries.isTrying(track) && code === 'rate_limited');
    const isGivenUp = isOver && this.#kinds.get(track) === 'video';
    const next = isGivenUp ? this.#tries.ended(track, code, () => this.#tryAgain(track)) : undefined;
    if (isOver) {
      this.#kinds.delete(track);
      this.#options.onOver(track);
    }
    const plan = next ? ` Sending it again in ${Math.round(next.waitMs / 1000)} s.` : '';
    this.#options.onNotice(`Track ${track}: ${message}${plan}`);
    return true;
  }

  /** Nothing is announced again. */
  close(): void {
    this.#tries.close();
  }

  /** Announces a track again; without a connection the next one does. */
  #tryAgain(track: number): void {
    const { tracks, say, onAgain } = this.#options;
    this.#kinds.set(track, 'video');
    onAgain(track);
    this.#unannounced.add(track);
    const found = tracks.find(({ publish }) => publish.track === track);
    if (found && say(found.publish)) say(found.config);
  }
}
