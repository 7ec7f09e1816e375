/** `<gridcast-host-menu>`: what a host does about everybody at once. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { OpenMenu } from '../controllers/open-menu.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';
import { controlMenu } from './control-menu-styles.ts';
import { icons } from './icons.ts';
import { controlsStyles } from './room-controls-styles.ts';

/** What a host can do about everybody, and what the room shows. */
export type HostDeed = 'mute-all' | 'unmute-all' | 'lower-all' | 'lock' | 'unlock' | 'clips' | 'bans' | 'end';

/** Sends `gridcast-host-deed`, which passes through the elements around it, with a HostDeed as its detail. */
@customElement('gridcast-host-menu')
export class GridcastHostMenu extends LitElement {
  static override styles = [
    inherited,
    controlsStyles,
    controlMenu,
    css`
      /* It is the last but one or two: in the middle above its button, long words would lead out of the window. */
      @media (min-width: 64rem) {
        .menu {
          right: -3.5rem;
          transform: none;
        }
      }
    `,
  ];

  /** The room is locked. */
  @property({ type: Boolean }) locked = false;
  /** Hands that are up. */
  @property({ type: Number }) hands = 0;
  @query('.control') private button!: HTMLButtonElement;
  readonly #words = new WordsUser(this);
  readonly #menu = new OpenMenu(this, () => this.button);

  override render(): TemplateResult {
    const word = this.#words.say('moderation.menu');
    return html`<span class="anchor" @focusout=${this.#menu.onFocusOut} @keydown=${this.#menu.onKey}>
      <button
        class="control"
        type="button"
        aria-expanded=${this.#menu.open ? 'true' : 'false'}
        title=${this.#words.say('moderation.menuTitle')}
        @click=${this.#menu.toggle}
      >
        ${icons.host}<span class="word">${word}</span>
        ${this.hands > 0 ? html`<span class="badge" aria-hidden="true">${this.hands}</span>` : nothing}
      </button>
      ${this.#menu.open ? this.#list() : nothing}
    </span>`;
  }

  #list(): TemplateResult {
    return html`<div class="menu" role="group" aria-label=${this.#words.say('moderation.menuTitle')}>
      ${this.#item('mute-all', icons.volumeOff, this.#words.say('moderation.muteAll'))}
      ${this.#item('unmute-all', icons.volume, this.#words.say('moderation.unmuteAll'))}
      ${this.#item('lower-all', icons.hand, this.#words.say('moderation.lowerAll'))}
      ${this.locked ? this.#item('unlock', icons.lockOpen, this.#words.say('moderation.unlock')) : this.#item('lock', icons.lock, this.#words.say('moderation.lock'))}
      ${this.#item('clips', icons.film, this.#words.say('clips.menu'))}
      ${this.#item('bans', icons.people, this.#words.say('moderation.bans'))}
      <hr />
      ${this.#item('end', icons.leave, this.#words.say('moderation.end'), 'danger')}
    </div>`;
  }

  #item(deed: HostDeed, icon: TemplateResult, word: string, tone = ''): TemplateResult {
    return html`<button class="item ${tone}" type="button" @click=${() => this.#do(deed)}>${icon} ${word}</button>`;
  }

  #do(deed: HostDeed): void {
    this.#menu.close();
    this.dispatchEvent(new CustomEvent('gridcast-host-deed', { detail: deed, bubbles: true, composed: true }));
  }
}
