/** `<gridcast-room-person>`: somebody in the list: who they are, how they do, and what a host can do about them. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RosterEntry } from '../../src/protocol/messages.ts';
import type { PeopleControls } from '../controllers/people-controls.ts';
import { isMuted } from '../controllers/tile-rows.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields } from '../styles/controls.ts';
import { panelParts } from '../styles/panel.ts';
import { inherited } from '../styles/tokens.ts';
import { initials } from '../util/format.ts';
import { icons } from './icons.ts';
import type { PictureChoice } from './picture-field.ts';
import './picture-field.ts';
import { personDeeds } from './room-person-deeds.ts';
import { personStyles } from './room-person-styles.ts';

/** Needs no events: a host's changes go to `controls`. */
@customElement('gridcast-room-person')
export class GridcastRoomPerson extends LitElement {
  static override styles = [inherited, buttons, fields, panelParts, personStyles];

  @property({ attribute: false }) person!: RosterEntry;
  /** This person is the reader. */
  @property({ type: Boolean }) self = false;
  @property({ type: Boolean }) speaking = false;
  /** Their place among the hands that are up; 0: theirs is down. */
  @property({ type: Number }) hand = 0;
  @property({ type: Boolean }) pinned = false;
  /** For hosts alone. */
  @property({ attribute: false }) controls: PeopleControls | undefined;
  /** Renewed by the owner whenever `controls` changed. */
  @property({ type: Number }) revision = 0;
  @state() private open = false;
  readonly #words = new WordsUser(this);

  override render(): TemplateResult {
    const { person, controls } = this;
    return html`<div class="line">
        <span class="who ${this.speaking ? 'speaking' : ''}" aria-hidden="true">${initials(person.name)}</span>
        ${this.hand > 0 ? html`<span class="hand" aria-hidden="true">${icons.hand}</span>` : nothing}
        <span class="text">
          <span class="name" dir="auto" title=${person.name}>${this.self ? this.#words.say('people.you', { name: person.name }) : person.name}</span>
          <span class="about">${this.#has()} ${this.#about()}</span>
        </span>
        ${
          controls
            ? html`<button
                  class="tool"
                  type="button"
                  aria-label=${this.#words.say(person.muted ? 'people.unmute' : 'people.mute', { name: person.name })}
                  title=${this.#words.say(person.muted ? 'people.unmuteShort' : 'people.muteShort')}
                  aria-pressed=${person.muted ? 'true' : 'false'}
                  @click=${() => controls.change(person.id, { muted: !person.muted })}
                >
                  ${person.muted ? icons.volumeOff : icons.volume}
                </button>
                <button
                  class="tool"
                  type="button"
                  aria-label=${this.#words.say('people.more', { name: person.name })}
                  aria-expanded=${this.open ? 'true' : 'false'}
                  aria-controls="more"
                  @click=${this.#toggle}
                >
                  ${icons.more}
                </button>`
            : nothing
        }
      </div>
      <div id="more">${controls && this.open ? this.#controls(controls) : this.#problem()}</div>`;
  }

  #about(): string {
    const { role, connected, muted, signals = [] } = this.person;
    const words = [
      this.hand > 0 ? this.#words.say('people.hand', { place: this.hand }) : '',
      role === 'host' ? this.#words.say('people.host') : '',
      connected ? '' : this.#words.say('people.reconnecting'),
      muted ? this.#words.say('people.mutedByHost') : '',
      ...signals.map(({ kind }) => this.#words.say(`signal.${kind}`)),
      this.speaking && connected ? this.#words.say('people.speaking') : '',
    ].filter((word) => word !== '');
    return words.join(' · ');
  }

  #has(): TemplateResult {
    const { tracks } = this.person;
    const audio = tracks.some(({ kind }) => kind === 'audio') && !isMuted(this.person);
    const camera = tracks.some(({ kind, source }) => kind === 'video' && source !== 'screen');
    const screen = tracks.some(({ source }) => source === 'screen');
    const words = [
      this.#words.say(audio ? 'people.microphoneOn' : 'people.microphoneOff'),
      this.#words.say(camera ? 'people.cameraOn' : 'people.cameraOff'),
    ];
    if (screen) words.push(this.#words.say('people.screen'));
    return html`<span class="has">
      ${screen ? icons.screen : nothing}${audio ? icons.mic : icons.micOff}${camera ? icons.camera : icons.cameraOff}
      <span class="visually-hidden">${words.join(', ')}</span>
    </span>`;
  }

  #controls(controls: PeopleControls): TemplateResult {
    const { id, name } = this.person;
    const info = controls.info(id);
    const gain = info?.gain ?? 0;
    const loudness = this.#words.say(gain > 0 ? 'people.decibelsMore' : 'people.decibels', { value: gain });
    return html`<div class="more">
      ${personDeeds(this.person, { self: this.self, pinned: this.pinned, words: this.#words.words })}
      <label class="row">
        ${this.#words.say('people.loudness')}
        <input
          type="range"
          min="-30"
          max="12"
          step="1"
          aria-valuetext=${loudness}
          ?disabled=${info === undefined}
          .value=${String(gain)}
          @input=${(event: Event) => controls.change(id, { gain: Number((event.target as HTMLInputElement).value) })}
        />
        <output>${loudness}</output>
      </label>
      <form class="row" @submit=${(event: SubmitEvent) => this.#rename(event, controls)}>
        <label for="name">${this.#words.say('people.name')}</label>
        <input id="name" type="text" maxlength="64" required autocomplete="off" .value=${name} />
        <button class="button small">${this.#words.say('people.rename')}</button>
      </form>
      <gridcast-picture-field
        label=${this.#words.say('people.avatar')}
        ?filled=${info?.avatar ?? false}
        ?busy=${controls.avatarBusy(id)}
        @gridcast-picture=${({ detail }: CustomEvent<PictureChoice>) => void controls.setAvatar(id, detail.picture)}
      ></gridcast-picture-field>
      ${this.#problem()}
    </div>`;
  }

  #problem(): TemplateResult | typeof nothing {
    const problem = this.controls?.problem(this.person.id);
    return problem === undefined
      ? nothing
      : html`<p class="error" role="alert">${this.#words.words.problem(problem).detail}</p>`;
  }

  readonly #toggle = (): void => {
    this.open = !this.open;
    if (this.open) void this.controls?.load();
  };

  #rename(event: SubmitEvent, controls: PeopleControls): void {
    event.preventDefault();
    const name = this.renderRoot.querySelector<HTMLInputElement>('#name')?.value.trim() ?? '';
    if (name !== '' && name !== this.person.name) controls.change(this.person.id, { name });
  }
}
