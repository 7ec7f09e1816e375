/** How the player's panels look. */
import { css } from 'lit';

/** For `<gridcast-player>` alone. */
export const playerPanelStyles = css`
  .panel {
    position: absolute;
    right: 0.75em;
    bottom: calc(clamp(40px, 2.9em, 64px) + 24px + 0.9em);
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    width: min(27em, 100% - 1.5em);
    height: auto !important;
    max-height: calc(100% - clamp(40px, 2.9em, 64px) - 24px - 1.8em);
    border: 1px solid #ffffff29;
    border-radius: 14px;
    background: #10161df5;
    box-shadow: 0 12px 40px #000c;
    overflow: hidden;
    pointer-events: auto;
  }
  .panel header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: 0.3em 0.4em 0.3em 1.1em;
  }
  .panel h2 {
    font-size: 1.02em;
    font-weight: 650;
  }
  .panel .control {
    --size: 2.5em;
    min-width: 36px;
    min-height: 36px;
  }
  .panel .control svg {
    width: 1.25em;
    height: 1.25em;
  }
  @media (pointer: coarse) {
    .panel .control {
      min-width: 44px;
      min-height: 44px;
    }
  }
  .panel .body {
    padding: 0 1.1em 1em;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .panel .body:focus-visible {
    outline-offset: -3px;
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset + fieldset {
    margin-top: 0.9em;
  }
  legend {
    padding: 0 0 0.4em;
    color: #b9c5d0;
    font-size: 0.9em;
    font-weight: 600;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.4em;
  }
  .chip {
    position: relative;
    display: grid;
    cursor: pointer;
  }
  .chip input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .chip span {
    display: grid;
    min-width: 2.9em;
    min-height: max(36px, 2.3em);
    padding: 0 0.75em;
    place-items: center;
    border: 1px solid #ffffff3d;
    border-radius: 999px;
    font-size: 0.93em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .chip:hover span {
    background: #ffffff1f;
  }
  .chip input:checked + span {
    border-color: var(--gc-accent);
    background: var(--gc-accent);
    color: var(--gc-on-accent);
  }
  .chip input:focus-visible + span {
    outline: 3px solid #ffffff;
    outline-offset: 2px;
  }
  .chapters {
    display: grid;
    gap: 0.15em;
    margin: 0 -0.6em;
  }
  .chapters button {
    display: flex;
    width: 100%;
    min-height: max(40px, 2.4em);
    align-items: baseline;
    gap: 0.9em;
    padding: 0.5em 0.6em;
    border: 0;
    border-radius: 8px;
    background: transparent;
    color: #ffffff;
    font: inherit;
    text-align: left;
    cursor: pointer;
  }
  .chapters button:hover,
  .chapters button[aria-current='true'] {
    background: #ffffff1f;
  }
  .chapters button[aria-current='true'] span {
    color: var(--gc-accent);
    font-weight: 650;
  }
  .chapters time {
    flex: none;
    color: #b9c5d0;
    font-size: 0.9em;
    font-variant-numeric: tabular-nums;
  }
  .chapters span {
    overflow-wrap: anywhere;
  }
  .keys {
    display: grid;
    gap: 0.45em;
    margin: 0;
  }
  .keys div {
    display: grid;
    grid-template-columns: 7.2em 1fr;
    gap: 0.8em;
    align-items: center;
  }
  .keys dt {
    display: flex;
    gap: 0.35em;
  }
  .keys kbd {
    display: inline-grid;
    min-width: 1.9em;
    min-height: 1.9em;
    padding: 0 0.45em;
    place-items: center;
    border: 1px solid #ffffff3d;
    border-bottom-width: 2px;
    border-radius: 6px;
    background: #ffffff14;
    font: inherit;
    font-size: 0.86em;
    font-weight: 650;
  }
  .keys dd {
    color: #d3dce5;
    font-size: 0.95em;
  }
  @container stage (max-width: 36rem) {
    .panel {
      inset: 0.3em;
      width: auto !important;
      max-height: none;
    }
    .panel header {
      padding: 0 0.2em 0 0.8em;
    }
    .panel .body {
      padding: 0 0.8em 0.7em;
    }
  }
`;
