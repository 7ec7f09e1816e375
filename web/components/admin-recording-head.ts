/** The upper part of a recording's page: what it is, and what can be done with it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { download, stateBadge } from './admin-recording-row.ts';
import { markerForm } from './admin-marker-form.ts';
import { icons } from './icons.ts';
import './recording-title.ts';

/** What the controls need of the page. */
export interface ControlHost {
  readonly words: Words<AdminKey>;
  readonly busy: boolean;
  /** The server is being asked what becomes of it. */
  readonly asking: boolean;
  readonly api: AdminClient;
  act(request: () => Promise<unknown>): void;
  remove(): void;
}

/** Title and facts. @param rename rejects when it is refused */
export function recordingHead(
  recording: RecordingInfo,
  dates: Intl.DateTimeFormat,
  words: Words<AdminKey>,
  rename: (title: string) => Promise<void>,
): TemplateResult {
  const { say, locale } = words;
  const { id, title, room, startedAt, duration, size, stored, people = [] } = recording;
  const fact = (name: string, value: unknown): TemplateResult => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<header class="top">
    <div class="name">
      <gridcast-recording-title .recording=${id} .heading=${title} .save=${rename}>
        <h1 id="title" tabindex="-1">${title}</h1>
      </gridcast-recording-title>
      ${stateBadge(recording, words)}
      ${recording.recovered === true ? html`<span class="badge">${say('recordingState.recovered')}</span>` : nothing}
    </div>
    <dl class="facts-row">
      ${fact(say('adminRecording.recorded'), dates.format(new Date(startedAt)))} ${fact(say('adminRecording.length'), formatDuration(duration))}
      ${size === undefined ? nothing : fact(say('adminRecording.film'), formatBytes(size, locale))}
      ${fact(say('adminRecording.room'), html`<a href=${adminHref('recordings', '', { room })}>${room}</a>`)}
      ${stored === undefined ? nothing : fact(say('adminRecording.stored'), say(`stored.${stored}`))}
      ${people.length === 0 ? nothing : fact(say('adminRecording.people'), people.join(', '))}
    </dl>
  </header>`;
}

/** Buttons for the state it is in. */
export function recordingControls(recording: RecordingInfo, host: ControlHost): TemplateResult {
  const { id, state } = recording;
  const { api } = host;
  const { say } = host.words;
  const runs = state === 'recording' || state === 'paused';
  const button = (icon: TemplateResult, label: string, request: () => Promise<unknown>, look = ''): TemplateResult =>
    html`<button class="button ${look}" type="button" aria-disabled=${host.busy ? 'true' : 'false'} @click=${() => host.act(request)} ${handsOn()}>
      ${icon} ${label}
    </button>`;
  // In one place, so that whoever pauses by the keyboard is on what goes on.
  const pause = (): TemplateResult => button(icons.pause, say('adminRecording.pause'), () => api.pauseRecording(id));
  const goOn = (): TemplateResult => button(icons.record, say('adminRecording.goOn'), () => api.resumeRecording(id));
  return html`<div class="controls">
    ${
      state === 'ready'
        ? html`${button(icons.download, say('adminRecording.downloadFilm'), () => download(api.recordingLink(id)), 'primary')}
          ${button(icons.box, say('adminRecording.downloadAll'), () => download(api.bundleLink(id)))}`
        : nothing
    }
    ${runs ? button(icons.stop, say('adminRecordings.stop'), () => api.stopRecording(id)) : nothing}
    ${runs ? (state === 'paused' ? goOn() : pause()) : nothing}
    ${runs ? markerForm(id, say('adminRecording.marker'), host, state === 'recording') : nothing}
    <span class="space"></span>
    <button class="button quiet remove" type="button" aria-disabled=${host.asking ? 'true' : 'false'} @click=${() => host.remove()}>
      ${host.asking ? html`<span class="spinner"></span>` : icons.trash} ${say('admin.delete')}
    </button>
  </div>`;
}
