/** `<gridcast-recording-title>`: the title of a recording, as it stands between its tags, and in its place the field that changes it. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { reasonIn } from '../api-client.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';

/** Enter saves and Escape leaves it as it was. The focus goes from the button to the field and back. */
@customElement('gridcast-recording-title')
export class GridcastRecordingTitle extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 0.3rem;
        min-width: 0;
      }
      :host([editing]) {
        flex: 1 1 100%;
      }
      .edit {
        flex: none;
        min-width: var(--gc-control);
        padding-inline: 0.4rem;
        color: var(--gc-muted);
      }
      .edit svg {
        width: 18px;
        height: 18px;
      }
      form {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        gap: 0.5rem;
        min-width: 0;
      }
      input[type='text'] {
        flex: 1 1 14rem;
        width: 14rem;
        min-width: 0;
      }
      .wrong {
        flex: 1 1 100%;
        color: var(--gc-danger);
        font-size: 0.9rem;
        font-weight: 400;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** Id of the recording: with another one the field goes. */
  @property() recording = '';
  @property() heading = '';
  /** Stores another title; rejects when that is refused. */
  @property({ attribute: false }) save!: (title: string) => Promise<void>;
  @property({ type: Boolean, reflect: true }) editing = false;
  @state() private busy = false;
  @state() private wrong: unknown;
  @query('input') private input!: HTMLInputElement | null;
  @query('.edit') private button!: HTMLElement | null;
  readonly #words = new WordsUser(this);
  /** The title was missing. */
  @state() private empty = false;
  /** The title when the field came: what is typed stays while the page behind it is read anew. */
  #began = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('recording')) this.editing = false;
  }

  override render(): TemplateResult {
    if (!this.editing) {
      const label = this.#words.say('recordingTitle.edit', { title: this.heading });
      return html`<slot></slot>
        <button class="button small quiet edit" type="button" aria-label=${label} title=${this.#words.say('recordingTitle.rename')} @click=${this.#begin}>
          ${icons.pencil}
        </button>`;
    }
    const wrong = this.#wrong();
    // A heading is what pages are read by, also while it is changed.
    return html`<div class="visually-hidden"><slot></slot></div>
    <form novalidate @submit=${this.#submit} @keydown=${this.#onKey}>
      <input
        type="text"
        maxlength="100"
        autocomplete="off"
        .value=${this.#began}
        aria-label=${this.#words.say('recordingTitle.label')}
        aria-invalid=${wrong === '' ? 'false' : 'true'}
        aria-describedby="wrong"
      />
      <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>
        ${this.#words.say('recordingTitle.save')}
      </button>
      <button class="button" type="button" @click=${this.#end}>${this.#words.say('recordingTitle.cancel')}</button>
      <p class="wrong" id="wrong" role="alert" ?hidden=${wrong === ''}>${wrong === '' ? nothing : wrong}</p>
    </form>`;
  }

  #wrong(): string {
    if (this.empty) return this.#words.say('recordingTitle.empty');
    return this.wrong === undefined ? '' : reasonIn(this.#words.words, this.wrong);
  }

  readonly #begin = async (): Promise<void> => {
    this.#began = this.heading;
    Object.assign(this, { editing: true, empty: false, wrong: undefined });
    await this.updateComplete;
    this.input?.select();
    this.input?.focus();
  };

  readonly #end = async (): Promise<void> => {
    const had = Boolean(this.shadowRoot?.activeElement);
    this.editing = false;
    await this.updateComplete;
    if (had) this.button?.focus();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    // With a word half composed Escape is the keyboard's own.
    if (event.key !== 'Escape' || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#end();
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#save(this.input?.value.trim() ?? '');
  };

  async #save(title: string): Promise<void> {
    if (this.busy) return;
    this.wrong = undefined;
    this.empty = title === '';
    if (this.empty) return;
    this.busy = true;
    try {
      if (title !== this.heading) await this.save(title);
      if (this.editing) await this.#end();
    } catch (error) {
      this.wrong = error;
      this.input?.focus();
    } finally {
      this.busy = false;
    }
  }
}
