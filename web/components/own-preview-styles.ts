/** How one's own picture looks before it is anybody else's. */
import { css } from 'lit';

/** For `<gridcast-own-preview>` alone. */
export const ownPreviewStyles = css`
  :host {
    display: block;
  }
  .preview {
    position: relative;
    container: preview / inline-size;
    aspect-ratio: 16 / 9;
    overflow: hidden;
    border-radius: var(--gc-radius);
    background: radial-gradient(circle at 50% 35%, #1c2834, #070a0e 75%);
    box-shadow: var(--gc-shadow);
  }
  video {
    width: 100%;
    height: 100%;
    object-fit: cover;
    /* People know themselves from mirrors. */
    transform: scaleX(-1);
  }
  video.dark {
    visibility: hidden;
  }
  .off:is(div) {
    position: absolute;
    /* Above the buttons, and no larger than there is room for. */
    inset: 0 0 calc(52px + 0.8rem);
    display: grid;
    place-content: center;
    justify-items: center;
    gap: min(0.6rem, 2cqw);
    color: #d8e1ea;
    font-size: min(1rem, 5cqw);
    line-height: 1.3;
    text-align: center;
  }
  .initials {
    display: grid;
    width: min(clamp(4rem, 14vw, 6.5rem), 18cqw);
    aspect-ratio: 1;
    place-items: center;
    border-radius: 50%;
    background: #2b3a49;
    color: #ffffff;
    font-size: min(clamp(1.4rem, 5vw, 2.2rem), 7cqw);
    font-weight: 650;
  }
  .nameplate {
    position: absolute;
    top: 0.8rem;
    left: 0.8rem;
    max-width: calc(100% - 1.6rem);
    overflow: hidden;
    padding: 0.2rem 0.7rem;
    border-radius: 8px;
    background: #000a;
    color: #ffffff;
    font-size: 0.9rem;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bar {
    position: absolute;
    right: 0.8rem;
    bottom: 0.8rem;
    left: 0.8rem;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.8rem;
  }
  .round {
    display: grid;
    width: 52px;
    height: 52px;
    place-items: center;
    border: 1px solid #ffffff40;
    border-radius: 50%;
    background: #101820d9;
    color: #ffffff;
    cursor: pointer;
  }
  .round:hover {
    background: #2e3a47;
  }
  .round.off {
    border-color: transparent;
    background: var(--gc-danger-fill);
  }
  .round:focus-visible {
    outline-color: #40d9b2;
  }
`;
