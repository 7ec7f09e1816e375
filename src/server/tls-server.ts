/** HTTP/2 and HTTP/1.1 over TLS, with bounds for what one connection may hold. WebSockets come by HTTP/1.1. */
import { type Http2SecureServer, type ServerHttp2Session, constants, createSecureServer } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Clock, Disposer } from '../util/clock.ts';
import type { OpenSockets } from './open-sockets.ts';
import { type ArrivingRequest, watchArrival } from './request-times.ts';
import type { Certificate } from './tls-certificate.ts';

/** Streams that a connection may have open; a page asks for some dozen files at once, a proxy for those of many viewers. */
const MAX_STREAMS = 100;
/** The same as Node allows with HTTP/1.1. */
const MAX_HEADER_BYTES = 16 * 1024;
/** Time for the handshake, after which the connection is of no use. */
const HANDSHAKE_MS = 10_000;
/** How long a connection that was told goodbye may take to go. */
const GOODBYE_MS = 5000;

const LIMITS = {
  settings: { maxConcurrentStreams: MAX_STREAMS, maxHeaderListSize: MAX_HEADER_BYTES },
  maxHeaderListPairs: 128,
  /** Settings in one frame. */
  maxSettings: 32,
  /** Megabytes; new streams are refused beyond. */
  maxSessionMemory: 10,
  /** Frames and streams against the rules, after which the connection ends. */
  maxSessionInvalidFrames: 100,
  maxSessionRejectedStreams: 100,
  // Streams that are opened only to be cancelled ("rapid reset"): viewers who seek cancel some dozen at once.
  streamResetBurst: 1000,
  streamResetRate: 33,
} as const;

/** The browser showed nothing, or curl said "empty reply", before somebody thought of the "s". */
const PLAIN_HTTP_ANSWER = JSON.stringify({
  type: 'about:blank',
  title: 'Bad Request',
  status: 400,
  code: 'https_only',
  detail: 'This port speaks HTTPS only; put https:// before its address.',
});

/** Times in milliseconds, as a server without TLS has them. */
export interface TlsTimes {
  /** Until a request is there as a whole, and within which an upload must move on. */
  readonly requestMs: number;
  /** Until a connection without requests is closed. */
  readonly keepAliveMs: number;
}

/** A server that does not listen yet. */
export function createTlsServer({ cert, key }: Certificate): Http2SecureServer {
  return createSecureServer({ ...LIMITS, cert, key, allowHTTP1: true, handshakeTimeout: HANDSHAKE_MS });
}

/**
 * Holds connections and streams to their times, and tells those who speak without TLS. HTTP/1.1 is not its concern: `watchHttp1`
 * keeps the times there.
 */
export function guardTls(server: Http2SecureServer, sockets: OpenSockets, times: TlsTimes, clock: Clock): void {
  server.on('session', (session) => closeWhenIdle(session, sockets, times.keepAliveMs, clock));
  server.on('stream', (stream, headers) => {
    if (stream.endAfterHeaders) return;
    const socket = stream.session?.socket;
    const arriving: ArrivingRequest = {
      complete: () => stream.destroyed || stream.state.remoteClose === 1,
      // What other streams of the connection bring counts, too: nobody else knows how much of it is whose.
      bytes: () => (stream.session?.destroyed === false ? (socket?.bytesRead ?? 0) : 0),
      expire: () => stream.close(constants.NGHTTP2_CANCEL),
      onOver: (callback) => void stream.once('close', callback),
    };
    watchArrival(arriving, headers, times.requestMs, clock);
  });
  server.on('tlsClientError', (error: NodeJS.ErrnoException, socket: TLSSocket) => {
    // The connection below is as it was: TLS has only read from it.
    const plain = error.code === 'ERR_SSL_HTTP_REQUEST' ? sockets.below(socket) : undefined;
    if (!plain || plain.destroyed) return;
    plain.once('finish', () => plain.destroy());
    plain.once('error', () => plain.destroy());
    plain.end(
      'HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\n' +
        `Content-Length: ${Buffer.byteLength(PLAIN_HTTP_ANSWER)}\r\nConnection: close\r\n\r\n${PLAIN_HTTP_ANSWER}`,
    );
  });
}

/** Pings do not count: only who asks for something is worth a connection. */
function closeWhenIdle(session: ServerHttp2Session, sockets: OpenSockets, idleMs: number, clock: Clock): void {
  // Asked now, because a session that ends knows its peer no more.
  const socket = sockets.below(session.socket);
  let open = 0;
  let cancel: Disposer = () => {};
  const wait = (): void => {
    cancel = clock.after(idleMs, () => {
      session.close();
      // It says goodbye in order, for which it needs a peer that listens.
      cancel = clock.after(GOODBYE_MS, () => socket?.destroy());
    });
  };
  session.on('stream', (stream) => {
    cancel();
    open += 1;
    stream.once('close', () => {
      open -= 1;
      if (open === 0 && !session.closed && !session.destroyed && socket?.destroyed !== true) wait();
    });
  });
  (socket ?? session).once('close', () => cancel());
  wait();
}
