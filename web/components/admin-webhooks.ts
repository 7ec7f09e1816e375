/** `<gridcast-admin-webhooks>`: addresses that events are sent to, and how that goes. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { DeliveryInfo, WebhookInfo } from '../event-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { pollAsAdmin, runAction, runConfirmed } from './admin-actions.ts';
import { failureNotice } from './admin-notices.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import './confirm-dialog.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './copy-field.ts';
import { icons } from './icons.ts';

const REFRESH_MS = 5000;
const TONES = { working: 'good', failing: 'warn', paused: 'bad' } as const;
const REASONS = {
  asked: 'adminWebhooks.pausedAsked',
  failing: 'adminWebhooks.pausedFailing',
  gone: 'adminWebhooks.pausedGone',
} as const satisfies Readonly<Record<string, AdminKey>>;
/** Events that are sent once more when one asks for it. */
const REPLAYED = 100;

type ActionKey = `adminWebhooks.${'pause' | 'goOn' | 'tryNow' | 'replay'}`;

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-webhooks')
export class GridcastAdminWebhooks extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    adminSectionStyles,
    css`
      .form-row .field {
        flex: 1 1 16rem;
      }
      .row-actions {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem;
      }
      .tries {
        flex: 1 1 100%;
        display: grid;
        gap: 0.3rem;
        padding: 0.6rem 0.8rem;
        border-radius: var(--gc-radius-small);
        background: var(--gc-raised);
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @state() busy = '';
  @state() failure: unknown;
  @state() private made: WebhookInfo | undefined;
  @state() private opened = '';
  @state() private tries: readonly DeliveryInfo[] = [];
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  protected readonly rowFocus = new RowFocus(this, { last: '#webhooks' });
  readonly #words = new WordsUser<AdminKey>(this);
  readonly #all = pollAsAdmin(
    this,
    () => REFRESH_MS,
    async (signal) => {
      const all = await this.api.webhooks(signal);
      // One that is gone, from here or from elsewhere, has none to tell of.
      if (all.some(({ id }) => id === this.opened)) this.tries = await this.api.deliveries(this.opened);
      return all;
    },
  );

  override render(): TemplateResult {
    const { value, error } = this.#all;
    return html`<section class="card-section" aria-labelledby="webhooks">
      <h2 id="webhooks" tabindex="-1">${this.#words.say('adminWebhooks.title')}</h2>
      <p class="muted">${this.#words.say('adminWebhooks.intro')}</p>
      ${failureNotice(this.#words.words, this.#words.say('admin.refused'), this.failure ?? error)}
      <form @submit=${this.#submit}>
        <div class="form-row">
          <div class="field">
            <label for="url">${this.#words.say('adminWebhooks.address')}</label>
            <input id="url" name="url" type="text" inputmode="url" required maxlength="2000" placeholder="https://example.org/gridcast" autocomplete="off" />
          </div>
          <div class="field">
            <label for="types">${this.#words.say('adminWebhooks.types')}</label>
            <input id="types" name="types" type="text" maxlength="2000" placeholder="room.*, recording.ready" autocomplete="off" />
          </div>
          <button class="button" aria-disabled=${this.busy === '' ? 'false' : 'true'}>${icons.link} ${this.#words.say('adminWebhooks.add')}</button>
        </div>
      </form>
      ${
        this.made?.secret === undefined
          ? nothing
          : html`<gridcast-copy-field
              label=${this.#words.say('adminWebhooks.secret')}
              hint=${this.#words.say('adminWebhooks.secretHint')}
              .value=${this.made.secret}
            ></gridcast-copy-field>`
      }
      ${
        value
          ? value.length === 0
            ? html`<p class="muted">${this.#words.say('adminWebhooks.none')}</p>`
            : html`<ul class="rows">${value.map((webhook) => this.#row(webhook))}</ul>`
          : error
            ? nothing
            : html`<p class="muted wait"><span class="spinner"></span> ${this.#words.say('adminWebhooks.loading')}</p>`
      }
      <gridcast-confirm-dialog keep=${this.#words.say('admin.keep')}></gridcast-confirm-dialog>
    </section>`;
  }

  /** Reads the list anew. */
  refresh(): void {
    this.#all.refresh();
  }

  #row(webhook: WebhookInfo): TemplateResult {
    const { id, url, types, state: how } = webhook;
    const isOpen = this.opened === id;
    return html`<li>
      <div class="grow">
        <b>${url}</b>
        <small>${types ? types.join(', ') : this.#words.say('adminWebhooks.all')}</small>
        <small class=${how === 'working' ? '' : 'bad'}>${this.#progress(webhook)}</small>
      </div>
      <span class="badge ${TONES[how]}">${this.#words.say(`adminWebhooks.${how}`)}</span>
      <div class="row-actions">
        <button
          class="button small quiet"
          type="button"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-label=${this.#of(this.#words.say('adminWebhooks.tries'), url)}
          @click=${() => void this.#open(isOpen ? '' : id)}
        >
          ${this.#words.say('adminWebhooks.tries')}
        </button>
        ${
          how === 'working'
            ? this.#button('adminWebhooks.pause', url, id, () => this.api.changeWebhook(id, { paused: true }))
            : this.#button(how === 'paused' ? 'adminWebhooks.goOn' : 'adminWebhooks.tryNow', url, id, () =>
                this.api.changeWebhook(id, { paused: false }),
              )
        }
        <button
          class="button small quiet"
          type="button"
          aria-label=${this.#of(this.#words.say('admin.delete'), url)}
          aria-disabled=${this.busy === '' ? 'false' : 'true'}
          @click=${() => void this.#remove(webhook)}
        >
          ${icons.trash} ${this.#words.say('admin.delete')}
        </button>
      </div>
      ${isOpen ? this.#tries(webhook) : nothing}
    </li>`;
  }

  #progress({ state: how, reason, behind, failures, failingSince, nextTry, last }: WebhookInfo): string {
    const words = this.#words;
    const waiting =
      behind === 0 ? words.say('adminWebhooks.upToDate') : words.say('adminWebhooks.behind', { count: behind });
    if (how === 'paused') return [words.say(REASONS[reason ?? 'asked']), waiting].join(' ');
    if (how === 'working') {
      return [waiting, ...(last ? [words.say('adminWebhooks.lastSent', { when: this.#when(last.at) })] : [])].join(' ');
    }
    const failed =
      failingSince === undefined
        ? words.say('adminWebhooks.failedTimes', { count: failures })
        : words.say('adminWebhooks.failedSince', { count: failures, when: this.#when(failingSince) });
    const next = nextTry === undefined ? [] : [words.say('adminWebhooks.nextTry', { when: this.#when(nextTry) })];
    return [failed, waiting, ...next].join(' ');
  }

  /** ISO 8601 as one reads it. */
  #when(at: string): string {
    const { dateLocale } = this.#words.words;
    return new Intl.DateTimeFormat(dateLocale, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(at));
  }

  /** For who hears several such buttons. */
  #of(action: string, url: string): string {
    return this.#words.say('adminWebhooks.of', { action, url });
  }

  #tries({ id, url }: WebhookInfo): TemplateResult {
    if (this.tries.length === 0)
      return html`<div class="tries"><small>${this.#words.say('adminWebhooks.triesNone')}</small></div>`;
    return html`<div class="tries">
      ${this.tries.map((one) => html`<small class=${one.taken ? '' : 'bad'}>${this.#try(one)}</small>`)}
      <div class="row-actions">
        ${this.#button('adminWebhooks.replay', url, id, () => this.#replay(id))}
      </div>
    </div>`;
  }

  #try({ seq: number, type, at, attempt, status, answer }: DeliveryInfo): string {
    const told = { when: this.#when(at), number, type, attempt, answer };
    if (status === undefined) return this.#words.say('adminWebhooks.try', told);
    return this.#words.say('adminWebhooks.tryStatus', { ...told, status });
  }

  #button(key: ActionKey, url: string, id: string, act: () => Promise<unknown>): TemplateResult {
    const action = this.#words.say(key);
    return html`<button
      class="button small quiet"
      type="button"
      aria-label=${this.#of(action, url)}
      aria-disabled=${this.busy === '' ? 'false' : 'true'}
      @click=${() =>
        void runAction(this, id, async () => {
          await act();
          this.refresh();
        })}
    >
      ${action}
    </button>`;
  }

  async #replay(id: string): Promise<void> {
    const { newest } = await this.api.events({ limit: '1' });
    await this.api.replayWebhook(id, Math.max(0, newest - REPLAYED));
  }

  async #open(id: string): Promise<void> {
    this.tries = [];
    this.opened = id;
    if (id === '') return;
    await runAction(this, id, async () => {
      this.tries = await this.api.deliveries(id);
    });
  }

  async #remove({ id, url }: WebhookInfo): Promise<void> {
    if (this.busy !== '') return;
    const agreed = await this.confirm.ask({
      heading: this.#words.say('adminWebhooks.deleteTitle'),
      text: this.#words.say('adminWebhooks.deleteText', { url }),
      action: this.#words.say('admin.delete'),
    });
    if (!agreed) return;
    await runConfirmed(this, id, async () => {
      await this.api.removeWebhook(id);
      if (this.made?.id === id) this.made = undefined;
      this.refresh();
    });
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const data = new FormData(form);
    const types = String(data.get('types') ?? '')
      .split(/[\s,]+/)
      .filter(Boolean);
    const order = { url: String(data.get('url') ?? ''), ...(types.length > 0 && { types }) };
    void runAction(this, 'new', async () => {
      this.made = await this.api.createWebhook(order);
      form.reset();
      this.refresh();
    });
  }
}
