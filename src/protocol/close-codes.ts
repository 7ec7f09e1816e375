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

/** Whether a client should connect again by itself after this code, with back-off and its resume token. */
export function mayReconnect(code: number): boolean {
  return code < 4000 && code !== CLOSE_CODES.normal;
}
