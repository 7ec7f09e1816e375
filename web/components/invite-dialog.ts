/** `<gridcast-invite-dialog>`: the links to give to others, as text and as a code for phones; for hosts also who comes in. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiClient, problemOf } from '../api-client.ts';
import type { DoorInfo, RoomGlimpse } from '../api-types.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { disclosures } from '../styles/disclosure.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { isInvite, roomPath } from '../util/links.ts';
import type { Problem } from '../util/problem.ts';
import './copy-field.ts';
import './door-settings.ts';
import { icons } from './icons.ts';
import { inviteStyles } from './invite-dialog-styles.ts';
import type { GridcastInviteList } from './invite-list.ts';
import './invite-list.ts';
import './notice.ts';
import './qr-code.ts';

/** `open` shows it. A host's own link would make others hosts, so a host's invite gets a token of its own. */
@customElement('gridcast-invite-dialog')
export class GridcastInviteDialog extends LitElement {
  static override styles = [inherited, buttons, dialogs, disclosures, toolButtons, inviteStyles];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @property({ type: Boolean }) host = false;
  @state() private invite = '';
  @state() private glimpse: RoomGlimpse | undefined;
  @state() private code: 'join' | 'watch' = 'join';
  @state() private problem: Problem | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('gridcast-invite-list') private list!: GridcastInviteList | null;
  readonly #words = new WordsUser(this);

  /** Shows the links; a host's invite is made now. */
  async open(): Promise<void> {
    this.dialog.showModal();
    const api = new ApiClient(this.server, this.token);
    this.problem = undefined;
    void this.list?.load();
    try {
      this.glimpse = await api.room(this.room);
      if (this.invite !== '' || this.personal) return;
      this.invite = this.host ? await api.createInvite(this.room) : this.#at(roomPath('join', this.room, this.token));
    } catch (error) {
      this.problem = problemOf(this.#words.say('invite.failed'), error);
    }
  }

  /** Whether this person's token is theirs alone, and must not be handed on. */
  private get personal(): boolean {
    return !this.host && !isInvite(this.token);
  }

  get #door(): DoorInfo | undefined {
    const door = this.glimpse?.door;
    return door && 'passwordSet' in door ? door : undefined;
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
          .value=${this.#watch}
        ></gridcast-copy-field>
        ${this.#phone()}
        ${
          this.host
            ? html`<gridcast-invite-list
                .server=${this.server}
                .room=${this.room}
                .token=${this.token}
              ></gridcast-invite-list>`
            : nothing
        }
        ${
          this.host && this.#door
            ? html`<details>
                <summary>${this.#words.say('door.settings')}</summary>
                <gridcast-door-settings
                  .server=${this.server}
                  .room=${this.room}
                  .token=${this.token}
                  .door=${this.#door}
                  @gridcast-door=${({ detail }: CustomEvent<DoorInfo>) => {
                    if (this.glimpse) this.glimpse = { ...this.glimpse, door: detail };
                  }}
                ></gridcast-door-settings>
              </details>`
            : nothing
        }
      </div>
    </dialog>`;
  }

  #phone(): TemplateResult {
    const join = this.personal ? this.#at(roomPath('join', this.room)) : this.invite;
    const label = this.#words.say(this.code === 'join' ? 'invite.joinCode' : 'invite.watchCode');
    const value = this.code === 'join' ? join : this.#watch;
    const password = this.#door?.passwordSet === true;
    return html`<section class="phone" aria-labelledby="phone">
      <div class="code">
        ${
          value === ''
            ? nothing
            : html`<gridcast-qr-code .value=${value} label=${this.#words.say('invite.qr', { label })}></gridcast-qr-code>`
        }
      </div>
      <div class="words">
        <h3 id="phone">${this.#words.say('invite.onPhone')}</h3>
        <p>${this.#words.say('invite.onPhoneHint')}</p>
        <div class="which" role="group" aria-label=${this.#words.say('invite.codeFor')}>
          ${this.#choice('join', 'invite.joinCode')} ${this.#choice('watch', 'invite.watchCode')}
        </div>
        <gridcast-copy-field
          label=${this.#words.say('invite.address')}
          hint=${this.code === 'watch' ? '' : this.#words.say(password ? 'invite.addressPassword' : 'invite.addressNone')}
          .value=${this.#at(roomPath(this.code, this.room)).replace(/^https?:\/\//, '')}
        ></gridcast-copy-field>
      </div>
    </section>`;
  }

  #choice(code: 'join' | 'watch', words: 'invite.joinCode' | 'invite.watchCode'): TemplateResult {
    return html`<button
      class="button small"
      type="button"
      aria-pressed=${this.code === code ? 'true' : 'false'}
      @click=${() => {
        this.code = code;
      }}
    >
      ${this.#words.say(words)}
    </button>`;
  }

  /** In a private room members are given a link that carries a token. */
  get #watch(): string {
    return this.glimpse?.links?.watch ?? this.#at(roomPath('watch', this.room));
  }

  #at(path: string): string {
    return new URL(path, this.server).href;
  }
}
