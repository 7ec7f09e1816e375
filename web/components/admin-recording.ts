/** `<gridcast-admin-recording>`: everything about one recording. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { type AdminClient, sentenceOf } from '../admin-client.ts';
import { ApiError } from '../api-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { FilmAddress } from '../controllers/film-address.ts';
import { RecordingExtras } from '../controllers/recording-extras.ts';
import { mergeChapters, type RecordedChapter } from '../controllers/recording-timeline.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { recordingStory } from '../util/recording-words.ts';
import { pollAsAdmin, runAction } from './admin-actions.ts';
import './admin-files.ts';
import { recordingControls, recordingHead } from './admin-recording-head.ts';
import { archiveProgress } from './admin-recording-row.ts';
import { adminRecordingStyles } from './admin-recording-styles.ts';
import './admin-renders.ts';
import './admin-shares.ts';
import './admin-steps.ts';
import { adminStyles } from './admin-styles.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import { icons } from './icons.ts';
import './notice.ts';
import './recording-aside.ts';
import type { GridcastRecordingPlayer } from './recording-player.ts';
import './recording-player.ts';
import './speaker-timeline.ts';

const IDLE_MS = 10_000;
const BUSY_MS = 1000;

/** Sends `gridcast-changed`, `gridcast-unauthorized`, and `gridcast-gone` once the recording was deleted here. */
@customElement('gridcast-admin-recording')
export class GridcastAdminRecording extends LitElement {
  static override styles = [inherited, buttons, fields, surfaces, adminStyles, adminRecordingStyles];

  @property({ attribute: false }) api!: AdminClient;
  @property() recording = '';
  @state() busy = '';
  @state() failure: unknown;
  @state() private position = 0;
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  @query('gridcast-recording-player') private player!: GridcastRecordingPlayer;
  readonly #dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
  readonly #extras = new RecordingExtras(this);
  readonly #film = new FilmAddress(this, (kind) =>
    kind === 'file' ? this.api.fileLink(this.recording, 'recording.mp4', 6 * 3600) : this.api.hlsLink(this.recording),
  );
  #gone = false;
  readonly #look = pollAsAdmin(
    this,
    () => this.#everyMs(),
    async (signal) => {
      try {
        return await this.api.recording(this.recording, signal);
      } catch (error) {
        this.#gone = error instanceof ApiError && error.status === 404;
        throw error;
      }
    },
  );

  /** Asks the server now. */
  refresh(): void {
    this.#look.refresh();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('recording') && this.hasUpdated) {
      this.#extras.reset();
      this.#film.reset();
      this.#gone = false;
      this.position = 0;
      this.#look.refresh();
    }
    const shown = this.#shown;
    if (!shown) return;
    if (shown.state === 'ready') {
      this.#extras.load((name, signal) => this.api.file(shown.id, name, signal));
      this.#film.want('file');
    } else if (shown.duration > 0 && shown.state !== 'failed') this.#film.want('playlist');
  }

  override render(): TemplateResult {
    const shown = this.#shown;
    return html`<article aria-labelledby="title">
      <a class="back" href=${adminHref('recordings')}>${icons.back} All recordings</a>
      ${shown ? this.#page(shown) : this.#nothing()}
      <gridcast-confirm-dialog></gridcast-confirm-dialog>
    </article>`;
  }

  #nothing(): TemplateResult {
    const { error } = this.#look;
    if (this.#gone) {
      return html`<h1 id="title" tabindex="-1">There is no such recording</h1>
        <gridcast-notice tone="warning" heading="It was deleted, or the address is not complete">
          The list of recordings shows all there are; what was deleted stands in the audit log.
        </gridcast-notice>`;
    }
    return html`<h1 id="title" tabindex="-1">Recording</h1>
      ${
        error === undefined
          ? html`<p class="muted wait"><span class="spinner"></span> Loading the recording…</p>`
          : html`<gridcast-notice tone="error" heading="The recording cannot be shown">
              ${sentenceOf(error)}
              <button slot="actions" class="button small" type="button" @click=${() => this.refresh()}>Try again</button>
            </gridcast-notice>`
      }`;
  }

  #page(recording: RecordingInfo): TemplateResult {
    const { id, state: stands, title } = recording;
    const { timeline, peaks, known } = this.#extras;
    const duration = timeline.duration || recording.duration;
    const chapters = this.#chapters(recording);
    const ready = stands === 'ready';
    return html`
      ${recordingHead(recording, this.#dates)}
      ${recordingControls(recording, {
        busy: this.busy !== '',
        api: this.api,
        act: (request) => void runAction(this, id, request),
        remove: () => void this.#remove(recording),
      })}
      ${this.#notices(recording)}
      <div class="stage">
        <gridcast-recording-player
          .src=${this.#film.url}
          .growing=${this.#film.kind === 'playlist'}
          .poster=${this.#extras.poster}
          .heading=${title}
          .note=${this.#playerNote(recording)}
          .chapters=${chapters}
          .pictures=${this.#extras.pictures}
          .captions=${this.#extras.captions}
          @gridcast-time=${this.#onTime}
          @gridcast-media-error=${() => this.#film.renew()}
        ></gridcast-recording-player>
        <gridcast-recording-aside
          .position=${this.position}
          .chapters=${chapters}
          .gaps=${timeline.gaps}
          .chat=${timeline.chat}
          .known=${known}
          @gridcast-seek=${this.#onSeek}
        ></gridcast-recording-aside>
      </div>
      ${
        timeline.people.length === 0
          ? nothing
          : html`<section class="card-section" aria-labelledby="speakers">
              <h2 id="speakers">Who spoke when</h2>
              <gridcast-speaker-timeline
                .duration=${duration}
                .position=${this.position}
                .people=${timeline.people}
                .chapters=${chapters}
                .gaps=${timeline.gaps}
                .peaks=${peaks}
                @gridcast-seek=${this.#onSeek}
              ></gridcast-speaker-timeline>
            </section>`
      }
      <div class="columns">
        ${ready ? html`<gridcast-admin-files .api=${this.api} .recording=${id}></gridcast-admin-files>` : nothing}
        ${
          ready
            ? html`<div class="side">
                <gridcast-admin-shares .api=${this.api} .recording=${id}></gridcast-admin-shares>
                <gridcast-admin-renders
                  .api=${this.api}
                  .recording=${id}
                  .duration=${duration}
                  .timeline=${timeline}
                  .position=${() => this.player.currentTime}
                ></gridcast-admin-renders>
              </div>`
            : nothing
        }
      </div>
      <gridcast-admin-steps .recording=${recording}></gridcast-admin-steps>
    `;
  }

  #notices(recording: RecordingInfo): TemplateResult {
    const { id, state: stands, problem, error } = recording;
    const story = recordingStory(recording, this.#extras.timeline.gaps);
    const { error: lost } = this.#look;
    return html`
      ${
        this.failure === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading="That did not work">${sentenceOf(this.failure)}</gridcast-notice>`
      }
      ${
        lost === undefined
          ? nothing
          : html`<gridcast-notice tone="error" heading="This page is not up to date">${sentenceOf(lost)}</gridcast-notice>`
      }
      ${
        problem === undefined
          ? nothing
          : html`<gridcast-notice tone="warning" heading="It cannot keep everything at the moment">${problem.message}</gridcast-notice>`
      }
      ${
        stands === 'failed'
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
      ${
        story.length === 0
          ? nothing
          : html`<gridcast-notice tone="info" heading="What happened to this recording">
              <ul class="story">
                ${story.map((sentence) => html`<li>${sentence}</li>`)}
              </ul>
            </gridcast-notice>`
      }
      ${archiveProgress(recording)}
    `;
  }

  #playerNote({ state: stands, duration }: RecordingInfo): string {
    if (stands === 'failed') return 'There is no film yet. Once its archive is finished, it plays here.';
    if (duration === 0) return 'It begins with the next picture.';
    return this.#film.problem;
  }

  /** Of the archive; before there is one, the markers that were set. */
  #chapters({ markers = [] }: RecordingInfo): readonly RecordedChapter[] {
    const { known, timeline } = this.#extras;
    if (known) return timeline.chapters;
    const key = JSON.stringify(markers);
    if (key !== this.#markerKey) {
      this.#markerKey = key;
      this.#markers = mergeChapters(
        [],
        markers.map(({ at, label }) => ({ at, label })),
      );
    }
    return this.#markers;
  }

  #markers: readonly RecordedChapter[] = [];
  #markerKey = '[]';

  get #shown(): RecordingInfo | undefined {
    const { value } = this.#look;
    return value?.id === this.recording && !this.#gone ? value : undefined;
  }

  readonly #onTime = (event: CustomEvent<number>): void => {
    this.position = event.detail;
  };

  readonly #onSeek = (event: CustomEvent<number>): void => {
    this.player.seek(event.detail);
  };

  async #remove(recording: RecordingInfo): Promise<void> {
    const { id, title, startedAt, duration, size } = recording;
    const much = size === undefined ? '' : ` and ${formatBytes(size, 'en')} large`;
    const agreed = await this.confirm.ask({
      heading: `Delete “${title}”?`,
      text:
        `The recording of ${this.#dates.format(new Date(startedAt))}, ${formatDuration(duration)} long${much}, is gone for good, ` +
        'with all of its files, renderings and share links.',
      action: 'Delete recording',
    });
    if (!agreed) return;
    await runAction(this, id, async () => {
      await this.api.deleteRecording(id);
      this.dispatchEvent(new CustomEvent('gridcast-gone', { bubbles: true, composed: true }));
    });
  }

  #everyMs(): number {
    const stands = this.#shown?.state;
    return stands === 'recording' || stands === 'archiving' ? BUSY_MS : IDLE_MS;
  }
}
