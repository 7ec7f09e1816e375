/** One room as an admin sees it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import type { AdminRoom, RoomHealth } from '../recording-types.ts';
import { adminHref } from '../util/admin-route.ts';
import { formatDuration } from '../util/format.ts';
import { healthWords } from '../util/health-words.ts';
import { ownRoomPath, publicWatch, roomPath } from '../util/links.ts';
import { markerForm } from './admin-marker-form.ts';
import './clip-list.ts';
import { icons } from './icons.ts';
import { recordingTrouble, saidByServer } from './admin-notices.ts';
import './room-links.ts';

/** What a card needs of the list. */
export interface RoomHost {
  readonly words: Words<AdminKey>;
  readonly api: AdminClient;
  readonly busy: boolean;
  act(request: () => Promise<unknown>): void;
  remove(): void;
  /** Whoever looks has signed in, and may enter every room as themselves. */
  readonly account: boolean;
  /** Its links are shown; they are asked for only then. */
  readonly links: boolean;
  showLinks(shown: boolean): void;
  /** Its clips are shown, and asked for then. */
  readonly clips: boolean;
  showClips(shown: boolean): void;
}

/** @param picture address of its newest small picture */
export function roomCard(
  room: AdminRoom,
  recording: RecordingInfo | undefined,
  picture: string | undefined,
  host: RoomHost,
): TemplateResult {
  const { say } = host.words;
  return html`<article class="item room ${room.live ? 'on' : ''}">
    <div class="picture">
      ${
        room.live && picture !== undefined
          ? html`<img src=${picture} alt=${say('adminRooms.picture', { title: room.title })} />`
          : html`<span class="sign">${icons.camera}</span>`
      }
      <div class="badges">
        ${
          room.live
            ? html`<span class="badge live">${say('adminRooms.live')}</span>`
            : html`<span class="badge idle">${say('adminRooms.idle')}</span>`
        }
        ${rec(recording, host)}
      </div>
    </div>
    <div class="about">
      <div class="line">
        <h2>${room.title}</h2>
        <button
          class="button small quiet"
          type="button"
          aria-label=${say('adminRooms.deleteName', { title: room.title })}
          title=${say('admin.delete')}
          @click=${() => host.remove()}
        >
          ${icons.trash}
        </button>
      </div>
      ${facts(room, host)}
      ${recordingTrouble(host.words, say('adminRooms.trouble'), recording)}
      <div class="actions">
        ${recordButtons(room, recording, host)}
        <a class="button small" href=${host.account ? ownRoomPath(room.id) : (room.links.host ?? roomPath('join', room.id))}>${say('adminRooms.join')}</a>
      </div>
      ${
        recording?.state === 'recording'
          ? markerForm(recording.id, say('adminRooms.marker', { title: recording.title }), host)
          : nothing
      }
      <details
        ?open=${host.links}
        @toggle=${({ target }: Event) => host.showLinks((target as HTMLDetailsElement).open)}
      >
        <summary>${say('adminRooms.links')}</summary>
        ${
          host.links
            ? html`<div>
                <gridcast-room-links .client=${host.api} .room=${room.id} .watch=${publicWatch(room)}></gridcast-room-links>
              </div>`
            : nothing
        }
      </details>
      <details
        ?open=${host.clips}
        @toggle=${({ target }: Event) => host.showClips((target as HTMLDetailsElement).open)}
      >
        <summary>${say('clips.title')}</summary>
        ${
          host.clips
            ? html`<div>
                <gridcast-clip-list
                  immediate
                  .server=${host.api.server}
                  .token=${host.api.token}
                  .room=${room.id}
                ></gridcast-clip-list>
              </div>`
            : nothing
        }
      </details>
    </div>
  </article>`;
}

function rec(recording: RecordingInfo | undefined, { words }: RoomHost): TemplateResult | typeof nothing {
  if (!recording) return nothing;
  const length = formatDuration(recording.duration);
  const paused = recording.state === 'paused';
  return html`<a class="badge rec ${paused ? 'paused' : ''}" href=${adminHref('recordings', recording.id)}>
    ${words.say(paused ? 'adminRooms.recPaused' : 'adminRooms.rec', { length })}
  </a>`;
}

function facts({ id, live, participants, viewers, health }: AdminRoom, { words }: RoomHost): TemplateResult {
  const { say } = words;
  if (!live) return html`<p class="facts">${say('adminRooms.id', { id })}</p>`;
  const goes = healthWords(health, words);
  return html`<p class="facts counts">
      <span>${icons.people} ${say('adminRooms.people', { count: participants })}</span>
      ${
        viewers === undefined
          ? nothing
          : html`<span>${icons.eye} ${say('adminRooms.watching', { count: viewers })}</span>`
      }
      ${goes ? html`<span class="badge ${goes.look}" title=${goes.details.join(' ')}>${goes.word}</span>` : nothing}
    </p>
    ${
      goes && goes.look !== 'good'
        ? html`<p class="facts">${goes.details.join(' ')}</p>
            ${health?.reason === undefined ? nothing : html`<p class="facts">${saidByServer(health.reason)}</p>`}`
        : nothing
    }
    ${health?.encoder === undefined ? nothing : html`<p class="facts load">${load(health, say).join(' · ')}</p>`}`;
}

/** What the machine does, each thing for itself. */
function load(health: RoomHealth, say: Words<AdminKey>['say']): readonly string[] {
  const { encoder = '', tiles, frames: count, lateFrames: late, skippedFrames: skipped } = health;
  return [say('adminRooms.tiles', { count: tiles }), encoder, say('adminRooms.pictures', { count, late, skipped })];
}

function recordButtons(room: AdminRoom, recording: RecordingInfo | undefined, host: RoomHost): TemplateResult {
  const { api, words } = host;
  const { say } = words;
  const button = (icon: TemplateResult, label: string, name: string, request: () => Promise<unknown>): TemplateResult =>
    html`<button
      class="button small"
      type="button"
      aria-label=${name}
      aria-disabled=${host.busy ? 'true' : 'false'}
      @click=${() => host.act(request)}
    >
      ${icon} ${label}
    </button>`;
  const stop = (request: () => Promise<unknown>): TemplateResult =>
    button(icons.stop, say('adminRecordings.stop'), say('adminRooms.stopName'), request);
  if (recording) {
    const { id } = recording;
    return html`${
      recording.state === 'paused'
        ? button(icons.record, say('adminRecording.goOn'), say('adminRooms.goOnName'), () => api.resumeRecording(id))
        : button(icons.pause, say('adminRecording.pause'), say('adminRooms.pauseName'), () => api.pauseRecording(id))
    }
    ${stop(() => api.stopRecording(id))}`;
  }
  if (room.recording) return stop(() => api.stopCurrentRecording(room.id));
  return html`<button
    class="button small ${room.live ? 'primary' : ''}"
    type="button"
    ?disabled=${!room.live}
    aria-disabled=${host.busy ? 'true' : 'false'}
    title=${say(room.live ? 'adminRooms.recordHint' : 'adminRooms.recordLater')}
    @click=${() => host.act(() => api.startRecording(room.id))}
  >
    ${icons.record} ${say('adminRooms.record')}
  </button>`;
}
