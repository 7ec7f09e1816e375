/** `<gridcast-room-door>`: for hosts, who waits before the room, and letting them in. Nothing while nobody does. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { DoorMessage } from '../../src/protocol/door.ts';
import type { DoorDesk } from '../controllers/door-desk.ts';
import { RowFocus } from '../controllers/row-focus.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons, surfaces } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { whenWords } from '../util/door-times.ts';
import { formatDuration, initials } from '../util/format.ts';
import { wallMs } from '../util/monotonic.ts';
import { icons } from './icons.ts';
import './notice.ts';
import { roomDoorStyles } from './room-door-styles.ts';

const TICK_MS = 5000;

/** Needs `door` and `desk`, and `revision` for each change of the desk. Sends `gridcast-empty` when the focus was in it and nothing is left. */
@customElement('gridcast-room-door')
export class GridcastRoomDoor extends LitElement {
  static override styles = [inherited, buttons, surfaces, roomDoorStyles];

  @property({ attribute: false }) door: DoorMessage | undefined;
  @property({ attribute: false }) desk!: DoorDesk;
  @property({ type: Number }) revision = 0;
  @state() private open = false;
  protected readonly rowFocus = new RowFocus(this, {
    rows: '.row',
    last: '.row',
    nowhere: () => this.dispatchEvent(new CustomEvent('gridcast-empty', { bubbles: true })),
  });
  readonly #words = new WordsUser(this);
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    // For how long people wait.
    this.#timer = window.setInterval(() => {
      if (this.open) this.requestUpdate();
    }, TICK_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#timer);
  }

  override render(): TemplateResult | typeof nothing {
    const { waiting = [], opensAtMs } = this.door ?? {};
    const { problem } = this.desk;
    if (waiting.length === 0 && opensAtMs === undefined && !problem) return nothing;
    return html`<section class="door" aria-label=${this.#words.say('door.title')}>
      ${opensAtMs === undefined ? nothing : this.#later(opensAtMs)}
      ${waiting.length === 0 ? nothing : this.#row(waiting)}
      ${this.open && waiting.length > 1 ? this.#list(waiting) : nothing}
      ${this.#trouble()}
    </section>`;
  }

  #later(opensAtMs: number): TemplateResult {
    const when = whenWords(opensAtMs, wallMs(), this.#words.words.dateLocale);
    return html`<div class="row">
      ${icons.clock}<span class="say">${this.#words.say('door.opensLater', { when })}</span>
      <button
        class="button small"
        type="button"
        aria-disabled=${this.desk.busy('*') ? 'true' : 'false'}
        @click=${() => void this.desk.openNow()}
      >
        ${this.#words.say('door.openNow')}
      </button>
    </div>`;
  }

  #row(waiting: DoorMessage['waiting']): TemplateResult {
    const [first] = waiting;
    if (waiting.length === 1 && first) {
      return html`<div class="row">
        ${this.#person(first)}
        <span class="say" role="status">${this.#words.say('door.oneWaits', { name: first.name })}</span>
        ${this.#buttons(first)}
      </div>`;
    }
    const words = this.#words.say(this.open ? 'door.hideAll' : 'door.showAll');
    return html`<div class="row">
      <span class="sign">${icons.people}</span>
      <span class="say" role="status">${this.#words.say('door.waits', { count: waiting.length })}</span>
      <button
        class="button small quiet"
        type="button"
        aria-expanded=${this.open ? 'true' : 'false'}
        @click=${() => {
          this.open = !this.open;
        }}
      >
        ${words}
      </button>
      <button
        class="button small primary"
        type="button"
        aria-disabled=${this.desk.busy('*') ? 'true' : 'false'}
        @click=${() => void this.desk.admitAll()}
      >
        ${this.#words.say('door.admitAll')}
      </button>
    </div>`;
  }

  #list(waiting: DoorMessage['waiting']): TemplateResult {
    const now = wallMs();
    return html`<ul>
      ${repeat(
        waiting,
        ({ id }) => id,
        (person) => html`<li class="row">
          ${this.#person(person)}
          <span class="say">
            <b>${person.name}</b>
            <small>
              ${
                person.connected
                  ? this.#words.say('door.since', { time: formatDuration(Math.max(0, (now - person.sinceMs) / 1000)) })
                  : this.#words.say('door.gone')
              }
            </small>
          </span>
          ${this.#buttons(person)}
        </li>`,
      )}
    </ul>`;
  }

  #person({ name }: DoorMessage['waiting'][number]): TemplateResult {
    return html`<span class="sign" aria-hidden="true">${initials(name) || icons.person}</span>`;
  }

  #buttons({ id, name }: DoorMessage['waiting'][number]): TemplateResult {
    const button = (admit: boolean): TemplateResult => html`<button
      class="button small ${admit ? 'primary' : 'quiet'}"
      type="button"
      aria-label=${this.#words.say(admit ? 'door.admitName' : 'door.refuseName', { name })}
      aria-disabled=${this.desk.busy(id) ? 'true' : 'false'}
      @click=${() => void this.desk.decide(id, admit)}
    >
      ${this.#words.say(admit ? 'door.admit' : 'door.refuse')}
    </button>`;
    return html`${button(false)}${button(true)}`;
  }

  #trouble(): TemplateResult | typeof nothing {
    const { problem, full } = this.desk;
    if (!problem && !full) return nothing;
    const said = problem ? this.#words.words.problem(problem).detail : this.#words.say('door.fewer');
    return html`<gridcast-notice tone="warning" heading=${this.#words.say('door.failed')}>${said}</gridcast-notice>`;
  }
}
