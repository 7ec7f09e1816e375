/** `<gridcast-room-waiting>`: before the door of a room: why one waits, how long, and how one looks meanwhile. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { WaitingMessage } from '../../src/protocol/door.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { countdown, whenWords } from '../util/door-times.ts';
import { nowMs } from '../util/monotonic.ts';
import { icons } from './icons.ts';
import './own-preview.ts';
import { waitingStyles } from './room-waiting-styles.ts';

const TICK_MS = 1000;
const SIGNS = { admission: icons.person, locked: icons.lock, scheduled: icons.clock } as const;

/** Sends `gridcast-leave`. */
@customElement('gridcast-room-waiting')
export class GridcastRoomWaiting extends LitElement {
  static override styles = [inherited, buttons, surfaces, waitingStyles];

  @property({ attribute: false }) waiting!: WaitingMessage;
  @property({ attribute: false }) media!: LocalMedia;
  @property() name = '';
  /** The connection is cut and will come back. */
  @property({ type: Boolean }) lost = false;
  /** Renewed by the owner whenever `media` changed. */
  @property({ type: Number }) revision = 0;
  readonly #words = new WordsUser(this);
  /** By how much the server's clock is ahead of this page's. */
  #aheadMs = 0;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => {
      if (this.waiting.opensAtMs !== undefined) this.requestUpdate();
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#timer);
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('waiting')) this.#aheadMs = this.waiting.nowMs - nowMs();
  }

  override render(): TemplateResult {
    const { reason, title, opensAtMs } = this.waiting;
    const now = nowMs() + this.#aheadMs;
    const { dateLocale } = this.#words.words;
    const what =
      reason === 'scheduled' && opensAtMs !== undefined
        ? this.#words.say('waiting.scheduled', { when: whenWords(opensAtMs, now, dateLocale) })
        : this.#words.say(reason === 'locked' ? 'waiting.locked' : 'waiting.admission');
    return html`<div class="page">
      <section class="card">
        <span class="door">${SIGNS[reason]}</span>
        <div>
          <p class="where">${this.#words.say('waiting.title')}</p>
          <h1 tabindex="-1">${title}</h1>
        </div>
        <p class="what" role="status">${what}</p>
        ${opensAtMs === undefined ? nothing : this.#left(opensAtMs - now, dateLocale)}
        <p class="hint">${this.#words.say(`waiting.${reason}Hint`)}</p>
        ${this.lost ? html`<p class="lost" role="alert">${this.#words.say('waiting.reconnecting')}</p>` : nothing}
        <div class="actions">
          <button class="button" type="button" @click=${() => this.dispatchEvent(new CustomEvent('gridcast-leave'))}>
            ${icons.leave} ${this.#words.say('waiting.leave')}
          </button>
        </div>
      </section>
      <div class="own">
        <gridcast-own-preview
          .media=${this.media}
          .name=${this.name}
          .revision=${this.revision}
        ></gridcast-own-preview>
        <p>${this.#words.say('waiting.readyHint')}</p>
      </div>
    </div>`;
  }

  #left(leftMs: number, locale: string): TemplateResult {
    if (leftMs <= 0) return html`<p class="left"><b>${this.#words.say('waiting.soon')}</b></p>`;
    // Read out once by the sentence above; every second would be noise.
    return html`<p class="left" role="timer" aria-live="off">
      <b>${countdown(leftMs, locale)}</b><span>${this.#words.say('waiting.left')}</span>
    </p>`;
  }
}
