/** The server is killed in the middle of an upload: it goes on from what is on the disk, and nothing counts twice. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdir, stat, watch, writeFile } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import type { FileListing } from '../../src/files/room-files.ts';
import { ServeProcess } from '../helpers/serve-process.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const MEGABYTE = 1_000_000;
const SIZE = 6 * MEGABYTE;
const FIRST = 2 * MEGABYTE;
const PIECE = 16_384;
const FILES = '/api/rooms/hall/files';
const LIMITS = 'files: { maxFileMegabytes: 6, maxUserMegabytes: 7, maxRoomMegabytes: 8, diskFloorPercent: 0 }\n';
const TUS = { 'Tus-Resumable': '1.0.0' };

/** Asks with tus; a refusal is an answer. */
function tus(
  { url, token }: ServeProcess,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: Buffer<ArrayBuffer>,
): Promise<Response> {
  const all = { ...TUS, authorization: `Bearer ${token}`, ...headers };
  return fetch(`${url}${path}`, { method, headers: all, ...(body && { body }) });
}

function patch(server: ServeProcess, path: string, offset: number, body: Buffer<ArrayBuffer>): Promise<Response> {
  const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
  return tus(server, 'PATCH', path, headers, body);
}

function begin(server: ServeProcess, size: number): Promise<Response> {
  return tus(server, 'POST', FILES, { 'Upload-Length': String(size) });
}

/** A PATCH that goes on until the server is gone: its last bytes never come. */
function unfinished({ url, token }: ServeProcess, path: string, offset: number, bytes: Buffer): ClientRequest {
  const outgoing = request(`${url}${path}`, {
    method: 'PATCH',
    headers: {
      ...TUS,
      Authorization: `Bearer ${token}`,
      'Upload-Offset': offset,
      'Content-Type': 'application/offset+octet-stream',
      'Content-Length': bytes.length,
    },
  });
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at + PIECE < bytes.length; at += PIECE) {
      yield bytes.subarray(at, at + PIECE);
    }
    await once(outgoing, 'close');
  };
  Readable.from(pieces())
    .on('error', () => {})
    .pipe(outgoing);
  return outgoing;
}

/** Resolves as soon as the file has more bytes than that. */
async function grownBeyond(path: string, bytes: number): Promise<void> {
  for await (const _event of watch(path)) if ((await stat(path)).size > bytes) return;
}

it('an upload goes on where the disk says after the server was killed, and counts once', async () => {
  const dir = await tempDir();
  const [dataDir, config] = [join(dir, 'data'), join(dir, 'gridcast.yml')];
  await writeFile(config, LIMITS);
  const env = { GRIDCAST_CONFIG: config };
  const bytes = randomBytes(SIZE);
  let server = await ServeProcess.start(dataDir, env);
  onTestFinished(() => server.end('SIGTERM'));
  await server.api('POST', '/api/rooms', { id: 'hall' });
  const path = (await begin(server, SIZE)).headers.get('location') ?? '';
  const onDisk = join(dataDir, 'files', path.split('/').at(-1) ?? '');
  expect((await patch(server, path, 0, bytes.subarray(0, FIRST))).headers.get('upload-offset')).toBe(String(FIRST));
  // Before there is anything to be told of, so that the kill comes while bytes are on their way.
  const grown = grownBeyond(onDisk, FIRST + 10 * PIECE);
  const cut = once(unfinished(server, path, FIRST, bytes.subarray(FIRST)), 'error');
  await grown;
  await server.end('SIGKILL');
  await cut;
  const kept = (await stat(onDisk)).size;
  expect(kept).toBeLessThan(SIZE);

  server = await ServeProcess.start(dataDir, env);
  const head = await tus(server, 'HEAD', path, {});
  expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([
    200,
    String(kept),
    String(SIZE),
  ]);
  const counted = { roomBytes: SIZE, ownBytes: SIZE };
  expect(await server.api<FileListing>('GET', FILES)).toMatchObject({
    items: [{ received: kept, complete: false }],
    usage: counted,
  });
  // What was told to have arrived last is less than what has.
  expect((await patch(server, path, FIRST, bytes.subarray(FIRST))).status).toBe(409);
  const rest = await patch(server, path, kept, bytes.subarray(kept));
  expect([rest.status, rest.headers.get('upload-offset')]).toEqual([204, String(SIZE)]);

  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { items, usage } = await server.api<FileListing>('GET', FILES);
  expect(items).toMatchObject([{ received: SIZE, complete: true, sha256 }]);
  expect(usage).toMatchObject(counted);
  const content = await (await tus(server, 'GET', `${path}/content`, {})).arrayBuffer();
  expect(createHash('sha256').update(Buffer.from(content)).digest('hex')).toBe(sha256);
  expect((await begin(server, MEGABYTE + 1)).status).toBe(507);
  expect((await begin(server, MEGABYTE)).status).toBe(201);
  // Two files, and what the complete one tells of itself.
  expect(await readdir(join(dataDir, 'files'))).toHaveLength(3);
});
