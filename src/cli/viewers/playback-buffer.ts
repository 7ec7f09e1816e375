/** What a player's buffer would do with media that arrive: pure, driven by the times it is told. All times are milliseconds. */

/** Media that arrived. */
interface Stretch {
  /** Place in what was loaded so far, whatever the clock of the program did. */
  readonly start: number;
  readonly end: number;
  /** Wall time of its beginning. */
  readonly wallMs: number | undefined;
}

/** How playing went. */
export interface PlaybackFigures {
  readonly started: boolean;
  readonly stalls: number;
  readonly stalledMs: number;
}

/**
 * A player that starts the given distance behind the end of the playlist, plays at normal speed, and after a stall goes on with
 * the next part that arrives, so much later for good.
 */
export class PlaybackBuffer {
  #stretches: Stretch[] = [];
  #end = 0;
  /** The playhead was at `place` at `sinceMs`; undefined before the start. */
  #playing: { readonly place: number; readonly sinceMs: number } | undefined;
  #startPlace = 0;
  #stalls = 0;
  #stalledMs = 0;

  /** @param skipMs how much of the media that come first lies before the place where playing starts */
  constructor(skipMs: number) {
    this.#startPlace = Math.max(0, skipMs);
  }

  /** Wall time minus that of the picture on the screen; undefined before the start, and without times in the playlist. */
  glassToGlassMs(nowMs: number): number | undefined {
    const place = this.#placeAt(nowMs);
    if (place === undefined) return undefined;
    const stretch = this.#stretches.findLast(({ start }) => start <= place);
    return stretch?.wallMs === undefined ? undefined : nowMs - (stretch.wallMs + (place - stretch.start));
  }

  get figures(): PlaybackFigures {
    return { started: this.#playing !== undefined, stalls: this.#stalls, stalledMs: this.#stalledMs };
  }

  /** Media of this length, whose first picture was taken at `wallMs`, are complete at `nowMs`. */
  append(durationMs: number, wallMs: number | undefined, nowMs: number): void {
    this.#settle(nowMs);
    this.#stretches.push({ start: this.#end, end: this.#end + durationMs, wallMs });
    this.#end += durationMs;
    if (!this.#playing && this.#end > this.#startPlace) this.#playing = { place: this.#startPlace, sinceMs: nowMs };
  }

  /** The viewer goes: counts a stall that lasts. */
  finish(nowMs: number): PlaybackFigures {
    this.#settle(nowMs);
    return this.figures;
  }

  /** Where the playhead is: it stops at the end of what is there. */
  #placeAt(nowMs: number): number | undefined {
    if (!this.#playing) return undefined;
    return Math.min(this.#end, this.#playing.place + nowMs - this.#playing.sinceMs);
  }

  /** Notes a stall that has begun since, and forgets what was played. */
  #settle(nowMs: number): void {
    if (!this.#playing) return;
    const { place, sinceMs } = this.#playing;
    const missing = place + nowMs - sinceMs - this.#end;
    if (missing > 0) {
      this.#stalls += 1;
      this.#stalledMs += missing;
      this.#playing = { place: this.#end, sinceMs: nowMs };
    }
    const played = this.#placeAt(nowMs) ?? 0;
    // The newest stays, because the picture of a player that stalls is its last.
    this.#stretches = this.#stretches.filter(({ end }, index) => end > played || index === this.#stretches.length - 1);
  }
}
