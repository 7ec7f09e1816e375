/** `<gridcast-chat-rules>`: for hosts, who takes part in the chat, and how quickly. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { problemOf } from '../api-client.ts';
import type { ChatChange, ChatDesk, ViewersMay } from '../controllers/chat-desk.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import type { Problem } from '../util/problem.ts';

const VIEWERS: readonly ViewersMay[] = ['write', 'read', 'off'];
/** Seconds that are offered; the server takes any up to 300. */
const SLOW: readonly number[] = [0, 5, 10, 30, 60, 300];

/** Stands in the chat's menu. */
@customElement('gridcast-chat-rules')
export class GridcastChatRules extends LitElement {
  static override styles = [
    inherited,
    panelParts,
    css`
      :host {
        display: grid;
        gap: 0.9rem;
      }
      .switch,
      .pick {
        font-size: 0.95rem;
        font-weight: 600;
      }
      .pick {
        display: flex;
        gap: 0.8rem;
        align-items: center;
        justify-content: space-between;
        min-height: 40px;
        white-space: nowrap;
      }
      select {
        flex: 0 1 10rem;
        min-width: 0;
        min-height: 40px;
        padding: 0.3rem 0.5rem;
        border: 1px solid var(--gc-line-strong);
        border-radius: var(--gc-radius-small);
        background: var(--gc-bg);
        color: var(--gc-text);
        font: inherit;
        font-weight: 400;
      }
      .pick + .hint {
        margin-top: 0.3rem;
      }
      @media (pointer: coarse) {
        select {
          min-height: 44px;
        }
      }
      @media (max-width: 480px) and (max-height: 900px) {
        :host {
          gap: 0.2rem;
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
  @state() private refusal: Problem | undefined;
  @query('.viewers') private viewersList!: HTMLSelectElement;
  @query('.slow') private slowList!: HTMLSelectElement;
  readonly #words = new WordsUser(this);

  /** Once the choices are there: what a person has chosen, and the server has not taken, goes back. */
  override updated(): void {
    const { viewers = 'read', slowSeconds } = this.desk;
    for (const [list, value] of [[this.viewersList, viewers] as const, [this.slowList, String(slowSeconds)] as const]) {
      // Nothing is touched that somebody has just opened.
      if (list.value !== value) list.value = value;
    }
  }

  override render(): TemplateResult {
    return html`${this.#viewers()} ${this.#slow()} ${this.#private()}
    ${this.refusal ? html`<p class="error" role="alert">${this.#refused(this.refusal)}</p>` : nothing}`;
  }

  #refused(problem: Problem): string {
    return this.#words.say('chat.notSwitched', { reason: this.#words.words.problem(problem).detail });
  }

  #viewers(): TemplateResult {
    return html`<div>
      <label class="pick">
        ${this.#words.say('chat.viewers')}
        <select
          class="viewers"
          aria-describedby="about-viewers"
          @change=${(event: Event) => {
            const chosen = VIEWERS.find((may) => may === (event.target as HTMLSelectElement).value);
            if (chosen) void this.#change({ viewers: chosen });
          }}
        >
          ${VIEWERS.map((may) => html`<option value=${may}>${this.#words.say(`chat.viewers.${may}`)}</option>`)}
        </select>
      </label>
      <p class="hint aside" id="about-viewers">${this.#words.say('chat.viewersHint')}</p>
    </div>`;
  }

  #slow(): TemplateResult {
    const { slowSeconds } = this.desk;
    // Programs may have set another one.
    const offered = [...new Set([...SLOW, slowSeconds])].toSorted((a, b) => a - b);
    return html`<div>
      <label class="pick">
        ${this.#words.say('chat.slow')}
        <select
          class="slow"
          aria-describedby="about-slow"
          @change=${(event: Event) => {
            void this.#change({ slowSeconds: Number((event.target as HTMLSelectElement).value) });
          }}
        >
          ${offered.map((seconds) => html`<option value=${seconds}>${this.#pace(seconds)}</option>`)}
        </select>
      </label>
      <p class="hint aside" id="about-slow">${this.#words.say('chat.slowHint')}</p>
    </div>`;
  }

  #pace(seconds: number): string {
    if (seconds === 0) return this.#words.say('chat.slow.off');
    if (seconds % 60 === 0) return this.#words.say('chat.slow.minutes', { count: seconds / 60 });
    return this.#words.say('chat.slow.seconds', { seconds });
  }

  #private(): TemplateResult {
    return html`<div>
      <label class="switch">
        ${this.#words.say('chat.allowPrivate')}
        <input
          type="checkbox"
          role="switch"
          aria-describedby="about-private"
          .checked=${live(this.desk.privately)}
          @change=${(event: Event) => void this.#change({ private: (event.target as HTMLInputElement).checked })}
        />
      </label>
      <p class="hint aside" id="about-private">${this.#words.say('chat.allowPrivateHint')}</p>
    </div>`;
  }

  /** The server tells everybody how it is then; what was not taken goes back. */
  async #change(change: ChatChange): Promise<void> {
    this.refusal = undefined;
    try {
      await this.desk.change?.(change);
    } catch (error) {
      this.refusal = problemOf('', error);
      this.requestUpdate();
    }
  }
}
