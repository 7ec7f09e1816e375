/** How the strip of shared things above the buttons looks. */
import { css } from 'lit';

/** For `<gridcast-room-sources>` alone. */
export const sourcesStyles = css`
  :host {
    display: block;
  }
  .sources {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.6rem;
    max-height: 40dvh;
    padding: 0.6rem 0.8rem 0;
    overflow-y: auto;
  }
  .source {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    min-width: 0;
    padding: 0.5rem 0.6rem;
    border-radius: var(--gc-radius);
    background: var(--gc-raised);
  }
  gridcast-source-preview {
    flex: none;
    width: 6.5rem;
  }
  .what {
    min-width: 0;
    line-height: 1.3;
  }
  .what p:first-child {
    font-weight: 650;
  }
  .what .muted {
    font-size: 0.88rem;
  }
  gridcast-file-player {
    flex: 1 1 34rem;
    min-width: 0;
    max-width: 40rem;
  }
  /* There is room for one of the two beside a film; stopping matters more. */
  @media (max-width: 75.99rem) {
    .other {
      display: none;
    }
  }
  @media (max-width: 47.99rem) {
    .source,
    gridcast-file-player {
      flex: 1 1 100%;
    }
    .what {
      flex: 1;
    }
    gridcast-source-preview {
      width: 4.5rem;
    }
  }
`;
