/** Players that ask for what is to come and go away before they have it. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { parseMediaPlaylist, parseMultivariant } from '../../src/cli/viewers/playlist-text.ts';
import { sleep, systemClock } from '../../src/util/clock.ts';
import type { BenchServer } from './server-process.ts';

/** After one round. */
export interface AbortRound {
  /** The most requests that were seen to wait at the same time, and those that still do afterwards. */
  readonly held: number;
  readonly left: number;
  /** Megabytes of objects after a collection; media lie outside of the heap, and change with the program. */
  readonly heapMb: number;
}

const WAITING = 'gridcast_hls_waiting';
const POLL_MS = 50;
const PATIENCE_MS = 10_000;
const MB = 1024 * 1024;

/** Opens so many held reloads, cuts all of them off, and looks at what is left, again and again. */
export async function abortRounds(
  server: BenchServer,
  room: string,
  requests: number,
  rounds: number,
): Promise<readonly AbortRound[]> {
  const results: AbortRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const held = await abortMany(server, room, requests);
    const { newest: left } = await waitUntil(server, (waiting) => waiting === 0);
    results.push({ held, left, heapMb: (await server.heapBytes()) / MB });
  }
  return results;
}

async function abortMany(server: BenchServer, room: string, requests: number): Promise<number> {
  const { hostname, port, host, protocol } = new URL(server.url);
  const secure = protocol === 'https:';
  const sockets: Socket[] = [];
  try {
    for (let count = 0; count < requests; count += 1) {
      const socket = secure ? connectTls(Number(port), hostname) : connect(Number(port), hostname);
      socket.on('error', () => {});
      sockets.push(socket);
    }
    await Promise.all(sockets.map((socket) => once(socket, secure ? 'secureConnect' : 'connect')));
    // Asked for once everybody is connected: what is far ahead then is so for all of them.
    const path = await farthest(server.url, room);
    for (const socket of sockets)
      socket.write(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: gzip\r\n\r\n`);
    return (await waitUntil(server, (waiting) => waiting >= requests)).most;
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

/** The reload that is held longest: until the segment after the open one is whole. */
async function farthest(url: string, room: string): Promise<string> {
  const index = new URL(`/hls/${room}/index.m3u8`, url);
  const { uri } = parseMultivariant(await (await fetch(index)).text());
  const media = new URL(uri, index);
  const { segments } = parseMediaPlaylist(await (await fetch(media)).text());
  const last = segments.at(-1);
  const open = last?.uri === undefined ? (last?.number ?? 0) : last.number + 1;
  return `${media.pathname}?_HLS_msn=${open + 1}`;
}

/** Looks until it is as wished; gives the most, and the newest, that it saw. */
async function waitUntil(server: BenchServer, isSo: (waiting: number) => boolean) {
  const endMs = systemClock.monotonicMs() + PATIENCE_MS;
  for (let most = 0; ; ) {
    const newest = await server.metric(WAITING);
    if (newest === undefined) throw new Error(`The server does not tell ${WAITING}`);
    most = Math.max(most, newest);
    if (isSo(newest) || systemClock.monotonicMs() > endMs) return { most, newest };
    await sleep(systemClock, POLL_MS);
  }
}
