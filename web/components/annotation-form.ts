/** `<gridcast-annotation-form>`: what is written and drawn over the program; every change shows at once. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Annotation } from '../../src/layout/annotation.ts';
import type { AnnotationEditor, LowerThirdWords } from '../controllers/annotation-editor.ts';
import type { RoomImages } from '../controllers/room-images.ts';
import { buttons, fields } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import './notice.ts';
import type { PictureChoice } from './picture-field.ts';
import './picture-field.ts';

type Flag = 'names' | 'marks' | 'speakerBorder' | 'clock' | 'captureTime' | 'title' | 'timeStrip';

const FLAGS: readonly (readonly [Flag, string])[] = [
  ['names', 'Names'],
  ['marks', 'Marks of hosts, muted and speaking'],
  ['speakerBorder', 'Border around whoever speaks'],
  ['clock', 'Clock'],
  ['captureTime', 'Capture time on each tile'],
  ['title', 'Title of the room'],
  ['timeStrip', 'Time strip for measuring'],
];
const CORNERS: readonly (readonly [Annotation['logo']['corner'], string])[] = [
  ['top-left', 'Top left'],
  ['top-right', 'Top right'],
  ['bottom-left', 'Bottom left'],
  ['bottom-right', 'Bottom right'],
];

/** Works on the editors it is given. */
@customElement('gridcast-annotation-form')
export class GridcastAnnotationForm extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    panelParts,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.2rem;
      }
      input[type='color'] {
        width: 64px;
        height: 36px;
        padding: 2px;
        border: 1px solid var(--gc-line-strong);
        border-radius: var(--gc-radius-small);
        background: var(--gc-bg);
        cursor: pointer;
      }
      .row {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 0.8rem;
        min-height: 40px;
      }
      .row select {
        width: auto;
        min-height: 36px;
        padding: 0.2rem 0.5rem;
      }
      .row input[type='range'] {
        flex: 1;
        max-width: 10rem;
      }
      output {
        min-width: 3.2rem;
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) editor!: AnnotationEditor;
  @property({ attribute: false }) images!: RoomImages;
  /** Renewed by the owner whenever one of them changed. */
  @property({ type: Number }) revision = 0;

  override render(): TemplateResult {
    const { problem } = this.editor;
    return html`<p class="hint">Changes here are seen by everybody at once.</p>
      ${
        problem
          ? html`<gridcast-notice tone="error" heading=${problem.title}>
              ${problem.detail}
              <button slot="actions" class="button small" type="button" @click=${() => this.editor.dismissProblem()}>
                Dismiss
              </button>
            </gridcast-notice>`
          : nothing
      }
      ${this.#lowerThird()}
      <section class="group">
        <h3>Over the picture</h3>
        ${FLAGS.map(([flag, words]) => this.#switch(flag, words))}
      </section>
      ${this.#pictures()}`;
  }

  #lowerThird(): TemplateResult {
    const { words, value, wordsDiffer } = this.editor;
    const shown = value.lowerThird !== null;
    const set = (change: Partial<LowerThirdWords>): void => {
      this.editor.words = { ...this.editor.words, ...change };
    };
    return html`<form class="group" @submit=${this.#showWords}>
      <h3>Lower third</h3>
      <div class="field">
        <label for="title">Title</label>
        <input
          id="title"
          type="text"
          maxlength="80"
          autocomplete="off"
          .value=${words.title}
          @input=${(event: InputEvent) => set({ title: (event.target as HTMLInputElement).value })}
        />
      </div>
      <div class="field">
        <label for="text">Text</label>
        <input
          id="text"
          type="text"
          maxlength="120"
          autocomplete="off"
          .value=${words.text}
          @input=${(event: InputEvent) => set({ text: (event.target as HTMLInputElement).value })}
        />
      </div>
      <div class="actions">
        <button class="button small primary" ?disabled=${shown && !wordsDiffer}>${shown ? 'Update' : 'Show'}</button>
        <button class="button small" type="button" ?disabled=${!shown} @click=${() => this.editor.hideWords()}>Hide</button>
        ${shown ? html`<span class="hint" role="status">It is shown now.</span>` : nothing}
      </div>
    </form>`;
  }

  #switch(flag: Flag, words: string): TemplateResult {
    return html`<label class="switch">
      ${words}
      <input
        type="checkbox"
        role="switch"
        .checked=${this.editor.value[flag]}
        @change=${(event: Event) => this.editor.change({ [flag]: (event.target as HTMLInputElement).checked })}
      />
    </label>`;
  }

  #pictures(): TemplateResult {
    const { background, logo } = this.editor.value;
    return html`<section class="group">
      <h3>Logo and background</h3>
      ${this.#picture('logo', 'Logo')}
      <label class="row">
        Corner
        <select
          @change=${(event: Event) =>
            this.#setLogo({ corner: (event.target as HTMLSelectElement).value as Annotation['logo']['corner'] })}
        >
          ${CORNERS.map(([corner, words]) => html`<option value=${corner} ?selected=${corner === logo.corner}>${words}</option>`)}
        </select>
      </label>
      ${this.#slider('Size', logo.height, 0.02, 0.5, (height) => this.#setLogo({ height }))}
      ${this.#slider('Opacity', logo.opacity, 0, 1, (opacity) => this.#setLogo({ opacity }))}
      ${this.#picture('background', 'Background')}
      <label class="row">
        Background colour
        <input
          type="color"
          .value=${background}
          @input=${(event: Event) => this.editor.change({ background: (event.target as HTMLInputElement).value })}
        />
      </label>
    </section>`;
  }

  #picture(image: 'logo' | 'background', label: string): TemplateResult {
    const { url, busy, problem } = this.images[image];
    return html`<gridcast-picture-field
      label=${label}
      .url=${url}
      ?filled=${url !== undefined}
      ?busy=${busy}
      .problem=${problem}
      @gridcast-picture=${({ detail }: CustomEvent<PictureChoice>) => void this.images.set(image, detail.picture)}
    ></gridcast-picture-field>`;
  }

  #slider(words: string, value: number, min: number, max: number, set: (value: number) => void): TemplateResult {
    return html`<label class="row">
      ${words}
      <input
        type="range"
        min=${min}
        max=${max}
        step="0.01"
        .value=${String(value)}
        @input=${(event: Event) => set(Number((event.target as HTMLInputElement).value))}
      />
      <output>${Math.round(value * 100)} %</output>
    </label>`;
  }

  #setLogo(change: Partial<Annotation['logo']>): void {
    this.editor.change({ logo: { ...this.editor.value.logo, ...change } });
  }

  readonly #showWords = (event: SubmitEvent): void => {
    event.preventDefault();
    this.editor.showWords();
  };
}
