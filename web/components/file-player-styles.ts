/** How the panel of a running film looks. */
import { css } from 'lit';

/** For `<gridcast-file-player>` alone. */
export const filePlayerStyles = css`
  :host {
    display: block;
  }
  .player {
    display: grid;
    grid-template:
      'picture name remove' auto
      'picture bar bar' auto / auto minmax(0, 1fr) auto;
    gap: 0.1rem 0.8rem;
    align-items: center;
    padding: 0.5rem 0.6rem;
    border-radius: var(--gc-radius);
    background: var(--gc-raised);
  }
  gridcast-source-preview,
  .sound-only {
    grid-area: picture;
    width: 6.5rem;
  }
  .sound-only {
    display: grid;
    aspect-ratio: 16 / 9;
    place-items: center;
    border-radius: var(--gc-radius-small);
    background: var(--gc-bg);
    color: var(--gc-muted);
  }
  .name {
    display: flex;
    grid-area: name;
    align-items: baseline;
    gap: 0.6rem;
    min-width: 0;
  }
  .name h2 {
    overflow: hidden;
    font-size: 1rem;
    font-weight: 650;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name span {
    flex: none;
    color: var(--gc-muted);
    font-size: 0.88rem;
  }
  .remove {
    grid-area: remove;
  }
  .bar {
    display: flex;
    grid-area: bar;
    align-items: center;
    gap: 0.5rem;
    min-width: 0;
  }
  .seek {
    flex: 1;
    min-width: 4rem;
  }
  .time {
    flex: none;
    font-size: 0.88rem;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .volume {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 0.3rem;
  }
  .volume input {
    width: 5.5rem;
  }
  @media (max-width: 47.99rem) {
    .player {
      grid-template:
        'name remove' auto
        'bar bar' auto / minmax(0, 1fr) auto;
    }
    gridcast-source-preview,
    .sound-only {
      display: none;
    }
    .bar {
      flex-wrap: wrap;
    }
    .seek {
      min-width: 8rem;
    }
    .volume {
      flex: 1;
    }
    .volume input {
      flex: 1;
      min-width: 0;
    }
  }
`;
