/** How long a request may take to arrive: half a minute as a whole, but for uploads, which only have to move on. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../util/clock.ts';

/** Bytes that an upload must bring within each of its times, as over a line of some 17 kbit/s. */
const LEAST_BYTES = 64 * 1024;

/** What is watched. */
export interface ArrivingRequest {
  /** Whether all of it is there. */
  readonly complete: () => boolean;
  /** Bytes that its connection has brought so far. */
  readonly bytes: () => number;
  /** Whoever sends it is too slow. */
  readonly expire: () => void;
  /** Calls back when it is over, well or not. */
  readonly onOver: (callback: () => void) => void;
}

/** Whether a body is a part of a file that resumes where it was cut off: all of tus 1.0, and nothing else here, says so. */
export function isUpload(headers: IncomingHttpHeaders): boolean {
  return headers['content-type'] === 'application/offset+octet-stream';
}

/** Whether a body follows these headers, over HTTP/1.1. */
export function bringsBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Ends a request that has not arrived after `ms` milliseconds; an upload, when it has not moved on in any such time. */
export function watchArrival(request: ArrivingRequest, headers: IncomingHttpHeaders, ms: number, clock: Clock): void {
  // What came together with the headers nobody counted: the first time is for free.
  let seen = Number.NEGATIVE_INFINITY;
  const look = (): void => {
    if (request.complete()) return;
    const now = request.bytes();
    if (!isUpload(headers) || now - seen < LEAST_BYTES) {
      request.expire();
      return;
    }
    seen = now;
    cancel = clock.after(ms, look);
  };
  let cancel = clock.after(ms, look);
  request.onOver(() => cancel());
}

/** The same over HTTP/1.1, where the connection carries nothing else meanwhile. */
export function watchHttp1(request: IncomingMessage, response: ServerResponse, ms: number, clock: Clock): void {
  if (request.httpVersionMajor > 1 || !bringsBody(request.headers)) return;
  const { socket } = request;
  const arriving: ArrivingRequest = {
    complete: () => request.complete || socket.destroyed,
    bytes: () => socket.bytesRead,
    expire() {
      // Who has had an answer already gets no second one.
      if (!response.headersSent && socket.writable) {
        socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      }
      socket.destroySoon();
    },
    onOver: (callback) => void request.once('close', callback),
  };
  watchArrival(arriving, request.headers, ms, clock);
}
