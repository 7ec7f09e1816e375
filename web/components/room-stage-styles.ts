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
      'banner' auto
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
  .banner {
    display: flex;
    grid-area: banner;
    align-items: center;
    gap: 0.7rem;
    margin: 0 0.5rem 0.5rem;
    padding: 0.4rem 0.5rem 0.4rem 0.9rem;
    border-radius: var(--gc-radius-small);
    background: var(--gc-raised);
    font-size: 0.92rem;
    line-height: 1.3;
  }
  .banner svg,
  .banner .button {
    flex: none;
  }
  .banner span {
    flex: 1;
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
  gridcast-room-controls {
    grid-area: controls;
  }
  .panel {
    position: fixed;
    z-index: 2;
    inset: auto 0 0;
    max-height: 70dvh;
    border-radius: var(--gc-radius) var(--gc-radius) 0 0;
    box-shadow: 0 -8px 40px #000a;
  }
  gridcast-room-layout-panel.panel {
    max-height: 92dvh;
  }
  @media (min-width: 48rem) {
    .panel {
      left: auto;
      width: 24rem;
    }
  }
  @media (min-width: 64rem) {
    .stage.with-panel {
      grid-template:
        'head head' auto
        'banner panel' auto
        'picture panel' minmax(0, 1fr)
        'controls controls' auto / minmax(0, 1fr) 20rem;
    }
    .stage.with-layout {
      grid-template-columns: minmax(0, 1fr) 25rem;
    }
    .panel,
    gridcast-room-layout-panel.panel {
      position: static;
      grid-area: panel;
      width: auto;
      min-height: 0;
      max-height: none;
      margin-right: 0.8rem;
      border-radius: var(--gc-radius);
      box-shadow: none;
    }
  }
`;
