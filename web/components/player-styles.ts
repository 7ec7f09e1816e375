/** How the player is laid out: the picture, what lies over it, and the chat beside it. */
import { css } from 'lit';

/** For `<gridcast-player>` alone. Sizes follow the player's own width, from a telephone to a television. */
export const playerStyles = css`
  :host {
    display: block;
    container: player / inline-size;
    font-family: var(--gc-font);
  }
  .player {
    display: grid;
    overflow: hidden;
    border-radius: var(--gc-radius);
    background: #05080b;
    box-shadow: var(--gc-shadow);
  }
  .frame {
    min-width: 0;
  }
  media-controller {
    --media-background-color: #05080b;
    --media-primary-color: #ffffff;
    --media-font-family: var(--gc-font);
    --media-control-background: transparent;
    --media-control-hover-background: #ffffff29;
    --media-focus-box-shadow: inset 0 0 0 3px var(--gc-accent);
    --media-tooltip-background-color: #10161df2;
    --media-tooltip-display: none;
    --media-control-transition-out: opacity 400ms;
    container: stage / inline-size;
    display: block;
    width: 100%;
    aspect-ratio: 16 / 9;
    color: #ffffff;
    /* Large text is no larger than the row of buttons has room for. */
    font-size: min(clamp(0.875rem, 0.72rem + 0.42vw, 1.35rem), max(14px, 4.2cqw));
    line-height: 1.4;
  }
  media-controller:fullscreen {
    aspect-ratio: auto;
  }
  video {
    object-fit: contain;
  }
  video:focus-visible {
    outline-offset: -4px;
  }
  .backdrop {
    position: absolute;
    inset: 0;
    overflow: hidden;
    background: radial-gradient(120% 140% at 20% 0%, #17303a 0%, #0b141b 45%, #05080b 100%);
  }
  .backdrop canvas,
  .backdrop img {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .backdrop canvas {
    filter: blur(14px) brightness(0.45);
    scale: 1.08;
  }
  .backdrop img {
    filter: blur(5px) brightness(0.45);
    scale: 1.04;
  }
  .top {
    display: flex;
    align-self: stretch;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    padding: 0.8em 1em 2.6em;
    pointer-events: none !important;
  }
  /* Below the program's own clock: of the picture's width, as that is. */
  .top:has(.heading:empty) {
    padding-top: calc(0.5em + 3.4%);
  }
  .top:has(.heading:not(:empty)) {
    background: linear-gradient(#05080be6, #05080b99 45%, #05080b00);
  }
  .heading {
    overflow: hidden;
    font-size: 1.08em;
    font-weight: 650;
    text-overflow: ellipsis;
    white-space: nowrap;
    text-shadow: 0 1px 3px #000b;
  }
  .viewers {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.4em;
    padding: 0.15em 0.65em;
    border-radius: 999px;
    background: #05080be0;
    font-size: 0.92em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .rec::before {
    width: 0.6em;
    height: 0.6em;
    border-radius: 50%;
    background: #ff5a50;
    content: '';
  }
  .viewers svg {
    width: 1.25em;
    height: 1.25em;
  }
  .unmute {
    position: absolute;
    top: 1em;
    left: 50%;
    border-color: transparent;
    border-radius: 999px;
    background: #ffffff;
    color: #0b0f14;
    box-shadow: 0 4px 18px #0009;
    translate: -50%;
  }
  .unmute:hover {
    background: #e4ebf1;
  }
  .message {
    display: grid;
    justify-items: center;
    gap: 0.3em;
    max-height: 100%;
    padding: 1em;
    overflow: auto;
    text-align: center;
  }
  .message p {
    max-width: 40ch;
    text-wrap: balance;
  }
  .message .room,
  .over .room {
    color: #ffffffd9;
    font-size: 0.95em;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .message .sign {
    display: grid;
    width: 3.1em;
    height: 3.1em;
    margin: 0.35em 0;
    place-items: center;
    border-radius: 50%;
    background: #ffffff1c;
  }
  .message .sign.failed {
    background: #cf333859;
  }
  .message .sign svg {
    width: 1.7em;
    height: 1.7em;
  }
  .message .title {
    font-size: clamp(1.15em, 3.4cqw, 1.75em);
    font-weight: 700;
    line-height: 1.25;
  }
  .message .detail {
    color: #d3dce5;
  }
  .message .button {
    margin-top: 0.7em;
    border-color: #ffffff8c;
    font-size: 1em;
  }
  .message .button.primary {
    border-color: var(--gc-accent);
  }
  .still {
    display: grid;
    padding: 1.1em;
    border-radius: 50%;
    background: #05080b99;
    pointer-events: none !important;
  }
  .still.waiting,
  .still.slow {
    justify-items: center;
    gap: 0.6em;
    max-width: min(30ch, 90cqw);
    border-radius: 1em;
    background: #05080bcc;
    text-align: center;
    text-wrap: balance;
  }
  .spinner {
    width: 1.9em;
    height: 1.9em;
    border-color: #ffffff47;
    border-top-color: #ffffff;
  }
  .over {
    display: flex;
    align-self: stretch;
    align-items: center;
    gap: 0.8em;
    padding: 0.9em 1em;
  }
  .big-play {
    display: grid;
    width: clamp(3.6rem, 9cqw, 6.5rem);
    aspect-ratio: 1;
    place-items: center;
    border: 0;
    border-radius: 50%;
    background: #05080bb3;
    color: #ffffff;
    cursor: pointer;
    transition:
      scale 140ms,
      background 140ms;
  }
  .big-play:hover {
    background: #05080be6;
    scale: 1.06;
  }
  .big-play svg {
    width: 48%;
    height: 48%;
    margin-left: 6%;
  }
  .chat {
    display: none;
    min-width: 0;
    min-height: 0;
    background: var(--gc-surface);
  }
  .with-chat .chat {
    display: grid;
    height: min(24rem, 60dvh);
    border-top: 1px solid var(--gc-line);
    overflow: auto;
  }
  @container player (min-width: 56rem) {
    .with-chat {
      grid-template-columns: minmax(0, 1fr) clamp(17rem, 27%, 25rem);
    }
    .with-chat .chat {
      height: 0;
      min-height: 100%;
      border-top: 0;
      border-left: 1px solid var(--gc-line);
    }
  }
  @container stage (max-width: 26rem) {
    .message {
      padding: 0.6em;
      /* Large text is no larger than the picture has room for: what does not fit would be cut off. */
      font-size: min(0.93em, 4.6cqw);
    }
    .message .sign {
      width: 2.2em;
      height: 2.2em;
      margin: 0.1em 0;
    }
    .message .sign svg {
      width: 1.3em;
      height: 1.3em;
    }
    .message .spinner {
      width: 1.3em;
      height: 1.3em;
    }
    .top {
      padding: 0.5em 0.7em 1.4em;
    }
  }
`;
