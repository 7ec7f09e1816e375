/** What answers say about themselves: types, compression, caches and other sites (the reference for players and CDNs). */
import type { Answer, Ask } from './http-client.ts';
import { type Problem, of } from './problem.ts';

/** What an answer is. */
export type Kind = 'multivariant' | 'playlist' | 'blocked playlist' | 'media';

const PLAYLIST_TYPES = ['application/vnd.apple.mpegurl', 'audio/mpegurl'];
const MEDIA_TYPES = ['video/mp4', 'audio/mp4', 'video/iso.segment', 'text/vtt'];
const EXPOSED = ['age', 'date', 'content-length'];

/** What is wrong with the head of an answer of status 200. */
export function problemsOfHeaders(kind: Kind, name: string, { headers }: Answer, targetDuration: number): Problem[] {
  const problem = of('headers');
  const found: Problem[] = [];
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const wanted = kind === 'media' ? MEDIA_TYPES : PLAYLIST_TYPES;
  if (!wanted.includes(type)) found.push(problem(`${name} is of type ${type}`));
  if (headers['access-control-allow-origin'] !== '*') found.push(problem(`${name} may not be played by other sites`));
  const exposed = (headers['access-control-expose-headers'] ?? '').toLowerCase().split(/\s*,\s*/);
  const hidden = EXPOSED.filter((one) => !exposed.includes(one) && !exposed.includes('*'));
  if (hidden.length > 0) found.push(problem(`${name} hides ${hidden.join()} from players`));
  if (kind !== 'media' && headers['content-encoding'] !== 'gzip') found.push(problem(`${name} is not compressed`));
  if (kind !== 'media' && !/accept-encoding/i.test(headers['vary'] ?? '')) {
    found.push(problem(`${name} does not vary by what is accepted`));
  }
  const age = Number(/\bmax-age=(\d+)/.exec(headers['cache-control'] ?? '')?.[1] ?? Number.NaN);
  const limits = {
    multivariant: [1, 30],
    playlist: [0, targetDuration],
    media: [6 * targetDuration, Infinity],
  } as const;
  const [least, most] = kind === 'blocked playlist' ? [targetDuration, 6 * targetDuration] : limits[kind];
  if (!(age >= least && age <= most)) {
    found.push(problem(`${name} is kept for "${headers['cache-control'] ?? ''}", not ${least} to ${most} s`));
  }
  return found;
}

/** Errors are not kept: the same address may be good a moment later. */
export function problemsOfErrorHeaders(name: string, { status, headers }: Answer): Problem[] {
  const kept = /no-store|no-cache|max-age=0/.test(headers['cache-control'] ?? '');
  return kept ? [] : [of('headers')(`${name} is answered with ${status} and may be kept`)];
}

/** Browsers ask before they send what is not simple. */
export async function problemsOfPreflight(ask: Ask, url: string): Promise<Problem[]> {
  const { status, headers } = await ask(url, {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': 'GET', 'access-control-request-headers': 'range' },
  });
  const allowed = headers['access-control-allow-origin'] === '*' && status >= 200 && status < 300;
  return allowed ? [] : [of('headers')(`OPTIONS is answered with ${status}`)];
}
