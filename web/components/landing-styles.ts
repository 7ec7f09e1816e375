/** How the landing page is laid out. */
import { css } from 'lit';

/** For `<gridcast-landing>` alone. */
export const landingStyles = css`
  :host {
    display: block;
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: clamp(1.5rem, 4vw, 3.5rem);
    max-width: 72rem;
    margin: 0 auto;
    padding: clamp(1.5rem, 5vw, 4rem) clamp(1rem, 4vw, 2rem);
  }
  h1 {
    max-width: 18ch;
    font-size: clamp(1.9rem, 5vw, 3rem);
    line-height: 1.12;
    letter-spacing: -0.025em;
    text-wrap: balance;
    overflow-wrap: anywhere;
    hyphens: auto;
  }
  .lead {
    max-width: 46ch;
    margin: 1rem 0 1.75rem;
    color: var(--gc-muted);
    font-size: 1.12rem;
  }
  .forms {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 1.25rem;
  }
  h2 {
    margin-bottom: 1rem;
    font-size: 1.2rem;
    overflow-wrap: anywhere;
  }
  .hint a {
    color: inherit;
    font-weight: 600;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-height: 2.75rem;
    cursor: pointer;
  }
  .choice input {
    flex: none;
    width: 1.25rem;
    height: 1.25rem;
    margin: 0;
    accent-color: var(--gc-accent);
  }
  .more {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.9rem;
    padding: 0.4rem 0 0.2rem;
  }
  form {
    display: grid;
    gap: 1rem;
  }
  form .button {
    justify-self: start;
  }
  .card > .actions {
    margin-top: 1.25rem;
  }
  .preview {
    position: relative;
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 6px;
    max-width: 34rem;
    padding: 6px 6px 2.4rem;
    border-radius: var(--gc-radius);
    background: #05080b;
    box-shadow: var(--gc-shadow);
  }
  .tile {
    position: relative;
    display: grid;
    place-items: end center;
    aspect-ratio: 16 / 9;
    overflow: hidden;
    border-radius: 7px;
  }
  .tile i {
    width: 38%;
    height: 38%;
    border-radius: 50% 50% 0 0 / 90% 90% 0 0;
    background: #00000038;
  }
  .tile i::before {
    position: absolute;
    bottom: 43%;
    left: 41.5%;
    width: 17%;
    aspect-ratio: 1;
    border-radius: 50%;
    background: #00000038;
    content: '';
  }
  .tile b {
    position: absolute;
    left: 8px;
    bottom: 8px;
    padding: 0 8px;
    border-radius: 5px;
    background: #000a;
    color: #ffffff;
    font-size: 0.78rem;
    font-weight: 600;
  }
  .one {
    background: linear-gradient(140deg, #37b99a, #14604f);
  }
  .two {
    background: linear-gradient(140deg, #e7a951, #8c5413);
  }
  .three {
    background: linear-gradient(140deg, #6e9de3, #2b4c86);
  }
  .four {
    background: linear-gradient(140deg, #df7f78, #85312f);
  }
  .clock,
  .on-air {
    position: absolute;
    bottom: 0.55rem;
    color: #d8e1ea;
    font-size: 0.78rem;
    font-variant-numeric: tabular-nums;
  }
  .clock {
    right: 0.8rem;
  }
  .on-air {
    left: 0.8rem;
    color: #ff8a85;
    font-weight: 700;
  }
  .on-air::before {
    content: '● ';
  }
  @media (min-width: 60rem) {
    .page {
      grid-template-columns: 1.15fr 1fr;
      align-items: start;
    }
  }
  @media (max-width: 59.99rem) {
    .preview {
      display: none;
    }
    .lead {
      margin-bottom: 0;
    }
  }
  /* A phone held sideways would show what it is about alone: the forms stand beside that. */
  @media (min-width: 40rem) and (max-width: 59.99rem) and (max-height: 30rem) {
    .page {
      grid-template-columns: 1fr 1.15fr;
      gap: 1.5rem;
      align-items: start;
      padding-block: 1rem;
    }
    form {
      gap: 0.6rem;
    }
    h1 {
      font-size: 1.7rem;
    }
    .lead {
      margin-top: 0.6rem;
      font-size: 1rem;
    }
  }
`;
