/** The small picture that a stream promises: its encoder may fail, so it is only chosen while it is there. */
import Hls, { type LevelDetails } from 'hls.js';

/** What the multivariant playlist says of it. */
const STATE = 'gridcast.low';
const PLAYLIST = /(?:^|\/)low\.m3u8$/;

/** hls.js reads a multivariant playlist once: what is missing then has to be in it, and is left alone until it comes. */
export class PromisedQuality {
  readonly #hls: Hls;
  readonly #changed: () => void;
  #promised = false;
  #missing = false;
  #wanted = -1;

  /** @param changed it has come, or gone */
  constructor(hls: Hls, changed: () => void) {
    this.#hls = hls;
    this.#changed = changed;
    hls.on(Hls.Events.MANIFEST_LOADED, (_event, { sessionData }) => {
      const state = sessionData?.[STATE]?.['VALUE'];
      this.#promised = state !== undefined;
      this.#missing = state === 'missing';
    });
    hls.on(Hls.Events.MANIFEST_PARSED, () => this.#settle());
    // Each playlist reports the others that can be played: that of the sound also while the small picture is.
    hls.on(Hls.Events.LEVEL_LOADED, (_event, { details }) => this.#look(details));
    hls.on(Hls.Events.AUDIO_TRACK_LOADED, (_event, { details }) => this.#look(details));
  }

  /** Whether this of the qualities can be played now. */
  has(index: number): boolean {
    return index !== this.#missingIndex;
  }

  /** Index of the quality that the viewer has chosen, -1: as the line allows. */
  get wanted(): number {
    return this.has(this.#wanted) ? this.#hls.manualLevel : this.#wanted;
  }

  set wanted(index: number) {
    this.#wanted = index;
    this.#hls.nextLevel = this.has(index) ? index : -1;
  }

  get #index(): number {
    return this.#hls.levels.findIndex(({ uri }) => isSmall(uri));
  }

  get #missingIndex(): number | undefined {
    const index = this.#missing ? this.#index : -1;
    return index < 0 ? undefined : index;
  }

  #look({ live, url, renditionReports = [] }: LevelDetails): void {
    if (!this.#promised || !live || isSmall(url)) return;
    const isThere = renditionReports.some(({ URI }) => PLAYLIST.test(URI ?? ''));
    if (isThere !== this.#missing) return;
    this.#missing = !isThere;
    this.#settle();
    this.#changed();
  }

  /** What is loaded next is another quality; what is there to be played stays. */
  #settle(): void {
    const hls = this.#hls;
    const missing = this.#missingIndex;
    const others = hls.levels.filter((_level, index) => index !== missing).map(({ maxBitrate }) => maxBitrate);
    hls.config.minAutoBitrate = missing === undefined || others.length === 0 ? 0 : Math.min(...others);
    if (hls.manualLevel !== -1 && hls.manualLevel === missing) hls.loadLevel = -1;
    else if (missing === undefined && this.#wanted !== -1 && this.#wanted === this.#index) hls.loadLevel = this.#wanted;
    if (missing !== undefined && hls.loadLevel === missing) hls.nextAutoLevel = hls.minAutoLevel;
  }
}

/** Whether this is the address of the small picture's playlist. */
function isSmall(url: string): boolean {
  return PLAYLIST.test(new URL(url, location.href).pathname);
}
