/** Building blocks of ISO base media files (ISO/IEC 14496-12). */

/** A box from the parts of its body. */
export function box(type: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(8 + parts.reduce((sum, part) => sum + part.length, 0));
  new DataView(out.buffer).setUint32(0, out.length);
  out.set(ascii(type), 4);
  let at = 8;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A box with a version (0–255) and flags (24 bits). */
export function fullBox(type: string, version: number, flags: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return box(type, u32(version * 2 ** 24 + flags), ...parts);
}

/** Bytes as they are. */
export function u8(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

/** Big-endian 16-bit numbers. */
export function u16(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values.flatMap((value) => [(value >> 8) & 0xff, value & 0xff]));
}

/** Big-endian 32-bit numbers, unsigned or negative. */
export function u32(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value >>> 0);
  return new Uint8Array(view.buffer);
}

/** A big-endian 64-bit number, 0 to 2^53 - 1. */
export function u64(value: number): Uint8Array {
  return u32(Math.floor(value / 2 ** 32), value % 2 ** 32);
}

/** One byte for each character. */
export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
