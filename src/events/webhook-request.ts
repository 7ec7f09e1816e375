/** One signed request to a receiver, and what it answered. */
import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { messageOf } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { isPublicAddress, literalAddress, privateAddress, publicLookup, type Resolve } from './public-address.ts';

/** A receiver's answer. */
export interface ReceiverAnswer {
  /** Undefined when there was none. */
  readonly status: number | undefined;
  /** Its beginning, or why there was none. */
  readonly text: string;
  /** Seconds that the receiver asks to be left alone. */
  readonly retryAfterS?: number;
}

/** Options of a sender. */
export interface WebhookRequesterOptions {
  /** Whether private addresses are allowed, too. */
  readonly allowPrivate: boolean;
  readonly resolve: Resolve;
  readonly clock: Clock;
}

/** Until the answer is there, from the name's look-up on. */
const ANSWER_MS = 10_000;
/** Bytes of an answer that are read, and letters that are kept. */
const MAX_ANSWER_BYTES = 65_536;
const MAX_ANSWER_LENGTH = 300;

/** Sends to one receiver over one connection at a time, which it keeps. Redirections are answers like others: none is followed. */
export class WebhookRequester {
  readonly #options: WebhookRequesterOptions;
  readonly #plain = new HttpAgent({ keepAlive: true, maxSockets: 1 });
  readonly #secure = new HttpsAgent({ keepAlive: true, maxSockets: 1 });

  constructor(options: WebhookRequesterOptions) {
    this.#options = options;
  }

  /** Never rejects: what went wrong is the answer's text. */
  async post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<ReceiverAnswer> {
    const tooLate = new AbortController();
    const cancel = this.#options.clock.after(ANSWER_MS, () => tooLate.abort());
    const limit = AbortSignal.any([signal, tooLate.signal]);
    try {
      return await this.#exchange(new URL(url), headers, body, limit);
    } catch (error) {
      const text = tooLate.signal.aborted ? `no answer within ${ANSWER_MS / 1000} seconds` : messageOf(error);
      return { status: undefined, text: shortened(text) };
    } finally {
      cancel();
    }
  }

  /** Ends every connection. */
  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  async #exchange(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
    again = false,
  ): Promise<ReceiverAnswer> {
    const { allowPrivate, resolve } = this.#options;
    const literal = literalAddress(url);
    if (!allowPrivate && literal !== undefined && !isPublicAddress(literal)) throw privateAddress();
    const secure = url.protocol === 'https:';
    const outgoing = (secure ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: secure ? this.#secure : this.#plain,
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
      signal,
      ...(!allowPrivate && { lookup: publicLookup(resolve) }),
    });
    try {
      return await answerOf(outgoing, body);
    } catch (error) {
      // A connection that was kept may be closed by the other side at any moment: that tells nothing about the receiver.
      if (!again && outgoing.reusedSocket && !signal.aborted) return this.#exchange(url, headers, body, signal, true);
      throw error;
    }
  }
}

function answerOf(outgoing: ClientRequest, body: string): Promise<ReceiverAnswer> {
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (incoming: IncomingMessage) => {
      const { statusCode: status, headers } = incoming;
      const after = Number(headers['retry-after']);
      const chunks: Buffer[] = [];
      let bytes = 0;
      // The status alone says whether the event was taken; how the rest ends does not change that.
      const finish = (): void => {
        const text = shortened(Buffer.concat(chunks).toString());
        resolve({ status, text, ...(after > 0 && { retryAfterS: after }) });
      };
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) incoming.destroy();
      });
      incoming.once('error', finish);
      incoming.once('close', finish);
    });
    outgoing.end(body);
  });
}

function shortened(text: string): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_ANSWER_LENGTH);
}
