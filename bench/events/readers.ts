/** Who reads the log over HTTP: a page at a time, or as server-sent events. */

/** The log, and who may read it. */
export interface LogPlace {
  readonly url: string;
  readonly token: string;
}

/** Events of one page: as many as the server gives. */
const MOST = 1000;

interface Page {
  readonly items: readonly { readonly seq: number }[];
  readonly next: number;
  readonly newest: number;
}

/** Reads from the beginning to the end. Answers with how many came. @param filter as in the query */
export async function readPages(place: LogPlace, filter: Readonly<Record<string, string>>): Promise<number> {
  let [after, count] = [0, 0];
  for (;;) {
    const query = new URLSearchParams({ ...filter, after: String(after), limit: String(MOST) });
    const response = await fetch(`${place.url}/api/events?${query.toString()}`, { headers: headersOf(place) });
    if (!response.ok) throw new Error(`The log was answered with ${response.status}`);
    const { items, next, newest } = (await response.json()) as Page;
    count += items.length;
    after = next;
    if (next >= newest) return count;
  }
}

/** Gets the stream from after an event until so many have come. @throws Error when one is missing or comes twice */
export async function readStream(place: LogPlace, after: number, count: number): Promise<void> {
  const stop = new AbortController();
  const response = await fetch(`${place.url}/api/events/stream`, {
    headers: { ...headersOf(place), 'Last-Event-ID': String(after) },
    signal: stop.signal,
  });
  if (!response.ok || !response.body) throw new Error(`The stream was answered with ${response.status}`);
  let [last, rest] = [after, ''];
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      const { seq } = JSON.parse(line.slice('data:'.length)) as { readonly seq: number };
      if (seq !== last + 1) throw new Error(`After event ${last} came ${seq}`);
      last = seq;
    }
    if (last >= after + count) break;
  }
  stop.abort();
}

function headersOf({ token }: LogPlace): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
