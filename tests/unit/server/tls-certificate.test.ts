import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import {
  type Certificate,
  dateTrouble,
  isFor,
  mayInsistOnHttps,
  openCertificate,
  readCertificate,
} from '../../../src/server/tls-certificate.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';
import { asCertificate, type LocalCertificate, makeLocal } from '../../helpers/local-certificate.ts';
import { nullLogger } from '../../../src/logger.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const DAY_MS = 24 * 3600 * 1000;
const START_MS = Date.UTC(2030, 0, 1);
let local: LocalCertificate;
let certificate: Certificate;

beforeAll(async () => {
  local = await makeLocal(START_MS, ['cast.lan', 'localhost', '192.0.2.1']);
  certificate = asCertificate(local);
});

async function files(cert: string, key: string): Promise<{ cert: string; key: string }> {
  const dir = await tempDir();
  const paths = { cert: join(dir, 'cert.pem'), key: join(dir, 'key.pem') };
  await Promise.all([writeFile(paths.cert, cert), writeFile(paths.key, key)]);
  return paths;
}

describe('a certificate and its key', () => {
  it('are read and known to belong together', async () => {
    const { leaf } = await readCertificate(await files(local.server.cert, local.server.key));
    expect(leaf.subject).toContain('CN=cast.lan');
  });

  it('that cannot be read are named in one sentence', async () => {
    const { cert, key } = await files(local.server.cert, local.server.key);
    await expect(readCertificate({ cert: `${cert}.no`, key })).rejects.toThrow(
      /^tls\.cert names .*\.no, which cannot be read \(ENOENT/,
    );
    await expect(readCertificate({ cert, key: `${key}.no` })).rejects.toThrow(
      /^tls\.key names .*\.no, which cannot be read/,
    );
  });

  it('that are something else are named in one sentence', async () => {
    const swapped = await files(local.server.key, local.server.cert);
    await expect(readCertificate(swapped)).rejects.toThrow(/^tls\.cert names .* holds no certificate in PEM form/);
    const noKey = await files(local.server.cert, local.server.cert);
    await expect(readCertificate(noKey)).rejects.toThrow(
      /^tls\.key names .* holds no private key in PEM form without a pass/,
    );
  });

  it('that need a passphrase are refused, for nobody could type it', async () => {
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
    });
    await expect(readCertificate(await files(local.server.cert, privateKey))).rejects.toThrow('without a passphrase');
  });

  it('of different pairs are refused', async () => {
    const wrong = await files(local.server.cert, local.authority.key);
    await expect(readCertificate(wrong)).rejects.toThrow(
      /^The key in .* does not belong to the certificate in .*; name two/,
    );
  });
});

describe('the dates of a certificate', () => {
  it.each([
    ['before it begins', -2 * DAY_MS, true, 'holds only from 2029-12-31 on'],
    ['within', 0, undefined, undefined],
    ['more than two weeks before its end', 350 * DAY_MS, undefined, undefined],
    ['within two weeks of its end', 352 * DAY_MS, false, 'ends on 2031-01-01'],
    ['after its end', 366 * DAY_MS, true, 'ended on 2031-01-01'],
  ])('%s are told', (_name, laterMs, refused, text) => {
    const trouble = dateTrouble(certificate.leaf, START_MS + laterMs);
    expect(trouble?.refused).toBe(refused);
    if (text !== undefined) expect(trouble?.text).toContain(text);
  });

  it('do not stop the start, but are a word in the log', async () => {
    const said: string[] = [];
    const log = { ...nullLogger, warn: (message: string) => void said.push(message) };
    const tls = await files(local.server.cert, local.server.key);
    await openCertificate(tls, { clock: new FakeClock(START_MS + 400 * DAY_MS), log });
    await openCertificate(tls, { clock: new FakeClock(START_MS), log });
    expect(said).toEqual(['The certificate ended on 2031-01-01; renew it']);
    expect(await openCertificate(configSchema.parse({}).tls, { clock: new FakeClock(), log })).toBeUndefined();
  });
});

describe('the names of a certificate', () => {
  it.each([
    ['cast.lan', true],
    ['192.0.2.1', true],
    ['192.0.2.2', false],
    ['[::1]', false],
    ['lan', false],
  ])('hold for %s: %s', (host, good) => {
    expect(isFor(certificate.leaf, host)).toBe(good);
  });
});

describe('browsers are told to insist on HTTPS', () => {
  it.each([
    ['a proxy’s public name', 'https://cast.example.org', false, true],
    ['a name with a certificate that has to be trusted by hand', 'https://cast.lan', true, false],
    ['this machine’s own name', 'https://localhost:8443', false, false],
    ['an address', 'https://192.0.2.1', false, false],
    ['an address of IPv6', 'https://[2001:db8::1]', false, false],
    ['plain HTTP', 'http://cast.example.org', false, false],
    ['no address', undefined, true, false],
  ])('for %s', (_name, publicUrl, own, answer) => {
    expect(mayInsistOnHttps(publicUrl, own ? certificate.leaf : undefined)).toBe(answer);
  });
});

describe('the configuration of a certificate', () => {
  const issues = (input: object) => configSchema.safeParse(input).error?.issues.map(({ path }) => path.join('.'));

  it('has both files or neither', () => {
    expect(issues({ tls: { cert: 'a', key: 'b' } })).toBeUndefined();
    expect(issues({ tls: { cert: 'a' } })).toEqual(['tls.key']);
    expect(issues({ tls: { key: 'a' } })).toEqual(['tls.cert']);
  });

  it('goes with no address of plain HTTP', () => {
    expect(issues({ tls: { cert: 'a', key: 'b' }, server: { publicUrl: 'http://a.example' } })).toEqual([
      'server.publicUrl',
    ]);
    expect(issues({ tls: { cert: 'a', key: 'b' }, server: { publicUrl: 'https://a.example' } })).toBeUndefined();
  });
});
