/** One tile of the program: a track's picture, or the placeholder of somebody without one, with its annotation. */
import type { Annotation } from '../layout/annotation.ts';
import type { Candidate, Cell } from '../layout/layout.ts';
import type { AnnotationKit } from './annotation-kit.ts';
import { isWithheld, type Member, type VideoEntry } from './member-roster.ts';
import { type Picture, clonePicture, placePicture } from './picture.ts';
import { TileAnnotation } from './tile-annotation.ts';
import type { TileLook, TileState } from './tile-look.ts';

/** After this long without a picture a tile says that it is reconnecting. */
const RECONNECTING_MS = 1000;
/** Screens that do not change are sent once a second, and once more after a lost key frame. */
const RECONNECTING_SCREEN_MS = 7000;
/** After this long a frozen picture gives way to the avatar. */
const AVATAR_MS = 10_000;

/** Who is heard, by member number. */
export interface Heard {
  readonly speaking: ReadonlySet<number>;
  readonly floor: number | undefined;
}

/** Draws itself into any cell; caches what was rendered for it. */
export class Tile {
  readonly candidate: Candidate;
  readonly member: Member;
  readonly entry: VideoEntry | undefined;
  readonly #annotation: TileAnnotation;
  /** Set once the track is over: its last picture, if there was one. */
  #ended: { readonly picture: Picture | undefined } | undefined;
  /** Shown instead of the track's pictures while the tile is on its way out, or its decoder is suspended. */
  #frozen: Picture | undefined;

  /** @param kit shared by the tiles of a program. */
  constructor(candidate: Candidate, member: Member, entry: VideoEntry | undefined, kit: AnnotationKit) {
    this.#annotation = new TileAnnotation(kit);
    this.candidate = candidate;
    this.member = member;
    this.entry = entry;
  }

  /** The track is over: its last picture stays for as long as the tile does. */
  end(): void {
    const picture = this.entry?.source.current;
    this.#ended = { picture: picture && clonePicture(picture) };
  }

  /** The track is about to end or to be suspended: its present picture stays. */
  freeze(): void {
    const picture = this.entry?.source.current;
    this.#frozen = picture && clonePicture(picture);
  }

  /** The track is shown again. */
  thaw(): void {
    this.#frozen = undefined;
  }

  /**
   * @param at `settled`: the cell that this one is on its way to; `advance`: false where the picture of the last time is shown again;
   * `wallOf`: wall-clock milliseconds of a capture time, microseconds.
   */
  draw(
    canvas: Picture,
    cell: Cell,
    at: {
      readonly nowMs: number;
      readonly settled: Cell;
      readonly advance: boolean;
      readonly wallOf: (captureUs: number) => number;
    },
    annotation: Annotation,
    heard: Heard,
  ): void {
    const { nowMs, settled, advance, wallOf } = at;
    const due = advance ? this.entry?.source.pictureAt(nowMs) : this.entry?.source.current;
    const state = this.#stateAt(nowMs);
    const withheld = isWithheld(this.member, nowMs);
    const stale = state.kind === 'reconnecting' && nowMs - state.sinceMs > AVATAR_MS;
    const capturedUs = this.entry?.source.captureUs;
    if (advance && capturedUs !== undefined) this.entry?.age.add(nowMs - capturedUs / 1000);
    const captureUs = capturedUs === undefined ? undefined : capturedUs - this.member.playout.aheadMs * 1000;
    const look: TileLook = {
      name: this.member.state.name,
      host: this.member.state.host,
      muted: this.#muted(),
      speaking: heard.speaking.has(this.member.number),
      hand: this.member.state.hand,
      floor: heard.floor === this.member.number,
      state,
      captureWallMs: captureUs === undefined || stale || withheld ? undefined : wallOf(captureUs),
      avatar: this.member.avatar,
    };
    // The decoder goes on meanwhile, so that they are back at once when they may be shown.
    const own = withheld ? undefined : (this.#ended?.picture ?? this.#frozen ?? (stale ? undefined : due));
    if (own) placePicture(canvas, own, cell);
    else this.#annotation.drawPlaceholder(canvas, cell, look, settled);
    this.#annotation.draw(canvas, cell, look, annotation, nowMs, settled);
  }

  #stateAt(nowMs: number): TileState {
    if (isWithheld(this.member, nowMs)) return { kind: 'withheld' };
    if (this.#ended) return { kind: 'ended' };
    if (this.#frozen) return { kind: 'live' };
    const { detachedSinceMs } = this.member;
    if (detachedSinceMs !== undefined) return { kind: 'reconnecting', sinceMs: detachedSinceMs };
    if (!this.entry) return { kind: 'camera-off' };
    if (this.entry.state === 'paused') return { kind: 'paused' };
    const silentMs = this.entry.source.silentMs(nowMs);
    if (silentMs === Number.POSITIVE_INFINITY) return { kind: 'connecting' };
    const patience = this.entry.origin === 'screen' ? RECONNECTING_SCREEN_MS : RECONNECTING_MS;
    return silentMs > patience ? { kind: 'reconnecting', sinceMs: nowMs - silentMs } : { kind: 'live' };
  }

  /** A host silenced them, or every microphone of theirs is switched off. */
  #muted(): boolean {
    if (this.member.state.silenced) return true;
    const mics = [...this.member.tracks.values()].filter((entry) => entry.kind === 'audio' && entry.origin === 'mic');
    return mics.length > 0 && mics.every((entry) => entry.state === 'muted');
  }
}
