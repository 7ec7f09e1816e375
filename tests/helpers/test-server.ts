/** A whole server on a free port with a data folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, configSchema } from '../../src/config/schema.ts';
import type { Logger } from '../../src/logger.ts';
import { nullLogger } from '../../src/logger.ts';
import { GridcastServer } from '../../src/server/server.ts';
import { systemClock } from '../../src/util/clock.ts';

/** Settings by group, as in the configuration file. */
export type ConfigInput = { readonly [G in keyof Config]?: Partial<Config[G]> };

/** An answer of the API. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Speaks to the API as an admin. */
export class TestServer {
  readonly server: GridcastServer;
  readonly url: string;
  readonly token: string;
  readonly dataDir: string;

  private constructor(server: GridcastServer, dataDir: string) {
    this.server = server;
    this.url = server.url;
    this.token = server.adminToken;
    this.dataDir = dataDir;
  }

  static async start(settings: ConfigInput = {}, log: Logger = nullLogger): Promise<TestServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'gridcast-e2e-'));
    const config = configSchema.parse({
      ...settings,
      server: { port: 0, data: dataDir, ...settings.server },
      // How busy the machine of the tests is must not change what they see.
      program: { degrade: false, ...settings.program },
      log: { level: 'silent' },
    });
    try {
      const server = await GridcastServer.start({ config, env: process.env, log, clock: systemClock });
      return new TestServer(server, dataDir);
    } catch (error) {
      await rm(dataDir, { recursive: true, force: true });
      throw error;
    }
  }

  async api<T = unknown>(method: string, path: string, body?: unknown, token = this.token): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token !== '' && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }

  async bytes(path: string): Promise<Uint8Array> {
    const response = await fetch(`${this.url}${path}`, { headers: { authorization: `Bearer ${this.token}` } });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  async close(): Promise<void> {
    await this.server.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** A live playlist's init and all listed segments as one file, and the wall time of its first frame in milliseconds. */
export async function fetchProgram(server: TestServer, room: string): Promise<{ data: Uint8Array; firstMs: number }> {
  const decoder = new TextDecoder();
  const index = decoder.decode(await server.bytes(`/hls/${room}/index.m3u8`));
  const media = index.split('\n').find((line) => line.endsWith('.m3u8') && !line.startsWith('#')) ?? '';
  const playlist = decoder.decode(await server.bytes(`/hls/${room}/${media}`));
  const folder = media.slice(0, media.lastIndexOf('/'));
  const init = /#EXT-X-MAP:URI="([^"]+)"/.exec(playlist)?.[1] ?? '';
  const segments = playlist.split('\n').filter((line) => line.endsWith('.m4s'));
  const files: Uint8Array[] = [];
  for (const name of [init, ...segments]) files.push(await server.bytes(`/hls/${room}/${folder}/${name}`));
  const firstMs = Date.parse(/#EXT-X-PROGRAM-DATE-TIME:(.+)/.exec(playlist)?.[1] ?? '');
  return { data: Buffer.concat(files), firstMs };
}
