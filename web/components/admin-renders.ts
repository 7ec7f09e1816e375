/** `<gridcast-admin-renders>`: the recording once more, in another layout, in part, or as sound alone. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AdminClient } from '../admin-client.ts';
import { Poller } from '../controllers/poller.ts';
import { NO_TIMELINE, type Timeline } from '../controllers/recording-timeline.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { RenderInfo, RenderOrder } from '../recording-types.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { formatBytes } from '../util/format.ts';
import { renderWords } from '../util/render-words.ts';
import { runAction } from './admin-actions.ts';
import { failureNotice, saidByServer } from './admin-notices.ts';
import { download } from './admin-recording-row.ts';
import './admin-render-form.ts';
import { adminSectionStyles } from './admin-section-styles.ts';
import './admin-worker-wait.ts';
import { icons } from './icons.ts';

const BUSY_MS = 1000;
const IDLE_MS = 15_000;

const STATES = {
  waiting: 'renders.waiting',
  done: 'renders.ready',
  ready: 'renders.ready',
  failed: 'renders.failed',
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
  readonly #words = new WordsUser<AdminKey>(this);
  readonly #renders: Poller<readonly RenderInfo[]> = new Poller(
    this,
    () => (this.#renders.value?.some(isAwaited) ? BUSY_MS : IDLE_MS),
    (signal) => this.api.renders(this.recording, signal),
  );

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && changed.has('recording')) this.#renders.refresh();
  }

  override render(): TemplateResult {
    const { value = [], error } = this.#renders;
    const { words } = this.#words;
    const { say } = words;
    return html`<section class="card-section" aria-labelledby="renders">
      <h2 id="renders" tabindex="-1">${say('renders.title')}</h2>
      <p class="muted">${say('renders.hint')}</p>
      ${failureNotice(words, say('admin.refused'), this.failure)}
      ${failureNotice(words, say('renders.unlisted'), error)}
      ${
        value.some(isAwaited)
          ? html`<gridcast-admin-worker-wait what="renders" .api=${this.api}></gridcast-admin-worker-wait>`
          : nothing
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
    const { words } = this.#words;
    const { say } = words;
    const what = renderWords(render, words);
    const percent = say('steps.percent', { percent: Math.round(progress * 100) });
    const stand = [
      stands === 'active' ? percent : say(STATES[stands]),
      ...(size === undefined ? [] : [formatBytes(size, words.locale)]),
    ];
    return html`<li>
      <div class="grow">
        <b>${what}</b>
        ${
          stands === 'active'
            ? html`<progress max="1" .value=${progress} aria-label=${say('renders.underWay', { what })}>${percent}</progress>`
            : nothing
        }
        ${
          stands === 'failed'
            ? html`<small class="bad">${error === undefined ? say('renders.noReason') : saidByServer(error)}</small>`
            : nothing
        }
      </div>
      <small>${stand.join(' · ')}</small>
      ${
        ready
          ? html`<button
              class="button small"
              type="button"
              aria-label=${say('renders.downloadName', { what })}
              aria-disabled=${this.busy === '' ? 'false' : 'true'}
              @click=${() => void runAction(this, id, () => download(this.api.renderLink(this.recording, id)))}
            >
              ${icons.download} ${say('admin.download')}
            </button>`
          : nothing
      }
      <button
        class="button small quiet"
        type="button"
        aria-label=${say('renders.deleteName', { what })}
        title=${say('admin.delete')}
        aria-disabled=${this.busy === '' ? 'false' : 'true'}
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

function isAwaited({ state }: RenderInfo): boolean {
  return state === 'waiting' || state === 'active';
}
