/** How a call looks while it rings. */
import { css } from 'lit';

/** For `<gridcast-call-dialog>` alone. */
export const callDialogStyles = css`
  @media (min-width: 30.01rem) {
    dialog {
      width: min(27rem, calc(100vw - 2rem));
      padding: 1.8rem 1.4rem 1.4rem;
    }
  }
  .stack {
    display: grid;
    justify-items: center;
    gap: 0.8rem;
    text-align: center;
    --sign: 5.5rem;
  }
  h2 {
    margin-top: 0.4rem;
    font-size: 1.35rem;
    letter-spacing: -0.01em;
    line-height: 1.25;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  h2:focus-visible {
    outline: none;
  }
  .muted {
    color: var(--gc-muted);
    text-wrap: balance;
  }
  .rings {
    --rings: 1.2rem;
  }
  .glance {
    display: grid;
    width: min(100%, 18rem);
    aspect-ratio: 16 / 9;
    place-items: center;
    border-radius: var(--gc-radius-small);
    background: #05080b;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .answers {
    display: grid;
    gap: 0.6rem;
    width: 100%;
    margin-top: 0.5rem;
  }
  .button.accept {
    border-color: var(--gc-accent);
    background: var(--gc-accent);
    color: var(--gc-on-accent);
  }
  .button.accept:hover {
    border-color: var(--gc-accent-hover);
    background: var(--gc-accent-hover);
  }
  .button.accept.plain {
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
  }
  .spinner {
    width: 2rem;
    height: 2rem;
    border: 3px solid var(--gc-line);
    border-top-color: var(--gc-accent);
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
`;
