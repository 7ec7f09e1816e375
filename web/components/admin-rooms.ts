/** `<gridcast-admin-rooms>`: all rooms, and what one does with them. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ApiClient } from '../api-client.ts';
import { sentenceOf } from '../api-client.ts';
import type { RoomInfo } from '../api-types.ts';
import { Poller } from '../controllers/poller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { roomPath } from '../util/links.ts';
import { reportUnauthorized, runAction } from './admin-actions.ts';
import { adminStyles } from './admin-styles.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';
import './copy-field.ts';
import { icons } from './icons.ts';
import './notice.ts';

const REFRESH_MS = 4000;

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-rooms')
export class GridcastAdminRooms extends LitElement {
  static override styles = [
    inherited,
    buttons,
    fields,
    surfaces,
    adminStyles,
    css`
      details > div {
        display: grid;
        gap: 0.9rem;
        padding-top: 0.8rem;
      }
      summary {
        width: fit-content;
        border-radius: 4px;
        color: var(--gc-accent);
        font-weight: 600;
        cursor: pointer;
      }
    `,
  ];

  @property({ attribute: false }) api!: ApiClient;
  @state() busy = '';
  @state() failure = '';
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  readonly #rooms = new Poller(
    this,
    () => REFRESH_MS,
    async (signal) => {
      try {
        return await this.api.rooms(signal);
      } catch (error) {
        reportUnauthorized(this, error);
        throw error;
      }
    },
  );

  /** Asks the server now. */
  refresh(): void {
    this.#rooms.refresh();
  }

  override render(): TemplateResult {
    const { value, error } = this.#rooms;
    return html`<section aria-labelledby="rooms">
      <div class="head">
        <h2 id="rooms">Rooms</h2>
        <form @submit=${this.#create}>
          <input type="text" name="title" maxlength="100" placeholder="Title of a new room" aria-label="Title of a new room" autocomplete="off" />
          <button class="button primary" ?disabled=${this.busy !== ''}>Create</button>
        </form>
      </div>
      <div class="list">
        ${this.#failures(error)}
        ${
          value
            ? value.items.length === 0
              ? html`<div class="empty">
                  <strong>No rooms yet</strong>
                  <p class="muted">Create one above, then send its invite link to the people who shall be in the picture.</p>
                </div>`
              : repeat(
                  value.items,
                  (room) => room.id,
                  (room) => this.#room(room),
                )
            : error
              ? nothing
              : html`<p class="muted"><span class="spinner"></span> Loading rooms…</p>`
        }
      </div>
      <gridcast-confirm-dialog></gridcast-confirm-dialog>
    </section>`;
  }

  #failures(error: unknown): TemplateResult {
    return html`${
      this.failure === ''
        ? nothing
        : html`<gridcast-notice tone="error" heading="That did not work">${this.failure}</gridcast-notice>`
    }
    ${
      error === undefined
        ? nothing
        : html`<gridcast-notice tone="error" heading="The list is not up to date">${sentenceOf(error)}</gridcast-notice>`
    }`;
  }

  #room(room: RoomInfo): TemplateResult {
    const people = room.participants === 1 ? '1 person' : `${room.participants} people`;
    return html`<article class="item">
      <div class="line">
        <h3>${room.title}</h3>
        ${room.live ? html`<span class="badge live">Live</span>` : html`<span class="badge">Idle</span>`}
        ${room.recording ? html`<span class="badge bad">Recording</span>` : nothing}
        <span class="facts">${room.live ? people : html`ID ${room.id}`}</span>
        <div class="actions">
          ${
            room.recording
              ? html`<button class="button small" type="button" @click=${() => this.#stop(room)}>${icons.stop} Stop recording</button>`
              : html`<button
                  class="button small"
                  type="button"
                  ?disabled=${!room.live}
                  title=${room.live ? 'Record what is seen and heard' : 'Nobody is in the room; recording starts when somebody is'}
                  @click=${() => this.#record(room)}
                >
                  ${icons.record} Record
                </button>`
          }
          <a class="button small" href=${room.links.host ?? roomPath('join', room.id)}>Join</a>
          <button
            class="button small quiet"
            type="button"
            aria-label=${`Delete room ${room.title}`}
            title="Delete"
            @click=${() => void this.#remove(room)}
          >
            ${icons.trash}
          </button>
        </div>
      </div>
      <details>
        <summary>Links</summary>
        <div>
          <gridcast-copy-field label="Invite link" .value=${room.links.join ?? ''}></gridcast-copy-field>
          <gridcast-copy-field
            label="Watch link"
            .value=${room.links.watch}
          ></gridcast-copy-field>
        </div>
      </details>
    </article>`;
  }

  #create(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const title = String(new FormData(form).get('title') ?? '').trim();
    void runAction(this, 'new', async () => {
      await this.api.createRoom(title);
      form.reset();
    });
  }

  #record(room: RoomInfo): void {
    void runAction(this, room.id, () => this.api.startRecording(room.id));
  }

  #stop(room: RoomInfo): void {
    void runAction(this, room.id, () => this.api.stopCurrentRecording(room.id));
  }

  async #remove(room: RoomInfo): Promise<void> {
    const agreed = await this.confirm.ask({
      heading: `Delete “${room.title}”?`,
      text: room.live
        ? 'Everybody in it is disconnected and its links stop working. Its recordings stay.'
        : 'Its links stop working. Its recordings stay.',
      action: 'Delete room',
    });
    if (agreed) await runAction(this, room.id, () => this.api.deleteRoom(room.id));
  }
}
