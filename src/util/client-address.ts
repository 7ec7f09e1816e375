/** Where whoever asks is: pure. */
import type { IncomingMessage } from 'node:http';

const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;
const MAX_LENGTH = 64;

/** Whether this is an address of the machine itself. */
export function isLoopback(address: string | undefined): boolean {
  return LOOPBACK_ADDRESS.test(address ?? '');
}

/**
 * Where the asker is, for limits. A reverse proxy on this machine says whom it asks for, as the last of `X-Forwarded-For`; of
 * everybody else that header is a claim. Undefined when the connection is gone.
 */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>): string | undefined {
  const { remoteAddress } = request.socket;
  const { 'x-forwarded-for': forwarded } = request.headers;
  const said = String(forwarded ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return said !== undefined && said !== '' && isLoopback(remoteAddress) ? said.slice(0, MAX_LENGTH) : remoteAddress;
}
