import { describe, expect, it } from 'vitest';
import { GridcastError } from '../../../src/client/gridcast-error.ts';
import { apiPath, Transport } from '../../../src/client/transport.ts';

interface Asked {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

/** A transport whose requests are written down and answered with `answer`. */
function recorded(answer: () => Response): { readonly asked: Asked[]; readonly transport: Transport } {
  const asked: Asked[] = [];
  const transport = new Transport({
    url: 'https://rooms.example.org',
    token: 'secret',
    fetch: async (input, init) => {
      asked.push({ url: new Request(input).url, init });
      return answer();
    },
  });
  return { asked, transport };
}

describe('a request of the client', () => {
  it('carries the token, JSON, and what is asked for, but nothing that is undefined', async () => {
    const { asked, transport } = recorded(() => Response.json({ ok: true }));
    const query = { limit: 5, q: 'a&b', cursor: undefined };
    expect(await transport.json('POST', '/api/rooms', { body: { title: 'x' }, query })).toEqual({ ok: true });
    expect(asked).toEqual([
      {
        url: 'https://rooms.example.org/api/rooms?limit=5&q=a%26b',
        init: {
          method: 'POST',
          headers: { accept: 'application/json', authorization: 'Bearer secret', 'content-type': 'application/json' },
          body: '{"title":"x"}',
        },
      },
    ]);
  });

  it('sends pictures as they are', async () => {
    const { asked, transport } = recorded(() => new Response(null, { status: 204 }));
    const picture = new Blob(['png'], { type: 'image/png' });
    await transport.empty('PUT', '/api/rooms/hall/images/logo', { body: picture });
    expect(asked[0]?.init).toMatchObject({ body: picture, headers: { 'content-type': 'image/png' } });
  });

  it('names things by paths that they cannot leave', () => {
    expect(apiPath('rooms', '../a b', 'chat')).toBe('/api/rooms/..%2Fa%20b/chat');
  });

  it('rejects with what the server says, and for how long to wait', async () => {
    const problem = { title: 'Too many', status: 429, code: 'rate_limited', detail: 'Ask again in 7 seconds.' };
    const headers = { 'retry-after': '7' };
    const { transport } = recorded(() => Response.json(problem, { status: 429, headers }));
    const error = await transport.json('GET', '/api/rooms').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GridcastError);
    const expected = { status: 429, code: 'rate_limited', detail: 'Ask again in 7 seconds.', retryAfter: 7 };
    expect(error).toMatchObject({ ...expected, temporary: true, unauthorized: false });
  });

  it('rejects where something else than the server answers', async () => {
    const { transport } = recorded(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(transport.empty('GET', '/api/rooms')).rejects.toMatchObject({ status: 502, code: '' });
    const { transport: portal } = recorded(() => new Response('<h1>Welcome to our net</h1>'));
    await expect(portal.json('GET', '/api/rooms')).rejects.toMatchObject({ status: 200 });
  });

  it('says that an answer broke off, however well it began, so that another try is worth it', async () => {
    const cut = (): Response => {
      const half = new TextEncoder().encode('{"items": [');
      let asked = 0;
      const body = new ReadableStream({
        pull(controller) {
          asked += 1;
          if (asked === 1) controller.enqueue(half);
          else controller.error(new TypeError('terminated'));
        },
      });
      return new Response(body, { headers: { 'content-type': 'application/json' } });
    };
    const { transport } = recorded(cut);
    const error = await transport.json('GET', '/api/events').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ status: 0, code: 'unreachable', temporary: true });
    const signal = AbortSignal.abort();
    await expect(transport.json('GET', '/api/events', { signal })).rejects.toThrow('terminated');
  });

  it('says that nobody answers, unless it was given up', async () => {
    const fail = { url: 'http://localhost', fetch: () => Promise.reject(new TypeError('fetch failed')) };
    const transport = new Transport(fail);
    await expect(transport.json('GET', '/api/rooms')).rejects.toMatchObject({ status: 0, code: 'unreachable' });
    const signal = AbortSignal.abort();
    await expect(transport.json('GET', '/api/rooms', { signal })).rejects.toThrow('fetch failed');
  });
});
