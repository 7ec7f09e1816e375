/**
 * Our end of a connection to a child, which reads straight into memory that somebody names. What Node makes for a child itself is
 * read in fresh buffers of 64 KB, out of which frames are then copied.
 */
import { type Socket, connect } from 'node:net';
import { type DirectReader, pourInto } from './direct-reader.ts';

/** Nothing comes before the child has its end, and it gets that after its reader is known. */
const NOBODY: DirectReader = { space: () => new Uint8Array(1), took() {} };

/** Destroyed by whoever took it. */
export interface OwnEnd {
  readonly socket: Socket;
  /** Says where the bytes go; before anything can come. */
  readonly readInto: (reader: DirectReader) => void;
}

/** Connects to whoever listens there. */
export function connectOwnEnd(path: string): OwnEnd {
  let reader: DirectReader | undefined;
  // The first read was prepared before anybody could say where it belongs.
  const first = new Uint8Array(1);
  const socket = connect({
    path,
    onread: {
      buffer: () => reader?.space() ?? first,
      callback: (count, buffer) => {
        if (buffer === first) pourInto(reader ?? NOBODY, first);
        else reader?.took(count);
        return true;
      },
    },
  });
  // Nobody is at the other end any more: the same news as its end.
  socket.on('error', () => {});
  return {
    socket,
    readInto: (taker) => {
      reader = taker;
    },
  };
}
