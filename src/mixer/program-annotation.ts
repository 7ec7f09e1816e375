/** Draws what concerns the program as a whole: background, title, logo, lower third, clock, and slates. */
import { type Annotation, annotationSchema } from '../layout/annotation.ts';
import { annotationWords } from '../layout/annotation-words.ts';
import type { Cell } from '../layout/layout.ts';
import type { WallTime } from '../media/timestamp.ts';
import { renderLogo, renderLowerThird, renderSlateText } from './banner.ts';
import { dimCell } from './cell-effects.ts';
import { ClockOverlay, clockFontSize } from './clock-overlay.ts';
import { CoverPicture } from './cover-picture.ts';
import { type Overlay, blendOverlay } from './overlay.ts';
import { type Picture, copyPicture, fillCell, yuvOf } from './picture.ts';
import { even, plateHeight, renderPlate } from './plate.ts';
import type { RgbaImage } from './still-image.ts';
import { drawTimeStrip, timeStripHeight } from './time-strip.ts';

/** Form of the program. */
export interface ProgramAnnotationOptions {
  readonly width: number;
  readonly height: number;
  /** The zone's offset from UTC at a moment, minutes. */
  readonly offsetMinutes: (time: WallTime) => number;
}

/** Why there are no tiles. */
export type SlateKind = 'empty' | 'ended' | 'sound-only';

const MARGIN = 8;
/** Rows of a new background that are made in one frame. */
const BACKGROUND_ROWS = 24;

type Part = 'title' | 'logo' | 'lowerThird' | 'more';

/** One per program; keeps what it renders, and renders at most one thing a frame. */
export class ProgramAnnotation {
  readonly #width: number;
  readonly #height: number;
  readonly #clock: ClockOverlay;
  readonly #fontSize: number;
  readonly #parts = new Map<Part, { readonly key: string; readonly overlay: Overlay | undefined }>();
  #title = '';
  #annotation: Annotation = annotationSchema.parse({});
  #logo: RgbaImage | undefined;
  #logoVersion = 0;
  #image: RgbaImage | undefined;
  #cover: Picture | undefined;
  #coming: CoverPicture | undefined;
  #backgroundRevision = 0;
  #slate: { readonly key: string; readonly overlay: Overlay } | undefined;
  /** A slate says the title itself. */
  #onSlate = false;

  constructor(options: ProgramAnnotationOptions) {
    this.#width = options.width;
    this.#height = options.height;
    this.#fontSize = clockFontSize(options.width, options.height);
    this.#clock = new ClockOverlay(this.#fontSize, options.offsetMinutes);
  }

  /** Grows whenever `background` would paint something else: canvases that were painted before need it again. */
  get backgroundRevision(): number {
    return this.#backgroundRevision;
  }

  set(title: string, annotation: Annotation): void {
    const recolored = annotation.background !== this.#annotation.background;
    this.#title = title;
    this.#annotation = annotation;
    if (!recolored) return;
    this.#backgroundRevision += 1;
    this.#prepareBackground();
  }

  /** A background is made over the next frames, and stands for the old one when `backgroundRevision` has grown. */
  setImage(slot: 'logo' | 'background', image: RgbaImage | undefined): void {
    if (slot === 'logo') {
      this.#logo = image;
      this.#logoVersion += 1;
      return;
    }
    this.#image = image;
    if (!image) {
      this.#cover = undefined;
      this.#backgroundRevision += 1;
    }
    this.#prepareBackground();
  }

  /** Fills the whole canvas. */
  background(canvas: Picture): void {
    if (this.#cover) copyPicture(canvas, this.#cover, 0, 0);
    else
      fillCell(canvas, { x: 0, y: 0, width: canvas.width, height: canvas.height }, yuvOf(...this.#backgroundColor()));
  }

  /** Draws what stands over the tiles. `more`: how many found no place, and where that is said. */
  draw(
    canvas: Picture,
    frame: number,
    wall: WallTime,
    more: { readonly count: number; readonly cell: Cell } | undefined,
  ): void {
    this.#makeBackground();
    this.#renderOne(more);
    const { clock, timeStrip } = this.#annotation;
    const top = timeStrip ? Math.max(MARGIN, timeStripHeight(this.#width)) : MARGIN;
    if (more) this.#drawMore(canvas, more.cell);
    const logo = this.#drawLogo(canvas, top);
    this.#drawLowerThird(canvas, logo);
    if (clock) {
      this.#clock.update(wall);
      const { picture } = this.#clock;
      copyPicture(canvas, picture, this.#width - picture.width - MARGIN, top);
    }
    const title = this.#parts.get('title')?.overlay;
    if (title && !this.#onSlate) blendOverlay(canvas, title, MARGIN, this.#titleTop(top));
    if (timeStrip) drawTimeStrip(canvas, frame, wall);
    this.#onSlate = false;
  }

  /** The whole picture while there are no tiles; `draw` comes on top. */
  slate(canvas: Picture, kind: SlateKind): void {
    const { language } = this.#annotation;
    const key = `${kind} ${language} ${this.#title}`;
    if (this.#slate?.key !== key) {
      const overlay = renderSlateText(this.#title, annotationWords(language).slate[kind], this.#width, this.#height);
      this.#slate = { key, overlay };
    }
    this.#onSlate = true;
    this.background(canvas);
    if (this.#cover) dimCell(canvas, { x: 0, y: 0, width: this.#width, height: this.#height });
    const { overlay } = this.#slate;
    blendOverlay(canvas, overlay, 0, ((this.#height - overlay.height) >> 2) << 1);
  }

  #backgroundColor(): [number, number, number] {
    const value = Number.parseInt(this.#annotation.background.slice(1), 16);
    return [(value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff];
  }

  #prepareBackground(): void {
    const image = this.#image;
    this.#coming = image && new CoverPicture(image, this.#width, this.#height, this.#backgroundColor());
  }

  #makeBackground(): void {
    if (!this.#coming?.step(BACKGROUND_ROWS)) return;
    this.#cover = this.#coming.picture;
    this.#coming = undefined;
    this.#backgroundRevision += 1;
  }

  /** Renders the first part that does not show what it should; what is out of date is not shown meanwhile. */
  #renderOne(more: { readonly count: number; readonly cell: Cell } | undefined): void {
    const { title, logo, lowerThird, language } = this.#annotation;
    const wanted: Record<Part, { readonly key: string; readonly render: (() => Overlay) | undefined }> = {
      title: {
        key: this.#title,
        render: title && this.#title.trim() !== '' ? () => this.#renderTitle() : undefined,
      },
      logo: {
        key: `${this.#logoVersion} ${logo.height} ${logo.opacity}`,
        render: this.#logo && (() => this.#renderLogo(this.#logo as RgbaImage)),
      },
      lowerThird: {
        key: JSON.stringify(lowerThird),
        render: lowerThird ? () => this.#renderLowerThird(lowerThird) : undefined,
      },
      more: {
        key: more ? `${more.count} ${more.cell.width} ${more.cell.height} ${language}` : '',
        render: more && (() => this.#renderMore(more)),
      },
    };
    let rendered = false;
    for (const part of ['title', 'logo', 'lowerThird', 'more'] as const) {
      const { key, render } = wanted[part];
      if (!render) this.#parts.delete(part);
      else if (this.#parts.get(part)?.key !== key) {
        if (rendered) this.#parts.delete(part);
        else this.#parts.set(part, { key, overlay: render() });
        rendered = true;
      }
    }
  }

  #clockSharesLine(): boolean {
    const { clock } = this.#annotation;
    return clock && this.#width - this.#clock.picture.width - 3 * MARGIN >= this.#width / 4;
  }

  #titleTop(top: number): number {
    const below = this.#annotation.clock && !this.#clockSharesLine();
    return below ? top + this.#clock.picture.height + MARGIN : top;
  }

  #renderTitle(): Overlay {
    const room = this.#clockSharesLine() ? this.#clock.picture.width + MARGIN : 0;
    return renderPlate({ texts: [this.#title] }, this.#fontSize, this.#width - room - 2 * MARGIN);
  }

  #renderLogo(image: RgbaImage): Overlay {
    const { height, opacity } = this.#annotation.logo;
    return renderLogo(image, this.#height * height, this.#width / 2, opacity);
  }

  #renderLowerThird({ title, text }: { readonly title: string; readonly text: string }): Overlay {
    const maxWidth = this.#width * (this.#width < this.#height ? 0.88 : 0.62);
    return renderLowerThird(title, text, Math.min(this.#height, this.#width), maxWidth);
  }

  #renderMore({ count, cell }: { readonly count: number; readonly cell: Cell }): Overlay {
    const fontSize = Math.max(10, Math.min(Math.round(this.#height / 30), Math.floor(cell.height / 1.7)));
    const words = annotationWords(this.#annotation.language);
    return renderPlate({ texts: [words.more(count), `+${count}`], pill: true }, fontSize, cell.width);
  }

  #drawMore(canvas: Picture, cell: Cell): void {
    const overlay = this.#parts.get('more')?.overlay;
    if (!overlay) return;
    const middle = (start: number, room: number, size: number): number => start + (((room - size) >> 2) << 1);
    const x = middle(cell.x, cell.width, overlay.width);
    blendOverlay(canvas, overlay, x, middle(cell.y, cell.height, overlay.height), cell);
  }

  /** Draws it below what else stands in its corner; returns what it takes of the left lower corner. */
  #drawLogo(canvas: Picture, top: number): number {
    const overlay = this.#parts.get('logo')?.overlay;
    if (!overlay) return 0;
    const { corner } = this.#annotation.logo;
    const margin = even(this.#height / 45);
    const left = corner.endsWith('left');
    const x = left ? margin : this.#width - margin - overlay.width;
    const y = corner.startsWith('top') ? this.#logoTop(left, top, margin) : this.#height - margin - overlay.height;
    blendOverlay(canvas, overlay, x, y);
    return corner === 'bottom-left' ? x + overlay.width : 0;
  }

  #logoTop(left: boolean, top: number, margin: number): number {
    const { clock } = this.#annotation;
    const title = this.#parts.has('title');
    if (left ? !title : !clock) return Math.max(top, margin);
    if (left) return this.#titleTop(top) + plateHeight(this.#fontSize) + MARGIN;
    return top + this.#clock.picture.height + MARGIN;
  }

  #drawLowerThird(canvas: Picture, logoRight: number): void {
    const overlay = this.#parts.get('lowerThird')?.overlay;
    if (!overlay) return;
    const x = Math.max(even(this.#width * 0.045), even(logoRight + MARGIN));
    blendOverlay(canvas, overlay, x, even(this.#height * 0.9) - overlay.height);
  }
}
