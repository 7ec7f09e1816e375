/** Output that is read straight into memory which its reader names, chunk by chunk. */

/** Whoever reads: says where the next bytes belong, and is told how many came. */
export interface DirectReader {
  /** Not empty; asked anew for each read. */
  space(): Uint8Array;
  /** Must not throw. */
  took(count: number): void;
}

/** Copies a chunk that came another way. */
export function pourInto(reader: DirectReader, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length; ) {
    const space = reader.space();
    const count = Math.min(space.length, chunk.length - at);
    space.set(chunk.subarray(at, at + count));
    reader.took(count);
    at += count;
  }
}
