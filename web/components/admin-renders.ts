/** `<gridcast-admin-renders>`: the recording once more, in another layout, in part, or as sound alone. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type AdminClient, sentenceOf } from '../admin-client.ts';
import { Poller } from '../controllers/poller.ts';
import { NO_TIMELINE, type Timeline } from '../controllers/recording-timeline.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { RenderInfo, RenderOrder } from '../recording-types.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { runAction } from './admin-actions.ts';
import { download } from './admin-recording-row.ts';
import './admin-render-form.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import { icons } from './icons.ts';
import './notice.ts';

const BUSY_MS = 1000;
const IDLE_MS = 15_000;

const WORDS = {
  waiting: 'Waiting',
  active: 'At work',
  done: 'Ready',
  ready: 'Ready',
  failed: 'Failed',
} as const;

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-renders')
export class GridcastAdminRenders extends LitElement {
  static override styles = [inherited, buttons, surfaces, adminSectionStyles];

  @property({ attribute: false }) api!: AdminClient;
  @property() recording = '';
  /** Seconds. */
  @property({ type: Number }) duration = 0;
  @property({ attribute: false }) timeline: Timeline = NO_TIMELINE;
  /** Where the film stands, seconds. */
  @property({ attribute: false }) position: () => number = () => 0;
  @state() busy = '';
  @state() failure: unknown;
  protected readonly rowFocus = new RowFocus(this, { last: '#renders' });
  readonly #renders: Poller<readonly RenderInfo[]> = new Poller(
    this,
    () => (this.#renders.value?.some(({ state }) => state === 'waiting' || state === 'active') ? BUSY_MS : IDLE_MS),
    (signal) => this.api.renders(this.recording, signal),
  );

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && changed.has('recording')) this.#renders.refresh();
  }

  override render(): TemplateResult {
    const { value = [], error } = this.#renders;
    return html`<section class="card-section" aria-labelledby="renders">
      <h2 id="renders" tabindex="-1">Render again</h2>
      <p class="muted">From everybody’s own tracks: another layout, a part, without somebody, or the sound alone.</p>
      ${
        this.failure === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading="That did not work">${sentenceOf(this.failure)}</gridcast-notice>`
      }
      ${
        error === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading="The renderings cannot be listed">${sentenceOf(error)}</gridcast-notice>`
      }
      <ul class="rows">
        ${value.map((render) => this.#row(render))}
      </ul>
      <gridcast-admin-render-form
        .duration=${this.duration}
        .timeline=${this.timeline}
        .position=${this.position}
        ?busy=${this.busy !== ''}
        @gridcast-render=${this.#order}
      ></gridcast-admin-render-form>
    </section>`;
  }

  #row(render: RenderInfo): TemplateResult {
    const { id, state: stands, progress = 0, error, size } = render;
    const ready = stands === 'ready' || stands === 'done';
    const percent = Math.round(progress * 100);
    const words = describe(render);
    return html`<li>
      <div class="grow">
        <b>${words}</b>
        ${
          stands === 'active'
            ? html`<progress max="1" .value=${progress} aria-label=${`Rendering ${words}`}>${percent} %</progress>`
            : nothing
        }
        ${stands === 'failed' ? html`<small class="bad">${error ?? 'The server gave no reason.'}</small>` : nothing}
      </div>
      <small>
        ${stands === 'active' ? `${percent} %` : WORDS[stands]}${size === undefined ? '' : `, ${formatBytes(size, 'en')}`}
      </small>
      ${
        ready
          ? html`<button
              class="button small"
              type="button"
              aria-label=${`Download ${words}`}
              ?disabled=${this.busy !== ''}
              @click=${() => void runAction(this, id, () => download(this.api.renderLink(this.recording, id)))}
            >
              ${icons.download} Download
            </button>`
          : nothing
      }
      <button
        class="button small quiet"
        type="button"
        aria-label=${`Delete ${words}`}
        title="Delete"
        ?disabled=${this.busy !== ''}
        @click=${() => this.#remove(id)}
      >
        ${icons.trash}
      </button>
    </li>`;
  }

  #remove(id: string): void {
    void runAction(this, id, async () => {
      await this.api.removeRender(this.recording, id);
      this.#renders.refresh();
    });
  }

  readonly #order = (event: CustomEvent<RenderOrder>): void => {
    void runAction(this, 'new', async () => {
      await this.api.startRender(this.recording, event.detail);
      this.#renders.refresh();
    });
  };
}

/** What was ordered, as far as the server tells. */
function describe({ format, layout, from, to, without = [] }: RenderInfo): string {
  const recorded = layout === 'recorded';
  const policy = typeof layout === 'object' && layout !== null && 'policy' in layout ? layout.policy : layout;
  const parts = [
    recorded
      ? 'As recorded'
      : typeof policy === 'string'
        ? policy.charAt(0).toUpperCase() + policy.slice(1).replaceAll('-', ' ')
        : 'Rendering',
    ...(format === undefined ? [] : [format.toUpperCase()]),
    ...(from === undefined || to === undefined ? [] : [`${formatDuration(from)} to ${formatDuration(to)}`]),
    ...(without.length === 0 ? [] : [without.length === 1 ? 'without one person' : `without ${without.length} people`]),
  ];
  return parts.join(', ');
}
