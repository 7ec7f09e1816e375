/** What a person reads when a command cannot reach the server. */
import { GridcastError } from '../client/client.ts';
import { BadRequestError, messageOf, UnavailableError } from '../errors.ts';

// OpenSSL's codes, as Node passes them on: nobody whom this machine trusts has signed the certificate.
const UNTRUSTED = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);
// What comes back when a TLS handshake meets a server without TLS.
const NO_TLS = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG', 'EPROTO']);

/** What the client was told, or why it was told nothing, as an error with one sentence. */
export function refusalOf(url: string, error: unknown): Error {
  if (!(error instanceof GridcastError)) return error instanceof Error ? error : new TypeError(String(error));
  if (error.status === 0) return new UnavailableError('unreachable', whyUnreachable(url, error.cause));
  if (error.status >= 500) return new UnavailableError(error.code, error.detail, error);
  return new BadRequestError('refused', error.detail, error);
}

/** One sentence with a remedy. @param error of `fetch` or of a socket */
export function whyUnreachable(url: string, error: unknown): string {
  // What `fetch` throws says only that it failed, and why in its cause.
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : '';
  const what = `The server at ${url} cannot be reached (${messageOf(reason)})`;
  if (UNTRUSTED.has(code)) {
    return `${what}: this machine does not know who signed its certificate; name the authority's file in NODE_EXTRA_CA_CERTS.`;
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `${what}: use an address that its certificate is for.`;
  if (NO_TLS.has(code) && url.startsWith('https:')) return `${what}; does it speak https?`;
  return `${what}; is it running?`;
}
