/** The files of a room, as the two commands for them ask for them. */
import { z } from 'zod';
import { AppError, BadRequestError, UnavailableError } from '../../errors.ts';
import { type FileView, fileViewSchema } from '../../protocol/files.ts';
import { whyUnreachable } from '../unreachable.ts';

/** Where, and as whom. */
export interface FileApiOptions {
  /** Address of the server. */
  readonly url: string;
  readonly room: string;
  readonly token: string;
  /** Tells whoever has a link for many from others; nobody else's business. */
  readonly identity: string;
}

/** What to ask for. */
export interface FileCall {
  readonly method?: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReadableStream<Uint8Array>;
  readonly signal: AbortSignal;
}

const listSchema = z.object({ items: z.array(fileViewSchema) });
/** Refusals that another try may not meet. */
const PASSING = new Set([408, 409, 423, 425, 429, 460, 500, 502, 503, 504]);

/** Whether the same may work in a moment. */
export function isPassing(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'unreachable' || PASSING.has(error.status));
}

/** Knows addresses and headers; every method rejects with an AppError that a person can read. */
export class FileApi {
  readonly #options: FileApiOptions;

  constructor(options: FileApiOptions) {
    this.#options = options;
  }

  /** Address of all files, or of one and what is below it. */
  address(id?: string, below = ''): string {
    const { url, room } = this.#options;
    const base = `/api/rooms/${encodeURIComponent(room)}/files`;
    return new URL(id === undefined ? base : `${base}/${encodeURIComponent(id)}${below}`, url).href;
  }

  /** What a person reads when the line is lost. */
  lost(error: unknown): UnavailableError {
    return new UnavailableError('unreachable', whyUnreachable(this.#options.url, error), error);
  }

  async list(signal: AbortSignal): Promise<readonly FileView[]> {
    const answer = await this.call(this.address(), { signal });
    return listSchema.parse(await answer.json()).items;
  }

  async find(id: string, signal: AbortSignal): Promise<FileView> {
    const answer = await this.call(this.address(id), { signal });
    return fileViewSchema.parse(await answer.json());
  }

  /** @throws UnavailableError `unreachable` for a lost line, AppError with the server's own words for a refusal. */
  async call(address: string, { method = 'GET', headers = {}, body, signal }: FileCall): Promise<Response> {
    const { token, identity } = this.#options;
    let answer: Response;
    try {
      answer = await fetch(address, {
        method,
        headers: { authorization: `Bearer ${token}`, 'gridcast-identity': identity, ...headers },
        signal,
        // A token is for nobody but this server.
        redirect: 'manual',
        ...(body && { body, duplex: 'half' }),
      });
    } catch (error) {
      throw this.lost(error);
    }
    if (answer.ok) return answer;
    throw await refusalOf(answer);
  }
}

async function refusalOf(answer: Response): Promise<AppError> {
  const { status } = answer;
  const elsewhere = answer.headers.get('location');
  if (status < 400 && elsewhere !== null) {
    const where = URL.parse(elsewhere, answer.url)?.origin ?? 'another address';
    return new BadRequestError('refused', `The server sends everybody on to ${where}; give its address with --url.`);
  }
  const problem: unknown = await answer.json().catch(() => undefined);
  const parsed = z.object({ code: z.string(), detail: z.string() }).safeParse(problem);
  if (!parsed.success) {
    // A proxy says with its own page that the server behind it is away: the status tells whether that passes.
    const message = `The server answered ${status}; is this the address of Gridcast?`;
    return new AppError(message, { code: 'refused', fault: 'client', status });
  }
  return new AppError(parsed.data.detail, { code: parsed.data.code, fault: 'client', status });
}
