/**
 * A certificate authority for one network, and certificates signed by it. Made with @peculiar/x509 on the platform's own
 * WebCrypto rather than with an `openssl` command, whose versions differ and which many machines lack. Nothing but
 * `gridcast doctor --make-cert` loads it.
 */
// Before the library, which asks for it when it is loaded.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';
import { LOCAL_AUTHORITY } from '../server/tls-certificate.ts';

/** PEM texts. */
export interface PemPair {
  readonly cert: string;
  readonly key: string;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3600 * 1000;
const AUTHORITY_DAYS = 3650;
/** Phones take no more than 825 days, and 398 of authorities that everybody trusts. */
const LEAF_DAYS = 365;
/** Clocks of other machines may be slow. */
const BEFORE_MS = DAY_MS;
const NAME_CONSTRAINTS = '2.5.29.30';
/** Names that mean nothing outside of a network of one's own. */
const LOCAL_NAMES = ['localhost', 'local', 'lan', 'home', 'home.arpa', 'internal'];

/**
 * A new authority, for ten years. It can sign for names of local networks, for `hosts` and what is below them, and for
 * addresses: whoever steals its key cannot pretend to be any other site to those who trust it.
 */
export async function makeAuthority(nowMs: number, hosts: readonly string[]): Promise<PemPair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const names = [...new Set([...LOCAL_NAMES, ...hosts])];
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ O: [LOCAL_AUTHORITY] }, { CN: [commonName(`Gridcast on ${hosts[0] ?? 'localhost'}`)] }],
    notBefore: new Date(nowMs - BEFORE_MS),
    notAfter: new Date(nowMs + AUTHORITY_DAYS * DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.Extension(NAME_CONSTRAINTS, true, permittedNames(names)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n`, key: await keyPem(keys.privateKey) };
}

/**
 * A server's certificate for `hosts` (names and IP addresses, at least one), for a year, followed by its authority's.
 * @throws when `authority` is none
 */
export async function signServer(authority: PemPair, hosts: readonly string[], nowMs: number): Promise<PemPair> {
  const issuer = new x509.X509Certificate(authority.cert);
  const signingKey = await crypto.subtle.importKey('pkcs8', fromPem(authority.key), ALGORITHM, false, ['sign']);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ O: ['Gridcast'] }, { CN: [commonName(hosts[0] ?? 'localhost')] }],
    issuer: issuer.subjectName,
    notBefore: new Date(nowMs - BEFORE_MS),
    notAfter: new Date(Math.min(nowMs + LEAF_DAYS * DAY_MS, issuer.notAfter.getTime())),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hosts.map((value) => ({ type: isIP(value) > 0 ? ('ip' as const) : ('dns' as const), value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${cert.toString('pem')}\n${authority.cert}`, key: await keyPem(keys.privateKey) };
}

/** Whether an authority may sign for a host: by its constraints on names; it may sign for any address. */
export function maySignFor(authorityPem: string, host: string): boolean {
  if (isIP(host) > 0) return true;
  const extension = new x509.X509Certificate(authorityPem).getExtension(NAME_CONSTRAINTS);
  if (!extension) return true;
  return namesOf(new Uint8Array(extension.value)).some((name) => host === name || host.endsWith(`.${name}`));
}

/** X.520 allows no more than 64 characters; nobody but people reads them. */
function commonName(text: string): string {
  return text.slice(0, 64);
}

/** 16 random bytes that are a positive number (RFC 5280 section 4.1.2.2), as hexadecimal digits. */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

/** NameConstraints (RFC 5280 section 4.2.1.10) with permitted names of the domain name system only. */
function permittedNames(names: readonly string[]): Uint8Array<ArrayBuffer> {
  const trees = names.map((name) => der(0x30, der(0x82, Buffer.from(name, 'ascii'))));
  return Uint8Array.from(der(0x30, der(0xa0, Buffer.concat(trees))));
}

/** The names in what `permittedNames` wrote. */
function namesOf(value: Uint8Array): string[] {
  const names: string[] = [];
  const trees = content(content(Buffer.from(value)).data).data;
  for (let rest: Buffer = trees; rest.length > 0; ) {
    const tree = content(rest);
    names.push(content(tree.data).data.toString('ascii'));
    rest = tree.rest;
  }
  return names;
}

/** One element of DER; the content is at most 65535 bytes long. */
function der(tag: number, data: Uint8Array): Buffer {
  const { length } = data;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), data]);
}

function content(element: Buffer): { readonly data: Buffer; readonly rest: Buffer } {
  const first = element[1] ?? 0;
  const more = first < 0x80 ? 0 : first & 0x7f;
  const length = more === 0 ? first : element.readUIntBE(2, more);
  const start = 2 + more;
  return { data: element.subarray(start, start + length), rest: element.subarray(start + length) };
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`;
}

function fromPem(pem: string): Uint8Array<ArrayBuffer> {
  const text = /-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----/.exec(pem)?.[1] ?? '';
  return Uint8Array.from(Buffer.from(text, 'base64'));
}
