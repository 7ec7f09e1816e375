/** `<gridcast-program-preview>`: what the program would look like, drawn from the function that arranges it. */
import { css, html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Annotation } from '../../src/layout/annotation.ts';
import { describePreview, type Preview } from '../controllers/program-preview.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';
import { fitText, textWidth } from '../util/text-width.ts';
import { previewTile } from './preview-tile.ts';

/** Letters of the preview: this share of the program's shorter edge, so that they can be read at a few hundred pixels. */
const LETTERS = 1 / 15;
const CLOCK = '12:34:56.789';

/** Draws `preview` with `annotation` over it. */
@customElement('gridcast-program-preview')
export class GridcastProgramPreview extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
      }
      .program {
        width: 100%;
        max-height: var(--preview-height, 40dvh);
        border-radius: var(--gc-radius-small);
        font-family: var(--gc-font);
      }
      .moving .tile,
      .moving .tile > rect {
        transition:
          x 230ms ease-in-out,
          y 230ms ease-in-out,
          width 230ms ease-in-out,
          height 230ms ease-in-out;
      }
    `,
  ];

  @property({ attribute: false }) preview!: Preview;
  @property({ attribute: false }) annotation!: Annotation;
  /** The room's. */
  @property() override title = '';
  /** Addresses of the pictures that are set, else undefined. */
  @property({ attribute: false }) logo: string | undefined;
  @property({ attribute: false }) background: string | undefined;
  /** Whether tiles move to their places. */
  @property({ type: Boolean }) moving = false;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    const { width, height, tiles, more } = this.preview;
    const unit = Math.min(width, height) * LETTERS;
    return html`<svg
      class="program ${this.moving ? 'moving' : ''}"
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-label=${describePreview(this.preview, this.#words.words)}
    >
      <rect width=${width} height=${height} fill=${this.annotation.background}></rect>
      ${this.background === undefined ? nothing : this.#picture(this.background)}
      ${repeat(
        tiles,
        ({ key }) => key,
        (tile) => previewTile(tile, this.annotation, unit, tile.width >= width && tile.height >= height),
      )}
      ${more ? this.#more(more, unit) : nothing} ${tiles.length === 0 ? this.#slate(unit) : nothing}
      ${this.#written(unit)}
    </svg>`;
  }

  #picture(url: string): SVGTemplateResult {
    const { width, height } = this.preview;
    return svg`<image href=${url} width=${width} height=${height} preserveAspectRatio="xMidYMid slice" />`;
  }

  /** On a corner of a tile, larger than in the program, so that it can be read. */
  #more({ count, cell }: NonNullable<Preview['more']>, unit: number): SVGTemplateResult {
    return this.#plate(
      cell.x,
      cell.y,
      this.#words.say('preview.more', { number: count }),
      Math.max(cell.height / 1.7, unit * 0.8),
    );
  }

  #slate(unit: number): SVGTemplateResult {
    const { width, height } = this.preview;
    return svg`<text x=${width / 2} y=${height / 2} font-size=${unit * 1.2} fill="#f2f6fa" text-anchor="middle"
      dominant-baseline="central">${this.#words.say('preview.slate')}</text>`;
  }

  /** Clock, title, logo and lower third: where they stand, not letter for letter. */
  #written(unit: number): SVGTemplateResult {
    const { clock, title, lowerThird } = this.annotation;
    const { width } = this.preview;
    const edge = unit * 0.25;
    const clockWidth = (textWidth(CLOCK) + 0.8) * unit * 0.85;
    return svg`${title && this.title !== '' ? this.#plate(edge, edge, fitText(this.title, (width - clockWidth) / unit - 2), unit) : nothing}
      ${clock ? this.#plate(width - clockWidth - edge, edge, CLOCK, unit * 0.85) : nothing}
      ${this.logo === undefined ? nothing : this.#logo(this.logo, unit)}
      ${lowerThird ? this.#lowerThird(lowerThird, unit) : nothing}`;
  }

  #plate(x: number, y: number, text: string, size: number): SVGTemplateResult {
    const plate = (textWidth(text) + 0.8) * size;
    return svg`<rect x=${x} y=${y} width=${plate} height=${size * 1.5} fill="#0c0e12" fill-opacity="0.72" />
      <text x=${x + size * 0.4} y=${y + size * 0.78} font-size=${size} fill="#f2f6fa"
        dominant-baseline="central">${text}</text>`;
  }

  /** Below what else stands in its corner. */
  #logo(url: string, unit: number): SVGTemplateResult {
    const { width, height } = this.preview;
    const { logo, clock, title } = this.annotation;
    const [upper, left] = [logo.corner.startsWith('top'), logo.corner.endsWith('left')];
    const taken = left ? title && this.title !== '' : clock;
    const margin = height / 45;
    const box = { width: width / 2, height: height * logo.height };
    const x = left ? margin : width - box.width - margin;
    const y = upper ? (taken ? unit * 2 : margin) : height - box.height - margin;
    return svg`<image href=${url} x=${x} y=${y} width=${box.width} height=${box.height} opacity=${logo.opacity}
      preserveAspectRatio=${left ? 'xMinYMid' : 'xMaxYMid'} />`;
  }

  #lowerThird(words: { readonly title: string; readonly text: string }, unit: number): SVGTemplateResult {
    const { width, height } = this.preview;
    const room = (width * (width < height ? 0.88 : 0.62)) / unit - 1.4;
    const [title, text] = [fitText(words.title, room), fitText(words.text, room / 0.85)];
    const wide = (Math.max(textWidth(title), textWidth(text) * 0.85) + 1.4) * unit;
    const tall = words.text === '' ? unit * 1.8 : unit * 2.9;
    const [x, y] = [width * 0.045, height * 0.9 - tall];
    return svg`<rect x=${x} y=${y} width=${wide} height=${tall} fill="#0c0e12" fill-opacity="0.82" />
      <rect x=${x} y=${y} width=${unit * 0.2} height=${tall} fill="#40d9b2" />
      <text x=${x + unit * 0.7} y=${y + unit * 1.25} font-size=${unit} font-weight="650"
        fill="#ffffff">${title}</text>
      <text x=${x + unit * 0.7} y=${y + unit * 2.35} font-size=${unit * 0.85}
        fill="#d5dee7">${text}</text>`;
  }
}
