import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempDir } from '../../helpers/temp-dir.ts';
import { ADMIN_TOKEN, startApi, storedFile, type TestApi } from './api-server.ts';

const VOD = '/api/recordings/rec1/vod';
const FILES = {
  'vod.m3u8': 'application/vnd.apple.mpegurl',
  'vod-init-0.mp4': 'video/mp4',
  'vod-segment-3-2.m4s': 'video/mp4',
  'recording.mp4': 'video/mp4',
} as const;

async function withFiles(): Promise<TestApi> {
  const api = await startApi();
  const folder = await tempDir();
  for (const [name, contentType] of Object.entries(FILES)) {
    await writeFile(join(folder, name), name);
    api.files.set(name, storedFile(join(folder, name), name.length, { contentType }));
  }
  return api;
}

/** The path of a link to the recording's HLS, without its playlist. */
async function linkOf(api: TestApi): Promise<string> {
  const answer = await api.send('POST', '/api/recordings/rec1/hls-link', { token: ADMIN_TOKEN });
  return new URL(String(answer.json['url'])).pathname.slice(0, -'index.m3u8'.length);
}

describe('a finished recording as HLS', () => {
  it('is a playlist and what it names, for admins and for whoever has the link', async () => {
    const api = await withFiles();
    const ticket = (await linkOf(api)).replace('/hls/', '/vod/');
    for (const name of ['vod.m3u8', 'vod-init-0.mp4', 'vod-segment-3-2.m4s'] as const) {
      const asAdmin = await api.send('GET', `${VOD}/${name}`, { token: ADMIN_TOKEN });
      expect(asAdmin).toMatchObject({ status: 200, text: name });
      expect(asAdmin.headers).toMatchObject({ 'content-type': FILES[name], 'accept-ranges': 'bytes' });
      expect(await api.send('GET', `${ticket}${name}`), name).toMatchObject({ status: 200, text: name });
    }
    expect((await api.send('GET', `${VOD}/index.m3u8`, { token: ADMIN_TOKEN })).text).toBe('vod.m3u8');
    const part = await api.send('GET', `${ticket}vod-init-0.mp4`, { headers: { Range: 'bytes=4-7' } });
    expect(part).toMatchObject({ status: 206, text: 'init' });
    expect((await api.send('GET', `${VOD}/vod.m3u8`)).status).toBe(401);
    expect((await api.send('GET', `${VOD}/~x.y.z/vod.m3u8`)).status).toBe(401);
  });

  it('opens nothing else of the archive', async () => {
    const api = await withFiles();
    const ticket = (await linkOf(api)).replace('/hls/', '/vod/');
    const names = ['recording.mp4', 'manifest.json', 'vod-notes.txt', '..%2fvod.m3u8', 'vod-segment-9.m4s'];
    for (const name of names) {
      expect((await api.send('GET', `${ticket}${name}`)).status, name).toBe(404);
    }
  });

  it('is where the link of its first seconds leads to', async () => {
    const archived = async (_: string, file: string) => ({
      archived: file === 'index.m3u8' ? 'vod.m3u8' : `vod-${file}`,
    });
    const api = await startApi({ ports: { recordingHls: { get: archived } } });
    const link = await linkOf(api);
    for (const [base, from, to] of [
      [link, 'index.m3u8', 'vod.m3u8'],
      ['/api/recordings/rec1/hls/', 'segment-1.m4s', 'vod-segment-1.m4s'],
    ] as const) {
      const answer = await api.send('GET', `${base}${from}`, { token: base === link ? undefined : ADMIN_TOKEN });
      expect(answer).toMatchObject({ status: 302, headers: { 'cache-control': 'no-store' } });
      const url = new URL(String(answer.headers.location), `http://a.example${base}${from}`);
      expect(url.pathname).toBe(`${base.replace('/hls/', '/vod/')}${to}`);
    }
  });
});
