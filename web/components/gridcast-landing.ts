/** `<gridcast-landing>`: start a room, or go to one. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiClient, ApiError, sentenceOf } from '../api-client.ts';
import type { RoomInfo } from '../api-types.ts';
import { InviteClient } from '../invite-client.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { tokens } from '../styles/tokens.ts';
import { ownRoomPath, parseRoomAddress, publicWatch, roomPath, tokenOfFragment } from '../util/links.ts';
import type { GridcastDoorForm } from './door-form.ts';
import './door-form.ts';
import './notice.ts';
import type { GridcastOwnRooms } from './own-rooms.ts';
import './own-rooms.ts';
import './room-links.ts';
import { landingStyles } from './landing-styles.ts';
import { landingPreview } from './landing-preview.ts';

/** Arrangements that make sense before anybody is there. */
const POLICIES = [
  ['grid', 'Grid: everybody at the same size'],
  ['speaker', 'Speaker: whoever speaks is large'],
  ['side-by-side', 'Side by side: two at the same size'],
  ['presentation', 'Presentation: a shared screen is large'],
  ['portrait', 'Portrait: an upright column, for phones'],
] as const;

interface CreatedRoom {
  readonly room: RoomInfo;
  /** With the token of whoever made it, else of its host. */
  readonly client: InviteClient;
  /** They made it with their account. */
  readonly own: boolean;
}

/** Everything happens by the REST API of `server`. */
@customElement('gridcast-landing')
export class GridcastLanding extends LitElement {
  static override styles = [tokens, buttons, fields, surfaces, landingStyles];

  /** Origin of the server. */
  @property() server = location.origin;
  /** Of whoever has signed in: rooms that they make are theirs. */
  @property() session = '';
  @state() private created: CreatedRoom | undefined;
  @state() private busy = false;
  @state() private needsToken = false;
  @state() private error = '';
  @state() private joinError = '';

  override render(): TemplateResult {
    return html`<div class="page">
      <section class="hero">
        <h1>Everyone in one picture, live and recorded</h1>
        <p class="lead">
          Open a link, switch on the camera, and be part of one timestamped grid: watched anywhere as a stream, kept as
          one MP4.
        </p>
        ${landingPreview}
      </section>
      <div class="forms">
        ${this.created ? this.#ready(this.created) : this.#createForm()} ${this.#joinForm()}
        ${
          this.session === ''
            ? nothing
            : html`<gridcast-own-rooms .server=${this.server} .token=${this.session}></gridcast-own-rooms>`
        }
      </div>
    </div>`;
  }

  #createForm(): TemplateResult {
    return html`<section class="card" aria-labelledby="create">
      <h2 id="create">Start a room</h2>
      <form @submit=${this.#create}>
        <div class="field">
          <label for="title">Title</label>
          <input id="title" name="title" type="text" maxlength="100" placeholder="Monday stand-up" autocomplete="off" />
        </div>
        <label class="choice">
          <input type="checkbox" name="private" />
          Only people with the watch link may watch
        </label>
        <details>
          <summary>More options</summary>
          <div class="more">
            <gridcast-door-form></gridcast-door-form>
            <label class="choice">
              <input type="checkbox" name="auto" />
              Record by itself as soon as somebody is in the room
            </label>
            <div class="field">
              <label for="policy">Layout at first</label>
              <select id="policy" name="policy">
                ${POLICIES.map(([value, words]) => html`<option value=${value}>${words}</option>`)}
              </select>
            </div>
          </div>
        </details>
        ${
          this.needsToken
            ? html`<div class="field">
                <label for="token">Admin token</label>
                <input id="token" name="token" type="password" required autocomplete="off" aria-describedby="token-hint" />
                <p class="hint" id="token-hint">
                  On this server only administrators start rooms. The token was printed when the server first started.
                  Whoever has an account here <a href="/sign-in">signs in</a> instead.
                </p>
              </div>`
            : nothing
        }
        ${
          this.error === ''
            ? nothing
            : html`<gridcast-notice tone="error" heading="The room was not created">${this.error}</gridcast-notice>`
        }
        <button class="button primary" ?disabled=${this.busy}>${this.busy ? 'Creating…' : 'Create room'}</button>
      </form>
    </section>`;
  }

  #ready({ room, client, own }: CreatedRoom): TemplateResult {
    const enter = own ? ownRoomPath(room.id) : (room.links.host ?? roomPath('join', room.id));
    return html`<section class="card" aria-labelledby="ready">
      <h2 id="ready" tabindex="-1">“${room.title}” is ready</h2>
      <gridcast-room-links .client=${client} .room=${room.id} .watch=${publicWatch(room)} codes></gridcast-room-links>
      <div class="actions">
        <a class="button primary" href=${enter}>Join now as host</a>
        <button class="button quiet" type="button" @click=${this.#again}>Create another</button>
      </div>
    </section>`;
  }

  #joinForm(): TemplateResult {
    return html`<section class="card" aria-labelledby="join">
      <h2 id="join">Join a room</h2>
      <form @submit=${this.#join} novalidate>
        <div class="field">
          <label for="address">Invite link or room ID</label>
          <input
            id="address"
            name="address"
            type="text"
            autocomplete="off"
            spellcheck="false"
            placeholder="https://…/r/monday#token=…"
            aria-invalid=${this.joinError === '' ? 'false' : 'true'}
            aria-describedby=${this.joinError === '' ? nothing : 'address-error'}
          />
        </div>
        ${
          this.joinError === ''
            ? nothing
            : html`<gridcast-notice id="address-error" tone="error">${this.joinError}</gridcast-notice>`
        }
        <button class="button">Continue</button>
      </form>
    </section>`;
  }

  async #create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const token = String(form.get('token') ?? '').trim();
    const door = this.renderRoot.querySelector<GridcastDoorForm>('gridcast-door-form')?.order();
    if (!door || this.busy) return;
    this.busy = true;
    this.error = '';
    try {
      const title = String(form.get('title') ?? '').trim();
      const policy = POLICIES.find(([name]) => name === form.get('policy'))?.[0] ?? 'grid';
      const known = token || this.session;
      const room = await new ApiClient(this.server, known).createRoom(title, {
        ...(form.has('private') && { viewing: { access: 'private' } }),
        ...(form.has('auto') && { recording: { auto: true } }),
        ...(policy !== 'grid' && { layout: { policy } }),
        ...(Object.keys(door).length > 0 && { door }),
      });
      const client = new InviteClient(
        this.server,
        known || tokenOfFragment(new URL(room.links.host ?? '', this.server).hash),
      );
      this.created = { room, client, own: known !== '' && known === this.session };
      void this.renderRoot.querySelector<GridcastOwnRooms>('gridcast-own-rooms')?.load();
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('#ready')?.focus();
    } catch (error) {
      const refused = error instanceof ApiError && error.unauthorized;
      const asksFirst = refused && !this.needsToken;
      this.needsToken ||= refused;
      this.error = asksFirst ? 'This server asks for its admin token first: enter it above.' : sentenceOf(error);
    } finally {
      this.busy = false;
    }
  }

  #again(): void {
    this.created = undefined;
  }

  #join(event: SubmitEvent): void {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget as HTMLFormElement).get('address') ?? '');
    const address = parseRoomAddress(text, this.server);
    this.joinError = address
      ? ''
      : 'This is neither a room link nor a room ID. Paste the whole link you were sent; an ID has letters, digits, - and _ only.';
    if (address) location.assign(roomPath(address.page, address.room, address.token));
  }
}
