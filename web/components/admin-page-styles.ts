/** How the admin page is laid out around its views. */
import { css } from 'lit';

/** For `<gridcast-admin>` alone. */
export const adminPageStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.6rem;
    max-width: 76rem;
    margin: 0 auto;
    padding: clamp(0.6rem, 2vw, 1.1rem) clamp(1rem, 4vw, 2rem) 4rem;
  }
  .bar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
    border-bottom: 1px solid var(--gc-line);
  }
  nav {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.2rem;
    margin: 0 -0.4rem -1px;
  }
  nav a {
    padding: 0.7rem 0.8rem;
    border-bottom: 3px solid transparent;
    border-radius: 6px 6px 0 0;
    color: var(--gc-muted);
    font-weight: 600;
    text-decoration: none;
    white-space: nowrap;
  }
  nav a:hover {
    color: var(--gc-text);
  }
  nav a:focus-visible {
    outline-offset: -3px;
  }
  nav a:is([aria-current='page'], [aria-current='true']) {
    border-bottom-color: var(--gc-accent);
    color: var(--gc-text);
  }
  .bar .button {
    flex: none;
  }
  h1 {
    font-size: 1.7rem;
    letter-spacing: -0.015em;
  }
  .sign-in {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.1rem;
    width: min(27rem, 100%);
    margin: clamp(1rem, 8vh, 5rem) auto 0;
  }
  .sign-in h1 {
    font-size: 1.4rem;
    overflow-wrap: anywhere;
  }
  .sign-in .button {
    justify-self: start;
  }
  @media (max-width: 60rem) {
    nav a {
      padding-inline: 0.5rem;
    }
  }
  /* All views are in sight, in as many rows as they need; the button ends the last one. */
  @media (max-width: 46rem) {
    .bar {
      flex-wrap: wrap;
      justify-content: flex-start;
      gap: 0 0.1rem;
      margin: 0 -0.4rem;
      padding-right: 0.4rem;
    }
    nav {
      display: contents;
    }
    nav a {
      padding-inline: 0.4rem;
      font-size: 0.95rem;
    }
    .bar .button {
      min-width: 44px;
      min-height: 44px;
      margin-left: auto;
      padding-inline: 0;
      border-color: transparent;
    }
    /* Still there for assistive technology. */
    .bar .button span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @media (min-width: 110rem) {
    .page {
      max-width: 100rem;
    }
  }
`;
