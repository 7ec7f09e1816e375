/** Reading a pipe straight into memory that its reader names, chunk by chunk. */
import { Socket } from 'node:net';

/** Whoever reads: says where the next bytes belong, and is told how many came. */
export interface DirectReader {
  /** Not empty; asked anew for each read. */
  space(): Uint8Array;
  /** Must not throw. */
  took(count: number): void;
}

/** Reads a pipe that is open for reading without blocking. @returns closes it */
export function readPipeInto(reader: DirectReader, fd: number): () => void {
  const socket = new Socket({
    fd,
    readable: true,
    writable: false,
    onread: {
      buffer: () => reader.space(),
      callback: (count) => {
        reader.took(count);
        return true;
      },
    },
  });
  // Nobody is at the other end any more: the same news as its end.
  socket.on('error', () => {});
  socket.read(0);
  return () => void socket.destroy();
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
