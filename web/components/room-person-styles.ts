/** How somebody looks in the list. */
import { css } from 'lit';

/** For `<gridcast-room-person>` alone. */
export const personStyles = css`
  :host {
    display: block;
    padding: 0.3rem 0.7rem 0.3rem 1.1rem;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 0.3rem;
    min-height: 48px;
  }
  .who {
    display: grid;
    flex: none;
    width: 36px;
    height: 36px;
    margin-right: 0.4rem;
    place-items: center;
    border-radius: 50%;
    background: var(--gc-accent-soft);
    color: var(--gc-accent);
    /* No larger than the circle has room for. */
    font-size: min(0.85rem, 15px);
    font-weight: 700;
  }
  .who.speaking {
    box-shadow:
      0 0 0 2px var(--gc-surface),
      0 0 0 4px var(--gc-accent);
  }
  .hand {
    display: grid;
    flex: none;
    margin-right: 0.2rem;
    color: var(--gc-accent);
  }
  .deeds {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
    padding: 0.2rem 0 0.4rem;
  }
  .text {
    display: grid;
    flex: 1;
    min-width: 0;
    margin-right: 0.3rem;
    line-height: 1.3;
  }
  /* On a second line “(you)” can still be read. */
  .name {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 1.25;
  }
  .about {
    color: var(--gc-muted);
    font-size: 0.82rem;
    /* What is wrong with somebody's microphone must be read to its end. */
    overflow-wrap: anywhere;
  }
  .has {
    margin-right: 0.3rem;
    white-space: nowrap;
  }
  .has svg {
    width: 16px;
    height: 16px;
    margin-right: 0.15rem;
    vertical-align: -3px;
  }
  .more {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.3rem;
    margin: 0.2rem 0.4rem 0.6rem 0;
    padding: 0.5rem 0.7rem;
    border-radius: var(--gc-radius-small);
    background: var(--gc-raised);
    font-size: 0.9rem;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    min-height: 40px;
  }
  .row input {
    flex: 1;
    min-width: 0;
  }
  .row input[type='text'] {
    min-height: 36px;
    padding: 0.2rem 0.5rem;
  }
  output {
    min-width: 3.4rem;
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
`;
