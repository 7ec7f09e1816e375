import { describe, expect, it } from 'vitest';
import { whyUnreachable } from '../../../src/cli/unreachable.ts';

const HTTPS = 'https://cast.example';

/** As `fetch` throws it. */
function failed(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`because of ${code}`), { code }) });
}

describe('a server that cannot be reached', () => {
  it.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', HTTPS, 'does not know who signed its certificate; name the authority'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', HTTPS, 'NODE_EXTRA_CA_CERTS'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', HTTPS, 'use an address that its certificate is for.'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', HTTPS, 'does it speak https?'],
    ['EPROTO', 'http://cast.example', 'is it running?'],
    ['ECONNREFUSED', HTTPS, 'is it running?'],
  ])('for %s at %s: %s', (code, url, remedy) => {
    const text = whyUnreachable(url, failed(code));
    expect(text).toContain(`The server at ${url} cannot be reached (because of ${code})`);
    expect(text).toContain(remedy);
  });

  it('is explained by whatever was thrown when there is no cause', () => {
    expect(whyUnreachable(HTTPS, 'nothing')).toBe(`The server at ${HTTPS} cannot be reached (nothing); is it running?`);
  });
});
