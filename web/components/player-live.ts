/** Where the viewer is: live, with the measured latency, or behind, with the way back. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../i18n/words.ts';
import { formatDuration, formatTenths } from '../util/format.ts';

/** What the badge shows. */
export interface LiveFacts {
  readonly words: Words;
  /** Live or nearly so, and playing. */
  readonly atLive: boolean;
  /** From the capture of the picture until it is shown; undefined when not known. */
  readonly latencyS: number | undefined;
  /** From the picture shown to live. */
  readonly distanceS: number;
  readonly onGoLive: () => void;
}

/** A button in either case: who is live already loses nothing by it. */
export function liveBadge({ words, atLive, latencyS, distanceS, onGoLive }: LiveFacts): TemplateResult {
  const much =
    latencyS === undefined ? '' : words.say('player.latency', { seconds: formatTenths(latencyS, words.locale) });
  const [word, number, meaning] = atLive
    ? [words.say('player.live'), much, much === '' ? '' : words.say('player.afterwards')]
    : [words.say('player.goLive'), `−${formatDuration(distanceS)}`, ''];
  return html`<button class="live ${atLive ? 'on' : ''}" type="button" @click=${onGoLive}>
    <span class="dot"></span><span class="word">${word}</span>
    ${number === '' ? nothing : html`<span class="much">${number}</span>`}
    ${meaning === '' ? nothing : html`<span class="visually-hidden">${meaning}</span>`}
  </button>`;
}
