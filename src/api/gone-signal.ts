/** Whether somebody still waits for an answer. */
import type { ServerResponse } from 'node:http';
import { Http2ServerResponse } from 'node:http2';

/** Aborts when the asker hangs up; it is aborted already for one who has, as while their token was looked at. */
export function goneSignal(response: ServerResponse | Http2ServerResponse): AbortSignal {
  if (isClosed(response)) return AbortSignal.abort();
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

function isClosed(response: ServerResponse | Http2ServerResponse): boolean {
  return response instanceof Http2ServerResponse ? response.stream.closed : response.closed;
}
