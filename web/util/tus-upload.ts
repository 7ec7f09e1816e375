/** One file on its way by tus 1.0: the only module that knows the library. */
import { DetailedError, Upload } from 'tus-js-client';
import { ApiError, problemToError } from '../api-client.ts';

/** What is sent, and where to. */
export interface TusOptions {
  readonly file: File;
  /** Absolute address of the room's files. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where it was sent to before; undefined: it is begun. */
  readonly address: string | undefined;
  /** The server has given it a place. */
  readonly placed: (address: string) => void;
  /** Bytes that have left; after a cut fewer than before. */
  readonly progress: (bytes: number) => void;
  /** The connection was lost; it tries again by itself. */
  readonly retrying: () => void;
  readonly done: () => void;
  /** It will not try again by itself. */
  readonly failed: (error: ApiError) => void;
}

/** A file that is being sent. */
export interface TusUpload {
  /** Stops; what has arrived is kept. Nothing is told any more. */
  stop(): void;
}

/** Most of one request: proxies and servers end those that last for minutes. */
const CHUNK_BYTES = 8 * 1024 * 1024;
/** With what has arrived meanwhile they begin anew, so that a line may break as often as it likes. */
const RETRY_MS = [300, 1000, 2000, 4000, 8000, 10_000, 15_000, 20_000, 30_000, 30_000];

/** Begins at once. */
export function startUpload(options: TusOptions): TusUpload {
  const { file, endpoint, headers, address } = options;
  let stopped = false;
  const upload = new Upload(file, {
    endpoint,
    uploadUrl: address ?? null,
    headers: { ...headers },
    metadata: { filename: file.name, filetype: file.type },
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_MS,
    storeFingerprintForResuming: false,
    onUploadUrlAvailable: () => options.placed(upload.url ?? ''),
    onProgress: (bytes) => {
      if (!stopped) options.progress(bytes);
    },
    onShouldRetry: (error) => {
      const again = !stopped && mayRetry(error.originalResponse?.getStatus());
      if (again) options.retrying();
      return again;
    },
    onSuccess: () => {
      if (!stopped) options.done();
    },
    onError: (error) => {
      if (!stopped) options.failed(asApiError(error));
    },
  });
  upload.start();
  return {
    stop() {
      stopped = true;
      void upload.abort();
    },
  };
}

/** No answer, a server in trouble, another request of ours that is not over yet, or too many. */
function mayRetry(status: number | undefined): boolean {
  if (status === undefined || status === 0) return true;
  return [409, 423, 429].includes(status) || (status >= 500 && status !== 507);
}

function asApiError(error: Error): ApiError {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  const status = response?.getStatus() ?? 0;
  if (status !== 0) return problemToError(bodyOf(response?.getBody() ?? ''), status);
  return new ApiError('The server cannot be reached; what has arrived is kept, so try again.', 0, 'unreachable');
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
