/** How one of the own recordings, and the links to it, are laid out. */
import { css } from 'lit';

/** For `<gridcast-own-recording>` alone. */
export const ownRecordingStyles = css`
  :host {
    display: block;
  }
  article {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
    padding: 0.8rem 0;
  }
  .title {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.2rem 0.6rem;
    min-width: 0;
    font-weight: 600;
  }
  #title {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .about .muted,
  .help {
    font-size: 0.9rem;
    font-variant-numeric: tabular-nums;
  }
  .actions:empty {
    display: none;
  }
  .actions .button svg {
    width: 18px;
    height: 18px;
  }
  progress {
    width: 100%;
    height: 6px;
    accent-color: var(--gc-accent);
  }
  .film {
    overflow: hidden;
    border-radius: var(--gc-radius-small);
  }
`;
