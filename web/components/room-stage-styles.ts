/** How the room is laid out during a stay. */
import { css } from 'lit';

/** For `<gridcast-room-stage>` alone. */
export const stageStyles = css`
  :host {
    display: block;
    height: var(--gridcast-height, 100dvh);
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
  gridcast-room-header {
    grid-area: head;
    min-width: 0;
  }
  .picture {
    position: relative;
    display: grid;
    grid-area: picture;
    place-items: center;
    min-height: 0;
    margin: 0 0.6rem;
    overflow: hidden;
    border-radius: var(--gc-radius);
    background: #101217;
  }
  canvas {
    width: 100%;
    height: 100%;
    min-height: 0;
    object-fit: contain;
  }
  .banners {
    grid-area: banner;
    min-width: 0;
  }
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.7rem;
    margin: 0 0.6rem 0.5rem;
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
    flex: 1 1 9rem;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .banner a {
    color: var(--gc-accent);
    font-weight: 600;
  }
  /* What lies on the picture: figures above, news and cards below. */
  .above {
    position: absolute;
    inset: 0.8rem;
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    align-items: start;
    justify-items: end;
    pointer-events: none;
  }
  .above > * {
    width: min(22rem, 100%);
    max-height: 100%;
    overflow-y: auto;
    pointer-events: auto;
  }
  .below {
    position: absolute;
    right: 0.8rem;
    bottom: 0.8rem;
    left: 0.8rem;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: center;
    gap: 0.6rem;
    pointer-events: none;
  }
  .below > * {
    max-width: 100%;
    pointer-events: auto;
  }
  /* Long words, or large ones, leave the picture in sight: they scroll. */
  .problem {
    --notice-actions: sticky;
    width: min(34rem, 100%);
    max-height: 55dvh;
    border-radius: var(--gc-radius-small);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .sound {
    min-height: 56px;
    padding-inline: 1.6rem;
    box-shadow: 0 8px 30px #000a;
    font-size: 1.05rem;
  }
  .sound p {
    font-size: 0.82rem;
    font-weight: 400;
  }
  .alone {
    display: flex;
    flex-wrap: wrap;
    gap: 0.8rem 1.4rem;
    align-items: center;
    justify-content: space-between;
    width: min(32rem, 100%);
    padding: 0.9rem 1rem 0.9rem 1.2rem;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
    box-shadow: var(--gc-shadow);
  }
  .alone div {
    flex: 1 1 14rem;
  }
  .alone .heading {
    font-weight: 650;
  }
  .alone .muted {
    font-size: 0.9rem;
    line-height: 1.35;
  }
  .own {
    display: flex;
    gap: 0.4rem;
    justify-self: start;
  }
  .own span {
    display: inline-flex;
    gap: 0.4rem;
    align-items: center;
    padding: 0.25rem 0.7rem 0.25rem 0.5rem;
    border-radius: 999px;
    background: #0b0f14e6;
    color: #ffffff;
    font-size: 0.85rem;
    font-weight: 600;
  }
  .own .talking {
    background: #0a7560;
  }
  .own svg {
    width: 18px;
    height: 18px;
  }
  gridcast-room-controls {
    grid-area: controls;
    min-width: 0;
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
    --preview-height: 26dvh;
    max-height: 92dvh;
  }
  gridcast-chat.panel {
    height: min(34rem, 80dvh);
  }
  @media (min-width: 48rem) {
    .panel {
      left: auto;
      width: 24rem;
    }
  }
  /* A phone held sideways and a small window are wider than they are high: there a panel stands beside the picture, too. */
  @media (min-width: 64rem), (min-width: 40rem) and (orientation: landscape) {
    .stage.with-panel {
      grid-template:
        'head head' auto
        'banner panel' auto
        'picture panel' minmax(0, 1fr)
        'controls controls' auto / minmax(0, 1fr) min(20rem, 45%);
    }
    .stage.with-layout {
      grid-template-columns: minmax(0, 1fr) min(25rem, 50%);
    }
    .panel,
    gridcast-chat.panel,
    gridcast-room-layout-panel.panel {
      /* What is there for assistive technology alone scrolls with the rest, or the page would be longer than its window. */
      position: relative;
      z-index: auto;
      grid-area: panel;
      width: auto;
      height: auto;
      min-height: 0;
      max-height: none;
      margin-right: 0.6rem;
      border: 1px solid var(--gc-line);
      border-radius: var(--gc-radius);
      box-shadow: none;
    }
  }
  /* A phone or tablet held upright has room below the picture: people and chat stand there, not over it or over the buttons. */
  @media (max-width: 63.99rem) and (orientation: portrait) and (min-height: 36rem) {
    .stage.with-people,
    .stage.with-chat {
      grid-template:
        'head' auto
        'banner' auto
        'picture' auto
        'panel' minmax(0, 1fr)
        'controls' auto / minmax(0, 1fr);
    }
    .with-people .picture,
    .with-chat .picture {
      aspect-ratio: 16 / 9;
      min-height: 0;
    }
    .with-people .panel,
    .with-chat .panel {
      position: relative;
      z-index: auto;
      width: auto;
      height: auto;
      grid-area: panel;
      min-height: 0;
      max-height: none;
      border-radius: 0;
      box-shadow: none;
    }
  }
  /* On a tablet the layout, too: what is arranged is seen above it. */
  @media (min-width: 48rem) and (max-width: 63.99rem) and (orientation: portrait) and (min-height: 36rem) {
    .stage.with-layout {
      grid-template:
        'head' auto
        'banner' auto
        'picture' minmax(0, 2fr)
        'panel' minmax(0, 3fr)
        'controls' auto / minmax(0, 1fr);
    }
    .with-layout gridcast-room-layout-panel.panel {
      --preview-height: 16dvh;
      position: relative;
      z-index: auto;
      width: auto;
      grid-area: panel;
      min-height: 0;
      max-height: none;
      margin-top: 0.6rem;
      border-radius: 0;
      box-shadow: none;
    }
  }
  /* Where the picture is small, one sentence beside the button says enough. */
  @media (max-width: 47.99rem), (max-height: 30rem) {
    .alone {
      padding: 0.5rem 0.5rem 0.5rem 0.9rem;
    }
    .alone div {
      flex: 1;
      line-height: 1.3;
    }
    .alone .muted {
      display: none;
    }
  }
  @media (max-width: 47.99rem) {
    .picture {
      margin: 0;
      border-radius: 0;
    }
  }
  @media (max-width: 39.99rem), (max-width: 47.99rem) and (orientation: portrait) {
    .above {
      align-items: end;
    }
    .above > * {
      width: 100%;
    }
    .problem {
      max-height: 38dvh;
    }
    /* Higher than the picture over a panel: they lie on both. What somebody writes or presses below stays in reach. */
    .with-panel .above > *,
    .with-panel .problem {
      position: fixed;
      z-index: 3;
      inset: 3.6rem 0.6rem auto;
      width: auto;
    }
    .with-panel .above > * {
      max-height: 55dvh;
    }
    /* The layout takes nearly all of the window: its tabs, and what closes it, stay in reach as well. */
    .with-layout .above > *,
    .with-layout .problem {
      top: calc(8dvh + 4rem);
    }
  }
`;
