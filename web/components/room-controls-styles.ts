/** How the row of buttons below the picture looks. */
import { css } from 'lit';

/** Still there for assistive technology. */
const unseen = css`
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
`;

/** For `<gridcast-room-controls>` alone. */
export const controlsStyles = css`
  :host {
    display: block;
  }
  .controls {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    padding: 0.7rem 0.8rem max(0.7rem, env(safe-area-inset-bottom));
  }
  .control {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-width: 48px;
    min-height: 48px;
    padding: 0 0.8rem;
    border: 0;
    border-radius: 24px;
    background: var(--gc-raised);
    color: var(--gc-text);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  .control svg {
    flex: none;
  }
  .control:has(.badge) {
    position: relative;
  }
  .badge {
    position: absolute;
    top: -4px;
    right: -2px;
    min-width: 20px;
    padding: 0 5px;
    border-radius: 10px;
    background: var(--gc-accent);
    color: var(--gc-on-accent);
    font-size: 0.75rem;
    line-height: 20px;
  }
  .control:hover:enabled {
    background: var(--gc-line);
  }
  .control:disabled,
  .control[aria-disabled='true'] {
    cursor: wait;
    opacity: 0.6;
  }
  .control[aria-expanded='true'] {
    box-shadow: inset 0 0 0 2px var(--gc-accent);
  }
  .control.off,
  .control.leave,
  .control.active {
    background: var(--gc-danger-fill);
    color: #ffffff;
  }
  .control.off:hover,
  .control.leave:hover,
  .control.active:hover:enabled {
    background: var(--gc-danger-hover);
  }
  .control.record svg {
    color: var(--gc-danger);
  }
  .control.sharing {
    background: var(--gc-accent);
    color: var(--gc-on-accent);
  }
  .control.sharing:hover:enabled {
    background: var(--gc-accent-hover);
  }
  @media (forced-colors: active) {
    .control {
      border: 1px solid ButtonText;
    }
    .control[aria-expanded='true'],
    .control.sharing {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .badge {
      background: HighlightText;
      color: Highlight;
      outline: 1px solid;
      forced-color-adjust: none;
    }
  }
  .self {
    flex: none;
    height: 48px;
  }
  .volume {
    display: inline-flex;
    align-items: center;
    gap: 0.4rem;
    padding: 0 0.6rem;
  }
  .volume input {
    width: 6rem;
    height: var(--gc-control);
    margin: 0;
    accent-color: var(--gc-accent);
  }
  /* As wide as a host’s row while it records, with the buttons for that. */
  @media (max-width: 74.99rem) {
    .controls {
      gap: 0.35rem;
      padding-inline: 0.4rem;
    }
    .control {
      min-width: 44px;
      padding: 0 0.6rem;
    }
    .volume {
      padding: 0;
    }
    .volume input {
      width: 4rem;
    }
  }
  @media (max-width: 47.99rem) {
    .wide {
      display: none;
    }
  }
  /* A host’s row has more buttons: on a tablet and on a phone held sideways they are what there is room for. */
  @media (max-width: 59.99rem) {
    .many .wide:not(.control) {
      display: none;
    }
  }
  /* While it records there are two more: what is only looked at makes room for them. */
  @media (max-width: 69.99rem) {
    .more .self {
      display: none;
    }
  }
  @media (max-width: 62.99rem) {
    .more gridcast-level-meter {
      display: none;
    }
  }
  /* All of them share the width of a phone held sideways. */
  @media (min-width: 34rem) and (max-width: 47.99rem) {
    .many {
      flex-wrap: nowrap;
      gap: 0.25rem;
    }
    .many .control {
      flex: 0 1 44px;
      min-width: 0;
      padding: 0;
    }
  }
  /* Rows of a kind, instead of a full one and a rest. */
  @media (max-width: 39.99rem) {
    .more {
      display: grid;
      grid-template-columns: repeat(7, minmax(38px, 48px));
      gap: 0.4rem min(0.3rem, 1.2vw);
    }
    .more .control {
      min-width: 0;
      padding: 0;
    }
    .more .gap {
      display: none;
    }
    .more .leave {
      grid-column: -2;
    }
  }
  /* Held sideways there is less height than width: narrower ones leave the picture a third more. */
  @media (min-width: 34rem) and (max-width: 39.99rem) and (max-height: 30rem) {
    .more {
      display: flex;
      gap: 2px;
      padding-inline: 4px;
    }
  }
  @media (max-width: 33.99rem) {
    .many:not(.more) {
      display: grid;
      grid-template-columns: repeat(6, minmax(44px, 48px));
      gap: 0.4rem min(0.4rem, 1.5vw);
    }
  }
  @media (max-width: 29.99rem) {
    .few {
      display: grid;
      grid-template-columns: repeat(5, minmax(44px, 48px));
      gap: 0.4rem min(0.9rem, 3vw);
    }
  }
  @media (max-width: 33.99rem) {
    .many .gap,
    .few .gap {
      display: none;
    }
    .many .leave,
    .few .leave {
      grid-column: -2;
    }
  }
  @media (max-width: 95.99rem) {
    .word:not(.kept) {
      ${unseen}
    }
  }
  /* The words of other languages are longer, and hosts have many. */
  @media (max-width: 109.99rem) {
    .many .word:not(.kept, :lang(en)) {
      ${unseen}
    }
  }
  /* What hosts look for first keeps its word on a laptop, too. */
  @media (max-width: 79.99rem) {
    .kept {
      ${unseen}
    }
  }
  @media (min-width: 48rem) {
    .gap {
      flex: 1;
    }
  }
`;
