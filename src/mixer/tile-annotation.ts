/** What is drawn over one tile, and what stands for its picture while there is none. */
import type { Annotation, AnnotationLanguage } from '../layout/annotation.ts';
import { type AnnotationWords, annotationWords } from '../layout/annotation-words.ts';
import type { Cell } from '../layout/layout.ts';
import { AnnotationKit } from './annotation-kit.ts';
import { AVATAR_BACKGROUND, renderDisc } from './avatar.ts';
import { dimCell, drawBorder, withinPicture } from './cell-effects.ts';
import type { GlyphLine } from './glyph-line.ts';
import { again, crown, dots, pause, stop, withheld } from './icons.ts';
import { type Overlay, blendOverlay } from './overlay.ts';
import { type Picture, copyPicture, createPicture, yuvOf } from './picture.ts';
import { type PlateContent, even, renderPlate } from './plate.ts';
import type { RgbaImage } from './still-image.ts';
import { minutesOf } from './text-line.ts';
import type { TileLook, TileState } from './tile-look.ts';
import { type TileMetrics, tileMetrics } from './tile-metrics.ts';

/** The colour of speaking, see `COLORS`. */
const BORDER = yuvOf(64, 217, 178);

/** Something rendered: what it says, what it looks like, and for which room. */
interface Rendered {
  readonly says: string;
  readonly key: string;
  readonly overlay: Overlay;
}

interface Disc {
  readonly name: string;
  readonly image: RgbaImage | undefined;
  readonly overlay: Overlay;
}

/** One per tile; keeps what it renders. Everything is clipped to the cell, whose numbers are even. */
export class TileAnnotation {
  readonly #kit: AnnotationKit;
  #metrics: TileMetrics | undefined;
  #metricsOf = '';
  #name: Rendered | undefined;
  #state: Rendered | undefined;
  #capture: { readonly line: GlyphLine; readonly fontSize: number } | undefined;
  #disc: Disc | undefined;
  /** A disc that would fit better, to be rendered when it is this tile's turn. */
  #wantedDisc: { readonly diameter: number; readonly look: TileLook } | undefined;
  #placeholder: { readonly picture: Picture; readonly disc: Disc; readonly top: number } | undefined;

  /** @param kit shared by the tiles of a program, so that they take turns in rendering. */
  constructor(kit: AnnotationKit = new AnnotationKit()) {
    this.#kit = kit;
  }

  /**
   * Draws over the picture in `cell`. What changed may be missing for as many frames as there are tiles; what is there is
   * never about somebody else.
   */
  draw(canvas: Picture, cell: Cell, look: TileLook, annotation: Annotation, nowMs: number): void {
    const clip = withinPicture(canvas, cell);
    const metrics = this.#metricsFor(cell);
    if (look.state.kind === 'paused' || look.state.kind === 'ended') dimCell(canvas, clip);
    const alone = cell.width >= canvas.width && cell.height >= canvas.height;
    // Around the whole program a border would tell nothing.
    if (look.floor && annotation.speakerBorder && !alone) drawBorder(canvas, cell, metrics.border, BORDER);
    this.#renderDisc(nowMs);
    if (!metrics.readable) return;
    const captureRoom = annotation.captureTime ? this.#drawCapture(canvas, cell, clip, look, metrics) : 0;
    this.#drawState(canvas, cell, clip, look.state, annotation.language, metrics, nowMs);
    this.#drawName(canvas, cell, clip, look, annotation, metrics, captureRoom, nowMs);
  }

  /**
   * The picture of somebody without one, filling exactly the cell: initials or their own image. Another size may show the
   * old disc for a few frames.
   */
  placeholder(cell: { readonly width: number; readonly height: number }, look: TileLook): Picture {
    const { disc: at } = this.#metricsFor(cell);
    // In whichever language.
    const raised = stateContent(look.state, annotationWords('en'), 0) !== undefined;
    const diameter = raised ? at.raisedDiameter : at.diameter;
    const top = raised ? at.raisedTop : at.top;
    const disc = this.#discFor(look, diameter);
    const cached = this.#placeholder;
    const { width, height } = cell;
    if (
      cached?.disc === disc &&
      cached.top === top &&
      cached.picture.width === width &&
      cached.picture.height === height
    ) {
      return cached.picture;
    }
    const picture = createPicture(width, height, AVATAR_BACKGROUND);
    const shift = ((diameter - disc.overlay.width) >> 2) << 1;
    blendOverlay(picture, disc.overlay, ((width - disc.overlay.width) >> 2) << 1, top + shift);
    this.#placeholder = { picture, disc, top };
    return picture;
  }

  #metricsFor({ width, height }: { readonly width: number; readonly height: number }): TileMetrics {
    const of = `${width}x${height}`;
    if (!this.#metrics || of !== this.#metricsOf) {
      this.#metrics = tileMetrics(width, height);
      this.#metricsOf = of;
    }
    return this.#metrics;
  }

  /** Somebody new is rendered at once, another size when it is this tile's turn. */
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

  /** Crown and name on one plate that never moves; the marks that come and go have theirs beside it. */
  #drawName(
    canvas: Picture,
    cell: Cell,
    clip: Cell,
    look: TileLook,
    annotation: Annotation,
    metrics: TileMetrics,
    captureRoom: number,
    nowMs: number,
  ): void {
    const { fontSize, margin, gap, labelTop } = metrics;
    const mark = annotation.marks ? (look.muted ? 'muted' : look.speaking ? 'speaking' : undefined) : undefined;
    const markRoom = annotation.marks ? this.#kit.mark('muted', fontSize).width + gap : 0;
    const hand = annotation.marks && look.hand;
    // Taken from the name only while a hand is up, which is seldom; a mark of speaking comes too often for that.
    const handRoom = hand ? this.#kit.mark('hand', fontSize).width + gap : 0;
    const maxWidth = cell.width - 2 * margin - markRoom - handRoom - captureRoom;
    const name = annotation.names ? look.name : '';
    const host = annotation.marks && look.host;
    let left = cell.x + margin;
    if (name.trim() !== '' || host) {
      const content = { icon: host ? crown : undefined, texts: [name] };
      this.#name = this.#fresh(this.#name, `${host} ${name}`, content, fontSize, maxWidth, nowMs);
      if (!this.#name) return;
      // The plate of another size, from before a change of layout, stands on the same line.
      blendOverlay(canvas, this.#name.overlay, left, cell.y + labelTop, clip);
      left += this.#name.overlay.width + gap;
    }
    if (hand) blendOverlay(canvas, this.#kit.mark('hand', fontSize), left, cell.y + labelTop, clip);
    if (mark) blendOverlay(canvas, this.#kit.mark(mark, fontSize), left + handRoom, cell.y + labelTop, clip);
  }

  #drawState(
    canvas: Picture,
    cell: Cell,
    clip: Cell,
    state: TileState,
    language: AnnotationLanguage,
    metrics: TileMetrics,
    nowMs: number,
  ): void {
    const content = stateContent(state, annotationWords(language), nowMs);
    if (!content) {
      this.#state = undefined;
      return;
    }
    const { fontSize, margin, stateTop } = metrics;
    // The count may be a frame late; what is the matter may not be wrong.
    this.#state = this.#fresh(this.#state, state.kind, content, fontSize, cell.width - 2 * margin, nowMs);
    if (!this.#state) return;
    const { overlay } = this.#state;
    blendOverlay(canvas, overlay, cell.x + (((cell.width - overlay.width) >> 2) << 1), cell.y + stateTop, clip);
  }

  /** Draws the time and returns the width it takes from the name. */
  #drawCapture(canvas: Picture, cell: Cell, clip: Cell, look: TileLook, metrics: TileMetrics): number {
    const { captureFontSize: fontSize, fontSize: nameSize, margin, gap, labelTop } = metrics;
    const text = look.captureWallMs === undefined ? undefined : this.#kit.captureText(look.captureWallMs);
    if (text === undefined) return 0;
    if (this.#capture?.fontSize !== fontSize) this.#capture = { line: this.#kit.captureLine(fontSize), fontSize };
    const { line } = this.#capture;
    line.show(text);
    const { width, height } = line.picture;
    // Beside the name, unless that would leave less than half of the tile to it.
    const beside = width + gap + 2 * margin <= cell.width / 2;
    const x = beside ? cell.x + cell.width - margin - width : cell.x + margin;
    const y = beside ? cell.y + labelTop + even((nameSize * 1.6 - height) / 2) : cell.y + margin;
    const fits = x >= clip.x && y >= clip.y && x + width <= clip.x + clip.width && y + height <= clip.y + clip.height;
    if (fits) copyPicture(canvas, line.picture, x, y);
    return beside ? width + gap : 0;
  }

  /** What is rendered when it still fits, else anew when it is this tile's turn, else the old one if it says the same. */
  #fresh(
    old: Rendered | undefined,
    says: string,
    content: PlateContent,
    fontSize: number,
    maxWidth: number,
    nowMs: number,
  ): Rendered | undefined {
    const key = `${fontSize} ${maxWidth} ${content.texts?.join('\n')}`;
    if (old?.says === says && old.key === key) return old;
    if (this.#kit.mayRender(this, nowMs)) return { says, key, overlay: renderPlate(content, fontSize, maxWidth) };
    return old?.says === says ? old : undefined;
  }
}

/** What is said in the middle of a tile, in whole words where there is room; nothing while all is well. */
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
