import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { get as getPlain } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, constants, Http2ServerResponse } from 'node:http2';
import { get } from 'node:https';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApp } from '../../../src/api/app.ts';
import { SLICE_BYTES } from '../../../src/api/sliced-body.ts';
import { HttpServer } from '../../../src/server/http-server.ts';
import { asCertificate, askH2, connectH2, type LocalCertificate, makeLocal } from '../../helpers/local-certificate.ts';
import { startApi, type TestApi } from './api-server.ts';

/** Patience with a busy machine. */
const WAIT = { timeout: 9000 };
const SEGMENT = '/hls/hall/abc/segment-1.m4s';
/** More than the kernel takes from either end of a connection. */
const MUCH = 48_000_000;

let local: LocalCertificate;
let ca: string;

beforeAll(async () => {
  local = await makeLocal();
  ca = local.authority.cert;
});

interface SecureApi {
  readonly api: TestApi;
  readonly url: string;
  /** In the order of the requests. */
  readonly answers: ServerResponse[];
}

/** The application with a certificate, whose media have so many bytes. */
async function secureApi(bytes: number): Promise<SecureApi> {
  const api = await startApi();
  serve(api, bytes);
  const listener = createApp(api.deps).callback();
  const answers: ServerResponse[] = [];
  const server = await HttpServer.listen({
    host: '127.0.0.1',
    port: 0,
    onRequest: (request, response) => {
      answers.push(response);
      void listener(request, response);
    },
    onUpgrade: (_request, socket) => socket.destroy(),
    certificate: asCertificate(local),
  });
  onTestFinished(() => server.close());
  return { api, url: server.url, answers };
}

function serve(api: TestApi, bytes: number): void {
  const body = Buffer.alloc(bytes, 'media ');
  api.hls = { status: 200, contentType: 'video/mp4', cacheControl: 'max-age=9', body };
}

/** A viewer of HTTP/2 that asks for a segment and takes nothing of it. */
function askDeaf(h2: ClientHttp2Session): ClientHttp2Stream {
  const stream = h2.request({ ':path': SEGMENT });
  stream.on('error', () => {}).pause();
  return stream;
}

/** Bytes that an answer's own stream or connection has been given, and the other end has not taken. */
function held(response: ServerResponse | Http2ServerResponse | undefined): number {
  if (response instanceof Http2ServerResponse) return response.stream.writableLength;
  return response?.socket?.writableLength ?? 0;
}

describe('viewers who are slow', () => {
  it.each([
    { over: 0, pieces: 1 },
    { over: 1, pieces: 2 },
    { over: 20 * SLICE_BYTES, pieces: 21 },
  ])('get what is $over bytes larger than a slice over HTTP/2 as it is, in $pieces pieces', async ({ over }) => {
    const { api, url, answers } = await secureApi(SLICE_BYTES + over);
    const h2 = await connectH2(url, ca);
    const deaf = [askDeaf(h2), askDeaf(h2), askDeaf(h2)];
    await vi.waitFor(() => {
      expect(answers).toHaveLength(3);
      for (const answer of answers) expect(held(answer)).toBeGreaterThan(0);
    }, WAIT);
    for (const answer of answers) expect(held(answer)).toBeLessThanOrEqual(SLICE_BYTES);
    for (const stream of deaf) stream.close(constants.NGHTTP2_CANCEL);
    const whole = await askH2(h2, { ':path': SEGMENT });
    expect(whole.headers['content-length']).toBe(String(SLICE_BYTES + over));
    expect(whole.body.equals(api.hls.body as Buffer)).toBe(true);
    const head = await askH2(h2, { ':path': SEGMENT, ':method': 'HEAD' });
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': String(SLICE_BYTES + over) } });
  });

  it('hold no more than a slice over HTTP/1.1 with TLS', async () => {
    const { url, answers } = await secureApi(MUCH);
    const asking = get(`${url}${SEGMENT}`, { ca, agent: false });
    onTestFinished(() => void asking.destroy());
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    await vi.waitFor(() => expect(held(answers[0])).toBeGreaterThan(0), WAIT);
    expect(held(answers[0])).toBeLessThan(SLICE_BYTES + 2000);
    let bytes = 0;
    for await (const chunk of answer) bytes += (chunk as Buffer).byteLength;
    expect(bytes).toBe(MUCH);
  });

  it('hold no more than a slice of a text, either', async () => {
    const { api, url, answers } = await secureApi(0);
    api.hls = { status: 200, contentType: 'text/vtt', cacheControl: 'max-age=9', body: 'é'.repeat(SLICE_BYTES) };
    const h2 = await connectH2(url, ca);
    const deaf = askDeaf(h2);
    await vi.waitFor(() => expect(held(answers[0])).toBeGreaterThan(0), WAIT);
    expect(held(answers[0])).toBeLessThanOrEqual(SLICE_BYTES);
    deaf.close(constants.NGHTTP2_CANCEL);
    expect((await askH2(h2, { ':path': SEGMENT })).body.toString()).toBe(api.hls.body);
  });

  it('get a range of a large segment in pieces, too', async () => {
    const { api, url } = await secureApi(10 * SLICE_BYTES);
    const h2 = await connectH2(url, ca);
    const { status, headers, body } = await askH2(h2, { ':path': SEGMENT, range: `bytes=7-${5 * SLICE_BYTES}` });
    expect(status).toBe(206);
    expect(headers['content-length']).toBe(String(5 * SLICE_BYTES - 6));
    expect(body.equals((api.hls.body as Buffer).subarray(7, 5 * SLICE_BYTES + 1))).toBe(true);
  });

  it('have two minutes for an answer, over HTTP/2 as over HTTP/1.1', async () => {
    const { api, url, answers } = await secureApi(20 * SLICE_BYTES);
    const idle = api.clock.pending;
    const h2 = await connectH2(url, ca);
    const deaf = askDeaf(h2);
    const reset = once(deaf, 'close');
    await vi.waitFor(() => expect(held(answers[0])).toBeGreaterThan(0), WAIT);
    const quick = await askH2(h2, { ':path': SEGMENT });
    expect(quick.body).toHaveLength(20 * SLICE_BYTES);
    // The one that was quick waits for nothing.
    await vi.waitFor(() => expect(api.clock.pending).toBe(idle + 1), WAIT);
    serve(api, MUCH);
    const asking = getPlain({ port: api.port, host: '127.0.0.1', path: SEGMENT, agent: false });
    const [answer] = (await once(asking, 'response')) as [IncomingMessage];
    const cut = new Promise<void>((resolve) => void answer.on('error', () => {}).once('close', resolve));
    expect(api.clock.pending).toBe(idle + 2);
    api.clock.advance(119_999);
    await new Promise<void>((resolve) => void h2.ping(() => resolve()));
    expect([deaf.closed, answer.destroyed]).toEqual([false, false]);
    api.clock.advance(1);
    await vi.waitFor(() => expect(deaf.rstCode).toBe(constants.NGHTTP2_CANCEL), WAIT);
    deaf.resume();
    answer.resume();
    await Promise.all([reset, cut]);
    expect(answer.complete).toBe(false);
    expect(h2.destroyed).toBe(false);
    expect(api.clock.pending).toBe(idle);
  });
});
