/** `<gridcast-theme-button>`: from dark to light and back. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WordsUser } from '../i18n/words-controller.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { shownTheme, type Theme, type ThemeChoice } from '../util/theme.ts';
import { icons } from './icons.ts';

/** Sends `gridcast-theme` with a ThemeChoice; it rises to `<gridcast-room>`. */
@customElement('gridcast-theme-button')
export class GridcastThemeButton extends LitElement {
  static override styles = [
    inherited,
    toolButtons,
    css`
      :host {
        display: inline-block;
      }
    `,
  ];

  /** The one that holds. */
  @property() theme: Theme = 'auto';
  readonly #words = new WordsUser(this);
  readonly #system = window.matchMedia('(prefers-color-scheme: dark)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#system.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#system.removeEventListener('change', this.#redraw);
  }

  override render(): TemplateResult {
    const dark = shownTheme(this.theme) === 'dark';
    const words = this.#words.say(dark ? 'settings.toLight' : 'settings.toDark');
    return html`<button class="tool large" type="button" aria-label=${words} title=${words} @click=${this.#turn}>
      ${dark ? icons.sun : icons.moon}
    </button>`;
  }

  readonly #redraw = (): void => this.requestUpdate();

  readonly #turn = (): void => {
    const detail: ThemeChoice = { theme: shownTheme(this.theme) === 'dark' ? 'light' : 'dark' };
    this.dispatchEvent(new CustomEvent('gridcast-theme', { detail, bubbles: true, composed: true }));
  };
}
