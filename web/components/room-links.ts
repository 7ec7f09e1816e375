/** `<gridcast-room-links>`: the links of a room that its hosts hand out, wherever that is not in the room itself. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Invite } from '../../src/client/types.ts';
import { problemOf } from '../api-client.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { InviteClient } from '../invite-client.ts';
import { buttons } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { whenWords } from '../util/door-times.ts';
import { LONG_TERM_S } from '../util/invite-order.ts';
import { wallMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import './copy-field.ts';
import './notice.ts';
import './qr-code.ts';

interface Links {
  readonly join: Invite | undefined;
  /** Lets viewers into a private room. */
  readonly watch: Invite | undefined;
}

/** Asks when it has a client and a room. They are the quick links that hosts find in the room, too, and can be taken back there. */
@customElement('gridcast-room-links')
export class GridcastRoomLinks extends LitElement {
  static override styles = [
    inherited,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }
      .muted {
        color: var(--gc-muted);
      }
      summary {
        width: fit-content;
        margin-block: -10px;
        padding-block: 10px;
        font-weight: 600;
        cursor: pointer;
      }
      gridcast-qr-code {
        max-width: 15rem;
        margin-top: 0.6rem;
      }
    `,
  ];

  /** With the token of a host or an admin. */
  @property({ attribute: false }) client: InviteClient | undefined;
  @property() room = '';
  /** Where everybody may watch; empty for a private room. */
  @property() watch = '';
  /** Shows the link to join as a code for phones, too. */
  @property({ type: Boolean }) codes = false;
  @state() private links: Links | undefined;
  @state() private problem: Problem | undefined;
  readonly #words = new WordsUser(this);
  #asked = 0;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('client') || changed.has('room') || changed.has('watch')) void this.#load();
  }

  override render(): TemplateResult {
    if (this.problem) {
      return html`<gridcast-notice tone="error" heading=${this.#words.say('invite.failed')}>
        ${this.#words.words.problem(this.problem).detail}
        <button slot="actions" class="button small" type="button" @click=${() => void this.#load()}>
          ${this.#words.say('invites.again')}
        </button>
      </gridcast-notice>`;
    }
    if (!this.links) return html`<p class="muted" role="status">${this.#words.say('invites.loading')}</p>`;
    const { join, watch } = this.links;
    return html`${join ? this.#field('invite.link', join.link, this.#until('links.joinHint', join)) : nothing}
    ${
      watch
        ? this.#field('invite.watch', watch.link, this.#until('links.watchHint', watch))
        : this.#field('invite.watch', this.watch, this.#words.say('invite.watchHint'))
    }
    ${join && this.codes ? this.#code(join.link) : nothing}`;
  }

  async #load(): Promise<void> {
    const { client, room } = this;
    this.#asked += 1;
    const asked = this.#asked;
    this.problem = undefined;
    this.links = undefined;
    if (!client || room === '') return;
    try {
      const roles = this.watch === '' ? (['participant', 'viewer'] as const) : (['participant'] as const);
      const [join, watch] = await client.quickLinks(room, roles, LONG_TERM_S);
      if (asked === this.#asked) this.links = { join, watch };
    } catch (error) {
      if (asked === this.#asked) this.problem = problemOf(this.#words.say('invite.failed'), error);
    }
  }

  #field(label: 'invite.link' | 'invite.watch', value: string, hint: string): TemplateResult {
    return html`<gridcast-copy-field
      label=${this.#words.say(label)}
      hint=${hint}
      .value=${value}
    ></gridcast-copy-field>`;
  }

  #code(value: string): TemplateResult {
    const label = this.#words.say('invite.qr', { label: this.#words.say('invite.link') });
    return html`<details>
      <summary>${this.#words.say('links.phone')}</summary>
      <gridcast-qr-code .value=${value} label=${label}></gridcast-qr-code>
    </details>`;
  }

  #until(hint: 'links.joinHint' | 'links.watchHint', { expires }: Invite): string {
    const when = whenWords(Date.parse(expires), wallMs(), this.#words.words.dateLocale, 'medium');
    return this.#words.say(hint, { when });
  }
}
