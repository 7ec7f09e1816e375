/** One tile of the preview, as SVG. Attributes only: the page's policy allows no style attributes. */
import { nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { Annotation } from '../../src/layout/annotation.ts';
import type { PreviewTile } from '../controllers/program-preview.ts';
import { initials } from '../util/format.ts';
import { fitText, textWidth } from '../util/text-width.ts';
import { icons } from './icons.ts';

const BAR = '#0b0e13';
const PLATE = '#0c0e12';
/** Colour of hosts and of raised hands, as in the program. */
const AMBER = '#f6bf5b';
/** Pixels of the page's icons. */
const ICON_SIZE = 22;
/** A golden turn of the colour wheel from one to the next keeps neighbours apart. */
const HUE_STEP = 137.5;

/** @param unit font size of names in pixels of the program. @param alone the tile takes the whole program. */
export function previewTile(
  tile: PreviewTile,
  annotation: Annotation,
  unit: number,
  alone: boolean,
): SVGTemplateResult {
  const { x, y, width, height, row } = tile;
  return svg`<svg class="tile" x=${x} y=${y} width=${width} height=${height}>
    ${picture(tile)}
    ${row.source === 'screen' ? screenLines(tile) : person(tile)}
    ${annotation.names || annotation.marks ? label(tile, annotation, unit) : nothing}
    ${annotation.speakerBorder && tile.floor && !alone ? border(tile, unit) : nothing}
  </svg>`;
}

/** A camera's picture is taken for 16:9: whole with bars, or filling the cell. */
function picture({ width, height, fit, index, row }: PreviewTile): SVGTemplateResult {
  const fill = row.source === 'none' ? '#1b232d' : `hsl(${Math.round((index * HUE_STEP) % 360)} 34% 27%)`;
  const whole = fit === 'cover' || row.source === 'none';
  const w = whole ? width : Math.min(width, (height * 16) / 9);
  const h = whole ? height : Math.min(height, (width * 9) / 16);
  return svg`<rect width=${width} height=${height} fill=${BAR} />
    <rect x=${(width - w) / 2} y=${(height - h) / 2} width=${w} height=${h} fill=${fill} />`;
}

function person({ width, height, row }: PreviewTile): SVGTemplateResult {
  const radius = Math.min(width, height) * 0.24;
  return svg`<circle cx=${width / 2} cy=${height * 0.46} r=${radius} fill="#ffffff" fill-opacity="0.13" />
    <text x=${width / 2} y=${height * 0.46} font-size=${radius * 0.9} font-weight="650" fill="#f2f6fa"
      text-anchor="middle" dominant-baseline="central">${initials(row.name)}</text>`;
}

function screenLines({ width, height }: PreviewTile): SVGTemplateResult {
  const left = width * 0.2;
  const line = (at: number, share: number): SVGTemplateResult =>
    svg`<rect x=${left} y=${height * at} width=${width * share} height=${height * 0.06} rx=${height * 0.02} fill="#ffffff" fill-opacity="0.22" />`;
  return svg`${line(0.24, 0.36)}${line(0.38, 0.6)}${line(0.5, 0.52)}${line(0.62, 0.57)}`;
}

/** Like the program's: crown and name on one plate, beside it one for a raised hand and one for muted or speaking. */
function label(tile: PreviewTile, annotation: Annotation, unit: number): SVGTemplateResult | typeof nothing {
  const { width, height, row, speaking } = tile;
  const size = Math.min(unit, height * 0.2);
  const crowned = annotation.marks && row.host;
  const sign = !annotation.marks ? undefined : row.muted ? icons.micOff : speaking ? icons.volume : undefined;
  const hand = annotation.marks && row.hand;
  const room = width - size * (0.8 + (crowned ? 1.2 : 0) + (sign ? 1.7 : 0) + (hand ? 1.7 : 0));
  const name = annotation.names ? fitText(row.name, room / size) : '';
  const [y, tall] = [height - size * 1.5, size * 1.5];
  const from = size * (crowned ? 1.5 : 0.4);
  const plate = name === '' ? (crowned ? size * 1.6 : 0) : from + (textWidth(name) + 0.4) * size;
  return svg`<rect y=${y} width=${plate} height=${tall} fill=${PLATE} fill-opacity="0.72" />
    ${crowned ? mark(icons.host, size * 0.3, y + size * 0.25, size, AMBER) : nothing}
    <text x=${from} y=${y + size * 0.78} font-size=${size} fill="#f2f6fa" dominant-baseline="central">${name}</text>
    ${hand ? square(icons.hand, plate, y, size, AMBER) : nothing}
    ${sign ? square(sign, plate + (hand ? size * 1.65 : 0), y, size, row.muted ? '#ff8a85' : '#40d9b2') : nothing}`;
}

/** A mark on a plate of its own, behind what ends at `after`. */
function square(icon: TemplateResult, after: number, y: number, size: number, color: string): SVGTemplateResult {
  const edge = size * 1.5;
  return svg`<rect x=${after + size * 0.15} y=${y} width=${edge} height=${edge} fill=${PLATE} fill-opacity="0.72" />
    ${mark(icon, after + size * 0.4, y + size * 0.25, size, color)}`;
}

function mark(icon: TemplateResult, x: number, y: number, size: number, color: string): SVGTemplateResult {
  return svg`<g transform="translate(${x} ${y}) scale(${size / ICON_SIZE})" color=${color}>${icon}</g>`;
}

function border({ width, height }: PreviewTile, unit: number): SVGTemplateResult {
  const line = unit * 0.18;
  return svg`<rect x=${line / 2} y=${line / 2} width=${width - line} height=${height - line} fill="none"
    stroke="#40d9b2" stroke-width=${line} />`;
}
