/** What the player of recordings has beyond that of live rooms. */
import { css } from 'lit';

/** For `<gridcast-recording-player>` alone. */
export const recordingPlayerStyles = css`
  .control.rate {
    width: auto;
    min-width: var(--size, 44px);
    padding: 0 0.4em;
    border-radius: 999px;
    font: inherit;
    font-size: 0.95em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  media-loading-indicator {
    --media-loading-indicator-icon-height: 4.5em;
    pointer-events: none;
  }
  video::-webkit-media-text-track-container {
    font-size: 1.05em;
  }
  .message .sign {
    margin-bottom: 0.6em;
  }
  .message .spinner {
    margin-bottom: 0.8em;
  }
  @container stage (max-width: 26rem) {
    .clock {
      display: inline;
      margin-left: 0.3em;
      font-size: 0.85em;
    }
  }
`;
