/** What the player says over its picture while there is nothing to watch. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PlayerState } from '../controllers/player-state.ts';
import type { Standstill } from '../controllers/stall-watch.ts';
import type { Words } from '../i18n/words.ts';
import type { Problem } from '../util/problem.ts';
import { icons } from './icons.ts';

/** What a card is about. */
export interface CardFacts {
  readonly state: PlayerState;
  readonly words: Words;
  /** The room's title; empty while not known. */
  readonly heading: string;
  readonly problem: Problem | undefined;
  /** Address of the recording, when it is for everybody. */
  readonly recording: string;
  /** Why the picture stands still, if it does. */
  readonly standstill: Standstill | undefined;
  readonly onPlay: () => void;
  readonly onRetry: () => void;
}

/** Nothing while it plays well. */
export function playerCard(facts: CardFacts): TemplateResult | typeof nothing {
  const { state, words, standstill, onPlay } = facts;
  const wait = html`<span class="spinner"></span>`;
  switch (state) {
    case 'live':
    case 'behind':
      return standstill === undefined ? nothing : still(standstill, words);
    case 'paused':
      return bigPlay(words.say('player.resume'), onPlay);
    case 'ready':
      return html`${bigPlay(words.say('player.readyPlay'), onPlay)}${heading(facts, words.say('player.ready'))}`;
    case 'checking':
      return card(facts, wait, words.say('player.checking'), words.say('player.checkingDetail'));
    case 'not-started':
      return card(facts, wait, words.say('player.notStarted'), words.say('player.notStartedDetail'));
    case 'starting':
      return card(facts, wait, words.say('player.starting'), words.say('player.startingDetail'));
    case 'reconnecting':
      return card(facts, wait, words.say('player.reconnecting'), words.say('player.reconnectingDetail'));
    case 'ended':
      return card(facts, icons.check, words.say('player.ended'), words.say('player.endedDetail'), recording(facts));
    case 'missing':
      return card(facts, icons.warning, words.say('player.missing'), words.say('player.missingDetail'));
    case 'failed':
      return failed(facts);
  }
}

function still(why: Standstill, words: Words): TemplateResult {
  const said = words.say(why === 'slow' ? 'player.slowLine' : 'player.waitingForMore');
  return html`<div class="still ${why}" slot="centered-chrome" noautohide role="status">
    <span class="spinner"></span><span class=${why === 'short' ? 'visually-hidden' : ''}>${said}</span>
  </div>`;
}

function card(
  { heading, state }: CardFacts,
  sign: TemplateResult,
  title: string,
  detail: string,
  action: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  return html`<div class="message" slot="centered-chrome" noautohide role=${state === 'failed' ? 'alert' : 'status'}>
    ${heading === '' ? nothing : html`<p class="room">${heading}</p>`}
    <div class="sign ${state}">${sign}</div>
    <p class="title">${title}</p>
    <p class="detail">${detail}</p>
    ${action}
  </div>`;
}

function heading({ heading: text }: CardFacts, note: string): TemplateResult {
  return html`<div class="over" slot="top-chrome" noautohide>
    <p class="room">${text}</p>
    <p class="badge live">${note}</p>
  </div>`;
}

function failed(facts: CardFacts): TemplateResult {
  const { problem, words, onRetry } = facts;
  const shown = problem && words.problem(problem);
  const action = shown?.retry
    ? html`<button class="button" type="button" @click=${onRetry}>
        ${icons.retry} ${shown.action ?? words.say('player.retry')}
      </button>`
    : nothing;
  return card(facts, icons.warning, shown?.title ?? '', shown?.detail ?? '', action);
}

function recording({ recording: url, words }: CardFacts): TemplateResult | typeof nothing {
  if (url === '') return nothing;
  return html`<a class="button primary" href=${url}>${icons.film} ${words.say('player.recording')}</a>`;
}

function bigPlay(label: string, onPlay: () => void): TemplateResult {
  return html`<button
    class="big-play"
    slot="centered-chrome"
    noautohide
    type="button"
    aria-label=${label}
    @click=${onPlay}
  >
    ${icons.play}
  </button>`;
}
