/** How the room is laid out during a stay. */
import { css } from 'lit';

/** For `<gridcast-room-stage>` alone. */
export const stageStyles = css`
  :host {
    display: block;
    height: 100dvh;
    background: var(--gc-bg);
  }
  .stage {
    display: grid;
    grid-template:
      'head' auto
      'picture' minmax(0, 1fr)
      'controls' auto / minmax(0, 1fr);
    height: 100%;
  }
  header {
    display: flex;
    grid-area: head;
    align-items: center;
    gap: 0.7rem;
    min-height: 52px;
    padding: 0.4rem 1rem;
  }
  h1 {
    overflow: hidden;
    font-size: 1.05rem;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .connection {
    margin-left: auto;
  }
  .picture {
    position: relative;
    display: grid;
    grid-area: picture;
    place-items: center;
    min-height: 0;
    padding: 0 0.5rem;
  }
  canvas {
    width: 100%;
    height: 100%;
    min-height: 0;
    object-fit: contain;
  }
  .overlay {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 0.5rem;
    padding: 1rem;
    background: #0b0f14d9;
    text-align: center;
  }
  .overlay .heading {
    margin-top: 0.5rem;
    font-size: 1.2rem;
    font-weight: 650;
  }
  .problem {
    position: absolute;
    right: 1rem;
    bottom: 1rem;
    left: 1rem;
    max-width: 34rem;
    margin: 0 auto;
  }
  .controls {
    display: flex;
    grid-area: controls;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    padding: 0.7rem 0.8rem max(0.7rem, env(safe-area-inset-bottom));
  }
  .control {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-width: 48px;
    min-height: 48px;
    padding: 0 0.8rem;
    border: 0;
    border-radius: 24px;
    background: var(--gc-raised);
    color: var(--gc-text);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .control:hover:enabled {
    background: var(--gc-line);
  }
  .control:disabled {
    cursor: wait;
    opacity: 0.6;
  }
  .control.off,
  .control.leave,
  .control.active {
    background: var(--gc-danger-fill);
    color: #ffffff;
  }
  .control.off:hover,
  .control.leave:hover,
  .control.active:hover:enabled {
    background: var(--gc-danger-hover);
  }
  .volume {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    padding: 0 0.6rem;
  }
  .volume input {
    width: 7rem;
    accent-color: var(--gc-accent);
  }
  gridcast-room-panel {
    position: fixed;
    z-index: 2;
    inset: auto 0 0;
    max-height: 70dvh;
    border-radius: var(--gc-radius) var(--gc-radius) 0 0;
    box-shadow: 0 -8px 40px #000a;
  }
  @media (max-width: 47.99rem) {
    .wide {
      display: none;
    }
    /* Still there for assistive technology. */
    .word {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  }
  @media (min-width: 48rem) {
    .gap {
      flex: 1;
    }
  }
  @media (min-width: 64rem) {
    .stage.with-panel {
      grid-template:
        'head head' auto
        'picture panel' minmax(0, 1fr)
        'controls controls' auto / minmax(0, 1fr) 20rem;
    }
    gridcast-room-panel {
      position: static;
      grid-area: panel;
      max-height: none;
      margin-right: 0.8rem;
      border-radius: var(--gc-radius);
      box-shadow: none;
    }
  }
`;
