/** `<gridcast-admin-files>`: all files of a finished recording, with their checksums. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import { reasonIn } from '../api-client.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { RecordingFile } from '../recording-types.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { fileKindWords, fileTitleWords } from '../util/archive-file-words.ts';
import { formatBytes } from '../util/format.ts';
import { runAction } from './admin-actions.ts';
import { download } from './admin-recording-row.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import { icons } from './icons.ts';
import './notice.ts';

const THANKS_MS = 2500;
/** Pieces of a stream are counted, not listed. */
const PIECE = /^vod-(?:init|segment)-/;

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-files')
export class GridcastAdminFiles extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    toolButtons,
    adminSectionStyles,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0 0.4rem;
        align-items: baseline;
      }
      .hash {
        display: inline-flex;
        align-items: center;
        gap: 0.3rem;
        min-height: 24px;
        padding: 0.05rem 0.35rem;
        border: 0;
        border-radius: 5px;
        background: transparent;
        color: var(--gc-muted);
        font:
          0.8rem ui-monospace,
          monospace;
        cursor: pointer;
      }
      .hash:hover {
        background: var(--gc-raised);
        color: var(--gc-text);
      }
      .hash svg {
        width: 14px;
        height: 14px;
      }
      .kind {
        flex: none;
      }
      @media (max-width: 30rem) {
        .kind {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @property() recording = '';
  @state() busy = '';
  @state() failure: unknown;
  @state() private files: readonly RecordingFile[] | undefined;
  @state() private copied = '';
  readonly #words = new WordsUser<AdminKey>(this);
  #timer = 0;
  #run = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
    this.#run += 1;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('recording')) void this.#load();
  }

  override render(): TemplateResult {
    const { files = [] } = this;
    const shown = files.filter(({ name }) => !PIECE.test(name));
    const pieces = files.length - shown.length;
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    return html`<section class="card-section" aria-labelledby="files">
      <div class="section-head">
        <h2 id="files">${this.#words.say('adminFiles.title')}</h2>
        ${
          files.length === 0
            ? nothing
            : html`<small>${this.#words.say('adminFiles.count', { count: files.length, size: this.#size(bytes) })}</small>`
        }
      </div>
      ${
        this.failure === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading=${this.#words.say('admin.refused')}>
              ${reasonIn(this.#words.words, this.failure)}
              ${
                this.files
                  ? nothing
                  : html`<button slot="actions" class="button small" type="button" @click=${() => void this.#load()}>
                      ${icons.retry} ${this.#words.say('admin.again')}
                    </button>`
              }
            </gridcast-notice>`
      }
      ${
        this.files || this.failure !== undefined
          ? nothing
          : html`<p class="muted wait"><span class="spinner"></span> ${this.#words.say('adminFiles.loading')}</p>`
      }
      <ul class="rows">
        ${shown.map((file) => this.#row(file))}
      </ul>
      ${pieces === 0 ? nothing : html`<small>${this.#words.say('adminFiles.pieces', { count: pieces })}</small>`}
      <span class="visually-hidden" role="status">${this.copied === '' ? '' : this.#words.say('adminFiles.sumCopied')}</span>
    </section>`;
  }

  #row(file: RecordingFile): TemplateResult {
    const { name, kind, size, sha256 } = file;
    const copied = this.copied === name;
    const sum = `${sha256.slice(0, 12)}…`;
    const { words } = this.#words;
    const shown = fileTitleWords(words, file);
    return html`<li>
      <div class="grow">
        <b>${shown}</b>
        <span class="line">
          <small>
            ${shown === name ? this.#size(size) : this.#words.say('adminFiles.about', { name, size: this.#size(size) })}
          </small>
          <button class="hash" type="button" title=${this.#words.say('adminFiles.sum', { sum: sha256 })} @click=${() => void this.#copy(name, sha256)}>
            ${copied ? icons.check : icons.copy}
            <span aria-hidden="true">${copied ? this.#words.say('adminFiles.copied') : this.#words.say('adminFiles.sum', { sum })}</span>
            <span class="visually-hidden">${this.#words.say('adminFiles.copySum', { name, sum })}</span>
          </button>
        </span>
      </div>
      <span class="badge kind">${fileKindWords(words, kind)}</span>
      <button
        class="tool"
        type="button"
        aria-label=${this.#words.say('adminFiles.downloadName', { name })}
        title=${this.#words.say('admin.download')}
        aria-disabled=${this.busy === '' ? 'false' : 'true'}
        @click=${() => void runAction(this, name, () => download(this.api.fileLink(this.recording, name)))}
      >
        ${icons.download}
      </button>
    </li>`;
  }

  #size(bytes: number): string {
    return formatBytes(bytes, this.#words.words.locale);
  }

  async #load(): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    this.files = undefined;
    this.failure = undefined;
    try {
      const files = await this.api.files(this.recording);
      if (run === this.#run) this.files = files;
    } catch (error) {
      if (run === this.#run) this.failure = error;
    }
  }

  async #copy(name: string, sha256: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(sha256);
      this.copied = name;
    } catch {
      this.failure = this.#words.say('adminFiles.copyFailed', { name, sum: sha256 });
    }
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.copied = '';
    }, THANKS_MS);
  }
}
