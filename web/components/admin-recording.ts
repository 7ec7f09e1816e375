/** `<gridcast-admin-recording>`: everything about one recording. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { TrashedRecording } from '../../src/client/types.ts';
import type { AdminClient } from '../admin-client.ts';
import { ApiError, reasonIn } from '../api-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { FilmAddress } from '../controllers/film-address.ts';
import { RecordingExtras } from '../controllers/recording-extras.ts';
import {
  chaptersUnder,
  mergeChapters,
  type RecordedChapter,
  type Timeline,
} from '../controllers/recording-timeline.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { adminHref } from '../util/admin-route.ts';
import { recordingStory } from '../util/recording-words.ts';
import { pollAsAdmin, reportUnauthorized, runAction, runConfirmed } from './admin-actions.ts';
import { askToDelete } from './admin-deletion.ts';
import './admin-worker-wait.ts';
import './admin-files.ts';
import { failureNotice, recordingTrouble } from './admin-notices.ts';
import { missingRecording, trashedRecording } from './admin-recording-missing.ts';
import { recordingControls, recordingHead } from './admin-recording-head.ts';
import { archiveFailure, archiveProgress } from './admin-recording-row.ts';
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
  @state() private asking = false;
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  @query('gridcast-recording-player') private player!: GridcastRecordingPlayer;
  readonly #words = new WordsUser<AdminKey>(this);
  readonly #extras = new RecordingExtras(this);
  readonly #film = new FilmAddress(this, (kind) =>
    kind === 'file' ? this.api.fileLink(this.recording, 'recording.mp4', 6 * 3600) : this.api.hlsLink(this.recording),
  );
  #gone = false;
  /** In place of one that is gone. */
  #trashed: TrashedRecording | undefined;
  readonly #look = pollAsAdmin(
    this,
    () => this.#everyMs(),
    async (signal) => {
      try {
        const found = await this.api.recording(this.recording, signal);
        this.#gone = false;
        return found;
      } catch (error) {
        const isGone = isMissing(error);
        this.#trashed = isGone ? await this.#inTrash(signal) : undefined;
        this.#gone = isGone;
        throw error;
      }
    },
  );

  /** Asks the server now. */
  refresh(): void {
    this.#look.refresh();
  }

  override updated(): void {
    // The heading that stood here while nothing was known had the focus, and is gone.
    if (!this.#hadFocus || this.#hasFocus) return;
    // Nor can the one that has come be focused before the element around it shows it.
    const title = this.renderRoot.querySelector<LitElement>('gridcast-recording-title');
    void Promise.resolve(title?.updateComplete).then(() => {
      this.renderRoot.querySelector('h1')?.focus({ preventScroll: true });
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.#hadFocus = this.#hasFocus;
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
      <a class="back" href=${adminHref('recordings')}>${icons.back} ${this.#words.say('adminRecording.back')}</a>
      ${shown ? this.#page(shown) : this.#nothing()}
      <gridcast-confirm-dialog keep=${this.#words.say('admin.keep')}></gridcast-confirm-dialog>
    </article>`;
  }

  #nothing(): TemplateResult {
    const { error } = this.#look;
    const { words } = this.#words;
    const { say } = words;
    if (this.#gone) {
      const { recording: id, failure } = this;
      const busy = this.busy !== '';
      const restore = (): void =>
        void runAction(this, id, () => this.api.restoreRecording(id)).then(() => this.refresh());
      return this.#trashed?.id === id
        ? trashedRecording(this.#trashed, { words, busy, failure, restore })
        : missingRecording(words);
    }
    return html`<h1 id="title" tabindex="-1">${say('adminRecording.title')}</h1>
      ${
        error === undefined
          ? html`<p class="muted wait"><span class="spinner"></span> ${say('adminRecording.loading')}</p>`
          : html`<gridcast-notice tone="error" heading=${say('adminRecording.failed')}>
              ${reasonIn(words, error)}
              <button slot="actions" class="button small" type="button" @click=${() => this.refresh()}>
                ${say('admin.again')}
              </button>
            </gridcast-notice>`
      }`;
  }

  #page(recording: RecordingInfo): TemplateResult {
    const { id, state: stands, title } = recording;
    const { timeline, peaks, known } = this.#extras;
    const duration = timeline.duration || recording.duration;
    const chapters = this.#chapters(recording);
    const ready = stands === 'ready';
    const { words } = this.#words;
    return html`
      ${recordingHead(recording, this.#dates(), words, this.#rename)}
      ${recordingControls(recording, {
        words,
        busy: this.busy !== '',
        asking: this.asking,
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
              <h2 id="speakers">${words.say('timeline.title')}</h2>
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
                <gridcast-admin-shares
                  .api=${this.api}
                  .recording=${id}
                  .position=${this.position}
                ></gridcast-admin-shares>
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
    const { words } = this.#words;
    const { say } = words;
    const story = recordingStory(recording, this.#extras.timeline.gaps, words);
    return html`
      ${failureNotice(words, say('admin.refused'), this.failure)}
      ${failureNotice(words, say('adminRecording.stale'), this.#look.error)}
      ${recordingTrouble(words, say('adminRecordings.trouble'), recording)}
      ${
        recording.state === 'archiving'
          ? html`<gridcast-admin-worker-wait .api=${this.api}></gridcast-admin-worker-wait>`
          : nothing
      }
      ${archiveFailure(recording, {
        words,
        busy: this.busy !== '',
        retry: (id) => void runAction(this, id, () => this.api.retryRecording(id)),
      })}
      ${
        story.length === 0
          ? nothing
          : html`<gridcast-notice tone="info" heading=${say('story.title')}>
              <ul class="story">
                ${story.map((sentence) => html`<li>${sentence}</li>`)}
              </ul>
            </gridcast-notice>`
      }
      ${archiveProgress(recording, words)}
    `;
  }

  #playerNote({ state: stands, duration }: RecordingInfo): string {
    const { words } = this.#words;
    const { problem } = this.#film;
    if (stands === 'failed') return words.say('adminRecording.noFilm');
    if (duration === 0) return words.say('adminRecording.begins');
    if (problem === undefined) return '';
    return problem instanceof Error ? reasonIn(words, problem) : words.say(`adminRecording.${problem}`);
  }

  #dates(): Intl.DateTimeFormat {
    return new Intl.DateTimeFormat(this.#words.words.dateLocale, { dateStyle: 'full', timeStyle: 'medium' });
  }

  /** Chapters of the archive; before there is one, the markers that were set. */
  #chapters({ title, markers = [] }: RecordingInfo): readonly RecordedChapter[] {
    const { known, timeline } = this.#extras;
    if (known) return this.#titled(title, timeline);
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

  /** The same list as long as nothing changes, so that nobody has to look through it again. */
  #titled(title: string, timeline: Timeline): readonly RecordedChapter[] {
    const made = this.#chaptersMade;
    if (made?.title === title && made.timeline === timeline) return made.chapters;
    const chapters = chaptersUnder(title, timeline);
    this.#chaptersMade = { title, timeline, chapters };
    return chapters;
  }

  get #hasFocus(): boolean {
    return this.shadowRoot !== null && this.shadowRoot.activeElement !== null;
  }

  #hadFocus = false;
  #chaptersMade: { title: string; timeline: Timeline; chapters: readonly RecordedChapter[] } | undefined;
  #markers: readonly RecordedChapter[] = [];
  #markerKey = '[]';

  get #shown(): RecordingInfo | undefined {
    const { value } = this.#look;
    if (value?.id !== this.recording || this.#gone) return undefined;
    return value === this.#renamed?.before ? this.#renamed.now : value;
  }

  /** What was read last, with the title that it was given here since. */
  #renamed: { readonly before: RecordingInfo; readonly now: RecordingInfo } | undefined;

  readonly #rename = async (title: string): Promise<void> => {
    const before = this.#look.value;
    try {
      await this.api.renameRecording(this.recording, title);
    } catch (error) {
      reportUnauthorized(this, error);
      throw error;
    }
    if (before) this.#renamed = { before, now: { ...before, title } };
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('gridcast-changed', { bubbles: true, composed: true }));
  };

  async #inTrash(signal: AbortSignal): Promise<TrashedRecording | undefined> {
    return this.api.trashed(this.recording, signal).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  }

  readonly #onTime = (event: CustomEvent<number>): void => {
    this.position = event.detail;
  };

  readonly #onSeek = (event: CustomEvent<number>): void => {
    this.player.seek(event.detail);
  };

  async #remove(recording: RecordingInfo): Promise<void> {
    if (this.asking) return;
    const { api, confirm } = this;
    this.asking = true;
    try {
      const host = { api, confirm, words: this.#words.words, dates: this.#dates() };
      const agreed = await askToDelete(recording, host).finally(() => {
        this.asking = false;
      });
      if (!agreed) return;
      await runConfirmed(this, recording.id, async () => {
        await agreed();
        this.dispatchEvent(new CustomEvent('gridcast-gone', { bubbles: true, composed: true }));
      });
    } catch (error) {
      this.failure = error;
      reportUnauthorized(this, error);
    }
  }

  #everyMs(): number {
    const stands = this.#shown?.state;
    return stands === 'recording' || stands === 'archiving' ? BUSY_MS : IDLE_MS;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
