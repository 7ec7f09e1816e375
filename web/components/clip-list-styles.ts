/** How the clips of a room are laid out, beside what lists of hosts have alike. */
import { css } from 'lit';

/** For `<gridcast-clip-list>` alone. */
export const clipListStyles = css`
  :host {
    container-type: inline-size;
  }
  h3 {
    padding-bottom: 0.4rem;
    font-size: 1rem;
  }
  .fresh {
    box-shadow: -0.5rem 0 0 0 var(--gc-accent-soft), 0.5rem 0 0 0 var(--gc-accent-soft);
    background: var(--gc-accent-soft);
  }
  .told,
  li gridcast-notice {
    grid-column: 1 / -1;
  }
  .told {
    color: var(--gc-muted);
    font-size: 0.9rem;
  }
  @container (max-width: 30em) {
    li {
      grid-template-columns: minmax(0, 1fr);
    }
    .deeds .button {
      flex: 1 1 auto;
    }
  }
`;
