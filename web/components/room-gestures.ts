/** `<gridcast-room-gestures>`: one's hand, and the few signs that are sent without a word. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { REACTIONS } from '../../src/protocol/limits.ts';
import type { RoomSession } from '../controllers/room-session.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';
import { icons } from './icons.ts';
import { controlsStyles } from './room-controls-styles.ts';
import { controlMenu } from './control-menu-styles.ts';

/** Needs no events: it speaks to the session. */
@customElement('gridcast-room-gestures')
export class GridcastRoomGestures extends LitElement {
  static override styles = [
    inherited,
    controlsStyles,
    controlMenu,
    css`
      .signs {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 0.3rem;
      }
      .sign {
        min-width: 52px;
        min-height: 48px;
        border: 0;
        border-radius: var(--gc-radius-small);
        background: transparent;
        font-size: 1.6rem;
        cursor: pointer;
      }
      .sign:hover {
        background: var(--gc-line);
      }
    `,
  ];

  @property({ attribute: false }) session!: RoomSession;
  /** Renewed by the owner whenever `session` changed. */
  @property({ type: Number }) revision = 0;
  @state() private open = false;
  @query('.control') private button!: HTMLButtonElement;
  readonly #words = new WordsUser(this);

  /** Raises one's hand, or lowers it. */
  toggleHand(): void {
    const { self, moderation } = this.session;
    if (self) moderation.raiseHand(self.hand === undefined);
  }

  override render(): TemplateResult {
    const up = this.session.self?.hand !== undefined;
    const word = this.#words.say('gestures.title');
    return html`<span class="anchor" @focusout=${this.#onFocusOut} @keydown=${this.#onKey}>
      <button
        class="control ${up ? 'sharing' : ''}"
        type="button"
        aria-label=${word}
        aria-expanded=${this.open ? 'true' : 'false'}
        title=${word}
        @click=${() => {
          this.open = !this.open;
        }}
      >
        ${icons.hand}
      </button>
      ${this.open ? this.#menu(up) : nothing}
    </span>`;
  }

  #menu(up: boolean): TemplateResult {
    return html`<div class="menu" role="group" aria-label=${this.#words.say('gestures.title')}>
      <button class="item" type="button" aria-pressed=${up ? 'true' : 'false'} aria-keyshortcuts="Alt+H" @click=${this.#onHand}>
        ${icons.hand} ${this.#words.say(up ? 'gestures.lower' : 'gestures.raise')} <kbd>Alt+H</kbd>
      </button>
      <div class="signs">
        ${REACTIONS.map(
          (emoji) => html`<button
            class="sign"
            type="button"
            aria-label=${this.#words.say('gestures.react', { emoji })}
            @click=${() => this.session.moderation.react(emoji)}
          >
            ${emoji}
          </button>`,
        )}
      </div>
    </div>`;
  }

  readonly #onHand = (): void => {
    this.toggleHand();
    this.#close();
  };

  readonly #onFocusOut = (event: FocusEvent): void => {
    const next = event.relatedTarget;
    if (!(next instanceof Node) || !this.renderRoot.contains(next)) this.open = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.open) return;
    event.preventDefault();
    this.#close();
  };

  #close(): void {
    this.open = false;
    this.button.focus();
  }
}
