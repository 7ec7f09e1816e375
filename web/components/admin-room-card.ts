/** One room as an admin sees it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import type { AdminRoom } from '../recording-types.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatDuration } from '../util/format.ts';
import { healthWords } from '../util/health-words.ts';
import { ownRoomPath, publicWatch, roomPath } from '../util/links.ts';
import { markerForm } from './admin-marker-form.ts';
import { icons } from './icons.ts';
import './notice.ts';
import './room-links.ts';

/** What a card needs of the list. */
export interface RoomHost {
  readonly api: AdminClient;
  readonly busy: boolean;
  act(request: () => Promise<unknown>): void;
  remove(): void;
  /** Whoever looks has signed in, and may enter every room as themselves. */
  readonly account: boolean;
  /** Its links are shown; they are asked for only then. */
  readonly links: boolean;
  showLinks(shown: boolean): void;
}

/** @param picture address of its newest small picture */
export function roomCard(
  room: AdminRoom,
  recording: RecordingInfo | undefined,
  picture: string | undefined,
  host: RoomHost,
): TemplateResult {
  return html`<article class="item room ${room.live ? 'on' : ''}">
    <div class="picture">
      ${
        room.live && picture !== undefined
          ? html`<img src=${picture} alt=${`What “${room.title}” shows`} />`
          : html`<span class="sign">${icons.camera}</span>`
      }
      <div class="badges">
        ${room.live ? html`<span class="badge live">Live</span>` : html`<span class="badge idle">Idle</span>`}
        ${rec(recording)}
      </div>
    </div>
    <div class="about">
      <div class="line">
        <h2>${room.title}</h2>
        <button
          class="button small quiet"
          type="button"
          aria-label=${`Delete room ${room.title}`}
          title="Delete"
          @click=${() => host.remove()}
        >
          ${icons.trash}
        </button>
      </div>
      ${facts(room)}
      ${
        recording?.problem === undefined
          ? nothing
          : html`<gridcast-notice tone="warning" heading="The recording has trouble">${recording.problem.message}</gridcast-notice>`
      }
      <div class="actions">
        ${recordButtons(room, recording, host)}
        <a class="button small" href=${host.account ? ownRoomPath(room.id) : (room.links.host ?? roomPath('join', room.id))}>Join</a>
      </div>
      ${recording?.state === 'recording' ? markerForm(recording.id, `Name of a marker in ${recording.title}`, host) : nothing}
      <details
        ?open=${host.links}
        @toggle=${({ target }: Event) => host.showLinks((target as HTMLDetailsElement).open)}
      >
        <summary>Links</summary>
        ${
          host.links
            ? html`<div>
                <gridcast-room-links .client=${host.api} .room=${room.id} .watch=${publicWatch(room)}></gridcast-room-links>
              </div>`
            : nothing
        }
      </details>
    </div>
  </article>`;
}

function rec(recording: RecordingInfo | undefined): TemplateResult | typeof nothing {
  if (!recording) return nothing;
  const paused = recording.state === 'paused';
  return html`<a class="badge rec ${paused ? 'paused' : ''}" href=${adminHref('recordings', recording.id)}>
    ${paused ? 'REC paused' : 'REC'} ${formatDuration(recording.duration)}
  </a>`;
}

function facts({ id, live, participants, viewers, health }: AdminRoom): TemplateResult {
  if (!live) return html`<p class="facts">ID ${id}</p>`;
  const words = healthWords(health);
  const people = participants === 1 ? '1 person' : `${participants} people`;
  return html`<p class="facts counts">
      <span>${icons.people} ${people}</span>
      ${
        viewers === undefined
          ? nothing
          : html`<span>${icons.eye} ${viewers === 1 ? '1 watches' : `${viewers} watch`}</span>`
      }
      ${words ? html`<span class="badge ${words.look}" title=${words.detail}>${words.word}</span>` : nothing}
    </p>
    ${words && words.look !== 'good' ? html`<p class="facts">${words.detail}</p>` : nothing}
    ${
      health?.encoder === undefined
        ? nothing
        : html`<p class="facts load">
            ${health.tiles} ${health.tiles === 1 ? 'tile' : 'tiles'} · ${health.encoder} · ${health.frames} pictures, ${health.lateFrames}
            late, ${health.skippedFrames} left out
          </p>`
    }`;
}

function recordButtons(room: AdminRoom, recording: RecordingInfo | undefined, host: RoomHost): TemplateResult {
  const { api } = host;
  const button = (icon: TemplateResult, label: string, request: () => Promise<unknown>): TemplateResult =>
    html`<button
      class="button small"
      type="button"
      aria-label=${`${label} recording`}
      ?disabled=${host.busy}
      @click=${() => host.act(request)}
    >
      ${icon} ${label}
    </button>`;
  if (recording) {
    const { id } = recording;
    return html`${
      recording.state === 'paused'
        ? button(icons.record, 'Go on', () => api.resumeRecording(id))
        : button(icons.pause, 'Pause', () => api.pauseRecording(id))
    }
    ${button(icons.stop, 'Stop', () => api.stopRecording(id))}`;
  }
  if (room.recording) return button(icons.stop, 'Stop', () => api.stopCurrentRecording(room.id));
  return html`<button
    class="button small ${room.live ? 'primary' : ''}"
    type="button"
    ?disabled=${!room.live || host.busy}
    title=${room.live ? 'Record what is seen and heard' : 'Nobody is in the room; recording starts when somebody is'}
    @click=${() => host.act(() => api.startRecording(room.id))}
  >
    ${icons.record} Record
  </button>`;
}
