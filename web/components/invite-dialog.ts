/** `<gridcast-invite-dialog>`: the links to give to others. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiClient, problemOf } from '../api-client.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { isInvite, roomPath } from '../util/links.ts';
import type { Problem } from '../util/problem.ts';
import './copy-field.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** `open` shows it. A host's own link would make others hosts, so a host's invite gets a token of its own. */
@customElement('gridcast-invite-dialog')
export class GridcastInviteDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    dialogs,
    toolButtons,
    css`
      .links {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1.1rem;
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @property({ type: Boolean }) host = false;
  @state() private invite = '';
  @state() private problem: Problem | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #words = new WordsUser(this);

  /** Shows the links; a host's invite is made now. */
  async open(): Promise<void> {
    this.dialog.showModal();
    if (this.invite !== '' || this.personal) return;
    this.problem = undefined;
    try {
      this.invite = this.host
        ? await new ApiClient(this.server, this.token).createInvite(this.room)
        : new URL(roomPath('join', this.room, this.token), this.server).href;
    } catch (error) {
      this.problem = problemOf(this.#words.say('invite.failed'), error);
    }
  }

  /** Whether this person's token is theirs alone, and must not be handed on. */
  private get personal(): boolean {
    return !this.host && !isInvite(this.token);
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading">
      <form class="top" method="dialog">
        <h2 id="heading">${this.#words.say('invite.title')}</h2>
        <button class="tool large" aria-label=${this.#words.say('invite.close')}>${icons.close}</button>
      </form>
      <div class="links">
        ${
          this.problem
            ? html`<gridcast-notice tone="error" heading=${this.#words.say('invite.failed')}>
                ${this.#words.words.problem(this.problem).detail}
              </gridcast-notice>`
            : nothing
        }
        ${
          this.personal
            ? html`<gridcast-notice>${this.#words.say('invite.personal')}</gridcast-notice>`
            : html`<gridcast-copy-field
                label=${this.#words.say('invite.link')}
                hint=${this.#words.say('invite.linkHint')}
                .value=${this.invite}
              ></gridcast-copy-field>`
        }
        <gridcast-copy-field
          label=${this.#words.say('invite.watch')}
          hint=${this.#words.say('invite.watchHint')}
          .value=${new URL(roomPath('watch', this.room), this.server).href}
        ></gridcast-copy-field>
      </div>
    </dialog>`;
  }
}
