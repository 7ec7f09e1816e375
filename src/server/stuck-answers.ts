/** Answers that nobody takes: each holds memory, and often an open file, for as long as its connection lives. */
import type { Server } from 'node:http';
import { constants, type Http2SecureServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import { Socket } from 'node:net';

/**
 * Cuts connections of HTTP/1.1, and streams of HTTP/2, of whoever takes nothing of an answer for `ms` milliseconds. A player that
 * pauses asks again for the rest.
 * @param isBusy whether a request of this connection is under way
 */
export function cutStuck(server: Server | Http2SecureServer, ms: number, isBusy: (socket: Socket) => boolean): void {
  // Node's own count, which alone knows what the other end takes of a write. A server of HTTP/2 has it only as a property.
  Object.assign(server, { timeout: ms });
  const onQuiet = (peer: Socket | ServerHttp2Session): void => {
    // `guardTls` closes connections of HTTP/2 that are idle.
    if (!(peer instanceof Socket)) return;
    // Whoever waits for something to happen is sent nothing; whoever is kept for another request has not come with it.
    if (peer.writableLength > 0 || !isBusy(peer)) peer.destroy();
  };
  (server as Server).on('timeout', onQuiet);
  (server as Http2SecureServer).on('stream', (stream: ServerHttp2Stream) => {
    stream.setTimeout(ms, () => {
      if (stream.writableLength > 0) stream.close(constants.NGHTTP2_CANCEL);
    });
  });
}
