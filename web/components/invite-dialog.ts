/** `<gridcast-invite-dialog>`: the links to give to others. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiClient, sentenceOf } from '../api-client.ts';
import { buttons } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { isInvite, roomPath } from '../util/links.ts';
import './copy-field.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** `open` shows it. A host's own link would make others hosts, so a host's invite gets a token of its own. */
@customElement('gridcast-invite-dialog')
export class GridcastInviteDialog extends LitElement {
  static override styles = [
    inherited,
    buttons,
    css`
      dialog {
        width: min(34rem, calc(100vw - 2rem));
        padding: 1.4rem;
        border: 1px solid var(--gc-line);
        border-radius: var(--gc-radius);
        background: var(--gc-surface);
        color: var(--gc-text);
      }
      dialog::backdrop {
        background: #000a;
      }
      form {
        display: flex;
        align-items: center;
        justify-content: space-between;
        margin-bottom: 0.8rem;
      }
      h2 {
        font-size: 1.2rem;
      }
      .links {
        display: grid;
        gap: 1.1rem;
      }
    `,
  ];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @property({ type: Boolean }) host = false;
  @state() private invite = '';
  @state() private error = '';
  @query('dialog') private dialog!: HTMLDialogElement;

  /** Shows the links; a host's invite is made now. */
  async open(): Promise<void> {
    this.dialog.showModal();
    if (this.invite !== '' || this.personal) return;
    this.error = '';
    try {
      this.invite = this.host
        ? await new ApiClient(this.server, this.token).createInvite(this.room)
        : new URL(roomPath('join', this.room, this.token), this.server).href;
    } catch (error) {
      this.error = sentenceOf(error);
    }
  }

  /** Whether this person's token is theirs alone, and must not be handed on. */
  private get personal(): boolean {
    return !this.host && !isInvite(this.token);
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading">
      <form method="dialog">
        <h2 id="heading">Invite people</h2>
        <button class="button quiet small" aria-label="Close">${icons.close}</button>
      </form>
      <div class="links">
        ${
          this.error === ''
            ? nothing
            : html`<gridcast-notice tone="error" heading="No invite link">${this.error}</gridcast-notice>`
        }
        ${
          this.personal
            ? html`<gridcast-notice>Your own link is for you alone. Ask the host for a link to invite others.</gridcast-notice>`
            : html`<gridcast-copy-field
                label="Invite link"
                hint="Whoever has it can join with camera and microphone."
                .value=${this.invite}
              ></gridcast-copy-field>`
        }
        <gridcast-copy-field
          label="Watch link"
          hint="For any number of viewers; they are not seen or heard."
          .value=${new URL(roomPath('watch', this.room), this.server).href}
        ></gridcast-copy-field>
      </div>
    </dialog>`;
  }
}
