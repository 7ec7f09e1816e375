/** `<gridcast-file-preview>`: a picture, sound, film or PDF that somebody has shared, above everything else. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FileView } from '../../src/protocol/files.ts';
import { problemOf } from '../api-client.ts';
import type { FilesDesk } from '../controllers/files-desk.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { previewKind } from '../util/file-words.ts';
import type { Problem } from '../util/problem.ts';
import { icons } from './icons.ts';

/** A player asks for a film in parts for as long as it runs. */
const SHOWN_S = 3600;

/** `open` shows a file. Sends `gridcast-download` with the file. */
@customElement('gridcast-file-preview')
export class GridcastFilePreview extends LitElement {
  static override styles = [
    inherited,
    buttons,
    toolButtons,
    css`
      dialog {
        width: min(60rem, calc(100vw - 1.5rem));
        max-height: calc(100dvh - 1.5rem);
        padding: 0;
        border: 1px solid var(--gc-line);
        border-radius: var(--gc-radius);
        background: var(--gc-surface);
        color: var(--gc-text);
        box-shadow: var(--gc-shadow);
      }
      dialog::backdrop {
        background: #000c;
      }
      .top {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto auto;
        gap: 0.5rem;
        align-items: center;
        padding: 0.5rem 0.6rem 0.5rem 1.1rem;
      }
      h2 {
        overflow: hidden;
        font-size: 1rem;
        text-overflow: ellipsis;
        white-space: nowrap;
        unicode-bidi: plaintext;
      }
      .body {
        display: grid;
        min-height: 8rem;
        place-items: center;
        background: var(--gc-bg);
      }
      img,
      video {
        display: block;
        max-width: 100%;
        max-height: 75dvh;
      }
      audio {
        width: min(30rem, 90%);
      }
      iframe {
        width: 100%;
        height: 75dvh;
        border: 0;
        background: #ffffff;
      }
      p {
        padding: 1.5rem;
        text-align: center;
      }
    `,
  ];

  @property({ attribute: false }) desk!: FilesDesk;
  @state() private file: FileView | undefined;
  @state() private address = '';
  /** `broken`: this browser cannot show it. */
  @state() private problem: Problem | 'broken' | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #words = new WordsUser(this);

  /** Shows a file whose type can do no harm. */
  async open(file: FileView): Promise<void> {
    this.file = file;
    this.address = '';
    this.problem = undefined;
    if (!this.dialog.open) this.dialog.showModal();
    try {
      const address = `${await this.desk.link(file.id, SHOWN_S)}&inline=1`;
      if (this.file === file) this.address = address;
    } catch (error) {
      if (this.file === file) this.problem = problemOf('', error);
    }
  }

  override render(): TemplateResult {
    const name = this.file?.name ?? '';
    return html`<dialog aria-labelledby="heading" @close=${this.#closed} @keydown=${this.#keep}>
      <div class="top">
        <h2 id="heading" title=${name}>${name}</h2>
        <button class="button small" type="button" @click=${this.#download}>
          ${icons.download} ${this.#words.say('files.save')}
        </button>
        <button
          class="tool large"
          type="button"
          aria-label=${this.#words.say('files.close')}
          @click=${() => this.dialog.close()}
        >
          ${icons.close}
        </button>
      </div>
      <div class="body">${this.#body()}</div>
    </dialog>`;
  }

  #body(): TemplateResult | typeof nothing {
    const { file, address } = this;
    if (this.problem) return html`<p role="alert">${this.#reason(this.problem)}</p>`;
    if (!file || address === '') return nothing;
    switch (previewKind(file.type)) {
      case 'image':
        return html`<img src=${address} alt=${file.name} @error=${this.#broken} />`;
      case 'sound':
        return html`<audio src=${address} controls @error=${this.#broken}></audio>`;
      case 'video':
        return html`<video src=${address} controls playsinline @error=${this.#broken}></video>`;
      case 'pdf':
        // Browsers' viewers do not work in a sandbox: the server sends it so that nothing of it runs.
        return html`<iframe src=${address} title=${file.name} referrerpolicy="no-referrer"></iframe>`;
      case undefined:
        return html`<p>${this.#words.say('files.previewBroken')}</p>`;
    }
  }

  readonly #broken = (): void => {
    this.problem = 'broken';
  };

  #reason(problem: Problem | 'broken'): string {
    if (problem === 'broken') return this.#words.say('files.previewBroken');
    return this.#words.say('files.previewFailed', { reason: this.#words.words.problem(problem).detail });
  }

  readonly #download = (): void => {
    this.dispatchEvent(new CustomEvent('gridcast-download', { detail: this.file }));
  };

  /** What plays ends with it. */
  readonly #closed = (): void => {
    this.file = undefined;
    this.address = '';
  };

  /** Keys of the room must not act while it is open. */
  readonly #keep = (event: KeyboardEvent): void => event.stopPropagation();
}
