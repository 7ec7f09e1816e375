/** Playlists of a low-latency origin: four parts of half a second make a segment of two. */

export const PARTS = 4;
export const WALL_START = Date.UTC(2026, 0, 1, 12);

/** What to render. */
export interface OriginState {
  /** Parts made so far, from segment 0 on. */
  readonly parts: number;
  readonly window?: number;
  /** Segments left out of an update. */
  readonly skipped?: number;
  readonly blocking?: boolean;
  readonly ended?: boolean;
  /** Number of the init of a segment. */
  readonly init?: (segment: number) => number;
}

/** The media playlist at one moment; parts of the two newest whole segments and of the open one are listed. */
export function livePlaylist(state: OriginState): string {
  const { parts, window = 30, skipped = 0, blocking = true, ended = false, init = () => 0 } = state;
  const whole = Math.floor(parts / PARTS);
  const first = Math.max(0, whole - window);
  const control = `${blocking ? 'CAN-BLOCK-RELOAD=YES,' : ''}PART-HOLD-BACK=1.5,HOLD-BACK=6.0,CAN-SKIP-UNTIL=12.0`;
  const lines = ['#EXTM3U', '#EXT-X-VERSION:9', '#EXT-X-TARGETDURATION:2', `#EXT-X-SERVER-CONTROL:${control}`];
  lines.push('#EXT-X-PART-INF:PART-TARGET=0.5', `#EXT-X-MEDIA-SEQUENCE:${first}`);
  if (skipped > 0) lines.push(`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}`);
  for (let segment = first + skipped; segment <= whole; segment += 1) {
    const own = Math.min(PARTS, parts - segment * PARTS);
    if (own <= 0) continue;
    // As after a skip, the map is said where it changes.
    if (segment === first || init(segment) !== init(segment - 1))
      lines.push(`#EXT-X-MAP:URI="init-${init(segment)}.mp4"`);
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(WALL_START + segment * 2000).toISOString()}`);
    for (let part = 0; part < own && segment >= whole - 2; part += 1) {
      lines.push(
        `#EXT-X-PART:DURATION=0.50000,URI="part-${segment}-${part}.m4s"${part === 0 ? ',INDEPENDENT=YES' : ''}`,
      );
    }
    if (segment < whole) lines.push('#EXTINF:2.00000,', `segment-${segment}.m4s`);
  }
  if (ended) lines.push('#EXT-X-ENDLIST');
  else lines.push(`#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-${whole}-${parts % PARTS}.m4s"`);
  return `${lines.join('\n')}\n`;
}
