/** What the bar of the live player and that of a film have alike. */
import { html, type TemplateResult } from 'lit';
import { icons } from './icons.ts';

/** The line to seek on, and what it shows of the place below the pointer. */
export interface SeekLine {
  /** A time of the video in words. */
  readonly describe: (timeS: number) => string;
  /** The time under the pointer in words; empty while there is none. */
  readonly preview: string;
  readonly onPreview: (event: Event) => void;
}

/** The line, above the buttons. */
export function seekLine({ preview, describe, onPreview }: SeekLine): TemplateResult {
  return html`<gridcast-seek-bar bounds="stage" .describe=${describe} @gridcast-preview=${onPreview}>
    <media-preview-thumbnail slot="preview"></media-preview-thumbnail>
    <media-preview-chapter-display slot="preview"></media-preview-chapter-display>
    <span slot="preview" class="preview-time">${preview}</span>
  </gridcast-seek-bar>`;
}

/** The first buttons: to play, and how loud. */
export function playAndSound(): TemplateResult {
  return html`<media-play-button tooltipplacement="top">
      <span slot="play">${icons.play}</span><span slot="pause">${icons.pause}</span>
    </media-play-button>
    <span class="sound">
      <media-mute-button>
        <span slot="off">${icons.volumeOff}</span><span slot="low">${icons.volumeLow}</span>
        <span slot="medium">${icons.volumeLow}</span><span slot="high">${icons.volume}</span>
      </media-mute-button>
      <media-volume-range></media-volume-range>
    </span>`;
}

/** The last buttons: a window of its own, and the whole screen. */
export function windowButtons(): TemplateResult {
  return html`<media-pip-button>
      <span slot="enter">${icons.pip}</span><span slot="exit">${icons.pip}</span>
    </media-pip-button>
    <media-fullscreen-button>
      <span slot="enter">${icons.fullscreen}</span><span slot="exit">${icons.fullscreenLeave}</span>
    </media-fullscreen-button>`;
}
