/** The server's one port: who may connect to it, what is served on it, and its certificate as it is renewed. */
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Metrics } from '../api/metrics.ts';
import { ContactsDoor } from '../calls/contacts-door.ts';
import type { Config } from '../config/schema.ts';
import type { IngestServer } from '../ingest/ingest-server.ts';
import type { Logger } from '../logger.ts';
import type { ClientAddresses } from '../util/client-address.ts';
import type { Clock } from '../util/clock.ts';
import type { CloseStack } from '../util/close-stack.ts';
import { CertificateWatch } from './certificate-watch.ts';
import { ConnectionRefusals } from './connection-refusals.ts';
import { HttpServer } from './http-server.ts';
import { RequestsUnderWay } from './requests-under-way.ts';
import type { Certificate } from './tls-certificate.ts';

/**
 * Requests of one client that may be under way, for each of its connections: with HTTP/2 a viewer has one connection and waits for
 * sound, picture and chat, and all that one client has must leave places where requests wait to others.
 */
const REQUESTS_PER_CONNECTION = 2;

/** What the port serves. */
export interface PortParts {
  readonly config: Config;
  /** Undefined: HTTP without TLS. */
  readonly certificate: Certificate | undefined;
  readonly onRequest: RequestListener;
  /** The doors of the two kinds of WebSockets. */
  readonly ingest: IngestServer;
  readonly contacts: ContactsDoor;
  readonly addresses: ClientAddresses;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Listens until `stack` is closed. @throws ConfigError when the port cannot be had. */
export async function openPort(parts: PortParts, stack: CloseStack): Promise<HttpServer> {
  const { config, certificate, onRequest, ingest, contacts, addresses, metrics, clock, log } = parts;
  const refusals = new ConnectionRefusals(log, clock, (limit) => metrics.connectionsRefused.inc({ limit }));
  const underWay = new RequestsUnderWay({
    most: REQUESTS_PER_CONNECTION * config.limits.connectionsPerAddress,
    clientOf: (request) => {
      const address = addresses.of(request);
      return address === undefined || addresses.isProxy(address) ? undefined : address;
    },
    onRefused: (address) => refusals.note('connectionsPerAddress', address),
  });
  const http = await HttpServer.listen({
    host: config.server.host,
    port: config.server.port,
    connections: {
      most: config.limits.connections,
      mostOfAddress: config.limits.connectionsPerAddress,
      isShared: (address) => addresses.isProxy(address),
      onRefused: (limit, address) => refusals.note(limit, address),
    },
    onRequest: (request, response) => {
      if (underWay.admit(request, response)) onRequest(request, response);
    },
    onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const door = ContactsDoor.isFor(request) ? contacts : ingest;
      door.handleUpgrade(request, socket, head);
    },
    ...(certificate && { certificate }),
    clock,
  });
  stack.defer(() => http.close());
  stack.defer(metrics.onCollect(() => metrics.connections.set(http.connections)));
  if (certificate) {
    const onChange = (renewed: Certificate): void => http.setCertificate(renewed);
    const watch = new CertificateWatch({ current: certificate, onChange, clock, log });
    stack.defer(() => watch.close());
  }
  return http;
}
