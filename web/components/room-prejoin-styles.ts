/** How the page before joining is laid out. */
import { css } from 'lit';

/** For `<gridcast-room-prejoin>` alone. */
export const prejoinStyles = css`
  :host {
    display: block;
    min-height: var(--gridcast-height, 100dvh);
    background: var(--gc-bg);
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: clamp(1rem, 3vh, 2rem);
    max-width: 80rem;
    margin: 0 auto;
    padding: 1rem clamp(0.8rem, 4vw, 2rem) 2rem;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.6rem;
    min-height: 44px;
  }
  .home {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.6rem;
    margin-right: auto;
    min-height: 44px;
    border-radius: 6px;
    color: inherit;
    font-weight: 700;
    text-decoration: none;
  }
  .columns,
  .left {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    align-content: start;
  }
  .columns {
    gap: 1.5rem;
  }
  .held {
    visibility: hidden;
  }
  .problems {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
    gap: 1rem;
  }
  .problems:not(:has(gridcast-notice)) {
    display: none;
  }
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.2rem;
  }
  h1 {
    font-size: clamp(1.3rem, 3vw, 1.6rem);
    letter-spacing: -0.01em;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  /* However long it is, one sees what to fill in. */
  @media (max-height: 63.99rem) {
    h1 {
      display: -webkit-box;
      overflow: hidden;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: var(--lines, 3);
    }
  }
  h1:focus-visible {
    outline: none;
  }
  .go {
    display: grid;
    gap: 0.6rem;
  }
  .go .button {
    min-height: 52px;
    font-size: 1.05rem;
  }
  .go .spinner {
    width: 1.1rem;
    height: 1.1rem;
    border-width: 2px;
    border-color: currentColor;
    border-top-color: transparent;
  }
  .recorded {
    display: flex;
    gap: 0.6rem;
    align-items: center;
    margin-top: 0.6rem;
    font-size: 0.95rem;
    line-height: 1.35;
  }
  .recorded .badge {
    flex: none;
  }
  .go .muted {
    font-size: 0.9rem;
    text-align: center;
  }
  .elsewhere {
    display: flex;
    gap: 0.5rem;
    align-items: start;
    font-size: 0.9rem;
    font-weight: 600;
    line-height: 1.35;
  }
  .elsewhere svg {
    flex: none;
  }
  /* Always in reach of a thumb, however long the choice of devices is, and in the window of a small laptop. */
  @media (max-width: 55.99rem), (max-height: 63.99rem) {
    .go {
      position: sticky;
      bottom: 0;
      margin: 0 calc(-1 * clamp(1.1rem, 3vw, 1.6rem)) calc(-1 * clamp(1.1rem, 3vw, 1.6rem));
      padding: 0.8rem clamp(1.1rem, 3vw, 1.6rem) max(0.8rem, env(safe-area-inset-bottom));
      border-top: 1px solid var(--gc-line);
      border-radius: 0 0 var(--gc-radius) var(--gc-radius);
      background: var(--gc-surface);
    }
  }
  /* A phone held sideways would show the camera alone: there, too, one joins beside it. */
  @media (min-width: 40rem) and (orientation: landscape) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }
  @media (orientation: landscape) and (max-height: 30rem) {
    .page {
      --lines: 2;
      gap: 0.4rem;
      padding-block: 0.4rem;
    }
    form {
      gap: 0.7rem;
      padding-top: 0.7rem;
    }
    .go {
      grid-template-columns: auto minmax(0, 1fr);
      align-items: center;
      padding-block: 0.5rem;
    }
    .go .button {
      min-height: 44px;
    }
    .go .muted {
      font-size: 0.82rem;
      line-height: 1.25;
      text-align: start;
    }
    .elsewhere {
      font-size: 0.82rem;
      line-height: 1.25;
    }
    .elsewhere svg {
      display: none;
    }
  }
  @media (min-width: 56rem) {
    .columns {
      grid-template-columns: minmax(0, 1fr) clamp(20rem, 32vw, 25rem);
      align-items: center;
    }
    .page {
      grid-template-rows: auto 1fr;
      min-height: var(--gridcast-height, 100dvh);
    }
    .columns {
      align-self: center;
      padding-bottom: 3rem;
    }
  }
  /* The form is higher than the window: the picture stays at its top. */
  @media (max-height: 47.99rem) {
    .columns {
      align-items: start;
    }
  }
`;
