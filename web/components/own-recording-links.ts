/** `<gridcast-own-recording-links>`: links that show a recording to whoever has them, made and taken back. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { problemOf } from '../api-client.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { RecordingClient } from '../recording-client.ts';
import type { ShareInfo } from '../recording-types.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { whenWords } from '../util/door-times.ts';
import { formatDuration } from '../util/format.ts';
import { atMoment } from '../util/moment.ts';
import { wallMs } from '../util/monotonic.ts';
import './copy-field.ts';
import { icons } from './icons.ts';
import './notice.ts';

/** Seconds: a week. */
const HOLDS_S = 7 * 86_400;

/** Asks for those that there are when it comes onto the page. */
@customElement('gridcast-own-recording-links')
export class GridcastOwnRecordingLinks extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    css`
      :host {
        display: grid;
        gap: 0.7rem;
        justify-items: start;
        padding: 0.9rem;
        border-radius: var(--gc-radius-small);
        background: var(--gc-raised);
      }
      p,
      li {
        font-size: 0.9rem;
      }
      gridcast-notice,
      ul {
        width: 100%;
      }
      .check {
        display: flex;
        gap: 0.6rem;
        align-items: center;
        min-height: 44px;
        font-size: 0.95rem;
      }
      .check input {
        flex: none;
        width: 20px;
        height: 20px;
        accent-color: var(--gc-accent);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.2rem 0.8rem;
        min-height: 3rem;
      }
    `,
  ];

  @property({ attribute: false }) api!: RecordingClient;
  /** Id. */
  @property() recording = '';
  /** Seconds at which the film was left; 0: nobody has watched it. */
  @property({ type: Number }) position = 0;
  @state() private shares: readonly ShareInfo[] = [];
  @state() private made: ShareInfo | undefined;
  @state() private busy = false;
  @state() private failure: unknown;
  @query('[name=moment]') private moment: HTMLInputElement | null | undefined;
  protected readonly rowFocus = new RowFocus(this, { last: '.make' });
  readonly #words = new WordsUser(this);

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('recording')) void this.#act(async () => undefined);
  }

  override render(): TemplateResult {
    const { made } = this;
    return html`<p class="muted">${this.#words.say('ownRecordings.linkHint')}</p>
      ${
        made?.url === undefined
          ? nothing
          : html`<gridcast-notice tone="success">
              <gridcast-copy-field
                label=${this.#words.say('ownRecordings.linkNew')}
                hint=${this.#words.say('ownRecordings.linkNewHint', { when: this.#when(made) })}
                .value=${made.url}
              ></gridcast-copy-field>
            </gridcast-notice>`
      }
      ${this.#moment()}
      <button
        class="button small make"
        type="button"
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#make()}
      >
        ${icons.link} ${this.#words.say('ownRecordings.linkMake')}
      </button>
      ${this.#wrong()}
      ${
        this.shares.length === 0
          ? nothing
          : html`<ul>
              ${repeat(
                this.shares,
                ({ id }) => id,
                (share) => this.#share(share),
              )}
            </ul>`
      }`;
  }

  #moment(): TemplateResult | typeof nothing {
    if (this.position < 1) return nothing;
    return html`<label class="check">
      <input type="checkbox" name="moment" />
      ${this.#words.say('ownRecordings.linkMoment', { time: formatDuration(this.position) })}
    </label>`;
  }

  #share(share: ShareInfo): TemplateResult {
    const when = this.#when(share);
    const ended = Date.parse(share.expires) <= wallMs();
    return html`<li>
      <span>${this.#words.say(ended ? 'ownRecordings.linkEnded' : 'ownRecordings.linkUntil', { when })}</span>
      <button
        class="button small"
        type="button"
        aria-label=${this.#words.say('ownRecordings.linkBackName', { when })}
        aria-disabled=${this.busy ? 'true' : 'false'}
        @click=${() => void this.#takeBack(share.id)}
      >
        ${icons.trash} ${this.#words.say('ownRecordings.linkBack')}
      </button>
    </li>`;
  }

  #wrong(): TemplateResult | typeof nothing {
    if (this.failure === undefined) return nothing;
    const title = this.#words.say('ownRecordings.wrong');
    return html`<gridcast-notice tone="error" heading=${title}>
      ${this.#words.words.problem(problemOf(title, this.failure)).detail}
    </gridcast-notice>`;
  }

  #when({ expires }: ShareInfo): string {
    return whenWords(Date.parse(expires), wallMs(), this.#words.words.dateLocale, 'medium');
  }

  async #make(): Promise<void> {
    const fromS = this.moment?.checked === true ? this.position : 0;
    await this.#act(async () => {
      const made = await this.api.share(this.recording, { ttl: HOLDS_S, watchPage: false });
      this.made = { ...made, ...(made.url !== undefined && { url: atMoment(made.url, fromS) }) };
    });
  }

  async #takeBack(id: string): Promise<void> {
    await this.#act(async () => {
      await this.api.unshare(this.recording, id);
      if (this.made?.id === id) this.made = undefined;
    });
  }

  /** One after the other, and then the list as it is. */
  async #act(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = undefined;
    try {
      await work();
      this.shares = await this.api.shares(this.recording);
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }
}
