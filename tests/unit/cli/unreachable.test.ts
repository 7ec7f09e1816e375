import { describe, expect, it } from 'vitest';
import { refusalOf, whyUnreachable } from '../../../src/cli/unreachable.ts';
import { GridcastError } from '../../../src/client/client.ts';

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
    const reset = Object.assign(new Error('it hung up'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(whyUnreachable(HTTPS, reset)).toContain('(it hung up): use an address that its certificate is for.');
    expect(whyUnreachable(HTTPS, 'nothing')).toBe(`The server at ${HTTPS} cannot be reached (nothing); is it running?`);
  });
});

describe('what the client was told', () => {
  it('is no answer, whose cause is said with the remedy', () => {
    const cut = new GridcastError('No answer.', 0, 'unreachable', { cause: failed('ECONNREFUSED') });
    const told = refusalOf(HTTPS, cut);
    expect(told).toMatchObject({ code: 'unreachable', fault: 'destination' });
    expect(told.message).toBe(`The server at ${HTTPS} cannot be reached (because of ECONNREFUSED); is it running?`);
  });

  it.each([
    [500, 'destination', 'broken'],
    [499, 'client', 'refused'],
  ])('with status %i, is the fault of the %s', (status, fault, code) => {
    const told = refusalOf(HTTPS, new GridcastError('In the words of the server.', status, 'broken'));
    expect(told).toMatchObject({ code, fault, message: 'In the words of the server.' });
  });

  it('is whatever else went wrong, as it is', () => {
    const other = new RangeError('too long');
    expect(refusalOf(HTTPS, other)).toBe(other);
    expect(refusalOf(HTTPS, 'nothing').message).toBe('nothing');
  });
});
