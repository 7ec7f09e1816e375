/** The multivariant playlist as text: pure. */
import type { InitSegment } from '../media/part.ts';

/** One way to see the program. */
export interface Variant {
  readonly init: Pick<InitSegment, 'codecs' | 'width' | 'height' | 'framerate'>;
  readonly uri: string;
  /** Bits a second that no segment exceeds, and their mean. */
  readonly peakBitrate: number;
  readonly averageBitrate: number;
}

/** A rendition that is listed all the time can be played, or is missing at the moment. */
export type LowState = 'there' | 'missing';

/** What a stream offers. */
export interface Multivariant {
  /** Best first. */
  readonly variants: readonly Variant[];
  /** Sound of its own, when pictures come without any. */
  readonly audioUri?: string;
  readonly captionsUri?: string;
  /** Said to players who asked for what is promised: whether the small picture is there. */
  readonly low?: LowState;
  /** Key frames alone. */
  readonly iframes?: Variant;
}

const AUDIO_GROUP = 'sound';
const CAPTIONS_GROUP = 'captions';

/** The playlist that players begin with. */
export function renderMultivariantPlaylist(offer: Multivariant): string {
  const { variants, audioUri, captionsUri, iframes, low } = offer;
  const lines = ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-INDEPENDENT-SEGMENTS'];
  if (low !== undefined) lines.push(`#EXT-X-SESSION-DATA:DATA-ID="gridcast.low",VALUE="${low}"`);
  if (audioUri !== undefined) {
    const channels = 'CHANNELS="2",DEFAULT=YES,AUTOSELECT=YES';
    lines.push(`#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="${AUDIO_GROUP}",NAME="Program",${channels},URI="${audioUri}"`);
  }
  if (captionsUri !== undefined) {
    const choice = 'DEFAULT=NO,AUTOSELECT=YES';
    lines.push(
      `#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="${CAPTIONS_GROUP}",NAME="Captions",${choice},URI="${captionsUri}"`,
    );
  }
  for (const variant of variants) {
    const { width, height, framerate } = variant.init;
    const groups = [
      ...(audioUri === undefined ? [] : [`AUDIO="${AUDIO_GROUP}"`]),
      ...(captionsUri === undefined ? [] : [`SUBTITLES="${CAPTIONS_GROUP}"`]),
    ];
    const picture = [`RESOLUTION=${width}x${height}`, `FRAME-RATE=${framerate.toFixed(3)}`];
    lines.push(`#EXT-X-STREAM-INF:${[...rates(variant), ...picture, ...groups].join()}`, variant.uri);
  }
  if (iframes) {
    const { width, height } = iframes.init;
    const values = [...rates(iframes), `RESOLUTION=${width}x${height}`, `URI="${iframes.uri}"`];
    lines.push(`#EXT-X-I-FRAME-STREAM-INF:${values.join()}`);
  }
  return `${lines.join('\n')}\n`;
}

function rates({ init, peakBitrate, averageBitrate }: Variant): string[] {
  const average = `AVERAGE-BANDWIDTH=${Math.ceil(averageBitrate)}`;
  return [`BANDWIDTH=${Math.ceil(peakBitrate)}`, average, `CODECS="${init.codecs.join(',')}"`];
}
