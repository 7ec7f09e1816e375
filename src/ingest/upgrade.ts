/** The checks of an upgrade request before a WebSocket exists. */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Who may open a socket. */
export interface UpgradePolicy {
  readonly socketsPerAddress: number;
  /** Origins beside the server's own, for example `https://example.org`. */
  readonly allowedOrigins: readonly string[];
}

/** An HTTP answer instead of a socket. */
export interface UpgradeProblem {
  readonly status: number;
  /** For programs, as in other problems. */
  readonly code: string;
  readonly message: string;
}

/** The address of a request; undefined when it is none, for example "//". */
export function requestUrl(request: IncomingMessage): URL | undefined {
  return URL.parse(request.url ?? '/', 'http://localhost') ?? undefined;
}

/** What everybody is told while the server closes. */
export const SHUTTING_DOWN: UpgradeProblem = {
  status: 503,
  code: 'shutting_down',
  message: 'The server is shutting down.',
};

/** Why this request gets no socket, or undefined. `open`: sockets its address has already. */
export function upgradeProblem(
  request: IncomingMessage,
  url: URL | undefined,
  open: number,
  policy: UpgradePolicy,
): UpgradeProblem | undefined {
  const where = 'WebSockets are at /ws?room=ROOM.';
  if (!url) return { status: 400, code: 'invalid_request', message: `The request names no address. ${where}` };
  if (url.pathname !== '/ws') return { status: 404, code: 'not_found', message: where };
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(url.searchParams.get('room') ?? '')) {
    return {
      status: 400,
      code: 'invalid_request',
      message: 'Name the room: /ws?room=ROOM, with ROOM of letters, digits, "_" and "-", at most 64.',
    };
  }
  return visitorProblem(request, open, policy);
}

/** Why this visitor gets no socket, whatever it is for, or undefined. `open`: sockets its address has already. */
export function visitorProblem(
  request: IncomingMessage,
  open: number,
  policy: UpgradePolicy,
): UpgradeProblem | undefined {
  // Browsers always send Origin; a page of somebody else must not use our visitors' tokens (CWE-1385).
  const { origin } = request.headers;
  if (origin !== undefined && !originAllowed(origin, request, policy.allowedOrigins)) {
    const message = 'Pages of this origin may not connect; add it to server.allowedOrigins.';
    return { status: 403, code: 'cross_site', message };
  }
  if (open >= policy.socketsPerAddress) {
    const message = `This address has ${open} sockets open already; close some first.`;
    return { status: 503, code: 'too_many_sockets', message };
  }
  return undefined;
}

/** Answers a refused upgrade over the bare socket. */
export function refuseUpgrade(socket: Duplex, { status, code, message }: UpgradeProblem): void {
  const body = JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, code, detail: message });
  socket.on('error', () => socket.destroy());
  // Sockets of HTTP servers stay half open: a peer that never ends its side would keep this one for ever, uncounted.
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** A page without TLS, which anybody on the way may have written, is none of a server with TLS. Of a proxy's we cannot know. */
function originAllowed(
  origin: string,
  { headers: { host }, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  allowed: readonly string[],
): boolean {
  if (allowed.includes(origin)) return true;
  try {
    const url = new URL(origin);
    return url.host === host && (url.protocol === 'https:' || !('encrypted' in socket));
  } catch {
    return false;
  }
}
