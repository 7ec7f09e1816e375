/** A live HLS presentation that goes on by the clock: made before by FFmpeg, and shown segment by segment. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HlsAnswer } from '../../src/api/ports.ts';
import type { Clock } from '../../src/util/clock.ts';

const SEGMENT_S = 2;
/** Segments in the playlist of what is live. */
const WINDOW = 30;
/** The session of a Wednesday noon. */
const SESSION = '20310514T120000Z-1a2b3c4d';

/** Media that FFmpeg made. */
export interface LiveMedia {
  readonly dir: string;
  readonly segments: number;
}

/** Makes segments and thumbnails in `dir`, which the caller removes. `picture` is a source for FFmpeg. */
export async function makeLiveMedia(
  dir: string,
  seconds: number,
  picture = 'testsrc2=size=640x360:rate=30',
): Promise<LiveMedia> {
  const run = (args: readonly string[]): Promise<unknown> =>
    promisify(execFile)('ffmpeg', ['-v', 'error', '-nostdin', ...args], { cwd: dir });
  await run([
    ...['-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000'],
    ...['-t', String(seconds), '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '60', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-f', 'hls', '-hls_time', String(SEGMENT_S), '-hls_list_size', '0'],
    ...['-hls_segment_type', 'fmp4', '-hls_fmp4_init_filename', 'init-0.mp4'],
    ...['-hls_segment_filename', 'segment-%d.m4s', 'made.m3u8'],
  ]);
  const small = `fps=1/${SEGMENT_S},scale=240:-2`;
  await run(['-i', 'made.m3u8', '-vf', small, '-start_number', '0', 'thumbnail-%d.jpg']);
  return { dir, segments: (await readdir(dir)).filter((name) => name.endsWith('.m4s')).length };
}

/** What it is to show. */
export interface LiveHlsOptions {
  /** What is there already, seconds. */
  readonly already: number;
  readonly clock: Clock;
  /** Two qualities to choose from; they show the same. */
  readonly qualities?: boolean;
  /** The smaller of them is promised, and there while this says so. */
  readonly hasLow?: () => boolean;
  /** Chapters by the second at which they begin. */
  readonly chapters?: Readonly<Record<number, string>>;
}

/** Answers as the origin does. */
export class LiveHls {
  readonly #media: LiveMedia;
  readonly #options: LiveHlsOptions;
  readonly #startMs: number;
  #endAt: number | undefined;

  constructor(media: LiveMedia, options: LiveHlsOptions) {
    this.#media = media;
    this.#options = options;
    this.#startMs = options.clock.wallMs() - options.already * 1000;
  }

  /** Wall-clock milliseconds of the first picture. */
  get startMs(): number {
    return this.#startMs;
  }

  /** What there is now is all there will be. */
  end(): void {
    this.#endAt = this.#listed;
  }

  /** `path` is what follows `/hls/ROOM/`; undefined when there is no such thing. */
  get(path: string, query: URLSearchParams): HlsAnswer | undefined {
    if (path === 'index.m3u8') {
      return playlist(this.#multivariant(query.get('dvr') === '1', query.get('promised') === '1'));
    }
    if (!path.startsWith(`${SESSION}/`)) return undefined;
    const name = path.slice(SESSION.length + 1);
    if (name === 'dvr.m3u8') return playlist(this.#list(0));
    if (name === 'low.m3u8' && !this.#hasLow) return undefined;
    if (name === 'live.m3u8') return playlist(this.#list(this.#listed - WINDOW) + this.#report());
    if (name === 'low.m3u8') return playlist(this.#list(this.#listed - WINDOW));
    if (name === 'thumbnails.vtt') return playlist(this.#vtt());
    if (!/^[\w-]+\.(?:mp4|m4s|jpg)$/.test(name)) return undefined;
    const body = new Uint8Array(readFileSync(join(this.#media.dir, name)));
    const contentType = name.endsWith('.jpg') ? 'image/jpeg' : 'video/mp4';
    return { status: 200, contentType, cacheControl: 'max-age=60', body };
  }

  get #listed(): number {
    const passed = Math.floor((this.#options.clock.wallMs() - this.#startMs) / 1000 / SEGMENT_S);
    return Math.min(this.#endAt ?? passed, this.#media.segments, passed);
  }

  get #hasLow(): boolean {
    return this.#options.hasLow?.() ?? true;
  }

  /** Report on the smaller picture's rendition, for players that wait for it. */
  #report(): string {
    const last = this.#listed - 1;
    const isReported = this.#options.hasLow !== undefined && this.#hasLow;
    return isReported ? `#EXT-X-RENDITION-REPORT:URI="low.m3u8",LAST-MSN=${last}\n` : '';
  }

  #multivariant(back: boolean, promised: boolean): string {
    const variant = (name: string, bits: number, size: string): string =>
      `#EXT-X-STREAM-INF:BANDWIDTH=${bits},RESOLUTION=${size},FRAME-RATE=30,CODECS="avc1.640028,mp4a.40.2"\n${SESSION}/${name}\n`;
    const isListed = this.#options.qualities && !back && (promised || this.#hasLow);
    const low = isListed ? variant('low.m3u8', 800_000, '640x360') : '';
    const state = this.#hasLow ? 'there' : 'missing';
    const said =
      promised && this.#options.hasLow ? `#EXT-X-SESSION-DATA:DATA-ID="gridcast.low",VALUE="${state}"\n` : '';
    return `#EXTM3U\n#EXT-X-VERSION:9\n${said}${variant(back ? 'dvr.m3u8' : 'live.m3u8', 2_500_000, '1280x720')}${low}`;
  }

  /** @param from first segment */
  #list(from: number): string {
    const first = Math.max(0, from);
    const lines = [
      '#EXTM3U',
      '#EXT-X-VERSION:9',
      `#EXT-X-TARGETDURATION:${SEGMENT_S}`,
      `#EXT-X-MEDIA-SEQUENCE:${first}`,
      '#EXT-X-MAP:URI="init-0.mp4"',
    ];
    for (const [second, title] of Object.entries(this.#options.chapters ?? {})) {
      const start = this.#time(Number(second));
      lines.push(`#EXT-X-DATERANGE:ID="t${second}",CLASS="gridcast.title",START-DATE="${start}",X-TITLE="${title}"`);
    }
    for (let at = first; at < this.#listed; at += 1) {
      lines.push(
        `#EXT-X-PROGRAM-DATE-TIME:${this.#time(at * SEGMENT_S)}`,
        `#EXTINF:${SEGMENT_S}.0,`,
        `segment-${at}.m4s`,
      );
    }
    if (this.#endAt !== undefined) lines.push('#EXT-X-ENDLIST');
    return `${lines.join('\n')}\n`;
  }

  #vtt(): string {
    const cue = (at: number): string =>
      `${clockOf(at * SEGMENT_S)} --> ${clockOf((at + 1) * SEGMENT_S)}\nthumbnail-${at}.jpg\n`;
    return `WEBVTT\n\n${Array.from({ length: this.#listed }, (_, at) => cue(at)).join('\n')}`;
  }

  #time(second: number): string {
    return new Date(this.#startMs + second * 1000).toISOString();
  }
}

function playlist(body: string): HlsAnswer {
  return { status: 200, contentType: 'application/vnd.apple.mpegurl', cacheControl: 'no-store', body };
}

function clockOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 23);
}
