/** `<gridcast-recording-aside>`: chapters and chat beside the film. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  type ChatLine,
  lastLineAt,
  type RecordedChapter,
  type RecordingGap,
} from '../controllers/recording-timeline.ts';
import type { AdminKey } from '../i18n/message.ts';
import { WordsUser } from '../i18n/words-controller.ts';
import { buttons } from '../styles/controls.ts';
import { inherited } from '../styles/tokens.ts';
import { formatDuration } from '../util/format.ts';
import { gapWords } from '../util/recording-words.ts';
import { icons } from './icons.ts';
import { recordingAsideStyles } from './recording-aside-styles.ts';

/** Lines of chat that are shown at once: around the one that belongs to the picture. */
const BEFORE = 300;
const AFTER = 100;

interface Entry {
  readonly title: string;
  readonly startS: number;
  readonly look: 'chapter' | 'marker' | 'gap';
}

/** Sends `gridcast-seek` with seconds. */
@customElement('gridcast-recording-aside')
export class GridcastRecordingAside extends LitElement {
  static override styles = [
    inherited,
    buttons,
    recordingAsideStyles,
    css`
      :host {
        display: flex;
        min-height: 0;
      }
    `,
  ];

  @property({ type: Number }) position = 0;
  @property({ attribute: false }) chapters: readonly RecordedChapter[] = [];
  @property({ attribute: false }) gaps: readonly RecordingGap[] = [];
  @property({ attribute: false }) chat: readonly ChatLine[] = [];
  /** Whether there is a timeline to show anything of. */
  @property({ type: Boolean }) known = false;
  /** Without chat: for those to whom it does not belong. */
  @property({ type: Boolean }) chaptersOnly = false;
  @state() private tab: 'chapters' | 'chat' = 'chapters';
  @query('.lines') private readonly lines!: HTMLElement | null;
  /** Where there is more than chapters, the page is the one of admins. */
  readonly #words = new WordsUser<AdminKey>(this, () => this.#onWords());
  #entries: readonly Entry[] = [];
  #follow = true;

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('chapters') || changed.has('gaps')) this.#gather();
  }

  #gather(): void {
    const { words } = this.#words;
    const gaps: readonly Entry[] = this.gaps.map((gap) => ({
      title: gapWords(gap, words),
      startS: gap.at,
      look: 'gap',
    }));
    const chapters: readonly Entry[] = this.chapters
      .filter(({ startS, marker }) => marker || !this.gaps.some(({ at }) => Math.abs(at - startS) < 0.05))
      .map(({ title, startS, marker }) => ({ title, startS, look: marker ? 'marker' : 'chapter' }));
    this.#entries = [...chapters, ...gaps].toSorted((a, b) => a.startS - b.startS);
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('position') && !changed.has('chat')) return;
    const { lines } = this;
    const now = lines?.querySelector<HTMLElement>('.now');
    // Who reads elsewhere is left there; the page itself never moves.
    if (!lines || !now || !this.#follow) return;
    lines.scrollTop = now.offsetTop + now.offsetHeight - lines.clientHeight * 0.75;
  }

  override render(): TemplateResult {
    const { tab } = this;
    if (this.chaptersOnly) {
      return html`<section class="aside" aria-label=${this.#words.say('player.chapters')}>
        <h2>${this.#words.say('player.chapters')}</h2>
        ${this.#chapterList()}
      </section>`;
    }
    const { say } = this.#words.words;
    return html`<section class="aside" aria-label=${say('aside.label')}>
      <div class="tabs" role="tablist" aria-label=${say('aside.label')} @keydown=${this.#onTabKey}>
        ${this.#tabButton('chapters', say('player.chapters'), this.#entries.length)}
        ${this.#tabButton('chat', say('aside.chat'), this.chat.length)}
      </div>
      <div class="panel" id="panel" role="tabpanel" aria-labelledby=${`tab-${tab}`}>
        ${tab === 'chapters' ? this.#chapterList() : this.#chatList()}
      </div>
    </section>`;
  }

  #tabButton(name: 'chapters' | 'chat', word: string, count: number): TemplateResult {
    const chosen = this.tab === name;
    return html`<button
      id=${`tab-${name}`}
      type="button"
      role="tab"
      aria-selected=${chosen ? 'true' : 'false'}
      aria-controls="panel"
      tabindex=${chosen ? 0 : -1}
      @click=${() => this.#choose(name)}
    >
      ${word} ${count > 0 ? html`<span class="count">${count}</span>` : nothing}
    </button>`;
  }

  #chapterList(): TemplateResult {
    if (this.#entries.length === 0) {
      return html`<p class="none">${this.#words.say(this.known ? 'film.noChapters' : 'film.chaptersLater')}</p>`;
    }
    const now = this.#entries.findLastIndex(({ startS }) => startS <= this.position + 0.05);
    return html`<ol class="entries">
      ${this.#entries.map(
        ({ title, startS, look }, index) => html`<li>
          <button
            type="button"
            class="entry ${look}"
            aria-current=${index === now ? 'true' : nothing}
            @click=${() => this.#go(startS)}
          >
            <span class="time">${formatDuration(startS)}</span>
            <span class="title">${title}</span>
            ${look === 'marker' ? html`<span class="sign" title=${this.#words.say('marker.button')}>${icons.flag}</span>` : nothing}
            ${look === 'gap' ? html`<span class="sign">${icons.warning}</span>` : nothing}
          </button>
        </li>`,
      )}
    </ol>`;
  }

  #chatList(): TemplateResult {
    const { chat, position } = this;
    if (chat.length === 0) {
      return html`<p class="none">
        ${this.#words.say(this.known ? 'aside.noChat' : 'aside.chatLater')}
      </p>`;
    }
    const now = lastLineAt(chat, position);
    const from = Math.max(0, now - BEFORE);
    const shown = chat.slice(from, now + AFTER);
    return html`<ol class="lines" tabindex="0" aria-label=${this.#words.say('aside.chat')} @wheel=${this.#onRead} @touchmove=${this.#onRead} @keydown=${this.#onRead}>
      ${repeat(
        shown,
        (_line, index) => from + index,
        (
          { t, name, text },
          index,
        ) => html`<li class=${from + index === now ? 'now' : from + index > now ? 'later' : ''}>
          <button type="button" class="time" aria-label=${this.#words.say('aside.goTo', { time: formatDuration(t) })} @click=${() => this.#go(t)}>
            ${formatDuration(t)}
          </button>
          <p><b>${name}</b> ${text}</p>
        </li>`,
      )}
    </ol>`;
  }

  #choose(name: 'chapters' | 'chat'): void {
    this.tab = name;
    this.#follow = true;
  }

  #go(detail: number): void {
    this.#follow = true;
    this.dispatchEvent(new CustomEvent('gridcast-seek', { detail }));
  }

  #onWords(): void {
    this.#gather();
    this.requestUpdate();
  }

  readonly #onRead = (): void => {
    this.#follow = false;
  };

  readonly #onTabKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    this.#choose(this.tab === 'chat' ? 'chapters' : 'chat');
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
  };
}
