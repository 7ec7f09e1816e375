/** How the choice of who is to come into a call is laid out. */
import { css } from 'lit';

/** For `<gridcast-call-add-dialog>` alone. */
export const callAddStyles = css`
  gridcast-notice,
  .ring {
    margin-bottom: 0.9rem;
  }
  .ring {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.7rem 0.9rem;
    padding: 0.8rem 1rem;
    border-radius: var(--gc-radius);
    background: var(--gc-raised);
  }
  .ring .about {
    min-width: min(13rem, 100%);
  }
  .sign.guest {
    background: var(--gc-raised);
    color: var(--gc-muted);
  }
  .here {
    display: grid;
    flex: none;
    width: var(--gc-control);
    place-items: center;
    color: var(--gc-accent);
  }
  .nobody {
    padding: 1rem 0.2rem 1.2rem;
    text-wrap: balance;
  }
  .wait {
    padding: 1.4rem 0;
    color: var(--gc-muted);
    text-align: center;
  }
  .more {
    margin-top: 0.6rem;
  }
`;
