/** `<gridcast-chat-menu>`: notifications, for hosts the rules of the chat, and the chat as a file. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { problemOf } from '../api-client.ts';
import type { ChatDesk, SavedFormat } from '../controllers/chat-desk.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import type { Problem } from '../util/problem.ts';
import './chat-rules.ts';

const FORMATS: readonly SavedFormat[] = ['text', 'csv', 'json'];

/** Stands below the head of the chat while it is open. */
@customElement('gridcast-chat-menu')
export class GridcastChatMenu extends LitElement {
  static override styles = [
    inherited,
    buttons,
    panelParts,
    css`
      :host {
        display: grid;
        gap: 0.9rem;
        min-height: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: 0.5rem 1.1rem 0.9rem;
        border-bottom: 1px solid var(--gc-line);
        background: var(--gc-raised);
      }
      .switch {
        font-size: 0.95rem;
        font-weight: 600;
      }
      .formats {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem;
        align-items: center;
      }
      .formats span {
        flex: 1 0 100%;
        font-size: 0.95rem;
        font-weight: 600;
      }
      @media (max-width: 480px) {
        :host {
          align-content: start;
          border-bottom: 0;
        }
      }
      /* What is said of each choice goes first: read aloud it is there all the same. */
      @media (max-width: 480px) and (max-height: 900px) {
        :host {
          gap: 0.4rem;
          padding-bottom: 0.5rem;
        }
        .aside {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) desk!: ChatDesk;
  /** Renewed by the owner whenever `desk` changed. */
  @property({ type: Number }) revision = 0;
  @state() private problem: Problem | undefined;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    const { desk, revision } = this;
    const rules = html`<gridcast-chat-rules .desk=${desk} .revision=${revision}></gridcast-chat-rules>`;
    return html`${this.#notices()} ${desk.change ? rules : nothing} ${this.#export()}`;
  }

  #notices(): TemplateResult | typeof nothing {
    const { notices } = this.desk;
    if (!notices) return nothing;
    const { state } = notices;
    if (state === 'missing' || state === 'blocked') {
      const word = state === 'missing' ? 'chat.noticesMissing' : 'chat.noticesBlocked';
      return html`<p class="hint">${this.#words.say(word)}</p>`;
    }
    return html`<div>
      <label class="switch">
        ${this.#words.say('chat.notices')}
        <input
          type="checkbox"
          role="switch"
          aria-describedby="why"
          .checked=${state === 'on'}
          @change=${() => void notices.toggle().then(() => this.requestUpdate())}
        />
      </label>
      <p class="hint aside" id="why">${this.#words.say('chat.noticesHint')}</p>
    </div>`;
  }

  #export(): TemplateResult | typeof nothing {
    const { save } = this.desk;
    if (!save) return nothing;
    return html`<div class="formats" role="group" aria-label=${this.#words.say('chat.export')}>
      <span aria-hidden="true">${this.#words.say('chat.export')}</span>
      ${FORMATS.map(
        (format) =>
          html`<button class="button small" type="button" @click=${() => void this.#save(save, format)}>
            ${this.#words.say(`chat.export.${format}`)}
          </button>`,
      )}
      <p class="hint aside">${this.#words.say('chat.exportHint')}</p>
      ${this.problem ? html`<p class="error" role="alert">${this.#refused(this.problem)}</p>` : nothing}
    </div>`;
  }

  async #save(save: NonNullable<ChatDesk['save']>, format: SavedFormat): Promise<void> {
    this.problem = undefined;
    try {
      await save(format);
    } catch (error) {
      this.problem = problemOf('', error);
    }
  }

  #refused(problem: Problem): string {
    return this.#words.say('chat.exportFailed', { reason: this.#words.words.problem(problem).detail });
  }
}
