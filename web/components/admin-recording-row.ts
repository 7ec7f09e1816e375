/** One recording in the list. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { RECORDING_STATES } from '../util/recording-words.ts';
import './admin-poster.ts';
import { archiveReason, recordingTrouble } from './admin-notices.ts';
import { icons } from './icons.ts';

/** Names that are told; the rest is a number. */
const NAMES = 4;

/** What a row needs of the list. */
export interface RowHost {
  readonly words: Words<AdminKey>;
  readonly dates: Intl.DateTimeFormat;
  readonly api: AdminClient;
  readonly busy: boolean;
  /** Id of the one whose deletion the server is being asked about, else empty. */
  readonly asking: string;
  act(id: string, request: () => Promise<unknown>): void;
  remove(recording: RecordingInfo): void;
}

/** The badge of a recording's state. */
export function stateBadge({ state, progress = 0 }: RecordingInfo, { say }: Words<AdminKey>): TemplateResult {
  const word =
    state === 'archiving'
      ? say('recordingState.archivingPercent', { percent: percentOf(progress) })
      : say(`recordingState.${state}`);
  return html`<span class="badge ${RECORDING_STATES[state]}">${word}</span>`;
}

/** The bar below a recording that is being archived. */
export function archiveProgress(
  { state, title, progress = 0 }: RecordingInfo,
  { say }: Words<AdminKey>,
): TemplateResult | typeof nothing {
  if (state !== 'archiving') return nothing;
  return html`<progress max="1" .value=${progress} aria-label=${say('adminRecordings.archiving', { title })}>
    ${say('steps.percent', { percent: percentOf(progress) })}
  </progress>`;
}

/** Why the archive was not made, and that nothing is lost; nothing for any other recording. */
export function archiveFailure(
  recording: RecordingInfo,
  { words, busy, retry }: { readonly words: Words<AdminKey>; readonly busy: boolean; retry(id: string): void },
): TemplateResult | typeof nothing {
  const { id, state, failure, error } = recording;
  if (state !== 'failed') return nothing;
  const { say } = words;
  const told = failure !== undefined || error !== undefined;
  return html`<gridcast-notice tone="error" heading=${say('adminRecordings.failed')}>
    ${told ? archiveReason(words, recording) : say('adminRecordings.noReason')} ${say('adminRecordings.kept')}
    <button slot="actions" class="button small" type="button" aria-disabled=${busy ? 'true' : 'false'} @click=${() => retry(id)}>
      ${icons.retry} ${say('admin.again')}
    </button>
  </gridcast-notice>`;
}

/** @param progress 0–1 */
function percentOf(progress: number): number {
  return Math.round(progress * 100);
}

/** Downloads what `link` gives: the answer is an attachment, so the page stays where it is. */
export async function download(link: Promise<string>): Promise<void> {
  location.assign(await link);
}

/** To stand in the list. */
export function recordingRow(recording: RecordingInfo, host: RowHost): TemplateResult {
  const { id, room, title, startedAt, duration, size, people = [] } = recording;
  const { say, locale } = host.words;
  const names = people.slice(0, NAMES).join(', ');
  const count = people.length - NAMES;
  return html`<article class="item recording">
    <a class="poster" href=${adminHref('recordings', id)} tabindex="-1" aria-hidden="true">
      <gridcast-admin-poster .api=${host.api} .recording=${recording}></gridcast-admin-poster>
      <span class="length">${formatDuration(duration)}</span>
    </a>
    <div class="about">
      <div class="line">
        <h2><a href=${adminHref('recordings', id)} dir="auto">${title}</a></h2>
        ${stateBadge(recording, host.words)}
        ${recording.recovered === true ? html`<span class="badge">${say('recordingState.recovered')}</span>` : nothing}
        ${recording.stored === 'uploading' ? html`<span class="badge">${say('recordingState.uploading')}</span>` : nothing}
      </div>
      <p class="facts">
        ${host.dates.format(new Date(startedAt))} · ${room} · ${formatDuration(duration)}
        ${size === undefined ? nothing : html` · ${formatBytes(size, locale)}`}
      </p>
      ${
        people.length === 0
          ? nothing
          : html`<p class="facts people">
              ${icons.people} <span>${count > 0 ? say('adminRecordings.people', { names, count }) : names}</span>
            </p>`
      }
      ${archiveProgress(recording, host.words)}
    </div>
    <div class="actions">${actions(recording, host)}</div>
    ${recordingTrouble(host.words, say('adminRecordings.trouble'), recording)}
    ${archiveFailure(recording, {
      words: host.words,
      busy: host.busy,
      retry: (failed) => host.act(failed, () => host.api.retryRecording(failed)),
    })}
  </article>`;
}

function actions(recording: RecordingInfo, host: RowHost): TemplateResult {
  const { id, state, title } = recording;
  const { say } = host.words;
  if (state === 'recording' || state === 'paused') {
    return html`<button
      class="button small"
      type="button"
      aria-label=${say('adminRecordings.stopName', { title })}
      aria-disabled=${host.busy ? 'true' : 'false'}
      @click=${() => host.act(id, () => host.api.stopRecording(id))}
    >
      ${icons.stop} ${say('adminRecordings.stop')}
    </button>`;
  }
  return html`${
    state === 'ready'
      ? html`<button
            class="button small primary"
            type="button"
            aria-label=${say('adminRecordings.downloadName', { title })}
            aria-disabled=${host.busy ? 'true' : 'false'}
            @click=${() => host.act(id, () => download(host.api.recordingLink(id)))}
          >
            ${icons.download} ${say('admin.download')}
          </button>`
      : nothing
  }
    <button
      class="button small quiet"
      type="button"
      aria-label=${say('adminRecordings.deleteName', { title })}
      title=${say('admin.delete')}
      aria-disabled=${host.asking === '' ? 'false' : 'true'}
      @click=${() => host.remove(recording)}
    >
      ${host.asking === id ? html`<span class="spinner"></span>` : icons.trash}
    </button>`;
}
