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
    position: relative;
    display: flex;
    gap: 0.2rem;
    margin: 0 -0.4rem -1px;
    overflow-x: auto;
    scrollbar-width: none;
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
  nav a[aria-current='page'] {
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
  @media (max-width: 30rem) {
    .bar {
      flex-direction: column-reverse;
      align-items: stretch;
      gap: 0;
    }
    .bar .button {
      align-self: flex-end;
    }
    nav a {
      padding-inline: 0.45rem;
      font-size: 0.95rem;
    }
  }
  @media (min-width: 110rem) {
    .page {
      max-width: 100rem;
    }
  }
`;
