/** How a viewer's requests travel, whatever the version of HTTP. */

/** An answer that has come whole. */
export interface LineAnswer {
  readonly status: number;
  /** Length of the body as it travelled. */
  readonly bytes: number;
  /** As it travelled; empty when it was not wanted. */
  readonly body: Uint8Array;
  readonly gzip: boolean;
}

/** A connection that carries one request at a time; it connects when it is first used, and again after it was cut. */
export interface Line {
  /** `path` with its query. `keep`: whether the body is wanted. @throws TransferError */
  get(path: string, keep: boolean): Promise<LineAnswer>;
  /** What is on its way fails. */
  close(): void;
}

/** The connections of one playlist: reloads that the server holds must not hold media. */
export interface Lines {
  readonly playlist: Line;
  readonly media: Line;
  close(): void;
}

/** Where and how to connect. */
export interface LineTarget {
  readonly origin: URL;
  readonly h2: boolean;
  /** Certificates are not checked. */
  readonly insecure: boolean;
}

/** Why an answer did not come. */
export type TransferFault = 'connect' | 'cut' | 'timeout' | 'malformed';

/** No answer, or half of one. */
export class TransferError extends Error {
  readonly fault: TransferFault;

  constructor(fault: TransferFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = fault;
  }
}

/** Far longer than any server holds a reload: three target durations. */
export const ANSWER_TIMEOUT_MS = 20_000;
/** A playlist is some kilobytes, or some hundred when it reaches back for hours. */
export const MAX_KEPT_BYTES = 8 * 1024 * 1024;
/** In every request, in lower case. */
export const REQUEST_HEADERS: Readonly<Record<string, string>> = {
  accept: '*/*',
  'accept-encoding': 'gzip',
  'user-agent': 'gridcast-bench',
};
