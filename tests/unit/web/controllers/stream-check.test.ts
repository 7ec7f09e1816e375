import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askForStream, type StreamNews } from '../../../../web/controllers/stream-check.ts';

const MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n~pass/20310514T120000Z-1a2b3c4d/live.m3u8\n';

/** What is made of a server's answer. */
async function newsOf(
  answer: RequestListener,
  { hasToken = false, exists = async () => true }: { hasToken?: boolean; exists?: () => Promise<boolean> } = {},
): Promise<StreamNews> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hls/hall/index.m3u8?token=abc`;
  const news = await askForStream({ url, hasToken, exists }, new AbortController().signal);
  return JSON.parse(JSON.stringify(news).replaceAll(new URL(url).origin, '')) as StreamNews;
}

function status(code: number): RequestListener {
  return (_request, response) => response.writeHead(code).end();
}

describe('a question about a stream', () => {
  it('tells sessions apart, whatever pass stands before them', async () => {
    expect(await newsOf((_request, response) => response.end(MASTER))).toEqual({
      kind: 'live',
      session: '20310514T120000Z-1a2b3c4d',
      playlistUrl: '/hls/hall/~pass/20310514T120000Z-1a2b3c4d/live.m3u8',
      choice: false,
    });
    const two = `${MASTER}#EXT-X-STREAM-INF:BANDWIDTH=2\nlow.m3u8\n`;
    expect(await newsOf((_request, response) => response.end(two))).toMatchObject({ choice: true });
  });

  it('knows a room that waits from one that is not there', async () => {
    expect(await newsOf(status(404))).toEqual({ kind: 'nothing' });
    expect(await newsOf(status(404), { exists: async () => false })).toEqual({ kind: 'missing' });
    // A page of another site cannot tell.
    const unknown = () => Promise.reject(new Error('other site'));
    expect(await newsOf(status(404), { exists: unknown })).toEqual({ kind: 'nothing' });
    // Unless the stream's own answer says so.
    const body = JSON.stringify({ code: 'room_not_found', title: 'Not found', detail: 'There is no such room.' });
    const said = await newsOf((_request, response) => response.writeHead(404).end(body), { exists: unknown });
    expect(said).toEqual({ kind: 'missing' });
  });

  it.each([401, 403])('explains a refusal with %i', async (code) => {
    expect(await newsOf(status(code))).toMatchObject({ problem: { code: 'player.private' } });
    expect(await newsOf(status(code), { hasToken: true })).toMatchObject({ problem: { code: 'player.expired' } });
  });

  it.each([
    [401, 'token_revoked', 'This link was taken back'],
    [401, 'token_earlier_room', 'This link is for an earlier room'],
    [403, 'invite_used_up', 'This link has been used up'],
    [403, 'removed', 'A host has removed you from this room'],
    [403, 'banned', 'You are kept out of this room'],
  ])('says with %i %s why a link of one’s own does not hold', async (code, word, title) => {
    const body = JSON.stringify({ code: word, title: 'No', detail: 'Ask a host of the room.' });
    const news = await newsOf((_request, response) => response.writeHead(code).end(body), { hasToken: true });
    expect(news).toMatchObject({ problem: { title, detail: 'Ask a host of the room.', code: `player.${word}` } });
  });

  it('tries again later when the server is in trouble or away', async () => {
    expect(await newsOf(status(503))).toEqual({ kind: 'away' });
    expect(await newsOf(status(429))).toEqual({ kind: 'away' });
    expect(await newsOf((request) => request.socket.destroy())).toEqual({ kind: 'away' });
  });
});
