/** `<gridcast-admin-shares>`: links that show a recording to whoever has them, for a while. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { ShareInfo } from '../recording-types.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import { atMoment } from '../util/moment.ts';
import { runAction } from './admin-actions.ts';
import { failureNotice } from './admin-notices.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import './copy-field.ts';
import { icons } from './icons.ts';

const HOUR_S = 3600;
const LIVES = [
  [HOUR_S, 'adminShares.hour'],
  [24 * HOUR_S, 'adminShares.day'],
  [7 * 24 * HOUR_S, 'adminShares.week'],
  [30 * 24 * HOUR_S, 'adminShares.month'],
] as const satisfies readonly (readonly [seconds: number, key: AdminKey])[];
const USUAL_S = 7 * 24 * HOUR_S;

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-shares')
export class GridcastAdminShares extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    adminSectionStyles,
    css`
      .form-row .field {
        flex: 1 1 9rem;
      }
      gridcast-copy-field {
        flex: 1 1 100%;
      }
    `,
  ];

  @property({ attribute: false }) api!: AdminClient;
  @property() recording = '';
  /** Seconds, of the player above. */
  @property({ type: Number }) position = 0;
  @state() busy = '';
  @state() failure: unknown;
  @state() private shares: readonly ShareInfo[] = [];
  @state() private made: ShareInfo | undefined;
  protected readonly rowFocus = new RowFocus(this, { last: '#shares' });
  readonly #words = new WordsUser<AdminKey>(this);
  #run = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#run += 1;
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('recording')) return;
    this.made = undefined;
    void this.#load();
  }

  override render(): TemplateResult {
    const { made } = this;
    const others = this.shares.filter(({ id }) => id !== made?.id);
    return html`<section class="card-section" aria-labelledby="shares">
      <h2 id="shares" tabindex="-1">${this.#words.say('adminShares.title')}</h2>
      <p class="muted">${this.#words.say('adminShares.intro')}</p>
      ${failureNotice(this.#words.words, this.#words.say('admin.refused'), this.failure)}
      <form @submit=${this.#submit}>
        <div class="form-row">
          <div class="field">
            <label for="ttl">${this.#words.say('adminShares.term')}</label>
            <select id="ttl" name="ttl">
              ${LIVES.map(
                ([seconds, key]) =>
                  html`<option value=${seconds} ?selected=${seconds === USUAL_S}>${this.#words.say(key)}</option>`,
              )}
            </select>
          </div>
          <button class="button" aria-disabled=${this.busy === '' ? 'false' : 'true'}>${icons.link} ${this.#words.say('adminShares.make')}</button>
        </div>
        <label class="check">
          <input type="checkbox" name="watchPage" />
          ${this.#words.say('adminShares.watchPage')}
        </label>
        <label class="check">
          <input type="checkbox" name="moment" />
          ${this.#words.say('adminShares.moment', { time: formatDuration(this.position) })}
        </label>
      </form>
      <ul class="rows">
        ${made ? this.#share(made, true) : nothing} ${others.map((share) => this.#share(share, false))}
      </ul>
    </section>`;
  }

  #share({ id, url, expires, watchPage }: ShareInfo, fresh: boolean): TemplateResult {
    const { dateLocale } = this.#words.words;
    const dates = new Intl.DateTimeFormat(dateLocale, { dateStyle: 'medium', timeStyle: 'short' });
    const when = dates.format(new Date(expires));
    const label = fresh ? this.#words.say('adminShares.new') : this.#words.say('adminShares.link', { when });
    return html`<li>
      ${url === undefined ? nothing : html`<gridcast-copy-field label=${label} .value=${url}></gridcast-copy-field>`}
      <div class="grow">
        <small>${this.#words.say(watchPage === true ? 'adminShares.untilWatch' : 'adminShares.until', { when })}</small>
      </div>
      <button
        class="button small quiet"
        type="button"
        aria-label=${this.#words.say('adminShares.takeBackName', { when })}
        aria-disabled=${this.busy === '' ? 'false' : 'true'}
        @click=${() => this.#takeBack(id)}
      >
        ${icons.trash} ${this.#words.say('adminShares.takeBack')}
      </button>
    </li>`;
  }

  #takeBack(id: string): void {
    void runAction(this, id, async () => {
      await this.api.unshare(this.recording, id);
      if (this.made?.id === id) this.made = undefined;
      await this.#load();
    });
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const order = { ttl: Number(data.get('ttl')), watchPage: data.get('watchPage') !== null };
    const fromS = data.get('moment') === null ? 0 : this.position;
    void runAction(this, 'new', async () => {
      const made = await this.api.share(this.recording, order);
      this.made = { ...made, ...(made.url !== undefined && { url: atMoment(made.url, fromS) }) };
      await this.#load();
    });
  }

  async #load(): Promise<void> {
    this.#run += 1;
    const run = this.#run;
    try {
      const shares = await this.api.shares(this.recording);
      if (run === this.#run) this.shares = shares;
    } catch (error) {
      if (run === this.#run) this.failure = error;
    }
  }
}
