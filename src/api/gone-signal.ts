/** Whether somebody still waits for an answer. */
import type { ServerResponse } from 'node:http';
import { Http2ServerResponse } from 'node:http2';

/** Made once: each would carry a trace of its stack, and every request ends in one. */
const GONE = new DOMException('Whoever asked has gone.', 'AbortError');

/** Aborts when the asker hangs up; it is aborted already for one who has, as while their token was looked at. */
export function goneSignal(response: ServerResponse | Http2ServerResponse): AbortSignal {
  if (isClosed(response)) return AbortSignal.abort(GONE);
  const gone = new AbortController();
  response.once('close', () => gone.abort(GONE));
  return gone.signal;
}

function isClosed(response: ServerResponse | Http2ServerResponse): boolean {
  return response instanceof Http2ServerResponse ? response.stream.closed : response.closed;
}
