/** Draws the frames of a render with what the live program draws with: the same tiles, names, marks and clock. */
import { annotationWords } from '../../layout/annotation-words.ts';
import type { Arrangement, Region } from '../../layout/layout.ts';
import { between } from '../../layout/transition.ts';
import { wallTime, type WallTime } from '../../media/timestamp.ts';
import { AnnotationKit } from '../../mixer/annotation-kit.ts';
import { renderSlateText } from '../../mixer/banner.ts';
import { type Overlay, blendOverlay } from '../../mixer/overlay.ts';
import { type Picture, placePicture } from '../../mixer/picture.ts';
import { ProgramAnnotation } from '../../mixer/program-annotation.ts';
import { TileAnnotation } from '../../mixer/tile-annotation.ts';
import type { TileLook, TileState } from '../../mixer/tile-look.ts';
import type { PlannedTile, RenderSpan } from './render-plan.ts';
import type { TimedPicture } from './track-pictures.ts';

/** Form of the picture. */
export interface RenderCanvasOptions {
  readonly width: number;
  readonly height: number;
  /** The zone's offset from UTC at a moment, minutes. */
  readonly offsetMinutes: (time: WallTime) => number;
}

/** A tile as it is drawn in one frame. */
interface DrawnTile {
  readonly look: TileLook;
  readonly shown: TimedPicture | undefined;
  readonly annotation: RenderSpan['annotation'];
  readonly nowMs: number;
}

/** When a frame is shown. */
interface FrameMoment {
  /** Seconds of the recording. */
  readonly at: number;
  /** Its number. */
  readonly frame: number;
  readonly wall: WallTime;
}

/** As in the live program: how long tiles move, and after how long without a picture a tile says so, then shows an avatar. Seconds. */
const TRANSITION = 0.23;
const RECONNECTING = { camera: 1, screen: 7 };
const AVATAR = 10;
/** What the program's annotation renders, one thing a frame, when it changes. */
const PROGRAM_PARTS = 5;

/** One for a render; frames are drawn in order. */
export class RenderCanvas {
  readonly #options: RenderCanvasOptions;
  readonly #kit: AnnotationKit;
  readonly #program: ProgramAnnotation;
  readonly #tiles = new Map<string, TileAnnotation>();
  #slate: { readonly key: string; readonly overlay: Overlay } | undefined;
  #said = '';
  #from: Arrangement | undefined;
  #to: Arrangement | undefined;
  #movedAt = Number.NEGATIVE_INFINITY;

  constructor(options: RenderCanvasOptions) {
    this.#options = options;
    this.#kit = new AnnotationKit(options.offsetMinutes);
    this.#program = new ProgramAnnotation(options);
  }

  /**
   * Draws what is shown at `at` seconds of the recording.
   * @param wallMs the wall clock then, milliseconds
   * @param wallOf the wall clock at a capture time, seconds of the recording
   */
  draw(
    canvas: Picture,
    span: RenderSpan,
    pictures: ReadonlyMap<string, TimedPicture>,
    moment: {
      readonly at: number;
      readonly frame: number;
      readonly wallMs: number;
      readonly wallOf: (at: number) => number;
    },
  ): void {
    const { at, frame, wallOf } = moment;
    const wall = wallTime(moment.wallMs);
    this.#follow(canvas, span, { at, frame, wall });
    const { regions, more } = this.#regionsAt(at);
    if (span.pause || regions.length === 0) {
      this.#drawSlate(canvas, span);
      this.#program.draw(canvas, frame, wall, undefined);
      return;
    }
    this.#program.background(canvas);
    regions.forEach((region, index) => {
      const tile = span.tiles.get(region.key);
      // Each its own moment: in a live program they take turns, here all may render in the same frame.
      const nowMs = at * 1000 + index / 1024;
      if (!tile) return;
      const shown = pictures.get(region.key);
      const look = lookOf(tile, shown, { at, nowMs, wallOf });
      this.#drawTile(canvas, region, { look, shown, annotation: span.annotation, nowMs });
    });
    this.#program.draw(canvas, frame, wall, more);
  }

  /** Takes over what has changed since the frame before. */
  #follow(
    canvas: Picture,
    { arrangement, animate, title, annotation, tiles }: RenderSpan,
    { at, frame, wall }: FrameMoment,
  ): void {
    if (arrangement !== this.#to) {
      this.#from = animate && this.#to ? this.#regionsAt(at) : arrangement;
      this.#to = arrangement;
      this.#movedAt = at;
      for (const key of this.#tiles.keys()) if (!tiles.has(key)) this.#tiles.delete(key);
    }
    const says = JSON.stringify([title, annotation, arrangement.more]);
    if (says === this.#said) return;
    this.#said = says;
    this.#program.set(title, annotation);
    // It renders one part a frame; nobody waits for the next one here.
    for (let part = 0; part < PROGRAM_PARTS; part += 1) this.#program.draw(canvas, frame, wall, arrangement.more);
  }

  #regionsAt(at: number): Arrangement {
    const [from, to] = [this.#from, this.#to];
    if (!from || !to) return { policy: 'grid', regions: [] };
    return between(from, to, (at - this.#movedAt) / TRANSITION);
  }

  #drawTile(canvas: Picture, region: Region, { look, shown, annotation, nowMs }: DrawnTile): void {
    const drawn = this.#tiles.get(region.key) ?? new TileAnnotation(this.#kit);
    this.#tiles.set(region.key, drawn);
    const hidden = look.captureWallMs === undefined || look.state.kind === 'withheld';
    if (shown && !hidden) placePicture(canvas, shown.picture, region);
    else drawn.drawPlaceholder(canvas, region, look);
    drawn.draw(canvas, region, look, annotation, nowMs);
  }

  #drawSlate(canvas: Picture, { pause, title, annotation }: RenderSpan): void {
    const { width, height } = this.#options;
    if (!pause) {
      this.#program.slate(canvas, 'empty');
      return;
    }
    const { interrupted, paused } = annotationWords(annotation.language);
    const word = pause === 'interruption' ? interrupted : paused;
    const key = `${word} ${title}`;
    if (this.#slate?.key !== key) this.#slate = { key, overlay: renderSlateText(title, word, width, height) };
    this.#program.background(canvas);
    const { overlay } = this.#slate;
    blendOverlay(canvas, overlay, 0, ((height - overlay.height) >> 2) << 1);
  }
}

/** How a tile looks; without a capture time its picture is too old to be shown, or there is none. */
function lookOf(
  tile: PlannedTile,
  shown: TimedPicture | undefined,
  { at, nowMs, wallOf }: { readonly at: number; readonly nowMs: number; readonly wallOf: (at: number) => number },
): TileLook {
  const state = stateOf(tile, shown, at);
  const stale = state.kind === 'reconnecting' && nowMs - state.sinceMs > AVATAR * 1000;
  const { name, host, muted, speaking, floor } = tile;
  return {
    name,
    host,
    muted,
    speaking,
    // No recording tells of hands.
    hand: false,
    floor,
    state,
    captureWallMs: shown && !stale ? wallOf(shown.at) : undefined,
    avatar: undefined,
  };
}

/** What is the matter with a tile's picture. */
function stateOf(
  { withheld, lostAt, file, paused, screen }: PlannedTile,
  shown: TimedPicture | undefined,
  at: number,
): TileState {
  if (withheld) return { kind: 'withheld' };
  if (lostAt !== undefined) return { kind: 'reconnecting', sinceMs: lostAt * 1000 };
  if (file === undefined) return { kind: 'camera-off' };
  if (paused) return { kind: 'paused' };
  if (!shown) return { kind: 'connecting' };
  const patience = screen ? RECONNECTING.screen : RECONNECTING.camera;
  return at - shown.at > patience ? { kind: 'reconnecting', sinceMs: shown.at * 1000 } : { kind: 'live' };
}
