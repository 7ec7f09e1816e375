/** The one place of colours, sizes and type. A page that embeds an element overrides any of the `--gridcast-*` names. */
import { css } from 'lit';

/** Colours for dark surroundings, as declarations. */
const dark = css`
  --gc-bg: var(--gridcast-bg, #0b0f14);
  --gc-surface: var(--gridcast-surface, #131a22);
  --gc-raised: var(--gridcast-raised, #1d2731);
  --gc-line: var(--gridcast-line, #2e3a47);
  --gc-line-strong: var(--gridcast-line-strong, #6b7a8a);
  --gc-text: var(--gridcast-text, #e9eef4);
  --gc-muted: var(--gridcast-muted, #a3b1bf);
  --gc-accent: var(--gridcast-accent, #40d9b2);
  --gc-accent-hover: var(--gridcast-accent-hover, #6ae6c7);
  --gc-on-accent: var(--gridcast-on-accent, #03231a);
  --gc-accent-soft: var(--gridcast-accent-soft, #12332d);
  --gc-danger: var(--gridcast-danger, #ff8a85);
  --gc-danger-fill: var(--gridcast-danger-fill, #cf3338);
  --gc-danger-hover: var(--gridcast-danger-hover, #b9272d);
  --gc-danger-soft: var(--gridcast-danger-soft, #371a1d);
  --gc-warning: var(--gridcast-warning, #f6bf5b);
  --gc-warning-soft: var(--gridcast-warning-soft, #33290f);
  --gc-shadow: 0 1px 2px #0006, 0 12px 32px #0005;
`;

/** Colours for light surroundings, as declarations. */
const light = css`
  --gc-bg: var(--gridcast-bg, #f4f6f8);
  --gc-surface: var(--gridcast-surface, #ffffff);
  --gc-raised: var(--gridcast-raised, #edf1f4);
  --gc-line: var(--gridcast-line, #d5dde4);
  --gc-line-strong: var(--gridcast-line-strong, #7b8894);
  --gc-text: var(--gridcast-text, #14202b);
  --gc-muted: var(--gridcast-muted, #51606d);
  --gc-accent: var(--gridcast-accent, #0a7560);
  --gc-accent-hover: var(--gridcast-accent-hover, #075e4d);
  --gc-on-accent: var(--gridcast-on-accent, #ffffff);
  --gc-accent-soft: var(--gridcast-accent-soft, #d9f2eb);
  --gc-danger: var(--gridcast-danger, #ab1f22);
  --gc-danger-fill: var(--gridcast-danger-fill, #c22b30);
  --gc-danger-hover: var(--gridcast-danger-hover, #a31f24);
  --gc-danger-soft: var(--gridcast-danger-soft, #fbe5e4);
  --gc-warning: var(--gridcast-warning, #7a5200);
  --gc-warning-soft: var(--gridcast-warning-soft, #fbefd3);
  --gc-shadow: 0 1px 2px #14202b14, 0 12px 32px #14202b14;
`;

/**
 * Where the system gives pages their colours, as Windows does for high contrast: it takes all others away, and with them what is told
 * by a fill alone. These are its own.
 */
const forced = css`
  --gc-line-strong: CanvasText;
  --gc-accent: Highlight;
  --gc-accent-hover: Highlight;
  --gc-on-accent: HighlightText;
  --gc-danger: CanvasText;
  --gc-warning: CanvasText;
`;

const base = css`
  --gc-font: var(--gridcast-font, system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif);
  --gc-radius: var(--gridcast-radius, 12px);
  --gc-radius-small: calc(var(--gc-radius) * 2 / 3);
  --gc-control: 44px;
  box-sizing: border-box;
  color: var(--gc-text);
  font-family: var(--gc-font);
  font-size: 1rem;
  line-height: 1.5;
`;

const reset = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  dl,
  dd,
  ul {
    margin: 0;
    padding: 0;
  }
  ul {
    list-style: none;
  }
  :focus-visible {
    outline: 3px solid var(--gc-accent);
    outline-offset: 2px;
  }
  /* Browsers' own choice is black on dark blue in dark fields. */
  ::selection {
    background: var(--gc-accent);
    color: var(--gc-on-accent);
  }
  /* A name in a script that is written from the right is cut at its own end, and stands where the others do. */
  :where([dir='auto']:not(.text, .quote, .typing)) {
    text-align: left;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
    }
  }
  @media (forced-colors: active) {
    /* What is chosen, and what is to be chosen first. */
    [aria-pressed='true'],
    [aria-selected='true'],
    nav [aria-current='page'],
    .button.primary {
      border-color: Highlight !important;
      background: Highlight !important;
      color: HighlightText !important;
      forced-color-adjust: none;
    }
  }
`;

/** For elements that follow the system's choice of dark or light, or that of their attribute `theme`. */
export const tokens = css`
  :host {
    ${light}
    ${base}
    color-scheme: light dark;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      ${dark}
    }
  }
  :host([theme='light']) {
    ${light}
    color-scheme: light;
  }
  :host([theme='dark']) {
    ${dark}
    color-scheme: dark;
  }
  @media (forced-colors: active) {
    :host,
    :host([theme]) {
      ${forced}
    }
  }
  ${reset}
`;

/** For parts of other elements: colours come from around them. */
export const inherited = css`
  :host {
    ${base}
  }
  ${reset}
`;

/** For what stands on a picture: always dark. */
export const stageTokens = css`
  :host {
    ${dark}
    ${base}
    color-scheme: dark;
  }
  @media (forced-colors: active) {
    :host {
      ${forced}
    }
  }
  ${reset}
`;
