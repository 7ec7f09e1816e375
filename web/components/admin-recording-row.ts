/** One recording in the list. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { RECORDING_STATES } from '../util/recording-words.ts';
import './admin-poster.ts';
import { icons } from './icons.ts';

/** Names that are told; the rest is a number. */
const NAMES = 4;

/** What a row needs of the list. */
export interface RowHost {
  readonly dates: Intl.DateTimeFormat;
  readonly api: AdminClient;
  readonly busy: boolean;
  act(id: string, request: () => Promise<unknown>): void;
  remove(recording: RecordingInfo): void;
}

/** The badge of a recording's state. */
export function stateBadge({ state, progress = 0 }: RecordingInfo): TemplateResult {
  const { look, word } = RECORDING_STATES[state];
  const percent = Math.round(progress * 100);
  return html`<span class="badge ${look}">${word}${state === 'archiving' ? ` ${percent} %` : ''}</span>`;
}

/** The bar below a recording that is being archived. */
export function archiveProgress({ state, title, progress = 0 }: RecordingInfo): TemplateResult | typeof nothing {
  if (state !== 'archiving') return nothing;
  const percent = Math.round(progress * 100);
  return html`<progress max="1" .value=${progress} aria-label=${`Archiving ${title}`}>${percent} %</progress>`;
}

/** Downloads what `link` gives: the answer is an attachment, so the page stays where it is. */
export async function download(link: Promise<string>): Promise<void> {
  location.assign(await link);
}

/** To stand in the list. */
export function recordingRow(recording: RecordingInfo, host: RowHost): TemplateResult {
  const { id, room, title, startedAt, duration, size, problem, people = [] } = recording;
  const more = people.length - NAMES;
  return html`<article class="item recording">
    <a class="poster" href=${adminHref('recordings', id)} tabindex="-1" aria-hidden="true">
      <gridcast-admin-poster .api=${host.api} .recording=${recording}></gridcast-admin-poster>
      <span class="length">${formatDuration(duration)}</span>
    </a>
    <div class="about">
      <div class="line">
        <h2><a href=${adminHref('recordings', id)}>${title}</a></h2>
        ${stateBadge(recording)}
        ${recording.recovered === true ? html`<span class="badge">Recovered</span>` : nothing}
        ${recording.stored === 'uploading' ? html`<span class="badge">Uploading</span>` : nothing}
      </div>
      <p class="facts">
        ${host.dates.format(new Date(startedAt))} · ${room} · ${formatDuration(duration)}
        ${size === undefined ? nothing : html` · ${formatBytes(size, 'en')}`}
      </p>
      ${
        people.length === 0
          ? nothing
          : html`<p class="facts people">
              ${icons.people} <span>${people.slice(0, NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}</span>
            </p>`
      }
      ${archiveProgress(recording)}
    </div>
    <div class="actions">${actions(recording, host)}</div>
    ${
      problem === undefined
        ? nothing
        : html`<gridcast-notice tone="warning" heading="It cannot keep everything at the moment">${problem.message}</gridcast-notice>`
    }
    ${failed(recording, host)}
  </article>`;
}

function failed({ id, state, error }: RecordingInfo, host: RowHost): TemplateResult | typeof nothing {
  if (state !== 'failed') return nothing;
  return html`<gridcast-notice tone="error" heading="The archive was not finished">
    ${error ?? 'The server gave no reason; its log has more.'} What was recorded is kept.
    <button
      slot="actions"
      class="button small"
      type="button"
      ?disabled=${host.busy}
      @click=${() => host.act(id, () => host.api.retryRecording(id))}
    >
      ${icons.retry} Try again
    </button>
  </gridcast-notice>`;
}

function actions(recording: RecordingInfo, host: RowHost): TemplateResult {
  const { id, state, title } = recording;
  if (state === 'recording' || state === 'paused') {
    return html`<button
      class="button small"
      type="button"
      aria-label=${`Stop recording ${title}`}
      ?disabled=${host.busy}
      @click=${() => host.act(id, () => host.api.stopRecording(id))}
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
            ?disabled=${host.busy}
            @click=${() => host.act(id, () => download(host.api.recordingLink(id)))}
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
      @click=${() => host.remove(recording)}
    >
      ${icons.trash}
    </button>`;
}
