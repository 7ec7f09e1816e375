/** A receiver of webhooks on a real port, which can go away and come back. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { freePort } from './free-port.ts';

/** A request that arrived whole. */
export interface Arrival {
  readonly seq: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
  /** What it was answered; undefined: the line was cut instead. */
  readonly answered: number | undefined;
}

/** Answers each request as `mood` says. */
export class WebhookReceiver {
  readonly arrivals: Arrival[] = [];
  /** A status, or the line cut after the body was read, or no answer at all. */
  mood: number | 'cut' | 'silent' = 200;
  answerHeaders: Record<string, string> = {};
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook`;
  }

  /** Numbers of the events that it has taken. */
  get taken(): number[] {
    return this.arrivals.filter(({ answered }) => answered === 200).map(({ seq }) => seq);
  }

  async up(): Promise<void> {
    const server = createServer((request, response) => void this.#take(request, response));
    // While it is away nobody else may be given its port.
    if (this.#port === 0) this.#port = await freePort();
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
  }

  /** Connections are refused from now on. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { mood } = this;
    const answered = typeof mood === 'number' ? mood : undefined;
    this.arrivals.push({ seq: Number(request.headers['gridcast-event']), body, headers: request.headers, answered });
    if (mood === 'cut') request.socket.destroy();
    if (answered !== undefined) response.writeHead(answered, this.answerHeaders).end(`said ${answered}`);
  }
}
