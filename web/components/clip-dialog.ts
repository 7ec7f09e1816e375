/** `<gridcast-clip-dialog>`: for hosts, saves what the room has just shown as a film, and lists what was saved. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { problemOf } from '../api-client.ts';
import { ClipClient } from '../clip-client.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { CLIP_LENGTHS, lastWords } from '../util/clip-words.ts';
import type { Problem } from '../util/problem.ts';
import type { GridcastClipList } from './clip-list.ts';
import './clip-list.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** `open` shows it. */
@customElement('gridcast-clip-dialog')
export class GridcastClipDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    dialogs,
    toolButtons,
    css`
      .body,
      form.new {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      @media (min-width: 30.01rem) {
        dialog {
          width: min(38rem, calc(100vw - 2rem));
        }
      }
      .state {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        font-weight: 600;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem 1.2rem;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 0.3rem;
        font-size: 0.92rem;
        font-weight: 600;
      }
      fieldset label {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        min-height: var(--gc-control);
      }
      input[type='radio'] {
        width: 1.15rem;
        height: 1.15rem;
        accent-color: var(--gc-accent);
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  /** A host's. */
  @property() token = '';
  /** A recording runs: what comes may be saved. */
  @property({ type: Boolean }) recording = false;
  @state() private busy = false;
  @state() private problem: Problem | undefined;
  /** The id of the one that was made here last. */
  @state() private made = '';
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('form.new') private form!: HTMLFormElement;
  @query('gridcast-clip-list') private list!: GridcastClipList;
  readonly #words = new WordsUser(this);

  /** Shows what there is; one that is being saved goes on. */
  open(): void {
    if (this.dialog.open) return;
    this.problem = undefined;
    this.made = '';
    this.dialog.showModal();
    void this.list.load();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading">
      <form class="top" method="dialog">
        <h2 id="heading">${this.#words.say('clips.title')}</h2>
        <button class="tool large" aria-label=${this.#words.say('tools.close')}>${icons.close}</button>
      </form>
      <div class="body">
        <p class="muted">${this.#words.say('clips.hint')}</p>
        ${
          this.recording
            ? nothing
            : html`<gridcast-notice tone="warning">${this.#words.say('clips.off')}</gridcast-notice>`
        }
        ${this.#new()}
        ${
          this.problem
            ? html`<gridcast-notice tone="error" heading=${this.#words.say('clips.failed')}>
                ${this.#words.words.problem(this.problem).detail}
              </gridcast-notice>`
            : nothing
        }
        <gridcast-clip-list
          .server=${this.server}
          .room=${this.room}
          .token=${this.token}
          .fresh=${this.made}
        ></gridcast-clip-list>
      </div>
    </dialog>`;
  }

  #new(): TemplateResult {
    return html`<form class="new" @submit=${this.#save} novalidate>
      <fieldset>
        <legend>${this.#words.say('clips.length')}</legend>
        ${CLIP_LENGTHS.map(
          (seconds, index) =>
            html`<label>
              <input type="radio" name="last" value=${seconds} ?checked=${index === 0} />
              ${lastWords(this.#words.words, seconds)}
            </label>`,
        )}
      </fieldset>
      <div class="field">
        <label for="title">${this.#words.say('clips.name')}</label>
        <input id="title" name="title" type="text" maxlength="100" autocomplete="off" aria-describedby="title-hint" />
        <p class="hint" id="title-hint">${this.#words.say('clips.nameHint')}</p>
      </div>
      <div class="actions">
        <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${icons.film} ${this.#words.say('clips.save')}
        </button>
        <span class="state" role="status">${this.#state()}</span>
      </div>
    </form>`;
  }

  #state(): TemplateResult | typeof nothing {
    if (this.busy) return html`<span class="spinner"></span> ${this.#words.say('clips.saving')}`;
    if (this.made === '') return nothing;
    return html`${icons.check} ${this.#words.say('clips.ready')}`;
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    const given = new FormData(this.form);
    const title = String(given.get('title') ?? '').trim();
    this.busy = true;
    this.problem = undefined;
    this.made = '';
    try {
      const clip = await new ClipClient(this.server, this.token).makeClip(this.room, Number(given.get('last')), title);
      this.made = clip.id;
      this.form.reset();
      await this.list.load();
    } catch (error) {
      this.problem = problemOf(this.#words.say('clips.failed'), error);
    } finally {
      this.busy = false;
    }
  }
}
