import { describe, expect, it, vi } from 'vitest';
import { ADMIN_TOKEN, startApi, type TestApi } from './api-server.ts';

const HLS = '/api/recordings/rec1/hls';

/** The path of a link, without its playlist. */
async function linkOf(api: TestApi, recording = 'rec1'): Promise<string> {
  const answer = await api.send('POST', `/api/recordings/${recording}/hls-link`, { token: ADMIN_TOKEN });
  expect(answer.status).toBe(201);
  const { pathname } = new URL(String(answer.json['url']));
  expect(pathname).toMatch(/\/index\.m3u8$/);
  return pathname.slice(0, -'index.m3u8'.length);
}

describe('a recording as HLS', () => {
  it('is a playlist that is asked for anew, and media that never change', async () => {
    const api = await startApi();
    const playlist = await api.send('GET', `${HLS}/index.m3u8`, { token: ADMIN_TOKEN });
    expect(playlist).toMatchObject({ status: 200, text: '#EXTM3U\n' });
    expect(playlist.headers).toMatchObject({
      'content-type': 'application/vnd.apple.mpegurl',
      'cache-control': 'private, no-cache',
    });
    const media = await api.send('GET', `${HLS}/segment-3.m4s`, { token: ADMIN_TOKEN });
    expect(media).toMatchObject({ status: 200, text: 'media' });
    expect(media.headers).toMatchObject({
      'content-type': 'video/mp4',
      'cache-control': 'private, max-age=3600, immutable',
      'content-length': '5',
    });
    const closed = ['recording rec1 segment-3.m4s', 'media closed'];
    await vi.waitFor(() => expect(api.calls).toEqual(['recording rec1 index.m3u8', ...closed]), { timeout: 9000 });
    const head = await api.send('HEAD', `${HLS}/segment-3.m4s`, { token: ADMIN_TOKEN });
    expect(head).toMatchObject({ status: 200, text: '', headers: { 'content-length': '5' } });
    await vi.waitFor(() => expect(api.calls.slice(3)).toEqual(closed), { timeout: 9000 });
  });

  it('is played with a link for six hours, whose ticket stays in the addresses of the media', async () => {
    const api = await startApi();
    const base = await linkOf(api);
    expect((await api.send('GET', `${base}index.m3u8`)).text).toBe('#EXTM3U\n');
    api.clock.advance(6 * 3600_000 - 1000);
    expect((await api.send('GET', `${base}segment-3.m4s`)).text).toBe('media');
    expect(api.calls.slice(0, 2)).toEqual(['recording rec1 index.m3u8', 'recording rec1 segment-3.m4s']);
    expect(JSON.stringify(api.log)).not.toContain(base.split('~')[1]?.slice(0, -1));
    api.clock.advance(2000);
    const late = await api.send('GET', `${base}segment-3.m4s`);
    expect(late).toMatchObject({ status: 401, json: { code: 'ticket_expired' } });
  });

  it('is not played with the ticket of another recording or file, or one that was made up', async () => {
    const api = await startApi();
    const known = api.recordings.get('rec1');
    if (known) api.recordings.set('rec2', { ...known, id: 'rec2' });
    const other = (await linkOf(api, 'rec2')).replace('rec2', 'rec1');
    const { ticket } = await api.deps.tokens.issueTicket('rec1', 'recording.mp4');
    for (const base of [other, `${HLS}/~${ticket}/`, `${HLS}/~x.y.z/`, `${HLS}/~/`]) {
      expect((await api.send('GET', `${base}index.m3u8`)).status, base).toBe(401);
    }
    expect(api.calls).toEqual([]);
  });

  it.each(['segment-1.m4s/x', 'a%2fb', '%2e%2e%2fparts.jsonl', 'SEGMENT-1.m4s', 'segment%201.m4s'])(
    'has no media called %s',
    async (file) => {
      const api = await startApi();
      const answer = await api.send('GET', `${HLS}/${file}`, { token: ADMIN_TOKEN });
      expect(answer).toMatchObject({ status: 404, json: { code: 'no_such_media' } });
      expect(api.calls).toEqual([]);
    },
  );

  it('has no link when there is no such recording', async () => {
    const api = await startApi();
    const answer = await api.send('POST', '/api/recordings/rec9/hls-link', { token: ADMIN_TOKEN });
    expect(answer).toMatchObject({ status: 404, json: { code: 'recording_not_found' } });
  });
});
