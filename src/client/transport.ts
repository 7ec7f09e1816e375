/** Requests of the client: addresses, the token, JSON, and refusals as errors. */
import { errorOfProblem, GridcastError } from './gridcast-error.ts';

/** What any request can carry. */
export interface CallOptions {
  /** Gives the request up; the method then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What goes with a request. */
export interface RequestOptions extends CallOptions {
  /** Sent as it is when it is a Blob or bytes, else as JSON. */
  readonly body?: unknown;
  /** Left out where undefined. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** A status beyond 2xx whose body is an answer, too. */
  readonly accepts?: number;
}

/** Options of a transport. */
export interface TransportOptions {
  /** Origin of the server such as `https://rooms.example.org`. */
  readonly url: string;
  /** The admin token, one of a room, or one of a signed-in user; empty: none. */
  readonly token?: string | undefined;
  /**
   * With a link for many: the secret by which the room knows this person, the same as `identity` over the WebSocket. Needed for what is in
   * a room whose door is not open to everybody.
   */
  readonly identity?: string | undefined;
  /** Instead of the global one. */
  readonly fetch?: typeof fetch | undefined;
}

/** Every method rejects with GridcastError. */
export class Transport {
  readonly #url: string;
  readonly #token: string;
  readonly #identity: string | undefined;
  readonly #fetch: typeof fetch;

  constructor({ url, token = '', identity, fetch: given }: TransportOptions) {
    this.#url = url;
    this.#token = token;
    this.#identity = identity;
    // Called as a bare function: browsers refuse it as a method of anything but the window.
    this.#fetch = given ?? ((input, init) => fetch(input, init));
  }

  /** The absolute form of an address that the server gave. */
  absolute(path: string): string {
    return new URL(path, this.#url).href;
  }

  /** The JSON of an answer; no body at all is a failure. */
  async json<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.send(method, path, options);
    const body = await readJson(response, options.signal);
    if ((!response.ok && response.status !== options.accepts) || body === undefined) throw refusal(body, response);
    return body as T;
  }

  /** Only whether it is answered, not with what. */
  async empty(method: string, path: string, options: RequestOptions = {}): Promise<void> {
    await this.response(method, path, options);
  }

  /** An answer whose body is no JSON, such as a file. */
  async response(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const response = await this.send(method, path, options);
    if (!response.ok) throw refusal(await readJson(response, options.signal), response);
    return response;
  }

  /** Any answer, refusals too. Rejects when there is none. */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const { body, query, signal } = options;
    const raw = body instanceof Blob || body instanceof Uint8Array;
    const headers: Record<string, string> = { accept: 'application/json' };
    if (this.#token !== '') headers['authorization'] = `Bearer ${this.#token}`;
    if (this.#identity !== undefined) headers['gridcast-identity'] = this.#identity;
    if (body instanceof Blob) headers['content-type'] = body.type;
    else if (body !== undefined && !raw) headers['content-type'] = 'application/json';
    const address = new URL(path, this.#url);
    for (const [name, value] of Object.entries(query ?? {})) {
      if (value !== undefined) address.searchParams.set(name, String(value));
    }
    try {
      return await this.#fetch(address, {
        method,
        headers: { ...headers, ...options.headers },
        ...(body === undefined ? {} : { body: raw ? (body as Blob) : JSON.stringify(body) }),
        ...(signal ? { signal } : {}),
      });
    } catch (cause) {
      throw unreachable('The server does not answer; check the network, then try again.', cause, signal);
    }
  }
}

/** A path of the API; its parts are data, whatever they hold. */
export function apiPath(...parts: readonly string[]): string {
  return ['/api', ...parts.map(encodeURIComponent)].join('/');
}

function refusal(body: unknown, response: Response): GridcastError {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return errorOfProblem(body, response.status, Number.isFinite(seconds) ? seconds : undefined);
}

/** Undefined for what is no JSON. Rejects when the line is cut before all of it is there, whatever its status promised. */
async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  let text: string;
  try {
    text = await response.text();
  } catch (cause) {
    throw unreachable('The answer of the server broke off; check the network, then try again.', cause, signal);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The error for no answer at all; what was given up is no failure of the network. */
function unreachable(detail: string, cause: unknown, signal: AbortSignal | undefined): unknown {
  return signal?.aborted ? cause : new GridcastError(detail, 0, 'unreachable', { cause });
}
