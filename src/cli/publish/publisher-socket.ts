/** The sockets of a headless participant: opened, spoken on, and given up when nobody answers. */
import type { SecureContextOptions } from 'node:tls';
import { type ClientOptions, type RawData, WebSocket } from 'ws';
import { type ClientMessage, type ServerMessage, parseServerMessage } from '../../protocol/messages.ts';
import type { Clock, Disposer } from '../../util/clock.ts';
import { whyUnreachable } from '../unreachable.ts';

/** Where a socket leads. */
export interface SocketTarget {
  /** The server, for example `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly room: string;
  /** PEM of the one certificate that the server is known to have; default: whoever this machine trusts. */
  readonly certificate?: string | undefined;
}

/** Milliseconds for which a server is not taken for gone though it says nothing: it answers a ping at once. */
export const SILENCE_MS = 8000;
const HANDSHAKE_MS = 10_000;
const PING_MS = 2000;

/** @param explain is told, for a person, why the socket cannot be opened or breaks */
export function openSocket(target: SocketTarget, explain: (text: string) => void): WebSocket {
  const { url, certificate } = target;
  const socket = new WebSocket(socketUrl(target), { handshakeTimeout: HANDSHAKE_MS, ...pinnedTo(certificate) });
  socket.on('unexpected-response', (_request, { statusCode }) => {
    // What the port of a server with a certificate says to those who speak without TLS.
    const tls = statusCode === 400 && url.startsWith('http:');
    const hint = tls ? 'is its address https://' : 'is it a Gridcast server';
    explain(`The server at ${url} does not take the connection (HTTP ${statusCode}); ${hint}?`);
    socket.terminate();
  });
  socket.on('error', (error) => explain(whyUnreachable(url, error)));
  return socket;
}

/** Messages of a newer server that this client does not know are not for it. */
export function onMessage(socket: WebSocket, handle: (message: ServerMessage) => void): void {
  socket.on('message', (data: RawData, binary) => {
    // `ws` gives a Buffer with its default binary type.
    const message = binary ? undefined : parseServerMessage((data as Buffer).toString());
    if (typeof message === 'object') handle(message);
  });
}

/** Sends a message. */
export function say(socket: WebSocket, message: ClientMessage): void {
  socket.send(JSON.stringify(message));
}

/** Pings for as long as the socket is of use; a server that has fallen silent is given up. */
export function keepAsking(
  socket: WebSocket,
  { clock, url }: { readonly clock: Clock; readonly url: string },
  explain: (text: string) => void,
): Disposer {
  let heardMs: number | undefined;
  let lookedMs = clock.monotonicMs();
  onMessage(socket, () => {
    heardMs = clock.monotonicMs();
  });
  return clock.every(PING_MS, () => {
    const now = clock.monotonicMs();
    const stoodStill = now - lookedMs >= 2 * PING_MS;
    lookedMs = now;
    // Before its welcome the server wants to hear nothing but hello.
    if (heardMs === undefined || socket.readyState !== WebSocket.OPEN) return;
    // What came while this machine stood still has not been read yet.
    if (stoodStill || now - heardMs <= SILENCE_MS) {
      say(socket, { type: 'ping', sentMs: now });
      return;
    }
    explain(`The server at ${url} does not answer any more.`);
    socket.terminate();
  });
}

function socketUrl({ url, room }: SocketTarget): URL {
  const address = new URL('/ws', url);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('room', room);
  return address;
}

/** The very certificate is proof enough: neither its name nor who signed it is looked at. */
function pinnedTo(certificate: string | undefined): ClientOptions & SecureContextOptions {
  if (certificate === undefined) return {};
  // Nothing to complain of, in the words of both Node and the types of `ws`.
  return { ca: certificate, allowPartialTrustChain: true, checkServerIdentity: () => false };
}
