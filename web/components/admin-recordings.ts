/** `<gridcast-admin-recordings>`: what was kept, how far its archive is, and the download. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ApiClient } from '../api-client.ts';
import { sentenceOf } from '../api-client.ts';
import type { RecordingInfo, RecordingState } from '../api-types.ts';
import { Poller } from '../controllers/poller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { reportUnauthorized, runAction } from './admin-actions.ts';
import { adminStyles } from './admin-styles.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import { icons } from './icons.ts';
import './notice.ts';

const IDLE_MS = 5000;
const BUSY_MS = 1000;
const PAGE = 50;

const STATES: Readonly<Record<RecordingState, { readonly word: string; readonly look: string }>> = {
  recording: { word: 'Recording', look: 'live' },
  paused: { word: 'Paused', look: 'warn' },
  archiving: { word: 'Archiving', look: 'warn' },
  ready: { word: 'Ready', look: 'good' },
  failed: { word: 'Failed', look: 'bad' },
};

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-recordings')
export class GridcastAdminRecordings extends LitElement {
  static override styles = [inherited, buttons, surfaces, adminStyles];

  @property({ attribute: false }) api!: ApiClient;
  @state() busy = '';
  @state() failure = '';
  @state() private shown = PAGE;
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  readonly #dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  readonly #recordings = new Poller(
    this,
    () => this.#everyMs(),
    async (signal) => {
      try {
        return await this.api.recordings({ limit: String(this.shown) }, signal);
      } catch (error) {
        reportUnauthorized(this, error);
        throw error;
      }
    },
  );

  /** Asks the server now. */
  refresh(): void {
    this.#recordings.refresh();
  }

  override render(): TemplateResult {
    const { value, error } = this.#recordings;
    return html`<section aria-labelledby="recordings">
      <div class="head"><h2 id="recordings">Recordings</h2></div>
      <div class="list">
        ${
          this.failure === ''
            ? nothing
            : html`<gridcast-notice tone="error" heading="That did not work">${this.failure}</gridcast-notice>`
        }
        ${
          error === undefined
            ? nothing
            : html`<gridcast-notice tone="error" heading="The list is not up to date">${sentenceOf(error)}</gridcast-notice>`
        }
        ${
          value
            ? this.#list(value.items)
            : error
              ? nothing
              : html`<p class="muted"><span class="spinner"></span> Loading recordings…</p>`
        }
        ${
          value?.next
            ? html`<div class="actions"><button class="button" type="button" @click=${this.#more}>Show more</button></div>`
            : nothing
        }
      </div>
      <gridcast-confirm-dialog></gridcast-confirm-dialog>
    </section>`;
  }

  #list(items: readonly RecordingInfo[]): unknown {
    if (items.length === 0) {
      return html`<div class="empty">
        <strong>Nothing recorded yet</strong>
        <p class="muted">Press “Record” on a live room; the recording appears here and becomes one MP4 when it is stopped.</p>
      </div>`;
    }
    return repeat(
      items,
      (recording) => recording.id,
      (recording) => this.#recording(recording),
    );
  }

  #recording(recording: RecordingInfo): TemplateResult {
    const { id, state, title, startedAt, duration, size, progress = 0, error } = recording;
    const look = STATES[state];
    const percent = Math.round(progress * 100);
    return html`<article class="item">
      <div class="line">
        <h3>${title}</h3>
        <span class="badge ${look.look}">${look.word}${state === 'archiving' ? ` ${percent} %` : ''}</span>
        <span class="facts">
          ${this.#dates.format(new Date(startedAt))} · ${formatDuration(duration)}
          ${size === undefined ? nothing : html` · ${formatBytes(size)}`}
        </span>
        <div class="actions">${this.#actions(recording)}</div>
      </div>
      ${
        state === 'archiving'
          ? html`<progress max="1" .value=${progress} aria-label=${`Archiving ${title}`}>${percent} %</progress>`
          : nothing
      }
      ${
        state === 'failed'
          ? html`<gridcast-notice tone="error" heading="The archive was not finished">
              ${error ?? 'The server gave no reason; its log has more.'} What was recorded is kept.
              <button
                slot="actions"
                class="button small"
                type="button"
                ?disabled=${this.busy !== ''}
                @click=${() => void runAction(this, id, () => this.api.retryRecording(id))}
              >
                ${icons.retry} Try again
              </button>
            </gridcast-notice>`
          : nothing
      }
    </article>`;
  }

  #actions(recording: RecordingInfo): TemplateResult {
    const { id, state, title } = recording;
    if (state === 'recording' || state === 'paused') {
      return html`<button
        class="button small"
        type="button"
        ?disabled=${this.busy !== ''}
        @click=${() => void runAction(this, id, () => this.api.stopRecording(id))}
      >
        ${icons.stop} Stop
      </button>`;
    }
    return html`${
      state === 'ready'
        ? html`<button
              class="button small primary"
              type="button"
              aria-label=${`Download ${title}`}
              ?disabled=${this.busy !== ''}
              @click=${() => void runAction(this, id, () => this.#download(id))}
            >
              ${icons.download} Download
            </button>`
        : nothing
    }
      <button
        class="button small quiet"
        type="button"
        aria-label=${`Delete recording ${title}`}
        title="Delete"
        @click=${() => void this.#remove(recording)}
      >
        ${icons.trash}
      </button>`;
  }

  /** The answer is an attachment: the page stays where it is while the browser saves it. */
  async #download(id: string): Promise<void> {
    location.assign(await this.api.recordingLink(id));
  }

  async #remove(recording: RecordingInfo): Promise<void> {
    const agreed = await this.confirm.ask({
      heading: `Delete “${recording.title}”?`,
      text: `The recording of ${this.#dates.format(new Date(recording.startedAt))}, ${formatDuration(recording.duration)} long, is gone for good.`,
      action: 'Delete recording',
    });
    if (agreed) await runAction(this, recording.id, () => this.api.deleteRecording(recording.id));
  }

  #more(): void {
    this.shown += PAGE;
    this.refresh();
  }

  #everyMs(): number {
    const moving = this.#recordings.value?.items.some(({ state }) => state === 'recording' || state === 'archiving');
    return moving ? BUSY_MS : IDLE_MS;
  }
}
