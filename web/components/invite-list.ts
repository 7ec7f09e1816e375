/** `<gridcast-invite-list>`: for hosts, links for others that end, are used up, or are taken back. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Invite } from '../../src/client/types.ts';
import { problemOf } from '../api-client.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { InviteClient } from '../invite-client.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { disclosures } from '../styles/disclosure.ts';
import { toolButtons } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { whenWords } from '../util/door-times.ts';
import { isUsedUp, QUICK_LABEL } from '../util/invite-order.ts';
import { inviteIdOf } from '../util/links.ts';
import { wallMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import './copy-field.ts';
import { hostList, hostListStyles } from './host-list.ts';
import { icons } from './icons.ts';
import type { GridcastInviteForm, InviteOrdered } from './invite-form.ts';
import './invite-form.ts';
import { inviteListStyles } from './invite-list-styles.ts';
import './notice.ts';

const THANKS_MS = 2500;

/** A link holds no more. */
export interface InviteRevoked {
  readonly id: string;
}

/** `load()` asks for those there are. Sends `gridcast-invite-revoked` with an InviteRevoked. */
@customElement('gridcast-invite-list')
export class GridcastInviteList extends LitElement {
  static override styles = [inherited, buttons, surfaces, toolButtons, disclosures, hostListStyles, inviteListStyles];

  @property() server = location.origin;
  @property() room = '';
  /** A host's. */
  @property() token = '';
  @state() private invites: readonly Invite[] | undefined;
  @state() private made: Invite | undefined;
  @state() private busy = false;
  @state() private problem: Problem | undefined;
  @state() private said = '';
  /** The id of the link that was copied, and of that which has to be copied by hand. */
  @state() private copied = '';
  @state() private byHand = '';
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  @query('gridcast-invite-form') private form!: GridcastInviteForm;
  protected readonly rowFocus = new RowFocus(this, { last: 'summary' });
  #running: Promise<boolean> = Promise.resolve(true);
  readonly #words = new WordsUser(this);
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
  }

  /** Never rejects: what goes wrong is shown. */
  async load(): Promise<void> {
    await this.#try(async (client) => {
      this.invites = await client.invites(this.room);
    });
  }

  override render(): TemplateResult {
    const count = this.invites?.length ?? 0;
    return html`<details>
        <summary>
          ${this.#words.say('invites.title')}
          ${
            count > 0
              ? html`<span class="badge"
                  ><span aria-hidden="true">${count}</span
                  ><span class="visually-hidden">${this.#words.say('invites.count', { count })}</span></span
                >`
              : nothing
          }
        </summary>
        <div class="body">
          <p class="muted">${this.#words.say('invites.hint')}</p>
          <gridcast-invite-form ?busy=${this.busy} @gridcast-invite-order=${this.#make}></gridcast-invite-form>
          ${this.made ? this.#new(this.made) : nothing} ${this.#list()}
          <span class="visually-hidden" role="status">${this.said}</span>
        </div>
      </details>
      <gridcast-confirm-dialog
        .action=${this.#words.say('invites.revoke')}
        .keep=${this.#words.say('invites.keep')}
      ></gridcast-confirm-dialog>`;
  }

  #new(invite: Invite): TemplateResult {
    return html`<gridcast-notice tone="success">
      <gridcast-copy-field
        label=${this.#words.say('invites.made')}
        hint=${this.#words.say('invites.madeHint', { when: this.#when(invite) })}
        .value=${invite.link}
      ></gridcast-copy-field>
    </gridcast-notice>`;
  }

  #list(): TemplateResult {
    return hostList({
      items: this.invites,
      problem: this.problem,
      words: this.#words.words,
      said: {
        label: this.#words.say('invites.title'),
        loading: this.#words.say('invites.loading'),
        none: this.#words.say('invites.none'),
        noneHint: this.#words.say('invites.noneHint'),
      },
      sign: icons.link,
      row: (invite) => this.#row(invite),
      load: () => void this.load(),
    });
  }

  #row(invite: Invite): TemplateResult {
    const { id, role, link } = invite;
    const label = this.#nameOf(invite);
    const copied = this.copied === id;
    return html`<li>
      <div class="about">
        <p class="name">
          <bdi class=${invite.label === '' ? 'nobody' : ''}>${label}</bdi>
          <span class="badge ${role === 'host' ? 'good' : ''}">${this.#words.say(`invites.${role}`)}</span>
          ${isUsedUp(invite) ? html`<span class="badge warn">${this.#words.say('invites.usedUp')}</span>` : nothing}
        </p>
        <p>${this.#came(invite)} · ${this.#words.say('invites.until', { when: this.#when(invite) })}</p>
      </div>
<div class="deeds">
      <button
        class="button small copy"
        type="button"
        aria-label=${copied ? this.#words.say('copy.copied') : this.#words.say('invites.copyName', { label })}
        @click=${() => void this.#copy(invite)}
      >
        ${copied ? icons.check : icons.copy}
        <span class="word">${this.#words.say(copied ? 'copy.copied' : 'invites.copy')}</span>
      </button>
      <button
        class="tool delete"
        type="button"
        title=${this.#words.say('invites.revoke')}
        aria-label=${this.#words.say('invites.revokeName', { label })}
        @click=${() => void this.#revoke(invite)}
      >
        ${icons.trash}
      </button>
      </div>
      ${
        this.byHand === id
          ? html`<gridcast-copy-field label=${this.#words.say('invites.byHand')} .value=${link}></gridcast-copy-field>`
          : nothing
      }
    </li>`;
  }

  #came({ used, uses }: Invite): string {
    if (uses !== undefined) return this.#words.say('invites.cameOf', { used, most: uses });
    return used === 0 ? this.#words.say('invites.nobody') : this.#words.say('invites.came', { count: used });
  }

  #when({ expires }: Invite): string {
    return whenWords(Date.parse(expires), wallMs(), this.#words.words.dateLocale, 'medium');
  }

  #nameOf({ label }: Invite): string {
    if (label === QUICK_LABEL) return this.#words.say('invites.quick');
    return label === '' ? this.#words.say('invites.noLabel') : label;
  }

  readonly #make = ({ detail }: CustomEvent<InviteOrdered>): void => {
    void this.#try(async (client) => {
      this.made = await client.makeInvite(this.room, detail.order);
      this.form.reset();
      this.invites = await client.invites(this.room);
    });
  };

  async #revoke(invite: Invite): Promise<void> {
    const label = this.#nameOf(invite);
    const own = inviteIdOf(this.token) === invite.id;
    const sure = await this.confirm.ask({
      heading: this.#words.say('invites.revokeTitle', { label }),
      text: this.#words.say(own ? 'invites.revokeOwn' : 'invites.revokeText'),
      action: this.#words.say('invites.revoke'),
    });
    if (!sure) return;
    // What was confirmed waits for the request that is under way.
    while (this.busy) await this.#running;
    const done = await this.#try(async (client) => {
      await client.revokeInvite(this.room, invite.id);
      const detail = { id: invite.id };
      this.dispatchEvent(new CustomEvent<InviteRevoked>('gridcast-invite-revoked', { detail }));
      if (this.made?.id === invite.id) this.made = undefined;
      this.invites = await client.invites(this.room);
    });
    if (done) this.said = this.#words.say('invites.revoked', { label });
  }

  async #copy({ id, link }: Invite): Promise<void> {
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      this.byHand = id;
      return;
    }
    this.copied = id;
    this.said = this.#words.say('copy.copied');
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.copied = '';
      this.said = '';
    }, THANKS_MS);
  }

  /** Whether it worked. */
  #try(work: (client: InviteClient) => Promise<void>): Promise<boolean> {
    this.#running = this.#run(work);
    return this.#running;
  }

  async #run(work: (client: InviteClient) => Promise<void>): Promise<boolean> {
    this.busy = true;
    this.problem = undefined;
    try {
      await work(new InviteClient(this.server, this.token));
      return true;
    } catch (error) {
      this.problem = problemOf(this.#words.say('invites.failed'), error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
