/** A QR code as the path of a picture, pure. */
import { encode } from 'uqr';

/** The quiet zone that readers need around it, in modules. */
const BORDER = 4;

/** In units of one module: the edge of the square with its border, and everything dark in it as one path. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: 'L', boostEcc: true, border: BORDER });
  return { size, path: data.map(rowPath).join('') };
}

/** Neighbours are one rectangle, so that no line shines through between them. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue;
    const from = x;
    while (row[x + 1] === true) x += 1;
    path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
  }
  return path;
}
