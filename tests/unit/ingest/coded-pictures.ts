/** Coded pictures by hand: as much of them as is read before a decoder. */
import { writeSps } from '../media/sps-writer.ts';

const SLICE = { key: 0x65, delta: 0x41 } as const;

/** A VP8 key frame of any size up to 16383, 1x1 included. */
export function vp8Key(width: number, height: number): Uint8Array {
  const size = [width & 0xff, width >> 8, height & 0xff, height >> 8];
  return Uint8Array.of(0x10, 2, 0, 0x9d, 0x01, 0x2a, ...size, 0, 0);
}

/** Any other VP8 frame. */
export const VP8_DELTA = Uint8Array.of(0x11, 2, 0, 0);

/** An H.264 frame: with or without parameter sets, of so many blocks of 16x16, cropped at the right and at the bottom. */
export function h264Frame(
  slice: keyof typeof SLICE | 'none',
  size?: { readonly columns: number; readonly rows: number; readonly cropX?: number; readonly cropY?: number },
): Uint8Array {
  const sets = size
    ? [writeSps({ ...size, fields: false, crop: [0, (size.cropX ?? 0) / 2, 0, (size.cropY ?? 0) / 2] })]
    : [];
  const units = slice === 'none' ? sets : [...sets, Uint8Array.of(SLICE[slice], 0x88, 0x84)];
  return Uint8Array.from(units.flatMap((unit) => [0, 0, 0, 1, ...unit]));
}
