/** How the links to a room are laid out. */
import { css } from 'lit';

/** For `<gridcast-invite-dialog>` alone. */
export const inviteStyles = css`
  @media (min-width: 30.01rem) {
    dialog {
      width: min(38rem, calc(100vw - 2rem));
    }
  }
  .links {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.1rem;
  }
  .phone {
    display: grid;
    grid-template-columns: minmax(0, 13rem) minmax(0, 1fr);
    gap: 1rem 1.2rem;
    align-items: center;
    padding: 1rem;
    border-radius: var(--gc-radius);
    background: var(--gc-raised);
  }
  .code {
    aspect-ratio: 1;
  }
  .words {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
  }
  .words p {
    color: var(--gc-muted);
    font-size: 0.92rem;
  }
  h3 {
    font-size: 1rem;
  }
  .which {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .which .button[aria-pressed='true'] {
    border-color: var(--gc-accent);
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
  }
  /* Of its own text, however large somebody reads it. */
  dialog {
    container-type: inline-size;
  }
  @container (max-width: 30em) {
    .phone {
      grid-template-columns: minmax(0, 1fr);
    }
    .code {
      width: min(15rem, 100%);
      justify-self: center;
    }
  }
`;
