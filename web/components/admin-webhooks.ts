/** `<gridcast-admin-webhooks>`: addresses that events are sent to, and how that goes. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type AdminClient, sentenceOf } from '../admin-client.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { DeliveryInfo, WebhookInfo } from '../event-types.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { pollAsAdmin, runAction } from './admin-actions.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import './confirm-dialog.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './copy-field.ts';
import { icons } from './icons.ts';
import './notice.ts';

const REFRESH_MS = 5000;
const STATES = { working: 'Working', failing: 'Failing', paused: 'Paused' } as const;
const TONES = { working: 'good', failing: 'warn', paused: 'bad' } as const;
const REASONS = {
  asked: 'Paused by an admin. What happens meanwhile is kept for it.',
  failing: 'Paused, because its receiver failed for too long. What happens meanwhile is kept for it.',
  gone: 'Paused, because its receiver says that it is gone. What happens meanwhile is kept for it.',
} as const;

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
  readonly #dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  readonly #all = pollAsAdmin(
    this,
    () => REFRESH_MS,
    async (signal) => {
      const all = await this.api.webhooks(signal);
      if (this.opened !== '') this.tries = await this.api.deliveries(this.opened);
      return all;
    },
  );

  override render(): TemplateResult {
    const { value, error } = this.#all;
    const thrown = this.failure ?? error;
    const problem = thrown === undefined ? '' : sentenceOf(thrown);
    return html`<section class="card-section" aria-labelledby="webhooks">
      <h2 id="webhooks" tabindex="-1">Webhooks</h2>
      <p class="muted">Each event is sent to these addresses, signed and in order, again and again until it is taken.</p>
      ${
        problem === ''
          ? nothing
          : html`<gridcast-notice tone="error" heading="That did not work">${problem}</gridcast-notice>`
      }
      <form @submit=${this.#submit}>
        <div class="form-row">
          <div class="field">
            <label for="url">Address</label>
            <input id="url" name="url" type="text" inputmode="url" required maxlength="2000" placeholder="https://example.org/gridcast" autocomplete="off" />
          </div>
          <div class="field">
            <label for="types">Only these types</label>
            <input id="types" name="types" type="text" maxlength="2000" placeholder="room.*, recording.ready" autocomplete="off" />
          </div>
          <button class="button" ?disabled=${this.busy !== ''}>${icons.link} Add</button>
        </div>
      </form>
      ${
        this.made?.secret === undefined
          ? nothing
          : html`<gridcast-copy-field
              label="Secret of the new webhook"
              hint="It signs what is sent. Keep it now: it is not shown again."
              .value=${this.made.secret}
            ></gridcast-copy-field>`
      }
      ${
        value
          ? value.length === 0
            ? html`<p class="muted">Nothing is sent to anybody yet.</p>`
            : html`<ul class="rows">${value.map((webhook) => this.#row(webhook))}</ul>`
          : error
            ? nothing
            : html`<p class="muted wait"><span class="spinner"></span> Loading the webhooks…</p>`
      }
      <gridcast-confirm-dialog></gridcast-confirm-dialog>
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
        <small>${types ? types.join(', ') : 'All events'}</small>
        <small class=${how === 'working' ? '' : 'bad'}>${this.#progress(webhook)}</small>
      </div>
      <span class="badge ${TONES[how]}">${STATES[how]}</span>
      <div class="row-actions">
        <button
          class="button small quiet"
          type="button"
          aria-expanded=${isOpen ? 'true' : 'false'}
          aria-label=${`Last tries: ${url}`}
          @click=${() => void this.#open(isOpen ? '' : id)}
        >
          Last tries
        </button>
        ${
          how === 'working'
            ? this.#button('Pause', url, id, () => this.api.changeWebhook(id, { paused: true }))
            : this.#button(how === 'paused' ? 'Go on' : 'Try now', url, id, () =>
                this.api.changeWebhook(id, { paused: false }),
              )
        }
        <button
          class="button small quiet"
          type="button"
          aria-label=${`Delete: ${url}`}
          ?disabled=${this.busy !== ''}
          @click=${() => void this.#remove(webhook)}
        >
          ${icons.trash} Delete
        </button>
      </div>
      ${isOpen ? this.#tries(webhook) : nothing}
    </li>`;
  }

  #progress({ state: how, reason, behind, failures, failingSince, nextTry, last }: WebhookInfo): string {
    const waiting = behind === 0 ? 'Up to date.' : `${behind} ${behind === 1 ? 'event' : 'events'} behind.`;
    if (how === 'paused') return `${REASONS[reason ?? 'asked']} ${waiting}`;
    if (how === 'working') return last ? `${waiting} Last sent ${this.#dates.format(new Date(last.at))}.` : waiting;
    const since = failingSince === undefined ? '' : ` since ${this.#dates.format(new Date(failingSince))}`;
    const next = nextTry === undefined ? '' : ` Next try ${this.#dates.format(new Date(nextTry))}.`;
    return `Failed ${failures === 1 ? 'once' : `${failures} times`}${since}. ${waiting}${next}`;
  }

  #tries({ id, url }: WebhookInfo): TemplateResult {
    if (this.tries.length === 0) return html`<div class="tries"><small>Nothing was sent yet.</small></div>`;
    return html`<div class="tries">
      ${this.tries.map(
        ({ seq, type, at, attempt, status, answer, taken }) => html`<small class=${taken ? '' : 'bad'}>
          ${this.#dates.format(new Date(at))}: ${seq} ${type}, try ${attempt}:
          ${status === undefined ? answer : `${status} ${answer}`}
        </small>`,
      )}
      <div class="row-actions">
        ${this.#button('Send the last hundred events again', url, id, () => this.#replay(id))}
      </div>
    </div>`;
  }

  #button(words: string, url: string, id: string, act: () => Promise<unknown>): TemplateResult {
    return html`<button
      class="button small quiet"
      type="button"
      aria-label=${`${words}: ${url}`}
      ?disabled=${this.busy !== ''}
      @click=${() =>
        void runAction(this, id, async () => {
          await act();
          this.refresh();
        })}
    >
      ${words}
    </button>`;
  }

  async #replay(id: string): Promise<void> {
    const { newest } = await this.api.events({ limit: '1' });
    await this.api.replayWebhook(id, Math.max(0, newest - 100));
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
    const text = `Nothing is sent to ${url} any more. What it has not taken yet is lost to it.`;
    if (!(await this.confirm.ask({ heading: 'Delete this webhook?', text, action: 'Delete' }))) return;
    await runAction(this, id, async () => {
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
