/** `<gridcast-invite-dialog>`: the links to give to others, as text and as a code for phones; for hosts also who comes in. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Invite } from '../../src/client/types.ts';
import { ApiClient, problemOf } from '../api-client.ts';
import type { DoorInfo, RoomGlimpse } from '../api-types.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { InviteClient } from '../invite-client.ts';
import { buttons } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { disclosures } from '../styles/disclosure.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { whenWords } from '../util/door-times.ts';
import { isInvite, roomPath } from '../util/links.ts';
import { wallMs } from '../util/monotonic.ts';
import { ownIdentity } from '../util/own-identity.ts';
import type { Problem } from '../util/problem.ts';
import './copy-field.ts';
import './door-settings.ts';
import { icons } from './icons.ts';
import { inviteStyles } from './invite-dialog-styles.ts';
import type { GridcastInviteList, InviteRevoked } from './invite-list.ts';
import './invite-list.ts';
import './notice.ts';
import './qr-code.ts';

type Kind = 'join' | 'watch';

const HINTS = { join: 'invite.quickHint', watch: 'invite.quickWatchHint' } as const;

/**
 * `open` shows it. A host's own link would make others hosts, so hosts hand out invites: the quick links, of which a room has one
 * for each role. To watch a public room takes none.
 */
@customElement('gridcast-invite-dialog')
export class GridcastInviteDialog extends LitElement {
  static override styles = [inherited, buttons, dialogs, disclosures, toolButtons, inviteStyles];

  @property() server = location.origin;
  @property() room = '';
  @property() token = '';
  @property({ type: Boolean }) host = false;
  /** For hosts; null: it was taken back here. */
  @state() private quick: Readonly<Partial<Record<Kind, Invite | null>>> = {};
  @state() private glimpse: RoomGlimpse | undefined;
  @state() private code: Kind = 'join';
  @state() private problem: Problem | undefined;
  @query('dialog') private dialog!: HTMLDialogElement;
  @query('gridcast-invite-list') private list!: GridcastInviteList | null;
  readonly #words = new WordsUser(this);
  #asking: Promise<void> | undefined;

  /** Shows the links; a host's are made now, where there are none. */
  async open(): Promise<void> {
    this.dialog.showModal();
    await this.#ask();
  }

  /** Once at a time: two at once would make two of each. */
  #ask(): Promise<void> {
    this.#asking ??= this.#look().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #look(): Promise<void> {
    this.problem = undefined;
    try {
      this.glimpse = await new ApiClient(this.server, this.token, ownIdentity()).room(this.room);
      if (this.host) await this.#getQuick();
    } catch (error) {
      this.problem = problemOf(this.#words.say('invite.failed'), error);
    }
    await this.list?.load();
  }

  async #getQuick(): Promise<void> {
    const client = new InviteClient(this.server, this.token);
    const roles = this.#isQuick('watch') ? (['participant', 'viewer'] as const) : (['participant'] as const);
    const [join, watch] = await client.quickLinks(this.room, roles);
    this.quick = { ...(join && { join }), ...(watch && { watch }) };
  }

  #isQuick(kind: Kind): boolean {
    return this.host && (kind === 'join' || this.glimpse?.viewing?.access === 'private');
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
            : this.#link('join', this.#words.say('invite.link'), this.#words.say('invite.linkHint'))
        }
        ${this.#link('watch', this.#words.say('invite.watch'), this.#words.say('invite.watchHint'))} ${this.#phone()}
        ${
          this.host
            ? html`<gridcast-invite-list
                .server=${this.server}
                .room=${this.room}
                .token=${this.token}
                @gridcast-invite-revoked=${this.#onRevoked}
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

  /** `hint` is for a link that is no quick one. */
  #link(kind: Kind, label: string, hint: string): TemplateResult {
    const quick = this.#isQuick(kind) ? this.quick[kind] : undefined;
    if (quick === null) {
      return html`<gridcast-notice tone="warning" heading=${label}>
        ${this.#words.say('invite.gone')}
        <button slot="actions" class="button small" type="button" @click=${() => void this.#ask()}>
          ${this.#words.say('invite.another')}
        </button>
      </gridcast-notice>`;
    }
    return html`<gridcast-copy-field
      label=${label}
      hint=${quick ? this.#words.say(HINTS[kind], { when: this.#when(quick) }) : hint}
      .value=${this.#valueOf(kind)}
    ></gridcast-copy-field>`;
  }

  #when({ expires }: Invite): string {
    return whenWords(Date.parse(expires), wallMs(), this.#words.words.dateLocale, 'medium');
  }

  #phone(): TemplateResult {
    const join = this.personal ? this.#at(roomPath('join', this.room)) : this.#valueOf('join');
    const label = this.#words.say(this.code === 'join' ? 'invite.joinCode' : 'invite.watchCode');
    const value = this.code === 'join' ? join : this.#valueOf('watch');
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

  #choice(code: Kind, words: 'invite.joinCode' | 'invite.watchCode'): TemplateResult {
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

  /** Empty while it is not there. */
  #valueOf(kind: Kind): string {
    if (this.#isQuick(kind)) return this.quick[kind]?.link ?? '';
    if (kind === 'join') return this.#at(roomPath('join', this.room, this.token));
    // In a private room members are given a link that carries a token.
    return this.glimpse?.links?.watch ?? this.#at(roomPath('watch', this.room));
  }

  readonly #onRevoked = ({ detail: { id } }: CustomEvent<InviteRevoked>): void => {
    const { join, watch } = this.quick;
    if (join?.id === id) this.quick = { ...this.quick, join: null };
    if (watch?.id === id) this.quick = { ...this.quick, watch: null };
  };

  #at(path: string): string {
    return new URL(path, this.server).href;
  }
}
