/** How the page before joining is laid out. */
import { css } from 'lit';

/** For `<gridcast-room-prejoin>` alone. */
export const prejoinStyles = css`
  :host {
    display: block;
    min-height: 100dvh;
    background: var(--gc-bg);
  }
  .page {
    display: grid;
    gap: clamp(1rem, 4vh, 3rem);
    max-width: 68rem;
    margin: 0 auto;
    padding: 1rem clamp(1rem, 4vw, 2rem) 2rem;
  }
  .home {
    display: inline-flex;
    align-items: center;
    gap: 0.6rem;
    justify-self: start;
    border-radius: 6px;
    color: inherit;
    font-weight: 700;
    text-decoration: none;
  }
  .columns {
    display: grid;
    gap: 1.5rem;
    align-items: center;
    align-self: center;
  }
  .preview {
    position: relative;
    aspect-ratio: 16 / 9;
    overflow: hidden;
    border-radius: var(--gc-radius);
    background: #05080b;
    box-shadow: var(--gc-shadow);
  }
  video {
    width: 100%;
    height: 100%;
    object-fit: cover;
    /* People know themselves from mirrors. */
    transform: scaleX(-1);
  }
  video.dark {
    visibility: hidden;
  }
  .off:is(p) {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    color: #d8e1ea;
  }
  .bar {
    position: absolute;
    right: 0.9rem;
    bottom: 0.9rem;
    left: 0.9rem;
    display: flex;
    align-items: center;
    gap: 0.6rem;
  }
  .bar gridcast-level-meter {
    --gc-line: #56636f;
    --gc-accent: #40d9b2;
    --gc-warning: #f6bf5b;
    margin-left: auto;
    padding: 0.5rem 0.6rem;
    border-radius: 8px;
    background: #000a;
  }
  .round {
    display: grid;
    width: 48px;
    height: 48px;
    place-items: center;
    border: 0;
    border-radius: 50%;
    background: #000c;
    color: #ffffff;
    cursor: pointer;
  }
  .round:hover {
    background: #2e3a47;
  }
  .round.off {
    background: var(--gc-danger-fill);
  }
  form {
    display: grid;
    gap: 1.1rem;
  }
  h1 {
    font-size: 1.5rem;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  @media (min-width: 52rem) {
    .page {
      grid-template-rows: auto 1fr auto;
      min-height: 100dvh;
    }
    .page::after {
      /* As high as the name above, so that the middle is the middle. */
      height: 2.5rem;
      content: '';
    }
    .columns {
      grid-template-columns: 1.5fr 1fr;
    }
  }
`;
