/** `<gridcast-speaker-timeline>`: who was there and who spoke when, below the film. */
import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import {
  type RecordedChapter,
  type RecordedPerson,
  type RecordingGap,
  within,
} from '../controllers/recording-timeline.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { inherited } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import { gapWords, spokenDuration } from '../util/recording-words.ts';
import { axisTimes, spansPath, TIMELINE_WIDTH, wavePath } from '../util/timeline-paths.ts';
import { speakerTimelineStyles } from './speaker-timeline-styles.ts';

const ROW = 30;
const BAR = 14;
const WAVE = 44;
const LABELS = 8;
const STEP_S = 5;
const LEAP_S = 60;

/** Sends `gridcast-seek` with seconds for a click, a drag and the arrow keys. */
@customElement('gridcast-speaker-timeline')
export class GridcastSpeakerTimeline extends LitElement {
  static override styles = [inherited, speakerTimelineStyles];

  /** Seconds. */
  @property({ type: Number }) duration = 0;
  @property({ type: Number }) position = 0;
  @property({ attribute: false }) people: readonly RecordedPerson[] = [];
  @property({ attribute: false }) chapters: readonly RecordedChapter[] = [];
  @property({ attribute: false }) gaps: readonly RecordingGap[] = [];
  /** Loudness from 0 to 1, evenly over the recording. */
  @property({ attribute: false }) peaks: readonly number[] = [];
  @query('.tracks') private tracks!: HTMLElement;
  readonly #words = new WordsUser<AdminKey>(this);
  #dragging = false;
  readonly #shapes = new WeakMap<object, { readonly duration: number; readonly shape: TemplateResult }>();

  override render(): TemplateResult {
    const { duration, position } = this;
    const { say } = this.#words.words;
    const names = this.people.filter(({ spoke }) => within(spoke, position)).map(({ name }) => name);
    const time = { position: formatDuration(position), length: formatDuration(duration) };
    return html`<div class="timeline">
      <div class="names">
        ${this.peaks.length > 0 ? html`<div class="wave name muted">${say('timeline.sound')}</div>` : nothing}
        ${this.people.map((person) => this.#name(person))}
        <div class="axis"></div>
      </div>
      <div
        class="tracks"
        role="slider"
        tabindex="0"
        aria-label=${say('timeline.label')}
        aria-valuemin="0"
        aria-valuemax=${Math.round(duration)}
        aria-valuenow=${Math.round(position)}
        aria-valuetext=${names.length > 0 ? say('timeline.heard', { ...time, names: names.join(', ') }) : say('timeline.position', time)}
        @pointerdown=${this.#onDown}
        @pointermove=${this.#onMove}
        @pointerup=${this.#onUp}
        @pointercancel=${this.#onUp}
        @keydown=${this.#onKey}
      >
        ${this.#marks()}
        ${
          this.peaks.length > 0
            ? html`<svg class="wave" viewBox="0 0 ${TIMELINE_WIDTH} ${WAVE}" preserveAspectRatio="none" aria-hidden="true">
                ${this.#once(this.peaks, () => svg`<path class="sound" d=${wavePath(this.peaks, WAVE)} />`)}
              </svg>`
            : nothing
        }
        ${this.people.map((person) => this.#row(person))}
        ${this.#axis()} ${this.#head()}
      </div>
    </div>`;
  }

  #name({ name, spoke, spokeSeconds }: RecordedPerson): TemplateResult {
    const heard = within(spoke, this.position);
    const { words } = this.#words;
    const length = spokenDuration(spokeSeconds, words.locale);
    return html`<div class="name ${heard ? 'heard' : ''}" title=${words.say('timeline.spoke', { name, length })}>
      <span dir="auto">${name}</span><small>${formatDuration(spokeSeconds)}</small>
    </div>`;
  }

  #row(person: RecordedPerson): TemplateResult {
    const top = (ROW - BAR) / 2;
    return html`<svg class="row" viewBox="0 0 ${TIMELINE_WIDTH} ${ROW}" preserveAspectRatio="none" aria-hidden="true">
      ${this.#once(
        person,
        () => svg`<path class="present" d=${spansPath(person.present, this.duration, top, BAR)} />
          <path class="spoke" d=${spansPath(person.spoke, this.duration, top, BAR)} />`,
      )}
    </svg>`;
  }

  /** Bands where something is missing, and lines where chapters begin. */
  #marks(): TemplateResult {
    const { duration } = this;
    const x = (timeS: number): number => (duration > 0 ? (timeS / duration) * TIMELINE_WIDTH : 0);
    return html`<svg class="marks" viewBox="0 0 ${TIMELINE_WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">
      ${this.gaps.map(
        (gap) =>
          svg`<rect class="gap ${gap.reason}" x=${x(gap.at)} y="0" height="10" width=${Math.max(3, x(gap.resumesAt - gap.at))}>
            <title>${gapWords(gap, this.#words.words)}</title>
          </rect>`,
      )}
      ${this.chapters.map(({ startS }) => svg`<line class="chapter" x1=${x(startS)} x2=${x(startS)} y1="0" y2="10" />`)}
    </svg>`;
  }

  #axis(): TemplateResult {
    const { duration } = this;
    return html`<svg class="axis" aria-hidden="true">
      ${axisTimes(duration, LABELS).map((timeS, index) => {
        const share = (timeS / duration) * 100;
        if (share > 96 && index > 0) return nothing;
        return svg`<text x="${share}%" y="15" text-anchor=${index === 0 ? 'start' : 'middle'}>${formatDuration(timeS)}</text>`;
      })}
    </svg>`;
  }

  #head(): TemplateResult {
    const { duration, position } = this;
    const x = duration > 0 ? `${Math.min(100, (position / duration) * 100)}%` : '0';
    return html`<svg class="head" aria-hidden="true">
      <line x1=${x} x2=${x} y1="0" y2="100%"></line>
      <circle cx=${x} cy="5" r="5"></circle>
    </svg>`;
  }

  /** A shape is drawn anew when what it is of, or the length, has changed: not with each move of the head. */
  #once(of: object, draw: () => TemplateResult): TemplateResult {
    const known = this.#shapes.get(of);
    if (known?.duration === this.duration) return known.shape;
    const shape = draw();
    this.#shapes.set(of, { duration: this.duration, shape });
    return shape;
  }

  #go(timeS: number): void {
    const detail = Math.max(0, Math.min(this.duration, timeS));
    this.dispatchEvent(new CustomEvent('gridcast-seek', { detail }));
  }

  #goTo(event: PointerEvent): void {
    const { left, width } = this.tracks.getBoundingClientRect();
    if (width > 0) this.#go(((event.clientX - left) / width) * this.duration);
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.tracks.setPointerCapture(event.pointerId);
    this.#dragging = true;
    this.#goTo(event);
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (this.#dragging) this.#goTo(event);
  };

  readonly #onUp = (): void => {
    this.#dragging = false;
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: this.position - STEP_S,
      ArrowDown: this.position - STEP_S,
      ArrowRight: this.position + STEP_S,
      ArrowUp: this.position + STEP_S,
      PageDown: this.position - LEAP_S,
      PageUp: this.position + LEAP_S,
      Home: 0,
      End: this.duration,
    };
    const target = targets[event.key];
    if (target === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.#go(target);
  };
}
