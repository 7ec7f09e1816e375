/** `<gridcast-admin-shares>`: links that show a recording to whoever has them, for a while. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type AdminClient, sentenceOf } from '../admin-client.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { ShareInfo } from '../recording-types.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { runAction } from './admin-actions.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import './copy-field.ts';
import { icons } from './icons.ts';
import './notice.ts';

const HOUR_S = 3600;
const LIVES = [
  [HOUR_S, 'an hour'],
  [24 * HOUR_S, 'a day'],
  [7 * 24 * HOUR_S, 'a week'],
  [30 * 24 * HOUR_S, '30 days'],
] as const;
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
  @state() busy = '';
  @state() failure: unknown;
  @state() private shares: readonly ShareInfo[] = [];
  @state() private made: ShareInfo | undefined;
  protected readonly rowFocus = new RowFocus(this, { last: '#shares' });
  readonly #dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
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
      <h2 id="shares" tabindex="-1">Share</h2>
      <p class="muted">
        Whoever has the link sees the film with its chapters, and nothing else, until it expires or is taken back.
      </p>
      ${
        this.failure === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading="That did not work">${sentenceOf(this.failure)}</gridcast-notice>`
      }
      <form @submit=${this.#submit}>
        <div class="form-row">
          <div class="field">
            <label for="ttl">It holds for</label>
            <select id="ttl" name="ttl">
              ${LIVES.map(
                ([seconds, words]) => html`<option value=${seconds} ?selected=${seconds === USUAL_S}>${words}</option>`,
              )}
            </select>
          </div>
          <button class="button" ?disabled=${this.busy !== ''}>${icons.link} Make a link</button>
        </div>
        <label class="check">
          <input type="checkbox" name="watchPage" />
          Show it at the end of the watch page, too
        </label>
      </form>
      <ul class="rows">
        ${made ? this.#share(made, true) : nothing} ${others.map((share) => this.#share(share, false))}
      </ul>
    </section>`;
  }

  #share({ id, url, expires, watchPage }: ShareInfo, fresh: boolean): TemplateResult {
    const until = this.#dates.format(new Date(expires));
    return html`<li>
      ${
        url === undefined
          ? nothing
          : html`<gridcast-copy-field label=${fresh ? 'The new link' : `Link until ${until}`} .value=${url}></gridcast-copy-field>`
      }
      <div class="grow">
        <small>Until ${until}${watchPage === true ? ', also at the end of the watch page' : ''}</small>
      </div>
      <button
        class="button small quiet"
        type="button"
        aria-label=${`Take back the link until ${until}`}
        ?disabled=${this.busy !== ''}
        @click=${() => this.#takeBack(id)}
      >
        ${icons.trash} Take back
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
    void runAction(this, 'new', async () => {
      this.made = await this.api.share(this.recording, order);
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
