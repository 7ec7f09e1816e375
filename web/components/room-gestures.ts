/** `<gridcast-room-gestures>`: one's hand, and the few signs that are sent without a word. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { REACTIONS } from '../../src/protocol/limits.ts';
import { OpenMenu } from '../controllers/open-menu.ts';
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
  @query('.control') private button!: HTMLButtonElement;
  readonly #words = new WordsUser(this);
  readonly #menu = new OpenMenu(this, () => this.button);

  /** Raises one's hand, or lowers it. */
  toggleHand(): void {
    const { self, moderation } = this.session;
    if (self) moderation.raiseHand(self.hand === undefined);
  }

  override render(): TemplateResult {
    const up = this.session.self?.hand !== undefined;
    const word = this.#words.say('gestures.title');
    return html`<span class="anchor" @focusout=${this.#menu.onFocusOut} @keydown=${this.#menu.onKey}>
      <button
        class="control ${up ? 'sharing' : ''}"
        type="button"
        aria-label=${word}
        aria-expanded=${this.#menu.open ? 'true' : 'false'}
        title=${word}
        @click=${this.#menu.toggle}
      >
        ${icons.hand}
      </button>
      ${this.#menu.open ? this.#list(up) : nothing}
    </span>`;
  }

  #list(up: boolean): TemplateResult {
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
    this.#menu.close();
  };
}
