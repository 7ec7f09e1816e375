/** Writes sequence parameter sets bit by bit (ITU-T H.264 section 7.3.2.1.1), also those that no encoder here makes. */

/** What to write; sizes in macroblocks and in crop units. */
export interface SpsFields {
  readonly columns: number;
  readonly rows: number;
  readonly fields: boolean;
  /** Left, right, top, bottom; undefined for none. */
  readonly crop?: readonly [number, number, number, number];
  /** Undefined: a profile that says nothing about colours. */
  readonly chroma?: {
    readonly format: 0 | 1 | 2 | 3;
    /** Differences of one list, for each list or undefined where it is left out; ends at its size or after a zero scale. */
    readonly scaling?: readonly (readonly number[] | undefined)[];
  };
  /** Offsets of the pictures of a cycle; undefined for the other kinds of picture order. */
  readonly cycle?: readonly number[];
}

/** The unit with its header byte and emulation prevention. */
export function writeSps(sps: SpsFields): Uint8Array {
  const bits: number[] = [];
  const put = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push(Math.floor(value / 2 ** bit) % 2);
  };
  const ue = (value: number): void => {
    const length = Math.floor(Math.log2(value + 1));
    put(0, length);
    put(value + 1, length + 1);
  };
  const se = (value: number): void => ue(value > 0 ? 2 * value - 1 : -2 * value);
  put(sps.chroma ? 244 : 66, 8);
  put(0, 8);
  put(40, 8);
  ue(0);
  if (sps.chroma) {
    ue(sps.chroma.format);
    if (sps.chroma.format === 3) put(0, 1);
    for (const depth of [0, 0]) ue(depth);
    put(0, 1);
    put(sps.chroma.scaling ? 1 : 0, 1);
    for (const list of sps.chroma.scaling ?? []) {
      put(list ? 1 : 0, 1);
      for (const difference of list ?? []) se(difference);
    }
  }
  ue(0);
  ue(sps.cycle ? 1 : 2);
  if (sps.cycle) {
    put(0, 1);
    for (const offset of [-3, 5]) se(offset);
    ue(sps.cycle.length);
    for (const offset of sps.cycle) se(offset);
  }
  ue(1);
  put(0, 1);
  ue(sps.columns - 1);
  ue((sps.fields ? sps.rows / 2 : sps.rows) - 1);
  put(sps.fields ? 0 : 1, 1);
  if (sps.fields) put(0, 1);
  put(1, 1);
  put(sps.crop ? 1 : 0, 1);
  for (const side of sps.crop ?? []) ue(side);
  // No VUI; then the stop bit.
  put(0, 1);
  put(1, 1);
  while (bits.length % 8 > 0) bits.push(0);
  return escaped(
    Array.from({ length: bits.length / 8 }, (_, n) => Number.parseInt(bits.slice(n * 8, n * 8 + 8).join(''), 2)),
  );
}

function escaped(bytes: readonly number[]): Uint8Array {
  const out = [0x67];
  let zeros = 0;
  for (const byte of bytes) {
    if (zeros >= 2 && byte < 4) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(out);
}
