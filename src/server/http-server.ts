/** The one TCP port: HTTP and WebSocket upgrades, over TLS when there is a certificate. */
import { type IncomingMessage, type RequestListener, type Server, type ServerResponse, createServer } from 'node:http';
import type { Http2SecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConfigError, messageOf } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { type ConnectionLimits, OpenSockets } from './open-sockets.ts';
import { Pipelined } from './pipelined.ts';
import { watchHttp1 } from './request-times.ts';
import { cutStuck } from './stuck-answers.ts';
import type { Certificate } from './tls-certificate.ts';
import { createTlsServer, guardTls } from './tls-server.ts';

/** Options of the port. */
export interface HttpServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** With TLS it gets requests of HTTP/2 too, which have the same face. */
  readonly onRequest: RequestListener;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Default: HTTP/1.1 without TLS. With it HTTP/2 and HTTP/1.1 over TLS, and nothing without. */
  readonly certificate?: Certificate;
  /** Default: as many as come. */
  readonly connections?: ConnectionLimits;
  /** Milliseconds between two looks at who is too slow with headers; default 30 s, as Node has it. */
  readonly lookMs?: number;
  /** Milliseconds until a request is there as a whole, and within which an upload must move on; default 30 s. */
  readonly requestMs?: number;
  /** Milliseconds within which something of an answer must be taken; default 2 min. */
  readonly sendMs?: number;
  /** Measures `requestMs`, and how long connections are idle; default: the machine's. */
  readonly clock?: Clock;
  /** Milliseconds until the headers of a request are there; default 10 s. */
  readonly headersMs?: number;
}

/** A slow sender of headers gives up its socket after this long (slowloris). */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const SEND_TIMEOUT_MS = 120_000;
/** Longer than any proxy's idle time, so that it is never us who cut a connection the proxy is about to use. */
const KEEP_ALIVE_MS = 75_000;

/** Closes its sockets and the port; `close` resolves when both are gone. */
export class HttpServer {
  readonly #server: Server | Http2SecureServer;
  readonly #sockets: OpenSockets;
  /** For people and programs, without a slash at the end. */
  readonly url: string;

  private constructor(
    server: Server | Http2SecureServer,
    sockets: OpenSockets,
    { host, certificate }: HttpServerOptions,
  ) {
    this.#server = server;
    this.#sockets = sockets;
    const { port } = server.address() as AddressInfo;
    // Browsers treat "localhost" and loopback addresses alike as secure, so cameras work on either.
    const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
    this.url = `${certificate ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`;
  }

  /** @throws ConfigError when the port cannot be had. */
  static listen(options: HttpServerOptions): Promise<HttpServer> {
    const { certificate } = options;
    const server: Server | Http2SecureServer = certificate ? createTlsServer(certificate) : createServer();
    // A server of HTTP/2 takes these only as properties, and has them for its connections of HTTP/1.1.
    Object.assign(server, {
      headersTimeout: options.headersMs ?? HEADERS_TIMEOUT_MS,
      // Node would end an upload that takes longer than any one request may: `watchHttp1` looks at what each of them is.
      requestTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      ...(options.lookMs !== undefined && { connectionsCheckingInterval: options.lookMs }),
      // Some HTTP clients offer HTTP/2 with every request (`Upgrade: h2c`): theirs are requests like any other.
      shouldUpgradeCallback: ({ headers }: IncomingMessage) => headers.upgrade?.toLowerCase() === 'websocket',
    });
    const { requestMs = REQUEST_TIMEOUT_MS, clock = systemClock } = options;
    const pipelined = new Pipelined();
    cutStuck(server, options.sendMs ?? SEND_TIMEOUT_MS, (socket) => pipelined.isBusy(socket));
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (!pipelined.admit(request, response)) return;
      watchHttp1(request, response, requestMs, clock);
      options.onRequest(request, response);
    });
    server.on('upgrade', options.onUpgrade);
    const sockets = new OpenSockets(server, options.connections);
    if (certificate) {
      const times = { requestMs, keepAliveMs: KEEP_ALIVE_MS };
      guardTls(server as Http2SecureServer, sockets, times, clock);
    }
    return new Promise((resolve, reject) => {
      // It stays for good: a connection that cannot be accepted later is that connection's trouble, not the process's.
      server.on('error', (error) => reject(explain(error, options)));
      server.listen(options.port, options.host, () => resolve(new HttpServer(server, sockets, options)));
    });
  }

  /** Those that are open. */
  get connections(): number {
    return this.#sockets.count;
  }

  /** For connections from now on. Only of a server that began with a certificate. */
  setCertificate({ cert, key }: Certificate): void {
    if ('setSecureContext' in this.#server) this.#server.setSecureContext({ cert, key });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#sockets.destroyAll();
    });
  }
}

function explain(error: NodeJS.ErrnoException, { host, port }: HttpServerOptions): ConfigError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigError(
        `Port ${port} on ${host} is taken by another program; stop that one or choose another port: GRIDCAST_PORT=${port + 1}.`,
        error,
      );
    case 'EACCES':
      return new ConfigError(
        `Port ${port} needs more rights than this user has; choose one above 1023 with GRIDCAST_PORT.`,
        error,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(`This machine has no address ${host}; set GRIDCAST_HOST to 127.0.0.1 or 0.0.0.0.`, error);
    default:
      return new ConfigError(`The server cannot listen on ${host}:${port}: ${messageOf(error)}.`, error);
  }
}
