/** The player's controls: the seek bar, and the row of buttons below it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../i18n/words.ts';
import { icons } from './icons.ts';
import { playAndSound, type SeekLine, seekLine, windowButtons } from './player-controls.ts';
import { liveBadge, type LiveFacts } from './player-live.ts';
import type { PanelName } from './player-panels.ts';

/** What the row of controls shows, and whom it tells. */
export interface BarFacts extends LiveFacts, SeekLine {
  readonly words: Words;
  /** Time of day of the picture; empty while not known. */
  readonly clock: string;
  /** The chapter that is shown; empty when there is none. */
  readonly chapter: string;
  readonly hasChapters: boolean;
  readonly viewers: number | undefined;
  readonly open: PanelName | undefined;
  readonly onPanel: (name: PanelName) => void;
}

/** To stand in the controller's lower part. */
export function playerBar(facts: BarFacts): TemplateResult {
  const { words, clock, chapter, hasChapters } = facts;
  return html`<div class="bar" role="group" aria-label=${words.say('player.controls')}>
    ${seekLine(facts)}
    <div class="row">
      ${playAndSound()}
      ${liveBadge(facts)}
      ${clock === '' ? nothing : html`<span class="clock" title=${words.say('player.timeOfDay')}>${clock}</span>`}
      ${chapter === '' ? nothing : html`<span class="chapter">${chapter}</span>`}
      <span class="gap"></span>
      ${hasChapters ? panelButton(facts, 'chapters', words.say('player.chapters'), icons.chapters) : nothing}
      <media-captions-button>
        <span slot="on">${icons.captionsOn}</span><span slot="off">${icons.captions}</span>
      </media-captions-button>
      ${panelButton(facts, 'keys', words.say('player.keys'), icons.help)}
      ${panelButton(facts, 'settings', words.say('player.settings'), icons.settings)}
      ${windowButtons()}
    </div>
  </div>`;
}

/** Title, audience, and whether it is recorded, to stand in the controller's upper part. */
export function playerTop(
  words: Words,
  heading: string,
  viewers: number | undefined,
  isRecorded: boolean,
): TemplateResult {
  return html`<div class="top" slot="top-chrome">
    <p class="heading" dir="auto">${heading}</p>
    ${
      isRecorded
        ? html`<p class="viewers rec" title=${words.say('room.recordingTitle')}>${words.say('room.recordingMark')}</p>`
        : nothing
    }
    ${
      viewers === undefined || viewers === 0
        ? nothing
        : html`<p class="viewers" title=${words.say('player.viewers', { count: viewers })}>
            ${icons.eye}<span aria-hidden="true">${viewers}</span
            ><span class="visually-hidden">${words.say('player.viewers', { count: viewers })}</span>
          </p>`
    }
  </div>`;
}

function panelButton(
  { open, onPanel }: BarFacts,
  name: PanelName,
  label: string,
  icon: TemplateResult,
): TemplateResult {
  return html`<button
    class="control ${name}"
    type="button"
    aria-label=${label}
    aria-expanded=${open === name}
    title=${label}
    @click=${() => onPanel(name)}
  >
    ${icon}
  </button>`;
}
