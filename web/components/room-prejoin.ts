/** `<gridcast-room-prejoin>`: how one will look and sound, before anybody else sees it. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { describeBothDevices, type DeviceKind } from '../capture/device-words.ts';
import type { LocalMedia } from '../controllers/local-media.ts';
import type { DoorNote } from '../controllers/room-entry.ts';
import type { Speakers } from '../controllers/speakers.ts';
import { TrackLevel } from '../controllers/track-level.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, fields, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { later } from '../util/later.ts';
import { recall, remember } from '../util/page-storage.ts';
import { whenWords } from '../util/door-times.ts';
import { wallMs } from '../util/monotonic.ts';
import type { Problem } from '../util/problem.ts';
import type { Theme } from '../util/theme.ts';
import type { ConsentChoice, GridcastConsentField } from './consent-field.ts';
import './consent-field.ts';
import './device-pickers.ts';
import { icons, mark } from './icons.ts';
import './language-picker.ts';
import './notice.ts';
import './own-preview.ts';
import './password-field.ts';
import type { GridcastPasswordField } from './password-field.ts';
import { prejoinStyles } from './room-prejoin-styles.ts';
import './theme-button.ts';

const NAME_KEY = 'gridcast.name';
const KINDS = ['camera', 'microphone'] as const;
/** For how long nothing is shown that the server's answer would move. */
const PATIENCE_MS = 1000;

/** Why devices do not open, and which. */
interface DeviceProblem {
  readonly kinds: readonly DeviceKind[];
  readonly found: Problem;
}

/** What a person joins with. */
export interface JoinChoice {
  readonly name: string;
  /** Whether they may be kept in recordings; undefined where nobody asks. */
  readonly consent: boolean | undefined;
  /** For the room; undefined where nobody asks. */
  readonly password: string | undefined;
}

/** Sends `gridcast-join` with a JoinChoice, synchronously in the click, so that sound may start. */
@customElement('gridcast-room-prejoin')
export class GridcastRoomPrejoin extends LitElement {
  static override styles = [inherited, buttons, fields, surfaces, prejoinStyles];

  @property({ attribute: false }) media!: LocalMedia;
  @property({ attribute: false }) speakers!: Speakers;
  /** The server has told of the room: its title, and what else is asked here, are what they are. */
  @property({ type: Boolean }) known = false;
  /** The room's, when known. */
  @property() override title = '';
  /** Where the room is; empty: where the page came from. */
  @property() server = '';
  /** What stands in the field for the name at first; else the name used last. */
  @property() name = '';
  @property() theme: Theme = 'auto';
  /** Renewed by the owner whenever `media` or `speakers` changed. */
  @property({ type: Number }) revision = 0;
  @property({ type: Boolean }) busy = false;
  /** The room keeps in recordings only who agrees. */
  @property({ type: Boolean }) asksConsent = false;
  /** A recording runs. */
  @property({ type: Boolean }) recording = false;
  /** Whoever comes in now is kept in a recording. */
  @property({ type: Boolean }) recorded = false;
  /** The room asks for a password. */
  @property({ type: Boolean }) asksPassword = false;
  /** Why the password given last did not do. */
  @property({ attribute: false }) passwordProblem: Problem | undefined;
  @property({ attribute: false }) door: DoorNote | undefined;
  /** The same person is in this room in another tab, which joining here would end. */
  @property({ type: Boolean }) elsewhere = false;
  @state() private waited = false;
  @state() private passwordMissing = false;
  @state() private consent: boolean | undefined;
  @state() private consentMissing = false;
  @state() private nameMissing = false;
  @state() private typed: string | undefined;
  readonly #words = new WordsUser(this);
  #level: TrackLevel | undefined;
  #forget = (): void => {};
  #sought = false;

  /** Goes to its heading, as soon as that is shown. */
  override focus(): void {
    this.#sought = true;
    this.#goThere();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#forget = later(PATIENCE_MS, () => {
      this.waited = true;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
    this.#level?.close();
    this.#level = undefined;
  }

  override updated(): void {
    if (this.media.microphone.track) this.#level ??= new TrackLevel();
    if (this.#level) this.#level.track = this.media.microphone.track;
    this.#goThere();
  }

  override render(): TemplateResult {
    const name = this.#name();
    return html`<div class="page">
      <div class="top">
        <a class="home" href=${new URL('/', this.server || location.origin).href}>${mark} Gridcast</a>
        <gridcast-language-picker></gridcast-language-picker>
        <gridcast-theme-button .theme=${this.theme}></gridcast-theme-button>
      </div>
      <div class="columns ${this.#shown ? '' : 'held'}">
        <div class="left">
          <gridcast-own-preview
            exportparts="preview"
            .media=${this.media}
            .name=${name}
            .revision=${this.revision}
          ></gridcast-own-preview>
          <div class="problems">
            ${repeat(
              this.#problems(),
              ({ kinds: [kind] }) => kind,
              (problem) => this.#problem(problem),
            )}
          </div>
        </div>
        <form class="card" @submit=${this.#join} novalidate>
          <div>
            <p class="muted">${this.#words.say('prejoin.about')}</p>
            <h1 tabindex="-1" dir="auto" title=${this.title}>${this.title || this.#words.say('prejoin.thisRoom')}</h1>
            ${this.#door()} ${this.#recorded()}
          </div>
          <div class="field">
            <label for="name">${this.#words.say('prejoin.name')}</label>
            <input
              id="name"
              name="name"
              type="text"
              maxlength="64"
              autocomplete="name"
              .defaultValue=${name}
              aria-invalid=${this.nameMissing ? 'true' : 'false'}
              aria-describedby="name-hint"
              @input=${this.#onName}
            />
            <p class="hint" id="name-hint">
              ${this.#words.say(this.nameMissing ? 'prejoin.nameMissing' : 'prejoin.nameHint')}
            </p>
          </div>
          ${this.asksPassword ? this.#password() : nothing}
          <gridcast-device-pickers
            role="group"
            aria-label=${this.#words.say('prejoin.devices')}
            .media=${this.media}
            .speakers=${this.speakers}
            .revision=${this.revision}
            .level=${this.#levelNow}
          ></gridcast-device-pickers>
          ${this.asksConsent ? this.#consent() : nothing} ${this.#go()}
        </form>
      </div>
    </div>`;
  }

  get #shown(): boolean {
    return this.known || this.waited;
  }

  #goThere(): void {
    if (!this.#sought || !this.#shown) return;
    this.#sought = false;
    this.renderRoot.querySelector('h1')?.focus();
  }

  #problems(): DeviceProblem[] {
    const both = describeBothDevices(this.media.camera.problem, this.media.microphone.problem);
    if (both) return [{ kinds: KINDS, found: both }];
    return KINDS.flatMap((kind) => {
      const found = this.media[kind].problem;
      return found ? [{ kinds: [kind], found }] : [];
    });
  }

  #problem({ kinds, found }: DeviceProblem): TemplateResult {
    const problem = this.#words.words.problem(found);
    const again = (): void => kinds.forEach((kind) => void this.media.open(kind));
    return html`<gridcast-notice tone="warning" heading=${problem.title}>
      ${problem.detail}
      <button slot="actions" class="button small" type="button" @click=${again}>
        ${icons.retry} ${this.#words.say('prejoin.tryAgain')}
      </button>
    </gridcast-notice>`;
  }

  #door(): TemplateResult | typeof nothing {
    const { opensAtMs, mayWait = false } = this.door ?? {};
    const later = opensAtMs !== undefined && opensAtMs > wallMs();
    if (!later && !mayWait) return nothing;
    return html`<p class="muted">
      ${later ? this.#words.say('door.opensAt', { when: whenWords(opensAtMs, wallMs(), this.#words.words.dateLocale) }) : ''}
      ${mayWait ? this.#words.say('door.mayWait') : ''}
    </p>`;
  }

  /** Where people are asked, the question says it. */
  #recorded(): TemplateResult | typeof nothing {
    if (!this.recorded || this.asksConsent) return nothing;
    return html`<p class="recorded">
      <span class="badge live" aria-hidden="true">${this.#words.say('room.recordingMark')}</span>
      ${this.#words.say('prejoin.recorded')}
    </p>`;
  }

  #password(): TemplateResult {
    const wrong = this.passwordProblem ? this.#words.words.problem(this.passwordProblem).detail : '';
    return html`<gridcast-password-field
      .problem=${this.passwordMissing ? this.#words.say('door.passwordMissing') : wrong}
      @input=${() => {
        this.passwordMissing = false;
      }}
    ></gridcast-password-field>`;
  }

  #consent(): TemplateResult {
    return html`<gridcast-consent-field
      .choice=${this.consent}
      ?missing=${this.consentMissing}
      ?recording=${this.recording}
      @gridcast-consent=${({ detail }: CustomEvent<ConsentChoice>) => {
        this.consent = detail.given;
        this.consentMissing = false;
      }}
    ></gridcast-consent-field>`;
  }

  #go(): TemplateResult {
    const seen = this.media.camera.track !== undefined;
    const heard = this.media.microphoneOn;
    const hint = seen
      ? this.#words.say(heard ? 'prejoin.withBoth' : 'prejoin.withPictureOnly')
      : this.#words.say(heard ? 'prejoin.withSoundOnly' : 'prejoin.withNothing');
    return html`<div class="go">
      <button class="button primary" aria-disabled=${this.busy ? 'true' : 'false'}>
        ${this.busy ? html`<span class="spinner"></span>` : nothing}
        ${this.#words.say(this.busy ? 'prejoin.joining' : this.elsewhere ? 'prejoin.joinHere' : 'prejoin.join')}
      </button>
      ${
        this.elsewhere
          ? html`<p class="elsewhere" role="status">${icons.info} ${this.#words.say('prejoin.elsewhere')}</p>`
          : html`<p class="muted" role="status">${this.busy ? this.#words.say('prejoin.preparing') : hint}</p>`
      }
    </div>`;
  }

  readonly #levelNow = (): number => (this.media.microphoneOn ? (this.#level?.level ?? 127) : 127);

  #name(): string {
    return (this.typed ?? (this.name || recall('local', NAME_KEY))).trim();
  }

  readonly #onName = (event: InputEvent): void => {
    this.typed = (event.target as HTMLInputElement).value;
    if (this.typed.trim() !== '') this.nameMissing = false;
  };

  #join(event: SubmitEvent): void {
    event.preventDefault();
    if (this.busy) return;
    const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name') ?? '').trim();
    this.nameMissing = name === '';
    if (name === '') {
      this.renderRoot.querySelector<HTMLInputElement>('#name')?.focus();
      return;
    }
    const field = this.renderRoot.querySelector<GridcastPasswordField>('gridcast-password-field');
    this.passwordMissing = field?.value === '';
    if (this.passwordMissing) {
      field?.focus();
      return;
    }
    this.consentMissing = this.asksConsent && this.consent === undefined;
    if (this.consentMissing) {
      this.renderRoot.querySelector<GridcastConsentField>('gridcast-consent-field')?.focus();
      return;
    }
    remember('local', NAME_KEY, name);
    const detail: JoinChoice = { name, consent: this.asksConsent ? this.consent : undefined, password: field?.value };
    this.dispatchEvent(new CustomEvent('gridcast-join', { detail }));
  }
}
