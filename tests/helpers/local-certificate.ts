/** Certificates as `gridcast doctor --make-cert` makes them, and requests of HTTP/2 that trust them. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type ClientHttp2Session, type IncomingHttpHeaders, type OutgoingHttpHeaders, connect } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type PemPair, makeAuthority, signServer } from '../../src/cli/authority.ts';
import { type CertificateFiles, type Certificate, checkPair } from '../../src/server/tls-certificate.ts';
import { systemClock } from '../../src/util/clock.ts';

const HOSTS = ['localhost', '127.0.0.1', '::1'];

/** An authority and what it signed. */
export interface LocalCertificate {
  readonly authority: PemPair;
  readonly server: PemPair;
}

/** Both new. @param nowMs the wall clock that they begin at */
export async function makeLocal(nowMs = systemClock.wallMs(), hosts = HOSTS): Promise<LocalCertificate> {
  const authority = await makeAuthority(nowMs, []);
  return { authority, server: await signServer(authority, hosts, nowMs) };
}

/** As a server takes it. */
export function asCertificate({ server }: LocalCertificate): Certificate {
  return checkPair(server, { cert: 'cert.pem', key: 'key.pem' });
}

/** In files of a folder that is removed when the caller says so. */
export async function inFiles(pair: PemPair): Promise<CertificateFiles & { remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'gridcast-test-'));
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await Promise.all([writeFile(files.cert, pair.cert), writeFile(files.key, pair.key)]);
  return { ...files, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** An answer over HTTP/2. */
export interface H2Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A connection of HTTP/2 that trusts `ca`; gone when the test ends. */
export async function connectH2(url: string, ca: string): Promise<ClientHttp2Session> {
  const session = connect(url, { ca });
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  await once(session, 'connect');
  return session;
}

/** One request and its whole answer. @throws when the stream is reset */
export async function askH2(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  body?: string | Buffer,
): Promise<H2Answer> {
  const stream = session.request(headers, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  const answered = once(stream, 'response') as Promise<[IncomingHttpHeaders & { ':status': number }]>;
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [[answer]] = await Promise.all([answered, once(stream, 'end')]);
  return { status: answer[':status'], headers: answer, body: Buffer.concat(chunks) };
}
