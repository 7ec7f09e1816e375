/** `<gridcast-room-over>`: a stay has ended: why, and where to go from here. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ApiClient } from '../api-client.ts';
import { Poller } from '../controllers/poller.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { roomPath } from '../util/links.ts';
import type { Problem } from '../util/problem.ts';
import { isOverForAll } from '../util/room-gone.ts';
import { icons } from './icons.ts';

/** Between two looks for a room that is yet to come. */
const LOOK_MS = 5000;

/** Sends `gridcast-again` when the person wants to join again, or when there is a room now that there was not. */
@customElement('gridcast-room-over')
export class GridcastRoomOver extends LitElement {
  static override styles = [
    inherited,
    buttons,
    surfaces,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 34rem);
        min-height: var(--gridcast-height, 100dvh);
        place-content: center;
        padding: 1rem;
      }
      .card {
        display: grid;
        justify-items: center;
        gap: 0.8rem;
        padding: clamp(1.6rem, 6vw, 2.8rem);
        text-align: center;
      }
      .sign {
        display: grid;
        width: 4.2rem;
        height: 4.2rem;
        place-items: center;
        border-radius: 50%;
        background: var(--gc-accent-soft);
        color: var(--gc-accent);
      }
      .sign.trouble {
        background: var(--gc-warning-soft);
        color: var(--gc-warning);
      }
      .sign svg {
        width: 30px;
        height: 30px;
      }
      h1 {
        font-size: 1.5rem;
        letter-spacing: -0.01em;
        line-height: 1.25;
        overflow-wrap: anywhere;
      }
      .muted {
        text-wrap: balance;
      }
      h1:focus-visible {
        outline: none;
      }
      .actions {
        justify-content: center;
        margin-top: 0.8rem;
      }
    `,
  ];

  @property({ attribute: false }) problem: Problem | undefined;
  @property() room = '';
  /** Where the room is: links lead there, also from a page of another site. */
  @property() server = '';
  /** Whether there is a room to watch. */
  @property({ type: Boolean }) exists = false;

  readonly #words = new WordsUser(this);
  protected lookout: Poller<void> | undefined;

  override willUpdate(): void {
    // While the page is hidden, nobody asks.
    if (this.problem?.code === 'room.missing') this.lookout ??= new Poller(this, () => LOOK_MS, this.#look);
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('h1')?.focus();
  }

  override render(): TemplateResult {
    const problem = this.problem && this.#words.words.problem(this.problem);
    const trouble = problem !== undefined && !isOverForAll(problem.code);
    return html`<div class="card">
      <span class="sign ${trouble ? 'trouble' : ''}">${trouble ? icons.warning : icons.leave}</span>
      <h1 tabindex="-1">${problem?.title ?? this.#words.say('over.left')}</h1>
      <p class="muted">${problem?.detail ?? this.#words.say('over.leftDetail')}</p>
      <div class="actions">
        ${
          problem?.retry === false
            ? nothing
            : html`<button class="button primary" type="button" @click=${this.#again}>
              ${problem?.action ?? this.#words.say('over.again')}
            </button>`
        }
        ${this.exists ? html`<a class="button" href=${this.#at(roomPath('watch', this.room))}>${this.#words.say('over.watch')}</a>` : nothing}
        <a class="button quiet" href=${this.#at('/')}>${this.#words.say('over.home')}</a>
      </div>
    </div>`;
  }

  /** Asks as anybody may: what lets this person in is asked for when there is something to come into. */
  readonly #look = async (signal: AbortSignal): Promise<void> => {
    await new ApiClient(this.server || location.origin).room(this.room);
    if (!signal.aborted) this.#again();
  };

  #at(path: string): string {
    return new URL(path, this.server || location.origin).href;
  }

  readonly #again = (): void => {
    this.dispatchEvent(new CustomEvent('gridcast-again'));
  };
}
