/** How a recording's page looks. */
import { css } from 'lit';

/** For `<gridcast-admin-recording>` alone. */
export const adminRecordingStyles = css`
  article {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.1rem;
  }
  .back {
    display: inline-flex;
    align-items: center;
    justify-self: start;
    gap: 0.35rem;
    border-radius: 4px;
    color: var(--gc-muted);
    font-weight: 600;
    text-decoration: none;
  }
  .back:hover {
    color: var(--gc-text);
  }
  .back svg {
    width: 18px;
    height: 18px;
  }
  .top {
    display: grid;
    gap: 0.8rem;
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.4rem 0.9rem;
  }
  h1 {
    overflow-wrap: anywhere;
  }
  .facts-row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem 2rem;
  }
  .facts-row > div {
    min-width: 0;
    max-width: 100%;
  }
  dt {
    color: var(--gc-muted);
    font-size: 0.8rem;
    line-height: 1.3;
  }
  dd {
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }
  dd a {
    color: inherit;
    text-decoration-color: var(--gc-line-strong);
    text-underline-offset: 3px;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.6rem;
    align-items: center;
  }
  .controls .space {
    flex: 1;
  }
  .controls .remove {
    color: var(--gc-danger);
  }
  .marker {
    display: flex;
    flex: 0 1 24rem;
    gap: 0.5rem;
  }
  .marker input {
    min-width: 6rem;
  }
  .marker .button {
    flex: none;
  }
  .story {
    display: grid;
    gap: 0.2rem;
    margin-top: 0.2rem;
  }
  .stage {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    align-items: stretch;
  }
  gridcast-recording-aside {
    height: 22rem;
  }
  .card-section {
    display: grid;
    gap: 0.8rem;
    padding: 1rem 1.2rem;
    border: 1px solid var(--gc-line);
    border-radius: var(--gc-radius);
    background: var(--gc-surface);
  }
  h2 {
    font-size: 1.1rem;
  }
  .columns {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
    align-items: start;
  }
  .columns:empty {
    display: none;
  }
  .side {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  @media (min-width: 62rem) {
    .stage {
      grid-template-columns: minmax(0, 1fr) 21rem;
    }
    gridcast-recording-aside {
      height: 0;
      min-height: 100%;
    }
    .columns {
      grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr);
    }
  }
  @media (max-width: 40rem) {
    .controls .space {
      display: none;
    }
    .marker {
      flex-basis: 100%;
    }
  }
`;
