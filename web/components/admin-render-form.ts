/** `<gridcast-admin-render-form>`: orders another rendering of a recording. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type Layout, layoutSchema, type LayoutPolicy } from '../../src/layout/layout.ts';
import { NO_TIMELINE, type RecordedPerson, type Timeline } from '../controllers/recording-timeline.ts';
import type { TileRow } from '../controllers/tile-rows.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { RENDER_FORMATS, type RenderFormat, type RenderOrder } from '../recording-types.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import { parseTime } from '../util/recording-words.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import { icons } from './icons.ts';
import './layout-policy-picker.ts';

/** A time as one writes it. */
const EXAMPLE_S = 150;

/** What is wrong with an order. */
type Fault = 'badTime' | 'badOrder' | 'badLength';

/** Sends `gridcast-render` with a RenderOrder. */
@customElement('gridcast-admin-render-form')
export class GridcastAdminRenderForm extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    adminSectionStyles,
    css`
      details {
        border-top: 1px solid var(--gc-line);
        padding-top: 0.7rem;
      }
      summary {
        width: fit-content;
        border-radius: 4px;
        color: var(--gc-accent);
        font-weight: 600;
        cursor: pointer;
      }
      form {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
        padding-top: 0.9rem;
      }
      .time {
        flex: 1 1 10rem;
      }
      .format {
        flex: 1 0 100%;
      }
      .time > div {
        display: flex;
        gap: 0.4rem;
      }
      .time input {
        min-width: 4.5rem;
        font-variant-numeric: tabular-nums;
      }
      .time .button {
        flex: none;
        min-height: var(--gc-control);
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        margin-bottom: 0.2rem;
        padding: 0;
        font-size: 0.92rem;
        font-weight: 600;
      }
      .people {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
        gap: 0 1rem;
        max-height: 12rem;
        overflow-y: auto;
      }
      .people span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .error {
        color: var(--gc-danger);
        font-size: 0.9rem;
      }
    `,
  ];

  /** Seconds. */
  @property({ type: Number }) duration = 0;
  @property({ attribute: false }) timeline: Timeline = NO_TIMELINE;
  @property({ attribute: false }) position: () => number = () => 0;
  @property({ type: Boolean }) busy = false;
  @state() private layout: Layout = layoutSchema.parse({});
  @state() private recorded = true;
  @state() private format: RenderFormat = 'mp4';
  @state() private from = '0:00';
  @state() private to = '';
  @state() private without: ReadonlySet<string> = new Set();
  @state() private fault: Fault | undefined;
  readonly #words = new WordsUser<AdminKey>(this);
  #rows: readonly TileRow[] = [];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('timeline')) this.#rows = this.timeline.people.flatMap(rowsOf);
  }

  override render(): TemplateResult {
    const { format, timeline } = this;
    const { say } = this.#words.words;
    const pictures = format === 'mp4' || format === 'webm';
    const rows = this.#rows.filter(({ participant }) => !this.without.has(participant));
    return html`<details>
      <summary>${say('renders.new')}</summary>
      <form @submit=${this.#submit}>
        <div class="form-row">
          <div class="field format">
            <label for="format">${say('renders.format')}</label>
            <select id="format" @change=${this.#setFormat}>
              ${RENDER_FORMATS.map(
                (name) => html`<option value=${name} ?selected=${name === format}>${say(`renders.${name}`)}</option>`,
              )}
            </select>
          </div>
          ${this.#time('from', say('renders.from'), this.from, '0:00')}
          ${this.#time('to', say('renders.to'), this.to, formatDuration(this.duration))}
        </div>
        ${
          pictures
            ? html`<label class="check">
                <input
                  type="checkbox"
                  .checked=${this.recorded}
                  @change=${(event: Event) => {
                    this.recorded = (event.target as HTMLInputElement).checked;
                  }}
                />
                ${say('renders.asRecorded')}
              </label>`
            : nothing
        }
        ${
          pictures && !this.recorded
            ? html`<gridcast-layout-policy-picker
                .layout=${this.layout}
                .rows=${rows}
                .speaker=${rows[0]?.participant}
                .program=${{ width: timeline.width, height: timeline.height }}
                @gridcast-policy=${this.#setPolicy}
              ></gridcast-layout-policy-picker>`
            : nothing
        }
        ${
          timeline.people.length === 0
            ? nothing
            : html`<fieldset>
                <legend>${say('renders.leaveOut')}</legend>
                <div class="people">${timeline.people.map((person) => this.#person(person))}</div>
              </fieldset>`
        }
        ${this.fault === undefined ? nothing : html`<p class="error" role="alert">${this.#faultWords(this.fault)}</p>`}
        <div class="actions">
          <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>${icons.film} ${say('renders.render')}</button>
        </div>
      </form>
    </details>`;
  }

  #time(name: 'from' | 'to', label: string, value: string, hint: string): TemplateResult {
    const { say } = this.#words.words;
    return html`<div class="field time">
      <label for=${name}>${label}</label>
      <div>
        <input
          id=${name}
          type="text"
          inputmode="numeric"
          autocomplete="off"
          placeholder=${hint}
          .value=${value}
          @input=${(event: InputEvent) => {
            this[name] = (event.target as HTMLInputElement).value;
          }}
        />
        <button
          class="button small"
          type="button"
          title=${say('renders.hereHint')}
          aria-label=${say(name === 'from' ? 'renders.hereFrom' : 'renders.hereTo')}
          @click=${() => {
            this[name] = formatDuration(this.position());
          }}
        >
          ${say('renders.here')}
        </button>
      </div>
    </div>`;
  }

  #faultWords(fault: Fault): string {
    const { say } = this.#words.words;
    if (fault === 'badTime') return say('renders.badTime', { example: formatDuration(EXAMPLE_S) });
    return fault === 'badOrder'
      ? say('renders.badOrder')
      : say('renders.badLength', { length: formatDuration(this.duration) });
  }

  #person({ id, name }: RecordedPerson): TemplateResult {
    return html`<label class="check">
      <input
        type="checkbox"
        .checked=${this.without.has(id)}
        @change=${(event: Event) => {
          const { checked } = event.target as HTMLInputElement;
          this.without = new Set([...this.without].filter((other) => other !== id).concat(checked ? [id] : []));
        }}
      />
      <span dir="auto">${name}</span>
    </label>`;
  }

  readonly #setFormat = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this.format = RENDER_FORMATS.find((known) => known === value) ?? 'mp4';
  };

  readonly #setPolicy = (event: CustomEvent<LayoutPolicy>): void => {
    this.layout = { ...this.layout, policy: event.detail };
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const from = this.from.trim() === '' ? 0 : parseTime(this.from);
    const to = this.to.trim() === '' ? this.duration : parseTime(this.to);
    this.fault = undefined;
    if (from === undefined || to === undefined) this.fault = 'badTime';
    else if (from >= to) this.fault = 'badOrder';
    else if (from >= this.duration) this.fault = 'badLength';
    if (this.fault !== undefined || from === undefined || to === undefined) return;
    const { format, without } = this;
    const layout = this.recorded ? 'recorded' : this.layout;
    const detail = { layout, from, to: Math.min(to, this.duration), without: [...without], format };
    this.dispatchEvent(new CustomEvent<RenderOrder>('gridcast-render', { detail }));
  };
}

/** The tiles that somebody could have: one for each kind of picture, or one without. */
function rowsOf({ id, name, pictures }: RecordedPerson): readonly TileRow[] {
  const about = { participant: id, handle: id, name, host: false, muted: false, connected: true, hand: false };
  if (pictures.length === 0) return [{ ...about, key: id, source: 'none' }];
  return pictures.map((source, track) => ({
    ...about,
    key: `${id}/${track}`,
    source: source === 'screen' || source === 'file' ? source : 'camera',
  }));
}
