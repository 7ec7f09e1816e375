/** How the page of contacts is laid out. */
import { css } from 'lit';

/** For `<gridcast-contacts>` alone. */
export const contactsStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    gap: 1.25rem;
    max-width: 72rem;
    margin: 0 auto;
    padding: clamp(1rem, 3vw, 2rem) clamp(0.75rem, 4vw, 2rem);
  }
  h1 {
    font-size: clamp(1.5rem, 4vw, 1.9rem);
    letter-spacing: -0.02em;
    line-height: 1.2;
  }
  .lead {
    margin-top: 0.2rem;
    color: var(--gc-muted);
    overflow-wrap: anywhere;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-items: start;
    gap: 1.25rem;
  }
  .more {
    margin-top: 0.8rem;
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 0.5rem;
    padding: 2.2rem 0.5rem;
    text-align: center;
  }
  .empty p {
    max-width: 36ch;
    color: var(--gc-muted);
    text-wrap: balance;
  }
  .empty .strong {
    color: var(--gc-text);
    font-weight: 600;
  }
  .empty > span {
    color: var(--gc-muted);
  }
  .sorry {
    display: grid;
    justify-items: center;
    gap: 0.8rem;
    width: min(34rem, 100%);
    margin: clamp(1rem, 10vh, 6rem) auto 0;
    padding: clamp(1.6rem, 6vw, 2.8rem);
    text-align: center;
  }
  .sorry p {
    color: var(--gc-muted);
    text-wrap: balance;
  }
  .sorry .mark {
    display: grid;
    width: 4.2rem;
    height: 4.2rem;
    place-items: center;
    border-radius: 50%;
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
  }
  .wait {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.8rem;
    padding: 4rem 0;
    color: var(--gc-muted);
  }
  @media (min-width: 56rem) {
    .columns {
      grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr);
    }
  }
`;
