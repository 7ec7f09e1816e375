/** Draws the annotation over one tile, and the placeholder for a tile without a picture. */
import type { Annotation, AnnotationLanguage } from '../layout/annotation.ts';
import { type AnnotationWords, annotationWords } from '../layout/annotation-words.ts';
import type { Cell } from '../layout/layout.ts';
import { AnnotationKit } from './annotation-kit.ts';
import { AVATAR_BACKGROUND, renderDisc } from './avatar.ts';
import { dimCell, drawBorder, withinPicture } from './cell-effects.ts';
import type { GlyphLine } from './glyph-line.ts';
import { again, crown, dots, pause, stop, withheld } from './icons.ts';
import { type Overlay, blendOverlay } from './overlay.ts';
import { type Picture, copyPicture, fillCell, yuvOf } from './picture.ts';
import { type PlateContent, even, renderPlate } from './plate.ts';
import type { RgbaImage } from './still-image.ts';
import { minutesOf } from './text-line.ts';
import type { TileLook, TileState } from './tile-look.ts';
import { type TileMetrics, tileMetrics } from './tile-metrics.ts';

/** The border of whoever has the floor, in `COLORS.speaking`. */
const BORDER = yuvOf(64, 217, 178);

/** A rendered plate. */
interface Rendered {
  /** What it tells; a plate that tells something else is never shown. */
  readonly says: string;
  /** The font size, width and texts it was rendered for; one that differs may be shown until its turn to be rendered anew. */
  readonly key: string;
  readonly overlay: Overlay;
}

/** A plate as it should be now. */
interface WantedPlate {
  readonly content: PlateContent;
  /** Pixels, like `maxWidth`. */
  readonly fontSize: number;
  readonly maxWidth: number;
}

/** Pixels. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Where and when one draw happens. */
interface Spot {
  readonly canvas: Picture;
  readonly cell: Cell;
  /** The part of the cell that lies within the canvas. */
  readonly clip: Cell;
  readonly metrics: TileMetrics;
  /** The size that the cell is on its way to, for which texts are rendered: each size between would be in vain. */
  readonly settled: Size;
  readonly settledMetrics: TileMetrics;
  /** Monotonic. */
  readonly nowMs: number;
}

/** Initials or an avatar, in a circle. */
interface Disc {
  readonly name: string;
  readonly image: RgbaImage | undefined;
  readonly overlay: Overlay;
}

/** One per tile; caches what it renders. Everything is clipped to the cell, whose position and size are even. */
export class TileAnnotation {
  readonly #kit: AnnotationKit;
  #name: Rendered | undefined;
  #state: Rendered | undefined;
  #capture: { readonly line: GlyphLine; readonly fontSize: number } | undefined;
  #disc: Disc | undefined;
  /** A disc of the right size, to be rendered when it is this tile's turn. */
  #wantedDisc: { readonly diameter: number; readonly look: TileLook } | undefined;

  /** @param kit shared by the tiles of a program, so that they take turns in rendering. */
  constructor(kit: AnnotationKit = new AnnotationKit()) {
    this.#kit = kit;
  }

  /**
   * Draws over the picture in `cell`. Tiles take turns in rendering, so a change may take as many frames to appear as there are
   * tiles; until then the old text is shown if it still holds, and nothing otherwise.
   * @param nowMs monotonic milliseconds
   * @param settled the size that the cell is on its way to
   */
  draw(canvas: Picture, cell: Cell, look: TileLook, annotation: Annotation, nowMs: number, settled: Size = cell): void {
    const [metrics, settledMetrics] = [metricsOf(cell), metricsOf(settled)];
    const spot: Spot = { canvas, cell, clip: withinPicture(canvas, cell), metrics, settled, settledMetrics, nowMs };
    if (look.state.kind === 'paused' || look.state.kind === 'ended') dimCell(canvas, spot.clip);
    const alone = cell.width >= canvas.width && cell.height >= canvas.height;
    // A border around the whole program would tell nothing.
    if (look.floor && annotation.speakerBorder && !alone) drawBorder(canvas, cell, metrics.border, BORDER);
    this.#renderDisc(nowMs);
    if (!metrics.readable || !settledMetrics.readable) return;
    const captureWidth = annotation.captureTime ? this.#drawCapture(spot, look.captureWallMs) : 0;
    this.#drawState(spot, look.state, annotation.language);
    this.#drawName(spot, look, annotation, captureWidth);
  }

  /**
   * Stands for a missing picture and fills the cell: initials or an avatar. After a change of size the old disc may stay for a few
   * frames. Drawn anew each time: a picture of each size that a tile has on its way would be megabytes a frame for nothing.
   * @param settled the size that the cell is on its way to
   */
  drawPlaceholder(canvas: Picture, cell: Cell, look: TileLook, settled: Size = cell): void {
    // Only whether something is said counts, so any language will do.
    const raised = stateContent(look.state, annotationWords('en'), 0) !== undefined;
    const { diameter, top } = discPlace(cell, raised);
    const { overlay } = this.#discFor(look, discPlace(settled, raised).diameter);
    const shift = ((diameter - overlay.width) >> 2) << 1;
    fillCell(canvas, cell, AVATAR_BACKGROUND);
    blendOverlay(canvas, overlay, cell.x + (((cell.width - overlay.width) >> 2) << 1), cell.y + top + shift, cell);
  }

  /** A new name or avatar is rendered at once, another size when it is this tile's turn. */
  #discFor(look: TileLook, diameter: number): Disc {
    const { name, avatar } = look;
    this.#wantedDisc = undefined;
    if (this.#disc?.name !== name || this.#disc.image !== avatar) {
      this.#disc = { name, image: avatar, overlay: renderDisc(name, avatar, diameter) };
    } else if (this.#disc.overlay.width !== diameter) {
      this.#wantedDisc = { diameter, look };
    }
    return this.#disc;
  }

  #renderDisc(nowMs: number): void {
    const wanted = this.#wantedDisc;
    if (!wanted || !this.#kit.mayRender(this, nowMs)) return;
    const { name, avatar } = wanted.look;
    this.#disc = { name, image: avatar, overlay: renderDisc(name, avatar, wanted.diameter) };
    this.#wantedDisc = undefined;
  }

  /**
   * Draws crown and name on one plate that never moves; marks that come and go have plates of their own beside it.
   * @param captureWidth pixels that the capture time takes from the name
   */
  #drawName(spot: Spot, look: TileLook, annotation: Annotation, captureWidth: number): void {
    const { canvas, cell, clip, settled, nowMs } = spot;
    const { margin, gap, labelTop } = spot.metrics;
    const { fontSize, margin: settledMargin } = spot.settledMetrics;
    const mark = annotation.marks ? (look.muted ? 'muted' : look.speaking ? 'speaking' : undefined) : undefined;
    const markWidth = annotation.marks ? this.#kit.mark('muted', fontSize).width + gap : 0;
    const hand = annotation.marks && look.hand;
    // Reserved only while a hand is up, which is rare; the speaking mark changes too often for the name to make way each time.
    const handWidth = hand ? this.#kit.mark('hand', fontSize).width + gap : 0;
    const maxWidth = settled.width - 2 * settledMargin - markWidth - handWidth - captureWidth;
    const name = annotation.names ? look.name : '';
    const host = annotation.marks && look.host;
    let left = cell.x + margin;
    if (name.trim() !== '' || host) {
      const content = { icon: host ? crown : undefined, texts: [name] };
      this.#name = this.#fresh(this.#name, `${host} ${name}`, { content, fontSize, maxWidth }, nowMs);
      if (!this.#name) return;
      // A plate from before a change of layout may have another size; it stands on the same line.
      blendOverlay(canvas, this.#name.overlay, left, cell.y + labelTop, clip);
      left += this.#name.overlay.width + gap;
    }
    if (hand) blendOverlay(canvas, this.#kit.mark('hand', fontSize), left, cell.y + labelTop, clip);
    if (mark) blendOverlay(canvas, this.#kit.mark(mark, fontSize), left + handWidth, cell.y + labelTop, clip);
  }

  #drawState(
    { canvas, cell, clip, metrics, settled, settledMetrics, nowMs }: Spot,
    state: TileState,
    language: AnnotationLanguage,
  ): void {
    const content = stateContent(state, annotationWords(language), nowMs);
    if (!content) {
      this.#state = undefined;
      return;
    }
    const { fontSize, margin } = settledMetrics;
    // The elapsed time may be a few frames late; the kind of state may not.
    const maxWidth = settled.width - 2 * margin;
    this.#state = this.#fresh(this.#state, state.kind, { content, fontSize, maxWidth }, nowMs);
    if (!this.#state) return;
    const { overlay } = this.#state;
    blendOverlay(canvas, overlay, cell.x + (((cell.width - overlay.width) >> 2) << 1), cell.y + metrics.stateTop, clip);
  }

  /** Draws the capture time and returns the width, in pixels, that it takes from the name. */
  #drawCapture(spot: Spot, captureWallMs: number | undefined): number {
    const { canvas, cell, clip, settled } = spot;
    const { margin, labelTop } = spot.metrics;
    const { captureFontSize: fontSize, fontSize: nameSize, gap, margin: settledMargin } = spot.settledMetrics;
    const text = captureWallMs === undefined ? undefined : this.#kit.captureText(captureWallMs);
    if (text === undefined) return 0;
    if (this.#capture?.fontSize !== fontSize) this.#capture = { line: this.#kit.captureLine(fontSize), fontSize };
    const { line } = this.#capture;
    line.show(text);
    const { width, height } = line.picture;
    // Beside the name, unless that would leave the name less than half of the tile.
    const beside = width + gap + 2 * settledMargin <= settled.width / 2;
    const x = beside ? cell.x + cell.width - margin - width : cell.x + margin;
    const y = beside ? cell.y + labelTop + even((nameSize * 1.6 - height) / 2) : cell.y + margin;
    const fits = x >= clip.x && y >= clip.y && x + width <= clip.x + clip.width && y + height <= clip.y + clip.height;
    if (fits) copyPicture(canvas, line.picture, x, y);
    return beside ? width + gap : 0;
  }

  /** The old plate while it fits; else a new one when it is this tile's turn; else the old one if it still says the same. */
  #fresh(
    old: Rendered | undefined,
    says: string,
    { content, fontSize, maxWidth }: WantedPlate,
    nowMs: number,
  ): Rendered | undefined {
    const key = `${fontSize} ${maxWidth} ${content.texts?.join('\n')}`;
    if (old?.says === says && old.key === key) return old;
    if (this.#kit.mayRender(this, nowMs)) return { says, key, overlay: renderPlate(content, fontSize, maxWidth) };
    return old?.says === says ? old : undefined;
  }
}

function metricsOf({ width, height }: Size): TileMetrics {
  return tileMetrics(width, height);
}

/** Where the disc belongs in a cell. @param raised something is said below it */
function discPlace(cell: Size, raised: boolean): { readonly diameter: number; readonly top: number } {
  const { diameter, top, raisedDiameter, raisedTop } = metricsOf(cell).disc;
  return raised ? { diameter: raisedDiameter, top: raisedTop } : { diameter, top };
}

/** What is said in the middle of a tile, longest text first; undefined while all is well. */
function stateContent(state: TileState, words: AnnotationWords, nowMs: number): PlateContent | undefined {
  switch (state.kind) {
    case 'live':
    case 'camera-off':
      return undefined;
    case 'connecting':
      return { icon: dots, texts: [words.connecting], pill: true };
    case 'reconnecting': {
      const since = minutesOf(nowMs - state.sinceMs);
      return { icon: again, texts: [`${words.reconnecting} ${since}`, since], pill: true };
    }
    case 'paused':
      return { icon: pause, texts: [words.paused], pill: true };
    case 'withheld':
      return { icon: withheld, texts: [words.withheld], pill: true };
    case 'ended':
      return { icon: stop, texts: [words.ended], pill: true };
  }
}
