/** How the rooms of the admin page look. */
import { css } from 'lit';

/** For `<gridcast-admin-rooms>` alone. */
export const adminRoomsStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2.2rem;
  }
  .head + input[type='search'] {
    width: min(22rem, 100%);
    margin-bottom: 1rem;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr));
    gap: 1rem;
    align-items: start;
  }
  .room {
    gap: 0;
    padding: 0;
    overflow: hidden;
  }
  .picture {
    position: relative;
    display: grid;
    aspect-ratio: 16 / 9;
    place-items: center;
    background: radial-gradient(120% 140% at 20% 0%, #17303a 0%, #0b141b 55%, #05080b 100%);
    color: #a3b1bf;
  }
  .room:not(.on) .picture {
    aspect-ratio: 16 / 4.5;
  }
  .picture img {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .sign svg {
    display: block;
    width: 34px;
    height: 34px;
  }
  .badges {
    position: absolute;
    top: 0.7rem;
    left: 0.7rem;
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }
  .badge.idle {
    background: #05080bd9;
    color: #e9eef4;
  }
  .badge.rec {
    background: #05080bd9;
    color: #ffffff;
    font-variant-numeric: tabular-nums;
    text-decoration: none;
  }
  .badge.rec::before {
    width: 0.55rem;
    height: 0.55rem;
    border-radius: 50%;
    background: #ff5a5f;
    content: '';
  }
  .badge.rec.paused::before {
    background: #f6bf5b;
  }
  .badge.rec:hover {
    text-decoration: underline;
  }
  .about {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
    padding: 0.8rem 1rem 1rem;
  }
  .line {
    flex-wrap: nowrap;
    align-items: flex-start;
    justify-content: space-between;
  }
  .line .button {
    flex: none;
    margin: -0.2rem -0.4rem -0.2rem 0;
  }
  h2 {
    min-width: 0;
    font-size: 1.1rem;
    overflow-wrap: anywhere;
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3rem 1rem;
    align-items: center;
  }
  .counts > span:not(.badge) {
    display: inline-flex;
    align-items: center;
    gap: 0.35rem;
  }
  .counts svg {
    width: 17px;
    height: 17px;
  }
  .load {
    font-size: 0.85rem;
  }
  .marker {
    display: flex;
    gap: 0.5rem;
  }
  .marker input[type='text'] {
    min-width: 0;
    min-height: 36px;
    padding-block: 0.3rem;
    font-size: 0.92rem;
  }
  .marker .button {
    flex: none;
    min-height: 36px;
    padding-inline: 0.7rem;
    font-size: 0.9rem;
  }
  details > div {
    display: grid;
    gap: 0.9rem;
    padding-top: 0.8rem;
  }
  summary {
    width: fit-content;
    border-radius: 4px;
    color: var(--gc-accent);
    font-weight: 600;
    cursor: pointer;
  }
`;
