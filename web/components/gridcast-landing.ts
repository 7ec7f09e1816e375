/** `<gridcast-landing>`: start a room, or go to one. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ApiClient, ApiError, problemOf } from '../api-client.ts';
import type { RoomInfo } from '../api-types.ts';
import { shippedLanguage } from '../i18n/languages.ts';
import type { MessageKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { InviteClient } from '../invite-client.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { disclosureHeads } from '../styles/disclosure.ts';
import { tokens } from '../styles/tokens.ts';
import { ownRoomPath, parseRoomAddress, publicWatch, roomPath, tokenOfFragment } from '../util/links.ts';
import type { Problem } from '../util/problem.ts';
import type { GridcastDoorForm } from './door-form.ts';
import './door-form.ts';
import './notice.ts';
import './own-recordings.ts';
import type { GridcastOwnRooms } from './own-rooms.ts';
import './own-rooms.ts';
import './room-links.ts';
import { landingStyles } from './landing-styles.ts';
import { landingPreview } from './landing-preview.ts';

/** Arrangements that make sense before anybody is there. */
const POLICIES = [
  ['grid', 'landing.layoutGrid'],
  ['speaker', 'landing.layoutSpeaker'],
  ['side-by-side', 'landing.layoutSideBySide'],
  ['presentation', 'landing.layoutPresentation'],
  ['portrait', 'landing.layoutPortrait'],
] as const satisfies readonly (readonly [string, MessageKey])[];

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
  static override styles = [tokens, buttons, fields, surfaces, disclosureHeads, landingStyles];

  /** Origin of the server. */
  @property() server = location.origin;
  /** Token of whoever has signed in: rooms that they make are theirs. */
  @property() session = '';
  @state() private created: CreatedRoom | undefined;
  @state() private busy = false;
  @state() private needsToken = false;
  /** `token`: the server wants to be told its token first. */
  @state() private problem: Problem | 'token' | undefined;
  /** What was typed leads to no room. */
  @state() private lost = false;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    return html`<div class="page">
      <section class="hero">
        <h1>${this.#words.say('landing.title')}</h1>
        <p class="lead">${this.#words.say('landing.lead')}</p>
        ${landingPreview}
      </section>
      <div class="forms">
        ${this.created ? this.#ready(this.created) : this.#createForm()} ${this.#joinForm()}
        ${
          this.session === ''
            ? nothing
            : html`<gridcast-own-rooms .server=${this.server} .token=${this.session}></gridcast-own-rooms>
                <gridcast-own-recordings .server=${this.server} .token=${this.session}></gridcast-own-recordings>`
        }
      </div>
    </div>`;
  }

  #createForm(): TemplateResult {
    return html`<section class="card" aria-labelledby="create">
      <h2 id="create">${this.#words.say('landing.start')}</h2>
      <form @submit=${this.#create}>
        <div class="field">
          <label for="title">${this.#words.say('landing.roomTitle')}</label>
          <input
            id="title"
            name="title"
            type="text"
            maxlength="100"
            placeholder=${this.#words.say('landing.roomTitleExample')}
            autocomplete="off"
          />
        </div>
        <label class="choice">
          <input type="checkbox" name="private" />
          ${this.#words.say('landing.private')}
        </label>
        <details>
          <summary>${this.#words.say('landing.more')}</summary>
          <div class="more">
            <gridcast-door-form></gridcast-door-form>
            <label class="choice">
              <input type="checkbox" name="auto" />
              ${this.#words.say('landing.recordsItself')}
            </label>
            <div class="field">
              <label for="policy">${this.#words.say('landing.layout')}</label>
              <select id="policy" name="policy">
                ${POLICIES.map(([value, words]) => html`<option value=${value}>${this.#words.say(words)}</option>`)}
              </select>
            </div>
          </div>
        </details>
        ${
          this.needsToken
            ? html`<div class="field">
                <label for="token">${this.#words.say('landing.token')}</label>
                <input id="token" name="token" type="password" required autocomplete="off" aria-describedby="token-hint" />
                <p class="hint" id="token-hint">
                  ${this.#words.say('landing.tokenHint')}
                  <a href="/sign-in">${this.#words.say('landing.signIn')}</a>
                </p>
              </div>`
            : nothing
        }
        ${
          this.problem
            ? html`<gridcast-notice tone="error" heading=${this.#words.say('landing.failed')}>
                ${this.problem === 'token' ? this.#words.say('landing.tokenFirst') : this.#words.words.problem(this.problem).detail}
              </gridcast-notice>`
            : nothing
        }
        <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.#words.say(this.busy ? 'landing.creating' : 'landing.create')}
        </button>
      </form>
    </section>`;
  }

  #ready({ room, client, own }: CreatedRoom): TemplateResult {
    const enter = own ? ownRoomPath(room.id) : (room.links.host ?? roomPath('join', room.id));
    return html`<section class="card" aria-labelledby="ready">
      <h2 id="ready" tabindex="-1">${this.#words.say('landing.ready', { title: room.title })}</h2>
      <gridcast-room-links .client=${client} .room=${room.id} .watch=${publicWatch(room)} codes></gridcast-room-links>
      <div class="actions">
        <a class="button primary" href=${enter}>${this.#words.say('landing.enter')}</a>
        <button class="button quiet" type="button" @click=${this.#again}>${this.#words.say('landing.another')}</button>
      </div>
    </section>`;
  }

  #joinForm(): TemplateResult {
    return html`<section class="card" aria-labelledby="join">
      <h2 id="join">${this.#words.say('landing.join')}</h2>
      <form @submit=${this.#join} novalidate>
        <div class="field">
          <label for="address">${this.#words.say('landing.address')}</label>
          <input
            id="address"
            name="address"
            type="text"
            autocomplete="off"
            spellcheck="false"
            placeholder="https://…/r/monday#token=…"
            aria-invalid=${this.lost ? 'true' : 'false'}
            aria-describedby=${this.lost ? 'address-error' : nothing}
          />
        </div>
        ${
          this.lost
            ? html`<gridcast-notice id="address-error" tone="error">${this.#words.say('landing.noAddress')}</gridcast-notice>`
            : nothing
        }
        <button class="button">${this.#words.say('landing.go')}</button>
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
    this.problem = undefined;
    try {
      const title = String(form.get('title') ?? '').trim();
      const policy = POLICIES.find(([name]) => name === form.get('policy'))?.[0] ?? 'grid';
      const known = token || this.session;
      const language = shippedLanguage(this.#words.words.locale)?.tag;
      const room = await new ApiClient(this.server, known).createRoom(title, {
        ...(form.has('private') && { viewing: { access: 'private' } }),
        ...(form.has('auto') && { recording: { auto: true } }),
        ...(policy !== 'grid' && { layout: { policy } }),
        ...(Object.keys(door).length > 0 && { door }),
        // The picture speaks as the page does that made the room.
        ...(language && language !== 'en' && { annotation: { language } }),
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
      this.problem = asksFirst ? 'token' : problemOf('', error);
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
    this.lost = address === undefined;
    if (address) location.assign(roomPath(address.page, address.room, address.token));
  }
}
