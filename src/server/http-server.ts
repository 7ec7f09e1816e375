/** The one TCP port: HTTP and WebSocket upgrades. */
import { type IncomingMessage, type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { ConfigError, messageOf } from '../errors.ts';

/** Options of the port. */
export interface HttpServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly onRequest: RequestListener;
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** A slow sender of headers gives up its socket after this long (slowloris). */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than any proxy's idle time, so that it is never us who cut a connection the proxy is about to use. */
const KEEP_ALIVE_MS = 75_000;

/** Closes its sockets and the port; `close` resolves when both are gone. */
export class HttpServer {
  readonly #server: Server;
  /** For people and programs, without a slash at the end. */
  readonly url: string;

  private constructor(server: Server, host: string) {
    this.#server = server;
    const { port } = server.address() as AddressInfo;
    // Browsers treat "localhost" and loopback addresses alike as secure, so cameras work on either.
    const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
    this.url = `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  }

  /** @throws ConfigError when the port cannot be had. */
  static listen(options: HttpServerOptions): Promise<HttpServer> {
    const server = createServer(
      {
        headersTimeout: HEADERS_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        keepAliveTimeout: KEEP_ALIVE_MS,
        // Some HTTP clients offer HTTP/2 with every request (`Upgrade: h2c`): theirs are requests like any other.
        shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
      },
      options.onRequest,
    );
    server.on('upgrade', options.onUpgrade);
    return new Promise((resolve, reject) => {
      // It stays for good: a connection that cannot be accepted later is that connection's trouble, not the process's.
      server.on('error', (error) => reject(explain(error, options)));
      server.listen(options.port, options.host, () => resolve(new HttpServer(server, options.host)));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
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
