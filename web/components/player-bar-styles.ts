/** How the player's controls look. */
import { css } from 'lit';

/** For `<gridcast-player>` alone. */
export const playerBarStyles = css`
  .bar {
    --size: clamp(40px, 2.9em, 64px);
    display: grid;
    align-self: stretch;
    padding: 2.6em 0.75em 0.35em;
    background: linear-gradient(#05080b00, #05080bbf 45%, #05080be6);
  }
  /* Signs and words take the system’s colours there, and have its ground. */
  @media (forced-colors: active) {
    .bar {
      padding-top: 0.35em;
      background: Canvas;
    }
  }
  .row {
    display: flex;
    align-items: center;
    gap: 0.1em;
    min-width: 0;
  }
  .gap {
    flex: 1;
  }
  .row media-play-button,
  .row media-mute-button,
  .row media-pip-button,
  .row media-fullscreen-button,
  .row media-captions-button,
  .control {
    display: grid;
    flex: none;
    width: var(--size, 44px);
    height: var(--size, 44px);
    padding: 0;
    place-items: center;
    border: 0;
    border-radius: 50%;
    background: transparent;
    color: #ffffff;
    font-size: inherit;
    cursor: pointer;
    transition: background 120ms;
  }
  .control:hover {
    background: #ffffff29;
  }
  .row svg,
  .control svg {
    display: block;
    width: 1.6em;
    height: 1.6em;
  }
  .row [mediapipunavailable],
  .row [mediafullscreenunavailable],
  .row media-captions-button:not([mediasubtitleslist]) {
    display: none;
  }
  .sound {
    display: flex;
    align-items: center;
  }
  media-volume-range {
    --media-range-bar-color: #ffffff;
    --media-range-track-background: #ffffff59;
    --media-range-track-border-radius: 4px;
    --media-range-padding: 0;
    width: 5.2em;
    height: var(--size);
    margin-right: 0.5em;
    padding: 0 0.4em;
    background: transparent;
  }
  gridcast-seek-bar {
    --media-range-bar-color: var(--gc-accent);
    --media-range-track-background: #ffffff4d;
    --media-time-range-buffered-color: #ffffff59;
    --media-range-track-height: 4px;
    --media-range-track-border-radius: 4px;
    --media-range-thumb-background: var(--gc-accent);
    --media-range-thumb-height: 14px;
    --media-range-thumb-width: 14px;
    --media-range-padding: 0;
    --media-preview-border-radius: 8px;
    --media-preview-thumbnail-max-width: 240px;
    --media-preview-thumbnail-max-height: 135px;
    --media-preview-thumbnail-border-radius: 8px;
    --media-preview-thumbnail-border: 2px solid #ffffff;
    --media-preview-thumbnail-box-shadow: 0 6px 20px #000b;
    --media-preview-chapter-background: #05080be6;
    --media-preview-chapter-border-radius: 6px;
    --media-preview-chapter-margin: 6px 0 0;
    --media-preview-chapter-padding: 0.15em 0.6em;
    --media-font-size: 0.92em;
    --media-box-arrow-display: none;
    --media-preview-transition-duration-in: 120ms;
    --media-preview-transition-delay-in: 0s;
    width: auto;
    height: 24px;
    margin: 0 0.3em;
    background: transparent;
  }
  gridcast-seek-bar:hover,
  gridcast-seek-bar[dragging] {
    --media-range-track-height: 7px;
    --media-range-track-border-radius: 7px;
  }
  .preview-time {
    margin-top: 6px;
    padding: 0.15em 0.6em;
    border-radius: 6px;
    background: #05080be6;
    font-size: 0.92em;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    line-height: 1.4;
    white-space: nowrap;
  }
  .preview-time:empty {
    display: none;
  }
  .live {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.5em;
    min-height: 2.1em;
    margin-left: 0.2em;
    padding: 0 0.75em;
    border: 1px solid #ffffff66;
    border-radius: 999px;
    background: #05080b8c;
    color: #ffffff;
    font: inherit;
    font-size: 0.9em;
    font-weight: 650;
    line-height: 1;
    cursor: pointer;
    white-space: nowrap;
  }
  /* A finger meets it above and below its edge, too. */
  @media (pointer: coarse) {
    .live {
      position: relative;
    }
    .live::after {
      position: absolute;
      inset: -10px 0;
      content: '';
    }
  }
  .live:hover {
    border-color: #ffffff;
  }
  .live .dot {
    width: 0.55em;
    height: 0.55em;
    border-radius: 50%;
    background: #aab4bf;
  }
  .live.on {
    border-color: transparent;
    background: var(--gc-danger-fill);
  }
  .live.on .word {
    letter-spacing: 0.05em;
    text-transform: uppercase;
  }
  .live.on .dot {
    background: #ffffff;
    animation: pulse 2s ease-in-out infinite;
  }
  .live .much {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }
  .clock {
    flex: none;
    margin-left: 0.75em;
    font-size: 0.95em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .chapter {
    min-width: 0;
    margin-left: 0.75em;
    overflow: hidden;
    color: #d3dce5;
    font-size: 0.95em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chapter::before {
    margin-right: 0.75em;
    content: '·';
  }
  @media (pointer: coarse) {
    .bar {
      --size: max(44px, 2.9em);
    }
    .control.keys {
      display: none;
    }
  }
  @container stage (max-width: 44rem) {
    .chapter,
    .control.keys {
      display: none;
    }
  }
  @container stage (max-width: 36rem) {
    media-volume-range,
    .row media-pip-button {
      display: none;
    }
  }
  @container stage (max-width: 30rem) {
    .bar {
      padding: 1.4em 0.35em 0.1em;
    }
    .clock {
      display: none;
    }
  }
  @container stage (max-width: 22rem) {
    .live:not(.on) .much {
      display: none;
    }
  }
  /* As narrow as telephones get: what counts is that every button is in the picture. */
  @container stage (max-width: 320px) {
    .bar {
      --size: 12.5cqw;
    }
    .live .much {
      display: none;
    }
  }
`;
