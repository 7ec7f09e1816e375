/** A small store that speaks S3, in memory: it checks what it is sent, and fails when a test wants it to. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';

/** An object as it lies there. */
export interface StoredObject {
  data: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType: string;
}

/** A request, as a test tells it from others. */
export interface S3Request {
  readonly method: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

/**
 * How a request goes: it is served, answered with a status, its connection breaks off in the middle of the body, or it is given the whole
 * object whatever part it asked for.
 */
export type S3Fate = 'serve' | 'cut' | 'whole' | number;

interface OpenUpload {
  readonly key: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly parts: Map<number, Buffer>;
}

const PAGE = 1000;

/** One bucket, `recordings`; its owner closes it. */
export class S3TestServer {
  readonly url: string;
  readonly bucket = 'recordings';
  readonly objects = new Map<string, StoredObject>();
  /** Uploads in parts that are neither complete nor ended. */
  readonly uploads = new Map<string, OpenUpload>();
  /** All requests, as `PUT key`, with `?uploads` and the like. */
  readonly requests: string[] = [];
  /** Decides each request. */
  fate: (request: S3Request) => S3Fate = () => 'serve';
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch(() => request.socket.destroy());
    });
  }

  static async open(): Promise<S3TestServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new S3TestServer(server);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    const asked = { method: request.method ?? 'GET', key: rest.join('/'), query: url.searchParams };
    const mark = ['uploads', 'uploadId', 'delete'].find((name) => asked.query.has(name));
    this.requests.push(`${asked.method} ${asked.key}${mark === undefined ? '' : `?${mark}`}`);
    const fate = this.fate(asked);
    if (fate === 'cut' && asked.method !== 'GET') {
      await once(request, 'data');
      request.socket.destroy();
      return;
    }
    const body = await bodyOf(request);
    if (typeof fate === 'number') return refuse(response, fate, 'SlowDown');
    if (bucket !== this.bucket) return refuse(response, 404, 'NoSuchBucket');
    if (!(request.headers.authorization ?? '').includes('Credential=tester/'))
      return refuse(response, 403, 'AccessDenied');
    const checksum = request.headers['x-amz-checksum-crc32'];
    if (checksum !== undefined && checksum !== crcOf(body)) return refuse(response, 400, 'BadDigest');
    if (fate === 'whole') delete request.headers.range;
    this.#serve(asked, request, body, response, fate === 'cut');
  }

  #serve(
    { method, key, query }: S3Request,
    request: IncomingMessage,
    body: Buffer,
    response: ServerResponse,
    cut: boolean,
  ): void {
    const upload = query.get('uploadId') ?? '';
    const route = `${method} ${query.has('uploads') ? 'uploads' : query.has('uploadId') ? 'upload' : query.has('delete') ? 'delete' : key === '' ? 'bucket' : 'object'}`;
    switch (route) {
      case 'PUT object':
        this.objects.set(key, { data: body, ...described(request) });
        return void response.writeHead(200, { ETag: etagOf(body) }).end();
      case 'POST uploads':
        return this.#begin(key, request, response);
      case 'PUT upload':
        return this.#part(upload, Number(query.get('partNumber')), body, response);
      case 'POST upload':
        return this.#complete(upload, body.toString(), response);
      case 'DELETE upload':
        if (!this.uploads.delete(upload)) return refuse(response, 404, 'NoSuchUpload');
        return void response.writeHead(204).end();
      case 'GET uploads':
        return this.#listUploads(query.get('prefix') ?? '', response);
      case 'GET bucket':
        return this.#list(query, response);
      case 'POST delete':
        for (const [, one = ''] of body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)) this.objects.delete(unescape(one));
        return xml(response, '<DeleteResult/>');
      case 'HEAD object':
      case 'GET object':
        return this.#read(key, request, response, cut);
      default:
        return refuse(response, 501, 'NotImplemented');
    }
  }

  #begin(key: string, request: IncomingMessage, response: ServerResponse): void {
    const id = randomBytes(8).toString('hex');
    this.uploads.set(id, { key, ...described(request), parts: new Map() });
    xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }

  #part(id: string, number: number, body: Buffer, response: ServerResponse): void {
    const upload = this.uploads.get(id);
    if (!upload) return refuse(response, 404, 'NoSuchUpload');
    upload.parts.set(number, body);
    response.writeHead(200, { ETag: etagOf(body) }).end();
  }

  #complete(id: string, text: string, response: ServerResponse): void {
    const upload = this.uploads.get(id);
    if (!upload) return refuse(response, 404, 'NoSuchUpload');
    const numbers = [...text.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number));
    const parts = numbers.map((number) => upload.parts.get(number));
    if (parts.length === 0 || parts.includes(undefined)) return refuse(response, 400, 'InvalidPart');
    const { key, metadata, contentType } = upload;
    const data = Buffer.concat(parts as Buffer[]);
    this.objects.set(key, { data, metadata, contentType });
    this.uploads.delete(id);
    xml(response, `<CompleteMultipartUploadResult><Key>${escape(key)}</Key></CompleteMultipartUploadResult>`);
  }

  #listUploads(prefix: string, response: ServerResponse): void {
    const found = [...this.uploads].filter(([, { key }]) => key.startsWith(prefix));
    const items = found.map(([id, { key }]) => `<Upload><Key>${escape(key)}</Key><UploadId>${id}</UploadId></Upload>`);
    xml(
      response,
      `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${items.join('')}</ListMultipartUploadsResult>`,
    );
  }

  #list(query: URLSearchParams, response: ServerResponse): void {
    const after = query.get('continuation-token') ?? '';
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after);
    const page = keys.sort().slice(0, PAGE);
    const more = keys.length > page.length;
    const items = page.map((key) => `<Contents><Key>${escape(key)}</Key></Contents>`).join('');
    const next = more ? `<NextContinuationToken>${escape(page.at(-1) ?? '')}</NextContinuationToken>` : '';
    xml(response, `<ListBucketResult><IsTruncated>${more}</IsTruncated>${items}${next}</ListBucketResult>`);
  }

  #read(key: string, request: IncomingMessage, response: ServerResponse, cut: boolean): void {
    const object = this.objects.get(key);
    if (!object) return refuse(response, 404, 'NoSuchKey', request.method === 'HEAD');
    const { data, contentType, metadata } = object;
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = Math.min(data.length, to === undefined || to === '' ? data.length : Number(to) + 1);
    if (start >= data.length && from !== undefined) return refuse(response, 416, 'InvalidRange');
    const part = data.subarray(start, end);
    response.writeHead(from === undefined ? 200 : 206, {
      'Content-Length': part.length,
      'Content-Type': contentType,
      ETag: etagOf(data),
      ...(from === undefined ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${data.length}` }),
      ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    });
    if (request.method === 'HEAD') return void response.end();
    if (!cut) return void response.end(part);
    response.write(part.subarray(0, part.length >> 1), () => response.destroy());
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function described(request: IncomingMessage): Pick<StoredObject, 'metadata' | 'contentType'> {
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith('x-amz-meta-')) metadata[name.slice('x-amz-meta-'.length)] = String(value);
  }
  return { metadata, contentType: request.headers['content-type'] ?? 'binary/octet-stream' };
}

function xml(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': 'application/xml' }).end(`<?xml version="1.0"?>${text}`);
}

function refuse(response: ServerResponse, status: number, code: string, bare = false): void {
  response.writeHead(status, { 'Content-Type': 'application/xml' });
  response.end(bare ? undefined : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function etagOf(data: Buffer): string {
  return `"${createHash('md5').update(data).digest('hex')}"`;
}

function crcOf(data: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(data));
  return bytes.toString('base64');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}
