/** The upper part of a recording's page: what it is, and what can be done with it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatBytes, formatDuration } from '../util/format.ts';
import { download, stateBadge } from './admin-recording-row.ts';
import { markerForm } from './admin-marker-form.ts';
import { icons } from './icons.ts';

/** What the controls need of the page. */
export interface ControlHost {
  readonly busy: boolean;
  readonly api: AdminClient;
  act(request: () => Promise<unknown>): void;
  remove(): void;
}

const STORED: Readonly<Record<string, string>> = {
  local: 'On this server',
  s3: 'In the object storage',
  uploading: 'On its way to the object storage',
};

/** Title and facts. */
export function recordingHead(recording: RecordingInfo, dates: Intl.DateTimeFormat): TemplateResult {
  const { title, room, startedAt, duration, size, stored, people = [] } = recording;
  const fact = (name: string, value: unknown): TemplateResult => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  return html`<header class="top">
    <div class="name">
      <h1 id="title" tabindex="-1">${title}</h1>
      ${stateBadge(recording)}
      ${recording.recovered === true ? html`<span class="badge">Recovered</span>` : nothing}
    </div>
    <dl class="facts-row">
      ${fact('Recorded', dates.format(new Date(startedAt)))} ${fact('Length', formatDuration(duration))}
      ${size === undefined ? nothing : fact('Film', formatBytes(size, 'en'))}
      ${fact('Room', html`<a href=${adminHref('recordings', '', { room })}>${room}</a>`)}
      ${stored === undefined ? nothing : fact('Kept', STORED[stored] ?? stored)}
      ${people.length === 0 ? nothing : fact('People', people.join(', '))}
    </dl>
  </header>`;
}

/** Buttons for the state it is in. */
export function recordingControls(recording: RecordingInfo, host: ControlHost): TemplateResult {
  const { id, state } = recording;
  const { api } = host;
  const runs = state === 'recording' || state === 'paused';
  const button = (icon: TemplateResult, label: string, request: () => Promise<unknown>, look = ''): TemplateResult =>
    html`<button class="button ${look}" type="button" ?disabled=${host.busy} @click=${() => host.act(request)}>
      ${icon} ${label}
    </button>`;
  return html`<div class="controls">
    ${
      state === 'ready'
        ? html`${button(icons.download, 'Download film', () => download(api.recordingLink(id)), 'primary')}
          ${button(icons.box, 'Download everything', () => download(api.bundleLink(id)))}`
        : nothing
    }
    ${runs ? button(icons.stop, 'Stop', () => api.stopRecording(id)) : nothing}
    ${state === 'recording' ? button(icons.pause, 'Pause', () => api.pauseRecording(id)) : nothing}
    ${state === 'paused' ? button(icons.record, 'Go on', () => api.resumeRecording(id)) : nothing}
    ${runs ? markerForm(id, 'Name of the marker', host, state === 'recording') : nothing}
    <span class="space"></span>
    <button class="button quiet remove" type="button" @click=${() => host.remove()}>${icons.trash} Delete</button>
  </div>`;
}
