/** The player's controls: the seek bar, and the row of buttons below it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../i18n/words.ts';
import { icons } from './icons.ts';
import { liveBadge, type LiveFacts } from './player-live.ts';
import type { PanelName } from './player-panels.ts';

/** What the row of controls shows, and whom it tells. */
export interface BarFacts extends LiveFacts {
  readonly words: Words;
  /** Time of day of the picture; empty while not known. */
  readonly clock: string;
  /** The chapter that is shown; empty when there is none. */
  readonly chapter: string;
  readonly hasChapters: boolean;
  readonly viewers: number | undefined;
  readonly open: PanelName | undefined;
  /** A time of the video in words. */
  readonly describe: (timeS: number) => string;
  /** Time of day under the pointer on the seek bar; empty while there is none. */
  readonly preview: string;
  readonly onPreview: (event: Event) => void;
  readonly onPanel: (name: PanelName) => void;
}

/** To stand in the controller's lower part. */
export function playerBar(facts: BarFacts): TemplateResult {
  const { words, clock, chapter, hasChapters, preview, describe, onPreview } = facts;
  return html`<div class="bar" role="group" aria-label=${words.say('player.controls')}>
    <gridcast-seek-bar bounds="stage" .describe=${describe} @gridcast-preview=${onPreview}>
      <media-preview-thumbnail slot="preview"></media-preview-thumbnail>
      <media-preview-chapter-display slot="preview"></media-preview-chapter-display>
      <span slot="preview" class="preview-time">${preview}</span>
    </gridcast-seek-bar>
    <div class="row">
      <media-play-button tooltipplacement="top">
        <span slot="play">${icons.play}</span><span slot="pause">${icons.pause}</span>
      </media-play-button>
      <span class="sound">
        <media-mute-button>
          <span slot="off">${icons.volumeOff}</span><span slot="low">${icons.volumeLow}</span>
          <span slot="medium">${icons.volumeLow}</span><span slot="high">${icons.volume}</span>
        </media-mute-button>
        <media-volume-range></media-volume-range>
      </span>
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
      <media-pip-button>
        <span slot="enter">${icons.pip}</span><span slot="exit">${icons.pip}</span>
      </media-pip-button>
      <media-fullscreen-button>
        <span slot="enter">${icons.fullscreen}</span><span slot="exit">${icons.fullscreenLeave}</span>
      </media-fullscreen-button>
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
    <p class="heading">${heading}</p>
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
