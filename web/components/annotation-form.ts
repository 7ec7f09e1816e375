/** `<gridcast-annotation-form>`: what is written and drawn over the program; every change shows at once. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Annotation } from '../../src/layout/annotation.ts';
import type { AnnotationEditor, LowerThirdWords } from '../controllers/annotation-editor.ts';
import type { RoomImages } from '../controllers/room-images.ts';
import { LANGUAGES } from '../i18n/languages.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import './notice.ts';
import type { PictureChoice } from './picture-field.ts';
import './picture-field.ts';

const FLAGS = ['names', 'marks', 'speakerBorder', 'clock', 'captureTime', 'title', 'timeStrip'] as const;
const CORNERS: readonly Annotation['logo']['corner'][] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];

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
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 0.8rem;
        min-height: 40px;
      }
      .row select {
        width: auto;
        min-height: 36px;
        padding: 0.2rem 0.5rem;
      }
      .row input[type='range'] {
        flex: 1;
        min-width: 0;
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
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    const { problem } = this.editor;
    return html`<p class="hint">${this.#words.say('annotation.hint')}</p>
      ${
        problem
          ? html`<gridcast-notice tone="error" heading=${this.#words.say('annotation.failed')}>
              ${this.#words.words.problem(problem).detail}
              <button slot="actions" class="button small" type="button" @click=${() => this.editor.dismissProblem()}>
                ${this.#words.say('room.dismiss')}
              </button>
            </gridcast-notice>`
          : nothing
      }
      ${this.#lowerThird()}
      <section class="group">
        <h3>${this.#words.say('annotation.over')}</h3>
        ${this.#language()}
        ${FLAGS.map((flag) => this.#switch(flag))}
      </section>
      ${this.#pictures()}`;
  }

  #lowerThird(): TemplateResult {
    const { words, value, wordsDiffer } = this.editor;
    const shown = value.lowerThird !== null;
    // Each is off once it was pressed: truly disabled it would lose the focus.
    const idle = shown && !wordsDiffer;
    const set = (change: Partial<LowerThirdWords>): void => {
      this.editor.words = { ...this.editor.words, ...change };
    };
    return html`<form class="group" @submit=${this.#showWords}>
      <h3>${this.#words.say('annotation.lowerThird')}</h3>
      <div class="field">
        <label for="title">${this.#words.say('annotation.lineTitle')}</label>
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
        <label for="text">${this.#words.say('annotation.lineText')}</label>
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
        <button class="button small primary" aria-disabled=${idle ? 'true' : 'false'}>
          ${this.#words.say(shown ? 'annotation.update' : 'annotation.show')}
        </button>
        <button
          class="button small"
          type="button"
          aria-disabled=${shown ? 'false' : 'true'}
          @click=${() => shown && this.editor.hideWords()}
        >
          ${this.#words.say('annotation.hide')}
        </button>
        ${shown ? html`<span class="hint" role="status">${this.#words.say('annotation.shown')}</span>` : nothing}
      </div>
    </form>`;
  }

  #language(): TemplateResult {
    const { language } = this.editor.value;
    const set = (event: Event): void =>
      this.editor.change({ language: (event.target as HTMLSelectElement).value as Annotation['language'] });
    return html`<label class="row">
      ${this.#words.say('annotation.language')}
      <select @change=${set}>
        ${LANGUAGES.map(
          ({ tag, name }) =>
            html`<option value=${tag} lang=${tag} .selected=${live(tag === language)}>${name}</option>`,
        )}
      </select>
    </label>`;
  }

  #switch(flag: (typeof FLAGS)[number]): TemplateResult {
    return html`<label class="switch">
      ${this.#words.say(`annotation.${flag}`)}
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
      <h3>${this.#words.say('annotation.pictures')}</h3>
      ${this.#picture('logo')}
      <label class="row">
        ${this.#words.say('annotation.corner')}
        <select
          @change=${(event: Event) =>
            this.#setLogo({ corner: (event.target as HTMLSelectElement).value as Annotation['logo']['corner'] })}
        >
          ${CORNERS.map(
            (corner) =>
              html`<option value=${corner} .selected=${live(corner === logo.corner)}>${this.#words.say(`annotation.${corner}`)}</option>`,
          )}
        </select>
      </label>
      ${this.#slider('size', logo.height, 0.02, 0.5, (height) => this.#setLogo({ height }))}
      ${this.#slider('opacity', logo.opacity, 0, 1, (opacity) => this.#setLogo({ opacity }))}
      ${this.#picture('background')}
      <label class="row">
        ${this.#words.say('annotation.colour')}
        <input
          type="color"
          .value=${background}
          @input=${(event: Event) => this.editor.change({ background: (event.target as HTMLInputElement).value })}
        />
      </label>
    </section>`;
  }

  #picture(image: 'logo' | 'background'): TemplateResult {
    const { url, busy, problem } = this.images[image];
    return html`<gridcast-picture-field
      label=${this.#words.say(`annotation.${image}`)}
      .url=${url}
      ?filled=${url !== undefined}
      ?busy=${busy}
      .problem=${problem}
      @gridcast-picture=${({ detail }: CustomEvent<PictureChoice>) => void this.images.set(image, detail.picture)}
    ></gridcast-picture-field>`;
  }

  #slider(
    what: 'size' | 'opacity',
    value: number,
    min: number,
    max: number,
    set: (value: number) => void,
  ): TemplateResult {
    return html`<label class="row">
      ${this.#words.say(`annotation.${what}`)}
      <input
        type="range"
        min=${min}
        max=${max}
        step="0.01"
        .value=${String(value)}
        @input=${(event: Event) => set(Number((event.target as HTMLInputElement).value))}
      />
      <output>${this.#words.say('annotation.percent', { value: Math.round(value * 100) })}</output>
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
