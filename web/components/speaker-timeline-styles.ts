/** How the timeline of speakers looks. */
import { css } from 'lit';

/** For `<gridcast-speaker-timeline>` alone. */
export const speakerTimelineStyles = css`
  :host {
    display: block;
  }
  .timeline {
    display: grid;
    grid-template-columns: clamp(5.5rem, 22%, 12rem) minmax(0, 1fr);
    gap: 0.9rem;
    max-height: 24rem;
    overflow-y: auto;
    overflow-x: hidden;
    padding: 3px;
  }
  .name {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem;
    height: 30px;
    font-size: 0.9rem;
    line-height: 1.2;
  }
  .name span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name small {
    flex: none;
    color: var(--gc-muted);
    font-size: 0.8rem;
    font-variant-numeric: tabular-nums;
  }
  .name.heard span {
    color: var(--gc-accent);
    font-weight: 650;
  }
  .wave,
  .wave.name {
    height: 44px;
    color: var(--gc-muted);
  }
  .tracks {
    position: relative;
    align-self: start;
    border-radius: 6px;
    cursor: pointer;
    touch-action: pan-y;
    user-select: none;
  }
  svg {
    display: block;
    width: 100%;
  }
  .row {
    height: 30px;
  }
  .row + .row,
  .wave + .row {
    border-top: 1px solid color-mix(in srgb, var(--gc-line) 55%, transparent);
  }
  .axis {
    height: 22px;
    overflow: visible;
  }
  .axis text {
    fill: var(--gc-muted);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
  }
  .marks,
  .head {
    position: absolute;
    inset: 0 0 22px;
    height: calc(100% - 22px);
    pointer-events: none;
  }
  .head {
    overflow: visible;
  }
  .gap {
    fill: var(--gc-warning);
    opacity: 0.28;
  }
  .gap.interruption,
  .gap.disk {
    fill: var(--gc-danger);
    opacity: 0.4;
  }
  .marks .chapter {
    stroke: var(--gc-line-strong);
    stroke-dasharray: 2 3;
    opacity: 0.6;
    vector-effect: non-scaling-stroke;
  }
  .sound {
    fill: var(--gc-line-strong);
    opacity: 0.75;
  }
  .present {
    fill: var(--gc-line);
  }
  .spoke {
    fill: var(--gc-accent);
  }
  .head line {
    stroke: var(--gc-text);
    stroke-width: 2;
  }
  .head circle {
    fill: var(--gc-text);
  }
  @media (max-width: 30rem) {
    .timeline {
      gap: 0.5rem;
    }
    .name small,
    .axis text:nth-of-type(even) {
      display: none;
    }
  }
`;
