/** `<gridcast-admin-rooms>`: all rooms, what is live in them, and the recording of each. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AdminClient } from '../admin-client.ts';
import type { RecordingInfo } from '../api-types.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { RoomPictures } from '../controllers/room-pictures.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import type { AdminRoom } from '../recording-types.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { pollAsAdmin, runAction, runConfirmed } from './admin-actions.ts';
import './admin-health.ts';
import { failureNotice } from './admin-notices.ts';
import { roomCard } from './admin-room-card.ts';
import { adminRoomsStyles } from './admin-rooms-styles.ts';
import { adminStyles } from './admin-styles.ts';
import type { GridcastConfirmDialog } from './confirm-dialog.ts';
import './confirm-dialog.ts';

const REFRESH_MS = 4000;
/** Cards at first, and more of them each time that one asks for more. */
const PAGE = 50;
/** The server gives no more at once. */
const MOST_AT_ONCE = 200;

interface RoomsNow {
  readonly rooms: readonly AdminRoom[];
  /** By room: what records there, or pauses. */
  readonly recordings: ReadonlyMap<string, RecordingInfo>;
  /** There are others that were not asked for. */
  readonly more: boolean;
}

/** Sends `gridcast-changed` and `gridcast-unauthorized`. */
@customElement('gridcast-admin-rooms')
export class GridcastAdminRooms extends LitElement {
  static override styles = [inherited, buttons, fields, surfaces, adminStyles, adminRoomsStyles];

  @property({ attribute: false }) api!: AdminClient;
  /** The admin has signed in with an account. */
  @property({ type: Boolean }) account = false;
  @state() busy = '';
  @state() failure: unknown;
  @state() private sought = '';
  @state() private most = PAGE;
  /** Rooms whose links are shown. */
  @state() private linked: ReadonlySet<string> = new Set();
  /** Rooms whose clips are shown. */
  @state() private clipped: ReadonlySet<string> = new Set();
  @query('gridcast-confirm-dialog') private confirm!: GridcastConfirmDialog;
  protected readonly rowFocus = new RowFocus(this, { rows: '.item', last: '#rooms' });
  readonly #words = new WordsUser<AdminKey>(this);
  readonly #pictures = new RoomPictures(this, (room, signal) => this.api.thumbnail(room, signal));
  readonly #now = pollAsAdmin(
    this,
    () => REFRESH_MS,
    (signal) => this.#ask(signal),
  );

  /** Asks the server now. */
  refresh(): void {
    this.#now.refresh();
  }

  override updated(): void {
    const live = this.#now.value?.rooms.filter((room) => room.live) ?? [];
    this.#pictures.show(live.map(({ id }) => id));
  }

  override render(): TemplateResult {
    const { value, error } = this.#now;
    const { say } = this.#words.words;
    return html`<section aria-labelledby="rooms">
        <div class="head">
          <h1 id="rooms" tabindex="-1">${say('admin.rooms')}</h1>
          <form @submit=${this.#create}>
            <input
              type="text"
              name="title"
              maxlength="100"
              placeholder=${say('adminRooms.newTitle')}
              aria-label=${say('adminRooms.newTitle')}
              autocomplete="off"
            />
            <button class="button primary" aria-disabled=${this.busy === '' ? 'false' : 'true'}>${say('adminRooms.create')}</button>
          </form>
        </div>
        <input
          type="search"
          maxlength="200"
          placeholder=${say('adminRooms.searchHint')}
          aria-label=${say('adminRooms.search')}
          autocomplete="off"
          @input=${this.#search}
        />
        <div class="list">
          ${failureNotice(this.#words.words, say('admin.refused'), this.failure)}
          ${failureNotice(this.#words.words, say('admin.stale'), error)}
          ${
            value
              ? this.#list(value)
              : error
                ? nothing
                : html`<p class="muted wait"><span class="spinner"></span> ${say('adminRooms.loading')}</p>`
          }
        </div>
      </section>
      <gridcast-admin-health .api=${this.api}></gridcast-admin-health>
      <gridcast-confirm-dialog keep=${say('admin.keep')}></gridcast-confirm-dialog>`;
  }

  #list({ rooms, recordings, more }: RoomsNow): TemplateResult {
    const { words } = this.#words;
    const { say } = words;
    if (rooms.length === 0 && this.sought !== '') {
      return html`<div class="empty">
        <strong>${say('adminRooms.noMatch')}</strong>
        <p class="muted">${say('adminRooms.noMatchHint')}</p>
      </div>`;
    }
    if (rooms.length === 0) {
      return html`<div class="empty">
        <strong>${say('adminRooms.none')}</strong>
        <p class="muted">${say('adminRooms.noneHint')}</p>
      </div>`;
    }
    return html`<div class="cards">
      ${repeat(
        rooms,
        (room) => room.id,
        (room) =>
          roomCard(room, recordings.get(room.id), this.#pictures.of(room.id), {
            words,
            api: this.api,
            busy: this.busy !== '',
            act: (request) => void runAction(this, room.id, request),
            remove: () => void this.#remove(room),
            account: this.account,
            links: this.linked.has(room.id),
            showLinks: (shown) => (this.linked = changed(this.linked, room.id, shown)),
            clips: this.clipped.has(room.id),
            showClips: (shown) => (this.clipped = changed(this.clipped, room.id, shown)),
          }),
      )}
    </div>
    ${
      more
        ? html`<button class="button" type="button" @click=${this.#showMore} ${handsOn()}>${say('adminRooms.more')}</button>`
        : nothing
    }`;
  }

  async #ask(signal: AbortSignal): Promise<RoomsNow> {
    const { rooms, more } = await this.#askRooms(signal);
    const recordings = new Map<string, RecordingInfo>();
    if (!rooms.some(({ live, recording }) => live || recording)) return { rooms, recordings, more };
    for (const stands of ['recording', 'paused']) {
      const { items } = await this.api.recordings({ state: stands, limit: '100' }, signal);
      for (const recording of items) recordings.set(recording.room, recording);
    }
    return { rooms, recordings, more };
  }

  /** Live ones first. */
  async #askRooms(signal: AbortSignal): Promise<Pick<RoomsNow, 'rooms' | 'more'>> {
    const { sought: q, most } = this;
    const rooms: AdminRoom[] = [];
    let cursor: string | undefined;
    do {
      const limit = Math.min(MOST_AT_ONCE, most - rooms.length);
      const filter = { sort: 'live', limit, ...(q !== '' && { q }), ...(cursor !== undefined && { cursor }) } as const;
      const { items, next } = await this.api.rooms(signal, filter);
      rooms.push(...items);
      cursor = next;
    } while (cursor !== undefined && rooms.length < most);
    return { rooms, more: cursor !== undefined };
  }

  readonly #search = (event: InputEvent): void => {
    this.sought = (event.target as HTMLInputElement).value.trim();
    this.most = PAGE;
    this.refresh();
  };

  readonly #showMore = (): void => {
    this.most += PAGE;
    this.refresh();
  };

  #create(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const title = String(new FormData(form).get('title') ?? '').trim();
    void runAction(this, 'new', async () => {
      await this.api.createRoom(title);
      form.reset();
    });
  }

  async #remove(room: AdminRoom): Promise<void> {
    const { say } = this.#words.words;
    const agreed = await this.confirm.ask({
      heading: say('adminRooms.deleteTitle', { title: room.title }),
      text: say(room.live ? 'adminRooms.deleteLive' : 'adminRooms.deleteIdle'),
      action: say('adminRooms.deleteDo'),
    });
    if (agreed) await runConfirmed(this, room.id, () => this.api.deleteRoom(room.id));
  }
}

/** The same rooms, with this one or without it. */
function changed(rooms: ReadonlySet<string>, room: string, shown: boolean): ReadonlySet<string> {
  const others = [...rooms].filter((id) => id !== room);
  return new Set(shown ? [...others, room] : others);
}
