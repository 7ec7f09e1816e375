/** Icons as lines on a grid of 24; they stand beside words or inside labelled buttons, so assistive technology skips them. */
import { svg, html, type TemplateResult } from 'lit';

function icon(shape: TemplateResult): TemplateResult {
  return html`<svg
    width="22"
    height="22"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shape}
  </svg>`;
}

const mic = svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5 11a7 7 0 0 0 14 0M12 18v3"/>`;
const camera = svg`<rect x="3" y="6" width="12" height="12" rx="2.5"/><path d="m15 11 6-4v10l-6-4"/>`;
const speaker = svg`<path d="M4 9.5v5h3.5L12 18.5v-13L7.5 9.5z"/>`;
const slash = svg`<path d="M4 4l16 16" stroke-width="2.4"/>`;

/** By name. */
export const icons = {
  mic: icon(mic),
  micOff: icon(svg`${mic}${slash}`),
  camera: icon(camera),
  cameraOff: icon(svg`${camera}${slash}`),
  screen: icon(svg`<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M9 20h6M12 16v4"/>`),
  volume: icon(svg`${speaker}<path d="M15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11"/>`),
  volumeLow: icon(svg`${speaker}<path d="M15.5 9a4.5 4.5 0 0 1 0 6"/>`),
  captions: icon(svg`<rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="M7 14h4M14 14h3"/>`),
  captionsOn: icon(
    svg`<rect x="3" y="5" width="18" height="14" rx="2.5" fill="currentColor"/><path d="M7 14h4M14 14h3" stroke="#0b0f14"/>`,
  ),
  chapters: icon(svg`<path d="M9 6h11M9 12h11M9 18h11M4.5 6v.1M4.5 12v.1M4.5 18v.1" stroke-width="2.4"/>`),
  volumeOff: icon(svg`${speaker}<path d="m16 9.5 5 5m0-5-5 5"/>`),
  leave: icon(svg`<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M19 12H9"/>`),
  host: icon(svg`<path d="M4 19h16M5 15.5 3.5 7l4.8 3.8L12 5l3.7 5.8L20.5 7 19 15.5z" fill="currentColor"/>`),
  person: icon(svg`<circle cx="12" cy="8" r="4"/><path d="M4.5 21c0-4 3.3-7 7.5-7s7.5 3 7.5 7"/>`),
  personAdd: icon(
    svg`<circle cx="10" cy="8" r="4"/><path d="M3 20.5c0-3.8 3-6.5 7-6.5 1.3 0 2.5.3 3.5.8M18.5 14.5v6M15.5 17.5h6"/>`,
  ),
  chat: icon(svg`<path d="M4 5.5h16v11H10l-4.5 3.5v-3.5H4z"/><path d="M8 9.5h8M8 12.5h5"/>`),
  people: icon(
    svg`<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-3.5 2.5-6 6-6s6 2.5 6 6M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .9 3 2.9 3 5.4"/>`,
  ),
  layout: icon(svg`<rect x="3" y="4" width="18" height="16" rx="2.5"/><path d="M15 4v16M15 9.3h6M15 14.7h6"/>`),
  pin: icon(svg`<path d="M9 3.5h6M10 3.5v6L7 13.5h10L14 9.5v-6M12 13.5V21"/>`),
  eye: icon(
    svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>`,
  ),
  eyeOff: icon(
    svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>${slash}`,
  ),
  up: icon(svg`<path d="M12 19V5m-6 6 6-6 6 6"/>`),
  down: icon(svg`<path d="M12 5v14m-6-6 6 6 6-6"/>`),
  more: icon(svg`<circle cx="5" cy="12" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="19" cy="12" r="1"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  hand: icon(
    svg`<path d="M7.5 12V6.2a1.4 1.4 0 0 1 2.8 0V11 4.4a1.4 1.4 0 0 1 2.8 0V11 5.6a1.4 1.4 0 0 1 2.8 0V12.5 8.6a1.4 1.4 0 0 1 2.8 0V15a6 6 0 0 1-6 6h-.8a6 6 0 0 1-4.6-2.2L4 14.4a1.5 1.5 0 0 1 2.2-2z"/>`,
  ),
  lockOpen: icon(svg`<rect x="5" y="11" width="14" height="9.5" rx="2.2"/><path d="M8 11V8a4 4 0 0 1 7.7-1.5"/>`),
  link: icon(
    svg`<path d="M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7L12.5 6M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.1-1.1"/>`,
  ),
  settings: icon(
    svg`<path d="M4 7h8M18 7h2M4 17h2M12 17h8"/><circle cx="15" cy="7" r="2.6"/><circle cx="9" cy="17" r="2.6"/>`,
  ),
  help: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M9.4 9.4a2.7 2.7 0 1 1 3.9 2.4c-.9.5-1.3 1-1.3 2M12 17v.1"/>`),
  pip: icon(
    svg`<rect x="3" y="4.5" width="18" height="15" rx="2.5"/><rect x="11.5" y="11.5" width="7" height="5" rx="1" fill="currentColor"/>`,
  ),
  sun: icon(
    svg`<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4"/>`,
  ),
  globe: icon(
    svg`<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c2.6 2.5 3.9 5.5 3.9 9s-1.3 6.5-3.9 9c-2.6-2.5-3.9-5.5-3.9-9S9.4 5.5 12 3z"/>`,
  ),
  moon: icon(svg`<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z"/>`),
  file: icon(svg`<path d="M6 3.5h8l4.5 4.5v12.5H6zM14 3.5V8h4.5"/>`),
  attach: icon(
    svg`<path d="m20 11.5-8.2 8.2a5 5 0 0 1-7-7L13 4.4a3.3 3.3 0 0 1 4.7 4.7l-8.2 8.2a1.7 1.7 0 0 1-2.4-2.4l7.6-7.5"/>`,
  ),
  fullscreen: icon(svg`<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>`),
  fullscreenLeave: icon(svg`<path d="M9 4v5H4M20 9h-5V4M15 20v-5h5M4 15h5v5"/>`),
  record: icon(svg`<circle cx="12" cy="12" r="8"/><circle cx="12" cy="12" r="3.5" fill="currentColor"/>`),
  marker: icon(svg`<path d="M6 3.5h12v17l-6-4.5-6 4.5z"/>`),
  stop: icon(svg`<rect x="6" y="6" width="12" height="12" rx="2" fill="currentColor"/>`),
  film: icon(
    svg`<rect x="3" y="4.5" width="18" height="15" rx="2.5"/><path d="M7.5 4.5v15M16.5 4.5v15M3 9.5h4.5M3 14.5h4.5M16.5 9.5H21M16.5 14.5H21"/>`,
  ),
  loop: icon(svg`<path d="M4 12V9.5a3 3 0 0 1 3-3h12m-3-3 3 3-3 3M20 12v2.5a3 3 0 0 1-3 3H5m3 3-3-3 3-3"/>`),
  play: icon(svg`<path d="M7 4.5v15l12-7.5z" fill="currentColor"/>`),
  pause: icon(svg`<path d="M8 5v14M16 5v14" stroke-width="3.5"/>`),
  copy: icon(svg`<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15H4V6a2 2 0 0 1 2-2h9v1"/>`),
  check: icon(svg`<path d="m5 13 4.5 4.5L19 7"/>`),
  close: icon(svg`<path d="M6 6l12 12M18 6 6 18"/>`),
  download: icon(svg`<path d="M12 4v11m-5-5 5 5 5-5M4 20h16"/>`),
  pencil: icon(svg`<path d="M4 20l1-4.5L16.2 4.3a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L8.5 19zM14 6.5l3.5 3.5"/>`),
  trash: icon(svg`<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>`),
  retry: icon(svg`<path d="M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6"/>`),
  info: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5M12 7.6v.1"/>`),
  warning: icon(svg`<path d="M12 4 2.8 20h18.4zM12 10v4M12 17v.1"/>`),
  phone: icon(
    svg`<path d="M6.2 3.5h3l1.6 4.6-2.2 1.7a13 13 0 0 0 5.6 5.6l1.7-2.2 4.6 1.6v3a2 2 0 0 1-2.1 2A16.3 16.3 0 0 1 4.2 5.6a2 2 0 0 1 2-2.1z"/>`,
  ),
  hangUp: icon(
    svg`<path d="M3.5 14.5c-.8-3 3-6 8.5-6s9.3 3 8.5 6l-.3 1.2-4.2-.9-.4-2.6a12 12 0 0 0-7.2 0L8 14.8l-4.2.9z"/>`,
  ),
  callIn: icon(svg`<path d="M19 5 8 16m0-8v8h8"/>`),
  callOut: icon(svg`<path d="M5 19 16 8M8 8h8v8"/>`),
  search: icon(svg`<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>`),
  back: icon(svg`<path d="M19 12H5m6-6-6 6 6 6"/>`),
  flag: icon(svg`<path d="M6 21V4m0 1c4-2 8 2 12 0v9c-4 2-8-2-12 0"/>`),
  lock: icon(
    svg`<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3M12 14.5v2"/>`,
  ),
  clock: icon(svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>`),
  box: icon(svg`<path d="M4 8h16v11a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM3 4h18v4H3zM10 12h4"/>`),
  signal: icon(svg`<path d="M4 19v-3M9.3 19v-7M14.7 19V8.5M20 19V5" stroke-width="2.6"/>`),
} as const;

/** The product's mark: a grid whose last cell is on air. */
export const mark: TemplateResult = html`<svg width="28" height="28" viewBox="0 0 24 24" aria-hidden="true">
  <rect x="2" y="2" width="9" height="9" rx="2.5" fill="var(--gc-accent)" />
  <rect x="13" y="2" width="9" height="9" rx="2.5" fill="var(--gc-accent)" opacity="0.5" />
  <rect x="2" y="13" width="9" height="9" rx="2.5" fill="var(--gc-accent)" opacity="0.5" />
  <circle cx="17.5" cy="17.5" r="4.5" fill="#ee464b" />
</svg>`;
