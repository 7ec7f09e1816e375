/** A certificate with its key: read, checked and described before anything is served with them. */
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { Config } from '../config/schema.ts';
import { ConfigError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Clock } from '../util/clock.ts';

/** Where a certificate is: paths of PEM files. */
export interface CertificateFiles {
  /** The server's certificate, followed by those between it and its authority. */
  readonly cert: string;
  readonly key: string;
}

/** What a TLS server needs, known to fit together. */
export interface Certificate {
  /** PEM, the server's own first. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  readonly leaf: X509Certificate;
  /** Where it was read. */
  readonly files: CertificateFiles;
}

/** Organisation in the name of authorities that `gridcast doctor --make-cert` makes. */
export const LOCAL_AUTHORITY = 'Gridcast local authority';
/** A certificate that ends sooner is worth a word, milliseconds. */
const ENDS_SOON_MS = 14 * 24 * 3600 * 1000;

/**
 * The configured certificate, undefined when there is none; a word in the log when browsers refuse it, or will soon.
 * @throws ConfigError with one sentence when it cannot be used
 */
export async function openCertificate(
  { cert, key }: Config['tls'],
  options: { readonly clock: Clock; readonly log: Logger },
): Promise<Certificate | undefined> {
  if (cert === undefined || key === undefined) return undefined;
  const certificate = await readCertificate({ cert, key });
  warnOfDates(certificate, options);
  return certificate;
}

/** Reads both files. @throws ConfigError with one sentence when they cannot be used. */
export async function readCertificate(files: CertificateFiles): Promise<Certificate> {
  const [cert, key] = await Promise.all([readPem('cert', files.cert), readPem('key', files.key)]);
  return checkPair({ cert, key }, files);
}

/** @param files only named in sentences. @throws ConfigError when `pem` cannot be used. */
export function checkPair(pem: { readonly cert: string; readonly key: string }, files: CertificateFiles): Certificate {
  const leaf = attempt(
    () => new X509Certificate(pem.cert),
    `tls.cert names ${files.cert}, which holds no certificate in PEM form ("-----BEGIN CERTIFICATE-----")`,
  );
  const key = attempt(
    () => createPrivateKey(pem.key),
    `tls.key names ${files.key}, which holds no private key in PEM form without a passphrase`,
  );
  if (!leaf.checkPrivateKey(key)) {
    throw new ConfigError(
      `The key in ${files.key} (tls.key) does not belong to the certificate in ${files.cert} (tls.cert); name two files that were made together.`,
    );
  }
  attempt(() => createSecureContext(pem), `TLS cannot be served with the certificate in ${files.cert} (tls.cert)`);
  return { ...pem, leaf, files };
}

/** Half a sentence about a certificate that does not hold now or not for long; undefined when all is well. */
export function dateTrouble(
  leaf: X509Certificate,
  nowMs: number,
): { readonly refused: boolean; readonly text: string } | undefined {
  const [from, to] = [leaf.validFromDate.getTime(), leaf.validToDate.getTime()];
  if (nowMs < from) return { refused: true, text: `holds only from ${day(from)} on (is the machine's clock right?)` };
  if (nowMs > to) return { refused: true, text: `ended on ${day(to)}` };
  if (to - nowMs < ENDS_SOON_MS) return { refused: false, text: `ends on ${day(to)}` };
  return undefined;
}

/** Says in the log when browsers refuse the certificate, or will soon. */
export function warnOfDates(
  { leaf, files }: Certificate,
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): void {
  const trouble = dateTrouble(leaf, clock.wallMs());
  if (trouble) log.warn(`The certificate ${trouble.text}; renew it`, { file: files.cert, refused: trouble.refused });
}

/** Whether browsers accept the certificate for this host of a URL: a name, an address, or an address in brackets. */
export function isFor(leaf: X509Certificate, host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '');
  return (isIP(bare) > 0 ? leaf.checkIP(bare) : leaf.checkHost(bare)) !== undefined;
}

/** Whether nobody but this network knows who signed it. */
export function isLocallySigned(leaf: X509Certificate): boolean {
  return leaf.checkIssued(leaf) || leaf.issuer.includes(LOCAL_AUTHORITY);
}

/**
 * Whether browsers may be told to insist on HTTPS for a year. Never for addresses and this machine's own name, which other
 * programs share, nor with a certificate that visitors have to trust by hand: they could not even get to the page that says how.
 * @param leaf of the server itself; undefined when a proxy has one
 */
export function mayInsistOnHttps(publicUrl: string | undefined, leaf: X509Certificate | undefined): boolean {
  const url = publicUrl === undefined ? null : URL.parse(publicUrl);
  if (url?.protocol !== 'https:') return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) > 0 || /(^|\.)localhost$/.test(host)) return false;
  return leaf === undefined || !isLocallySigned(leaf);
}

async function readPem(what: 'cert' | 'key', path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `tls.${what} names ${path}, which cannot be read (${messageOf(error)}); give the path of a file that this user may read.`,
      error,
    );
  }
}

function attempt<T>(work: () => T, sentence: string): T {
  try {
    return work();
  } catch (error) {
    throw new ConfigError(`${sentence} (${messageOf(error)}); name another file.`, error);
  }
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
