/** `<gridcast-room-files>`: what people share in a room, what is on its way, and how much space is left. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FileView } from '../../src/protocol/files.ts';
import { problemOf } from '../api-client.ts';
import type { FilesDesk } from '../controllers/files-desk.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { formatBytes } from '../util/format.ts';
import { isInSight } from '../util/in-sight.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import type { GridcastFilePreview } from './file-preview.ts';
import './file-preview.ts';
import { type FileActs, fileRow, sign, uploadRow } from './file-row.ts';
import { filesStyles } from './file-styles.ts';
import { icons } from './icons.ts';
import type { Problem } from '../util/problem.ts';

/** Asks the server for what is there when it comes onto the page, and after each upload. */
@customElement('gridcast-room-files')
export class GridcastRoomFiles extends LitElement {
  static override styles = [inherited, buttons, panelParts, filesStyles];

  @property({ attribute: false }) desk!: FilesDesk;
  /** Id of this person. */
  @property() self = '';
  /** Renewed by the owner whenever `desk` changed. */
  @property({ type: Number }) revision = 0;
  @state() private leftOut = 0;
  @state() private problem: Problem | undefined;
  @query('input[type=file]') private input!: HTMLInputElement;
  @query('gridcast-file-preview') private preview!: GridcastFilePreview;
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  protected readonly rowFocus = new RowFocus(this, { last: '.choose button, .choose' });
  readonly #words = new WordsUser(this);
  #shared = -1;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.desk.watching = false;
  }

  override firstUpdated(): void {
    void this.desk.load();
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('revision')) return;
    this.desk.watching = isInSight(this);
    if (this.desk.watching) this.desk.seen();
    // What is left for others has changed with each file.
    const shared = this.desk.files.length;
    if (this.#shared >= 0 && shared !== this.#shared) void this.desk.load();
    this.#shared = shared;
  }

  /** Shows a file above everything else. */
  open(file: FileView): Promise<void> {
    return this.preview.open(file);
  }

  /** Opens the browser's own choice of files. */
  choose(): void {
    this.input.click();
  }

  override render(): TemplateResult {
    const { desk } = this;
    const problem = this.problem ?? desk.problem;
    return html`${this.#offer()}
      <input type="file" multiple hidden @change=${this.#chosen} />
      ${problem ? html`<p class="error" role="alert">${this.#words.words.problem(problem).detail}</p>` : nothing}
      ${this.#uploads()} ${this.#unfinished()} ${this.#files()} ${this.#usage()} ${this.#switch()}
      <gridcast-file-preview
        .desk=${desk}
        @gridcast-download=${({ detail }: CustomEvent<FileView>) => void this.download(detail)}
      ></gridcast-file-preview>
      <gridcast-confirm-dialog .keep=${this.#words.say('invites.keep')}></gridcast-confirm-dialog>`;
  }

  #offer(): TemplateResult {
    if (this.desk.enabled === false) {
      const hint = this.desk.moderates ? 'files.offHost' : 'files.offHint';
      return html`<div class="choose" role="status" tabindex="-1">
        <p>${this.#words.say('files.off')}</p>
        <p class="hint">${this.#words.say(hint)}</p>
      </div>`;
    }
    return html`<div class="choose">
      <button class="button primary" type="button" @click=${() => this.choose()}>
        ${icons.plus} ${this.#words.say('files.choose')}
      </button>
      <p class="hint drop">${this.#words.say('files.dropHint')}</p>
      ${this.leftOut > 0 ? html`<p class="error" role="alert">${this.#words.say('files.tooMany', { count: this.leftOut })}</p>` : nothing}
    </div>`;
  }

  #uploads(): TemplateResult | typeof nothing {
    // What is there stands among the shared ones.
    const uploads = this.desk.queue.uploads.filter(({ state }) => state !== 'done');
    if (uploads.length === 0) return nothing;
    return html`<section>
      <h3>${this.#words.say('files.sending')}</h3>
      <ul>
        ${repeat(
          uploads,
          ({ key }) => key,
          (upload) => html`<li>${uploadRow(upload, this.#words.words, this.desk.queue)}</li>`,
        )}
      </ul>
    </section>`;
  }

  /** Browsers forget which file it was when a page is loaded anew: the person has to choose it again. */
  #unfinished(): TemplateResult | typeof nothing {
    const { unfinished } = this.desk;
    if (unfinished.length === 0) return nothing;
    return html`<section>
      <h3>${this.#words.say('files.unfinished')}</h3>
      <p class="hint">${this.#words.say('files.unfinishedHint')}</p>
      <ul>
        ${unfinished.map(
          ({ id, name, size, received }) => html`<li>
            <div class="file over">
              ${sign(name)}
              <div class="words">
                <span class="name" title=${name}>${name}</span>
                <span class="facts">
                  ${this.#words.say('files.sent', { sent: this.#bytes(received), size: this.#bytes(size) })}
                </span>
              </div>
              <div class="does">
                <button class="button small" type="button" @click=${() => this.choose()}>
                  ${this.#words.say('files.goOn')}
                </button>
                <button
                  class="tool"
                  type="button"
                  aria-label=${this.#words.say('files.cancel', { name })}
                  @click=${() => void this.desk.remove(id)}
                >
                  ${icons.close}
                </button>
              </div>
            </div>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #files(): TemplateResult {
    const files = this.desk.files.toReversed();
    if (files.length === 0) return html`<p class="none">${this.#words.say('files.none')}</p>`;
    const { words } = this.#words;
    return html`<section>
      <h3>${this.#words.say('files.shared')}</h3>
      <ul>
        ${repeat(
          files,
          ({ id }) => id,
          (file) => html`<li>${fileRow(file, file.by.id === this.self, words, this.#acts(file))}</li>`,
        )}
      </ul>
    </section>`;
  }

  #acts(file: FileView): FileActs {
    return {
      open: () => void this.preview.open(file),
      download: () => void this.download(file),
      remove: this.desk.mayRemove(file) ? () => void this.#remove(file) : undefined,
      copy: (text) => void navigator.clipboard.writeText(text),
    };
  }

  #bytes(much: number): string {
    return formatBytes(much, this.#words.words.locale);
  }

  #usage(): TemplateResult | typeof nothing {
    const { usage } = this.desk;
    if (!usage) return nothing;
    const { roomBytes, roomMaxBytes, ownBytes, ownMaxBytes, maxFileBytes } = usage;
    const own = { used: this.#bytes(ownBytes), most: this.#bytes(ownMaxBytes) };
    const room = { used: this.#bytes(roomBytes), most: this.#bytes(roomMaxBytes), file: this.#bytes(maxFileBytes) };
    const told = this.#words.say('files.usageRoom', room);
    return html`<div class="usage hint">
      <progress max=${roomMaxBytes} .value=${roomBytes} aria-label=${told}></progress>
      <p>${this.#words.say('files.usageOwn', own)}. ${told}.</p>
    </div>`;
  }

  #switch(): TemplateResult | typeof nothing {
    const { moderates, enabled } = this.desk;
    if (!moderates || enabled === undefined) return nothing;
    return html`<label class="switch">
      ${this.#words.say('files.allow')}
      <input
        type="checkbox"
        role="switch"
        .checked=${enabled}
        @change=${(event: Event) => void this.desk.setEnabled((event.target as HTMLInputElement).checked)}
      />
    </label>`;
  }

  /** Gives it to the browser to keep. */
  async download(file: FileView): Promise<void> {
    this.problem = undefined;
    try {
      const link = document.createElement('a');
      link.href = await this.desk.link(file.id, 60);
      link.download = file.name;
      link.click();
    } catch (error) {
      this.problem = problemOf('', error);
    }
  }

  async #remove(file: FileView): Promise<void> {
    const sure = await this.confirm.ask({
      heading: this.#words.say('files.deleteTitle'),
      text: this.#words.say('files.deleteText', { name: file.name }),
      action: this.#words.say('files.deleteDo'),
    });
    if (sure) await this.desk.remove(file.id);
  }

  readonly #chosen = (): void => {
    this.leftOut = this.desk.queue.add([...(this.input.files ?? [])]);
    // The same file may be chosen again.
    this.input.value = '';
  };
}
