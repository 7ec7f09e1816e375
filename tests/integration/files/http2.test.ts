/** Uploads over HTTP/2, which the server speaks itself: pieces, streams that are cut, and who takes over. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { type ClientHttp2Session, type ClientHttp2Stream, constants, type IncomingHttpHeaders } from 'node:http2';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { askH2, connectH2, type H2Answer, inFiles, makeLocal } from '../../helpers/local-certificate.ts';
import { TestServer } from '../../helpers/test-server.ts';

const WAIT = { timeout: 9000, interval: 5 };
const FILES = '/api/rooms/hall/files';
const TUS = { 'tus-resumable': '1.0.0' };
/** More than the windows of one stream and of one connection hold. */
const BYTES = randomBytes(1_500_000);
const HALF = 700_000;
const SHA256 = createHash('sha256').update(BYTES).digest('hex');

let ca: string;
let files: Awaited<ReturnType<typeof inFiles>>;
let server: TestServer;
let h2: ClientHttp2Session;

beforeAll(async () => {
  const local = await makeLocal();
  ca = local.authority.cert;
  files = await inFiles(local.server);
  server = await TestServer.start({ tls: { cert: files.cert, key: files.key }, files: { diskFloorPercent: 0 } });
});
afterAll(async () => {
  await server.close();
  await files.remove();
});
beforeEach(async () => {
  h2 = await connectH2(server.url, ca);
  // The first makes it, for all others it is there.
  const json = headersOf('POST', '/api/rooms', { 'content-type': 'application/json' });
  await askH2(h2, json, JSON.stringify({ id: 'hall' }));
});

function headersOf(method: string, path: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ':method': method, ':path': path, ...TUS, authorization: `Bearer ${server.token}`, ...more };
}

function patchOf(path: string, offset: number, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const kind = { 'content-type': 'application/offset+octet-stream' };
  return headersOf('PATCH', path, { ...kind, 'upload-offset': String(offset), ...more });
}

async function begin(size = BYTES.length): Promise<string> {
  const made = await askH2(h2, headersOf('POST', FILES, { 'upload-length': String(size) }), Buffer.alloc(0));
  expect(made.status).toBe(201);
  return String(made.headers['location']);
}

/** How much there is, as whoever comes back asks. */
async function offset(path: string, session = h2): Promise<number> {
  const { status, headers } = await askH2(session, headersOf('HEAD', path));
  expect(status).toBe(200);
  return Number(headers['upload-offset']);
}

function told({ status, headers, body }: H2Answer): [number, unknown] {
  const isProblem = String(headers['content-type']).includes('problem+json');
  return [status, isProblem ? (JSON.parse(body.toString()) as { code: string }).code : headers['upload-offset']];
}

/** A request that has sent half of the file and says nothing more; resolves when that is on the disk. */
async function sendHalf(path: string, more: Readonly<Record<string, string>> = {}): Promise<ClientHttp2Stream> {
  const stream = h2.request(patchOf(path, 0, more));
  stream.on('error', () => {});
  stream.write(BYTES.subarray(0, HALF));
  const onDisk = join(server.dataDir, 'files', path.split('/').at(-1) ?? '');
  await vi.waitFor(async () => expect((await stat(onDisk)).size).toBe(HALF), WAIT);
  return stream;
}

/** Sends what is missing, and looks at what has come of it. */
async function finish(path: string, from: number, session = h2): Promise<void> {
  expect(told(await askH2(session, patchOf(path, from), BYTES.subarray(from)))).toEqual([204, String(BYTES.length)]);
  const file = await askH2(session, headersOf('GET', path));
  expect(JSON.parse(file.body.toString())).toMatchObject({ complete: true, sha256: SHA256, size: BYTES.length });
  const content = await askH2(session, headersOf('GET', `${path}/content`));
  expect(content.body.equals(BYTES)).toBe(true);
}

describe('an upload over HTTP/2', () => {
  it('comes in pieces, is refused in words, and goes on over the same connection', async () => {
    const path = await begin();
    expect(await offset(path)).toBe(0);
    expect(told(await askH2(h2, patchOf(path, 0), BYTES.subarray(0, HALF)))).toEqual([204, String(HALF)]);
    expect(told(await askH2(h2, patchOf(path, 5), BYTES.subarray(5)))).toEqual([409, 'offset_mismatch']);
    const tooMany = Buffer.concat([BYTES.subarray(HALF), Buffer.alloc(1)]);
    const stated = { 'content-length': String(tooMany.length) };
    expect(told(await askH2(h2, patchOf(path, HALF, stated), tooMany))).toEqual([413, 'too_many_bytes']);
    expect(await offset(path)).toBe(HALF);
    expect(h2.destroyed).toBe(false);
    await finish(path, HALF);
  });

  it.each([
    ['its stream', (stream: ClientHttp2Stream) => stream.close(constants.NGHTTP2_CANCEL)],
    ['its connection', () => h2.destroy()],
  ])('goes on where it was when %s is cut', async (_what, cut) => {
    const path = await begin();
    cut(await sendHalf(path));
    const session = h2.destroyed ? await connectH2(server.url, ca) : h2;
    expect(await offset(path, session)).toBe(HALF);
    await finish(path, HALF, session);
  });

  it('keeps nothing of a piece that was cut before it could be checked', async () => {
    const path = await begin();
    const sum = createHash('sha256').update(BYTES).digest('base64');
    (await sendHalf(path, { 'upload-checksum': `sha256 ${sum}` })).close(constants.NGHTTP2_CANCEL);
    expect(await offset(path)).toBe(0);
    await finish(path, 0);
  });

  it('is taken over from a connection that is dead and does not know it', async () => {
    const path = await begin();
    const dead = await sendHalf(path);
    const answered = once(dead, 'response') as Promise<[IncomingHttpHeaders]>;
    const session = await connectH2(server.url, ca);
    expect(await offset(path, session)).toBe(HALF);
    await finish(path, HALF, session);
    expect((await answered)[0][':status']).toBe(400);
  });
});
