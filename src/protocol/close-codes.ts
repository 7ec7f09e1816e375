/** WebSocket close codes. 1xxx are RFC 6455 section 7.4.1; 4xxx are this protocol's own: 4000 + an HTTP status. */
export const CLOSE_CODES = {
  normal: 1000,
  goingAway: 1001,
  internal: 1011,
  tryAgainLater: 1013,
  protocolError: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  notFound: 4404,
  helloTimeout: 4408,
  conflict: 4409,
  roomEnded: 4410,
  tooLarge: 4413,
  limit: 4429,
} as const;

/** RFC 6455 section 7.4.1: the other side leaves, nothing was said, the line broke, a fault or overload of the server. */
const TEMPORARY: ReadonlySet<number> = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014]);

/** Whether a client should connect again by itself after this code, with back-off and its resume token. */
export function mayReconnect(code: number): boolean {
  return TEMPORARY.has(code);
}
