/** How the player is laid out. */
import { css } from 'lit';

/** For `<gridcast-player>` alone. */
export const playerStyles = css`
  :host {
    display: block;
    overflow: hidden;
    border-radius: var(--gc-radius);
    background: #05080b;
    box-shadow: var(--gc-shadow);
  }
  :host(:fullscreen) {
    border-radius: 0;
  }
  .player {
    position: relative;
    display: grid;
    aspect-ratio: 16 / 9;
    width: 100%;
    max-height: 100%;
  }
  :host(:fullscreen) .player {
    height: 100%;
    aspect-ratio: auto;
  }
  video {
    width: 100%;
    height: 100%;
    min-height: 0;
    object-fit: contain;
  }
  video:focus-visible {
    outline-offset: -4px;
  }
  .overlay {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.45rem;
    padding: 1rem;
    background: #0b0f14e6;
    text-align: center;
  }
  .overlay p {
    max-width: 36ch;
  }
  .overlay .heading {
    font-size: 1.25rem;
    font-weight: 650;
  }
  .overlay .button {
    margin-top: 0.5rem;
  }
  .unmute {
    position: absolute;
    top: 1rem;
    left: 50%;
    translate: -50%;
  }
  .controls {
    position: absolute;
    right: 0;
    bottom: 0;
    left: 0;
    display: flex;
    align-items: center;
    gap: 0.4rem;
    padding: 1.6rem 0.7rem 0.6rem;
    background: linear-gradient(transparent, #000d 60%);
  }
  .control {
    display: grid;
    width: 44px;
    height: 44px;
    place-items: center;
    border: 0;
    border-radius: 50%;
    background: transparent;
    color: #ffffff;
    cursor: pointer;
  }
  .control:hover {
    background: #ffffff2e;
  }
  .volume {
    width: 5.5rem;
    accent-color: var(--gc-accent);
  }
  .live {
    min-height: 32px;
    margin-left: 0.4rem;
    padding: 0 0.7rem;
    border: 1px solid #ffffff80;
    border-radius: 6px;
    background: #000a;
    color: #ffffff;
    font: inherit;
    font-size: 0.85rem;
    font-weight: 700;
    cursor: pointer;
  }
  .live.on {
    border-color: var(--gc-danger-fill);
    background: var(--gc-danger-fill);
  }
  .latency {
    color: #ffffff;
    font-size: 0.88rem;
    font-variant-numeric: tabular-nums;
  }
  .gap {
    flex: 1;
  }
  @media (max-width: 35.99rem) {
    .volume {
      display: none;
    }
    .player {
      aspect-ratio: 4 / 3;
    }
  }
`;
