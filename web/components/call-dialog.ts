/** `<gridcast-call-dialog>`: somebody calls, one calls somebody, or what became of that. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { CallOutcome, RingingCall } from '../controllers/contacts-book.ts';
import { handsOn } from '../controllers/focus-heir.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { CameraGlance } from '../media/camera-glance.ts';
import { buttons } from '../styles/controls.ts';
import { dialogs } from '../styles/dialog.ts';
import { rings } from '../styles/people.ts';
import { inherited } from '../styles/tokens.ts';
import { outcomeWords } from '../util/call-words.ts';
import { callDialogStyles } from './call-dialog-styles.ts';
import { icons } from './icons.ts';
import { personSign, personSignStyles } from './person-sign.ts';

/** What somebody wants to do with a call; `camera`: with the camera on. */
export interface CallWish {
  readonly type: 'accept' | 'decline' | 'cancel' | 'again' | 'dismiss';
  readonly camera: boolean;
}

/** Sends `gridcast-call-wish` with a CallWish; opens and closes by itself. */
@customElement('gridcast-call-dialog')
export class GridcastCallDialog extends LitElement {
  static override styles = [inherited, buttons, dialogs, personSignStyles, rings, callDialogStyles];

  @property({ attribute: false }) ringing: RingingCall | undefined;
  @property({ attribute: false }) outcome: CallOutcome | undefined;
  /** A call was accepted here, and its room is being opened. */
  @property({ type: Boolean }) going = false;
  @state() private glanceState: CameraGlance['state'] = 'shut';
  @query('dialog') private dialog!: HTMLDialogElement;
  readonly #words = new WordsUser(this);
  readonly #glance = new CameraGlance(() => {
    this.glanceState = this.#glance.state;
  });
  #call = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#glance.shut();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('ringing')) return;
    const incoming = this.ringing?.kind === 'incoming' ? this.ringing.call : '';
    if (incoming === this.#call) return;
    this.#call = incoming;
    this.#glance.shut();
  }

  override updated(): void {
    const open = this.ringing !== undefined || this.outcome !== undefined || this.going;
    if (open && !this.dialog.open) this.dialog.showModal();
    else if (!open && this.dialog.open) this.dialog.close();
    const video = this.renderRoot.querySelector('video');
    if (video && video.srcObject !== this.#glance.stream) video.srcObject = this.#glance.stream ?? null;
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" @cancel=${this.#onEscape}>
      ${
        this.going
          ? html`<div class="stack" role="status"><span class="spinner"></span><h2 id="heading">${this.#words.say('call.going')}</h2></div>`
          : this.ringing
            ? this.#ringingCall(this.ringing)
            : this.outcome
              ? this.#ended(this.outcome)
              : html`<h2 id="heading" hidden></h2>`
      }
    </dialog>`;
  }

  #ringingCall(ringing: RingingCall): TemplateResult {
    return ringing.kind === 'incoming' ? this.#incoming(ringing) : this.#outgoing(ringing);
  }

  #incoming({ person, others }: RingingCall): TemplateResult {
    const { name } = person;
    const heading =
      others.length === 0
        ? this.#words.say('call.incoming', { name })
        : this.#words.say('call.incomingWith', { name, others: others.map((other) => other.name).join(', ') });
    // The focus is on no button: whoever is typing something when it rings neither answers nor opens a camera with it.
    return html`<div class="stack">
      <span class="rings">${personSign(person)}</span>
      <h2 id="heading" tabindex="-1" autofocus>${heading}</h2>
      ${this.#preview()}
      <div class="answers">
        ${this.#button('accept', 'call.acceptVideo', icons.camera, 'accept', true)}
        ${this.#button('accept', 'call.acceptAudio', icons.phone, 'accept plain', false)}
        ${this.#button('decline', 'call.decline', icons.hangUp, 'danger', false)}
      </div>
    </div>`;
  }

  #preview(): TemplateResult {
    switch (this.glanceState) {
      case 'open':
        return html`<video class="glance" autoplay muted playsinline aria-label=${this.#words.say('call.yourPicture')}></video>`;
      case 'failed':
        return html`<p class="muted">${this.#words.say('call.noPicture')}</p>`;
      case 'opening':
        return html`<div class="glance"><span class="spinner"></span></div>`;
      case 'shut':
        return html`<button class="button quiet small" type="button" @click=${this.#show} ${handsOn()}>
          ${icons.eye} ${this.#words.say('call.showPicture')}
        </button>`;
    }
  }

  #outgoing({ person }: RingingCall): TemplateResult {
    return html`<div class="stack">
      <span class="rings">${personSign(person)}</span>
      <h2 id="heading">${this.#words.say('call.outgoing', { name: person.name })}</h2>
      <p class="muted">${this.#words.say('call.outgoingHint')}</p>
      <div class="answers">${this.#button('cancel', 'call.cancel', icons.hangUp, 'danger', false)}</div>
    </div>`;
  }

  #ended(outcome: CallOutcome): TemplateResult {
    const { person } = outcome;
    const words = outcomeWords(outcome);
    return html`<div class="stack" role="status">
      ${personSign(person)}
      <h2 id="heading">${this.#words.say(words, { name: person.name })}</h2>
      <p class="muted">${this.#words.say(`${words}Hint`)}</p>
      <div class="answers">
        ${this.#button('again', 'call.again', icons.phone, 'accept', true)}
        ${this.#button('dismiss', 'call.close', nothing, '', false)}
      </div>
    </div>`;
  }

  #button(
    type: CallWish['type'],
    label: 'call.acceptVideo' | 'call.acceptAudio' | 'call.decline' | 'call.cancel' | 'call.again' | 'call.close',
    icon: TemplateResult | typeof nothing,
    look: string,
    camera: boolean,
  ): TemplateResult {
    return html`<button class="button ${look}" type="button" @click=${() => this.#wish({ type, camera })}>
      ${icon} ${this.#words.say(label)}
    </button>`;
  }

  #wish(detail: CallWish): void {
    // The room wants the camera for itself.
    this.#glance.shut();
    this.dispatchEvent(new CustomEvent<CallWish>('gridcast-call-wish', { detail }));
  }

  readonly #show = (): void => void this.#glance.open();

  /** Escape takes back and dismisses; who is called answers, or lets it ring. */
  readonly #onEscape = (event: Event): void => {
    event.preventDefault();
    if (this.going || this.ringing?.kind === 'incoming') return;
    this.#wish({ type: this.ringing ? 'cancel' : 'dismiss', camera: false });
  };
}
