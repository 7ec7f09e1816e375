/** Playlists that break no rule, for tests that break one. */

/** When segment 0 of every sample begins. */
export const SAMPLE_START_MS = Date.UTC(2026, 0, 2, 3, 4, 5, 0);

/** What `livePlaylist` shows. */
export interface SampleState {
  /** First listed segment. */
  readonly first: number;
  /** The unfinished segment. */
  readonly open: number;
  /** Parts of it that are there, 0 to 3. */
  readonly parts: number;
  /** Segments before which the program breaks off. */
  readonly breaks?: readonly number[];
  readonly ended?: boolean;
}

const HEAD = ['#EXT-X-TARGETDURATION:2', '#EXT-X-PART-INF:PART-TARGET=0.50000'];
const CONTROL = '#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=12.0,HOLD-BACK=6.0,PART-HOLD-BACK=1.50000';

function partLine(segment: number, part: number): string {
  return `#EXT-X-PART:DURATION=0.50000,URI="part-${segment}-${part}.m4s"${part === 0 ? ',INDEPENDENT=YES' : ''}`;
}

function segmentLines(number: number, { open, parts, breaks = [], ended = false }: SampleState): string[] {
  const whole = number < open;
  const count = whole ? 4 : parts;
  const map = `#EXT-X-MAP:URI="init-${breaks.filter((at) => at <= number).length}.mp4"`;
  const listed = number >= open - 2 && !ended;
  return [
    ...(breaks.includes(number) ? ['#EXT-X-DISCONTINUITY', map] : []),
    ...(whole || parts > 0
      ? [`#EXT-X-PROGRAM-DATE-TIME:${new Date(SAMPLE_START_MS + number * 2000).toISOString()}`]
      : []),
    ...(listed ? Array.from({ length: count }, (_, part) => partLine(number, part)) : []),
    ...(whole ? ['#EXTINF:2.00000,', `segment-${number}.m4s`] : []),
  ];
}

/** A live low-latency playlist: segments of 2 s in four parts. */
export function livePlaylist(state: SampleState): string {
  const { first, open, parts, breaks = [], ended = false } = state;
  const numbers = Array.from({ length: open - first + 1 }, (_, index) => first + index);
  const lines = [
    ...['#EXTM3U', '#EXT-X-VERSION:6', ...HEAD, CONTROL, `#EXT-X-MEDIA-SEQUENCE:${first}`],
    `#EXT-X-DISCONTINUITY-SEQUENCE:${breaks.filter((at) => at < first).length}`,
    ...(breaks.includes(first) ? [] : [`#EXT-X-MAP:URI="init-${breaks.filter((at) => at <= first).length}.mp4"`]),
    ...numbers.flatMap((number) => segmentLines(number, state)),
    ended ? '#EXT-X-ENDLIST' : `#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-${open}-${parts}.m4s"`,
  ];
  return `${lines.join('\n')}\n`;
}

/** The delta update of the same: segments before `open - 6` are skipped. */
export function deltaPlaylist(state: SampleState): string {
  const skipped = state.open - 6 - state.first;
  const lines = livePlaylist(state).replace('VERSION:6', 'VERSION:9').split('\n');
  const from = lines.findIndex((line) => line.startsWith('#EXT-X-DISCONTINUITY-SEQUENCE')) + 1;
  const last = lines.indexOf(`segment-${state.first + skipped - 1}.m4s`);
  return [...lines.slice(0, from), `#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}`, ...lines.slice(last + 1)].join('\n');
}

/** One with two pictures' sizes, a sound of its own, subtitles and I-frames. */
export const MULTIVARIANT = `#EXTM3U
#EXT-X-VERSION:6
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Program",DEFAULT=YES,AUTOSELECT=YES,URI="s/audio.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="Captions",DEFAULT=NO,AUTOSELECT=YES,LANGUAGE="en",URI="s/captions.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=2600000,AVERAGE-BANDWIDTH=2500000,CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=30.000,AUDIO="sound",SUBTITLES="text"
s/video.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=800000,AVERAGE-BANDWIDTH=700000,CODECS="avc1.64001e,mp4a.40.2",RESOLUTION=640x360,FRAME-RATE=30.000,AUDIO="sound",SUBTITLES="text"
s/low.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=200000,AVERAGE-BANDWIDTH=100000,CODECS="avc1.64001f",RESOLUTION=1280x720,URI="s/iframes.m3u8"
`;
