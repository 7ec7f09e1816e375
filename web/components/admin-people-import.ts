/** `<gridcast-admin-people-import>`: makes accounts from a list, and says what is wrong with which line. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { UserImport } from '../../src/client/types.ts';
import type { AdminClient } from '../admin-client.ts';
import { reasonIn } from '../api-client.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { importFaultWords } from '../util/import-fault-words.ts';
import { countLines, decodeList, isTooLong, lineSpan, MAX_LIST_BYTES } from '../util/people-list-text.ts';
import { runAction } from './admin-actions.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** Faults that the server tells at most. */
const MAX_FAULTS = 100;

/** Stays open with its report. Sends `gridcast-changed`, `gridcast-unauthorized`, and `gridcast-close`. */
@customElement('gridcast-admin-people-import')
export class GridcastAdminPeopleImport extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    adminSectionStyles,
    css`
      .lead {
        max-width: 68ch;
      }
      form {
        display: grid;
        gap: 1rem;
      }
      textarea {
        width: 100%;
        min-height: 9rem;
        padding: 0.6rem 0.8rem;
        border: 1px solid var(--gc-line-strong);
        border-radius: var(--gc-radius-small);
        background: var(--gc-bg);
        color: var(--gc-text);
        font: 0.92rem/1.5 ui-monospace, 'Cascadia Mono', Menlo, monospace;
        resize: vertical;
        tab-size: 4;
      }
      textarea::placeholder {
        color: var(--gc-muted);
        opacity: 1;
      }
      .over textarea {
        border-color: var(--gc-accent);
        background: var(--gc-accent-soft);
      }
      .faults {
        display: grid;
        max-height: 22rem;
        margin: 0;
        padding: 0.3rem 0.8rem;
        overflow-y: auto;
        border: 1px solid var(--gc-line);
        border-radius: var(--gc-radius-small);
        list-style: none;
      }
      .faults li {
        display: grid;
        grid-template-columns: 5.5rem minmax(0, 1fr);
        gap: 0.3rem 0.6rem;
        align-items: center;
        font-size: 0.92rem;
        overflow-wrap: anywhere;
      }
      .faults li + li {
        border-top: 1px solid color-mix(in srgb, var(--gc-line) 65%, transparent);
      }
      .faults .button {
        justify-content: flex-start;
        padding-inline: 0.4rem;
        font-variant-numeric: tabular-nums;
        text-decoration: underline;
        text-underline-offset: 3px;
      }
      @media (max-width: 30rem) {
        .actions .button {
          flex: 1 1 auto;
        }
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() busy = '';
  @state() failure: unknown;
  @state() private text = '';
  @state() private over = false;
  @state() private report: UserImport | undefined;
  @query('textarea') private list!: HTMLTextAreaElement;
  @query('input[type=file]') private file!: HTMLInputElement;
  readonly #words = new WordsUser<AdminKey>(this);

  override firstUpdated(): void {
    this.list.focus();
  }

  override render(): TemplateResult {
    const { failure, text, busy } = this;
    const count = countLines(text);
    return html`<section class="card-section" aria-labelledby="import">
      <h2 id="import">${this.#words.say('accounts.importTitle')}</h2>
      <p class="muted lead">${this.#words.say('accounts.importHint')}</p>
      ${
        failure === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading=${this.#words.say('accounts.refused')}>${reasonIn(this.#words.words, failure)}</gridcast-notice>`
      }
      ${this.report ? this.#reported(this.report) : nothing}
      <form
        class=${this.over ? 'over' : ''}
        @submit=${this.#submit}
        @dragover=${this.#onOver}
        @dragleave=${this.#onLeave}
        @drop=${this.#onDrop}
      >
        <div class="field">
          <label for="list">${this.#words.say('accounts.list')}</label>
          <textarea
            id="list"
            rows="7"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            wrap="off"
            placeholder=${this.#words.say('accounts.listExample')}
            aria-describedby="list-hint"
            .value=${text}
            @input=${() => {
              this.text = this.list.value;
            }}
          ></textarea>
          <p class="hint" id="list-hint">${this.#words.say('accounts.listHint')}</p>
        </div>
        <input type="file" accept=".csv,.tsv,.txt,text/csv,text/plain" hidden @change=${this.#chosen} />
        <div class="actions">
          <button class="button primary" ?disabled=${count === 0} aria-disabled=${busy === '' ? 'false' : 'true'}>
            ${
              busy === ''
                ? this.#words.say(count === 0 ? 'accounts.importEmpty' : 'accounts.importDo', { count })
                : this.#words.say('accounts.importing')
            }
          </button>
          <button class="button" type="button" @click=${() => this.file.click()}>
            ${icons.file} ${this.#words.say('accounts.choose')}
          </button>
          <button class="button quiet" type="button" @click=${this.#close}>${this.#words.say('accounts.close')}</button>
        </div>
      </form>
    </section>`;
  }

  #reported({ created, updated, unchanged, faults }: UserImport): TemplateResult {
    const parts = [
      ...(created > 0 ? [this.#words.say('accounts.made', { count: created })] : []),
      ...(updated > 0 ? [this.#words.say('accounts.renamed', { count: updated })] : []),
      ...(unchanged > 0 ? [this.#words.say('accounts.unchanged', { count: unchanged })] : []),
    ];
    const nothingDone = faults.length > 0 ? 'accounts.importNone' : 'accounts.importNobody';
    const list = new Intl.ListFormat(this.#words.words.locale, { type: 'unit', style: 'short' });
    const heading = parts.length > 0 ? list.format(parts) : this.#words.say(nothingDone);
    if (faults.length === 0) {
      return html`<gridcast-notice tone=${parts.length > 0 ? 'success' : 'info'} heading=${heading}>
        ${parts.length > 0 ? this.#words.say('accounts.importAll') : nothing}
      </gridcast-notice>`;
    }
    const count = faults.length;
    const left = this.#words.say(count < MAX_FAULTS ? 'accounts.faults' : 'accounts.faultsMany', { count });
    return html`<gridcast-notice tone="warning" heading=${heading}>
        ${left}<br />
        ${this.#words.say('accounts.faultsHint')}
      </gridcast-notice>
      <ol class="faults" tabindex="0" aria-label=${left}>
        ${faults.map(
          (fault) => html`<li>
            <button class="button quiet small" type="button" @click=${() => this.#show(fault.line)}>
              ${this.#words.say('accounts.faultLine', { line: fault.line })}
            </button>
            <span>${importFaultWords(this.#words.words, fault)}</span>
          </li>`,
        )}
      </ol>`;
  }

  /** Chosen in the list, so that it can be typed over. */
  #show(line: number): void {
    const span = lineSpan(this.list.value, line);
    if (!span) return;
    this.list.focus();
    this.list.setSelectionRange(...span);
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('gridcast-close'));
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { text } = this;
    this.report = undefined;
    if (isTooLong(text)) {
      this.failure = this.#words.say('accounts.listLong');
      return;
    }
    void runAction(this, 'import', async () => {
      this.report = await this.api.importPeople(text);
      // With faults it stays, to be corrected; passwords need not stand there any longer.
      if (this.report.faults.length > 0) return;
      this.text = '';
      // Without a list the button is off, and would lose the focus.
      this.list.focus();
    });
  };

  readonly #chosen = (): void => {
    void this.#take(this.file.files?.[0]);
    // The same file, corrected, can be chosen again.
    this.file.value = '';
  };

  readonly #onOver = (event: DragEvent): void => {
    this.over = event.dataTransfer?.types.includes('Files') ?? false;
    if (this.over) event.preventDefault();
  };

  readonly #onLeave = (): void => {
    this.over = false;
  };

  readonly #onDrop = (event: DragEvent): void => {
    this.over = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void this.#take(file);
  };

  async #take(file: File | undefined): Promise<void> {
    if (!file) return;
    this.report = undefined;
    this.failure = undefined;
    // UTF-16 takes twice the bytes of what is sent.
    if (file.size > 2 * MAX_LIST_BYTES) {
      this.failure = this.#words.say('accounts.listLong');
      return;
    }
    try {
      this.text = decodeList(new Uint8Array(await file.arrayBuffer()));
    } catch {
      this.failure = this.#words.say('accounts.listUnread');
    }
  }
}
