/** `<gridcast-admin-files>`: all files of a finished recording, with their checksums. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type AdminClient, sentenceOf } from '../admin-client.ts';
import type { RecordingFile } from '../recording-types.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { formatBytes } from '../util/format.ts';
import { kindWords } from '../util/recording-words.ts';
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
        <h2 id="files">Files</h2>
        ${files.length === 0 ? nothing : html`<small>${files.length} files, ${formatBytes(bytes, 'en')}</small>`}
      </div>
      ${
        this.failure === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading="That did not work">
              ${sentenceOf(this.failure)}
              ${
                this.files
                  ? nothing
                  : html`<button slot="actions" class="button small" type="button" @click=${() => void this.#load()}>
                      ${icons.retry} Try again
                    </button>`
              }
            </gridcast-notice>`
      }
      ${
        this.files || this.failure !== undefined
          ? nothing
          : html`<p class="muted wait"><span class="spinner"></span> Loading the list of files…</p>`
      }
      <ul class="rows">
        ${shown.map((file) => this.#row(file))}
      </ul>
      ${
        pieces === 0
          ? nothing
          : html`<small>
              Besides these, ${pieces === 1 ? 'one piece' : `${pieces} pieces`} of the stream, which players ask for by themselves.
            </small>`
      }
      <span class="visually-hidden" role="status">${this.copied === '' ? '' : 'Checksum copied'}</span>
    </section>`;
  }

  #row({ name, title = '', kind, size, sha256 }: RecordingFile): TemplateResult {
    const copied = this.copied === name;
    return html`<li>
      <div class="grow">
        <b>${title === '' ? name : title}</b>
        <span class="line">
          <small>${title === '' ? nothing : html`${name} · `}${formatBytes(size, 'en')}</small>
          <button class="hash" type="button" title=${`SHA-256 ${sha256}`} @click=${() => void this.#copy(name, sha256)}>
            ${copied ? icons.check : icons.copy} ${copied ? 'Copied' : `SHA-256 ${sha256.slice(0, 12)}…`}
            <span class="visually-hidden">of ${name}: copy all of it</span>
          </button>
        </span>
      </div>
      <span class="badge kind">${kindWords(kind)}</span>
      <button
        class="tool"
        type="button"
        aria-label=${`Download ${name}`}
        title="Download"
        ?disabled=${this.busy !== ''}
        @click=${() => void runAction(this, name, () => download(this.api.fileLink(this.recording, name)))}
      >
        ${icons.download}
      </button>
    </li>`;
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
      this.failure = `This browser does not let pages copy. The SHA-256 of ${name} is ${sha256}.`;
    }
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.copied = '';
    }, THANKS_MS);
  }
}
