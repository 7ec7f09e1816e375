/** `<gridcast-emoji-picker>`: a small choice of emoji; screen readers speak each by its own name. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';

const COLUMNS = 8;
const EMOJI = [
  ...['😀', '😄', '😂', '🙂', '😉', '😍', '🤩', '😎'],
  ...['🤔', '😅', '😮', '😢', '😴', '😬', '🙄', '🤯'],
  ...['👍', '👎', '👏', '🙌', '🙏', '👋', '💪', '🤝'],
  ...['👀', '🔥', '✨', '🎉', '🚀', '💯', '✅', '❌'],
  ...['❤️', '💙', '💚', '⭐', '☕', '🍕', '🎁', '🏆'],
  ...['❓', '❗', '💡', '⏰', '📌', '📎', '🎤', '🎬'],
];

/** What was chosen. */
export interface EmojiChoice {
  readonly emoji: string;
}

/** Arrow keys go through it. Sends `gridcast-emoji` with an EmojiChoice, and `gridcast-close` for Escape. */
@customElement('gridcast-emoji-picker')
export class GridcastEmojiPicker extends LitElement {
  static override styles = [
    inherited,
    css`
      :host {
        display: block;
      }
      div {
        display: grid;
        grid-template-columns: repeat(${COLUMNS}, minmax(0, 1fr));
        gap: 2px;
      }
      button {
        min-height: 36px;
        padding: 0;
        border: 1px solid transparent;
        border-radius: var(--gc-radius-small);
        background: none;
        font: inherit;
        font-size: 1.25rem;
        line-height: 1;
        cursor: pointer;
      }
      button:hover {
        background: var(--gc-line);
      }
      @media (pointer: coarse) {
        button {
          min-height: 44px;
        }
      }
    `,
  ];

  /** The one that the Tab key comes to. */
  @state() private at = 0;
  readonly #words = new WordsUser(this);

  /** Puts the cursor into it. */
  async begin(): Promise<void> {
    await this.updateComplete;
    this.#button(this.at)?.focus();
  }

  override render(): TemplateResult {
    return html`<div role="group" aria-label=${this.#words.say('chat.emojiList')} @keydown=${this.#onKey}>
      ${EMOJI.map(
        (emoji, index) =>
          html`<button type="button" tabindex=${index === this.at ? 0 : -1} @click=${() => this.#choose(index)}>
            ${emoji}
          </button>`,
      )}
    </div>`;
  }

  #button(index: number): HTMLButtonElement | undefined {
    return this.renderRoot.querySelectorAll('button')[index];
  }

  #choose(index: number): void {
    this.at = index;
    const detail: EmojiChoice = { emoji: EMOJI[index] ?? '' };
    this.dispatchEvent(new CustomEvent('gridcast-emoji', { detail }));
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      this.dispatchEvent(new CustomEvent('gridcast-close'));
      return;
    }
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: COLUMNS,
      ArrowUp: -COLUMNS,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.at = Math.min(EMOJI.length - 1, Math.max(0, this.at + step));
    this.#button(this.at)?.focus();
  };
}
