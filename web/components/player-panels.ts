/** The player's panels: settings, chapters and the list of keys. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Chapter } from '../controllers/hls-chapters.ts';
import { SPEEDS } from '../controllers/hls-edge.ts';
import type { Quality } from '../controllers/hls-engine.ts';
import type { Words } from '../i18n/words.ts';
import { icons } from './icons.ts';
import { KEY_ROWS } from './player-keys.ts';

/** Which panel is open. */
export type PanelName = 'settings' | 'chapters' | 'keys';

/** What the panels show, and whom they tell. */
export interface PanelFacts {
  readonly words: Words;
  readonly rate: number;
  /** The best first; fewer than two are no choice. */
  readonly qualities: readonly Quality[];
  /** Index of the chosen one, -1: as the line allows. */
  readonly quality: number;
  readonly chapters: readonly Chapter[];
  readonly chapter: Chapter | undefined;
  /** A time of the video as a time of day. */
  readonly timeOfDay: (timeS: number) => string;
  readonly onRate: (rate: number) => void;
  readonly onQuality: (index: number) => void;
  readonly onChapter: (chapter: Chapter) => void;
  readonly onClose: () => void;
}

/** The open panel, if any. */
export function playerPanel(name: PanelName | undefined, facts: PanelFacts): TemplateResult | typeof nothing {
  const { words } = facts;
  switch (name) {
    case 'settings':
      return panel(facts, words.say('player.settings'), settings(facts));
    case 'chapters':
      return panel(facts, words.say('player.chapters'), chapters(facts));
    case 'keys':
      return panel(facts, words.say('player.keys'), keys(facts));
    default:
      return nothing;
  }
}

function panel({ words, onClose }: PanelFacts, title: string, body: TemplateResult): TemplateResult {
  return html`<section class="panel" slot="dialog" noautohide role="group" aria-label=${title}>
    <header>
      <h2>${title}</h2>
      <button class="control" type="button" aria-label=${words.say('player.close')} @click=${onClose}>
        ${icons.close}
      </button>
    </header>
    <div class="body" tabindex="0" role="group" aria-label=${title}>${body}</div>
  </section>`;
}

function settings({ words, rate, qualities, quality, onRate, onQuality }: PanelFacts): TemplateResult {
  const speed = (value: number): string =>
    value === 1 ? words.say('player.normal') : words.say('player.speedValue', { value });
  const pixels = (height: number): string => words.say('player.pixels', { height });
  return html`${choice(
    words.say('player.speed'),
    SPEEDS.map((value) => ({ value, label: speed(value) })),
    rate,
    onRate,
  )}
  ${
    qualities.length < 2
      ? nothing
      : choice(
          words.say('player.quality'),
          [
            { value: -1, label: words.say('player.auto') },
            ...qualities.map(({ index, height }) => ({ value: index, label: pixels(height) })),
          ],
          quality,
          onQuality,
        )
  }`;
}

function choice(
  title: string,
  options: readonly { readonly value: number; readonly label: string }[],
  chosen: number,
  onChoose: (value: number) => void,
): TemplateResult {
  return html`<fieldset>
    <legend>${title}</legend>
    <div class="chips">
      ${options.map(
        ({ value, label }) => html`<label class="chip">
          <input
            type="radio"
            name=${title}
            .checked=${value === chosen}
            @change=${() => onChoose(value)}
          /><span>${label}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

function chapters({ chapters: all, chapter, timeOfDay, onChapter }: PanelFacts): TemplateResult {
  return html`<ul class="chapters">
    ${all.map(
      (each) => html`<li>
        <button type="button" aria-current=${each === chapter ? 'true' : 'false'} @click=${() => onChapter(each)}>
          <time>${timeOfDay(each.startS)}</time><span>${each.title}</span>
        </button>
      </li>`,
    )}
  </ul>`;
}

function keys({ words }: PanelFacts): TemplateResult {
  const name = (key: string): string => (key === '{space}' ? words.say('player.space') : key);
  return html`<dl class="keys">
    ${KEY_ROWS.map(
      ([all, meaning]) => html`<div>
        <dt>${all.map((key) => html`<kbd>${name(key)}</kbd>`)}</dt>
        <dd>${words.say(meaning)}</dd>
      </div>`,
    )}
  </dl>`;
}
