/** What the multivariant playlist of a session offers. */
import type { AbrName, AbrRenditions } from './abr-renditions.ts';
import type { Multivariant, Variant } from './multivariant-playlist.ts';
import type { Rendition } from './rendition.ts';

/** Where the offer comes from. */
export interface OfferSource {
  readonly sessionId: string;
  readonly program: Rendition;
  readonly abr: AbrRenditions | undefined;
  /** Whether the small picture can be played. */
  readonly low: boolean;
  /** Bits a second that the program was ordered to have. */
  readonly orderedBitrate: number;
  readonly captions: boolean;
  readonly wishes: IndexWishes;
}

/** What a player wants of the multivariant playlist. */
export interface IndexWishes {
  /** Media that reach back. */
  readonly dvr?: boolean;
  /** Also the small picture while it is missing: the player can tell by the rendition reports when it is there. */
  readonly promised?: boolean;
}

/** Reads the wishes from the query of an address. */
export function readIndexWishes(query: URLSearchParams): IndexWishes {
  return { dvr: query.get('dvr') === '1', promised: query.get('promised') === '1' };
}

/** Undefined before the first part. */
export function offerOf(source: OfferSource): Multivariant | undefined {
  const { sessionId, program, orderedBitrate, captions, low } = source;
  const { dvr, promised } = source.wishes;
  const { init, bitrates, keyframes } = program;
  if (!init) return undefined;
  const uri = (name: string): string => `${sessionId}/${name}.m3u8`;
  const peakBitrate = Math.max(bitrates.peak, orderedBitrate);
  const whole: Variant = { init, uri: uri(dvr ? 'dvr' : 'live'), peakBitrate, averageBitrate: bitrates.average };
  const choice = dvr ? undefined : choiceOf(source, uri);
  return {
    variants: choice?.variants ?? [whole],
    ...(choice && { audioUri: choice.audioUri }),
    ...(choice && promised && { low: low ? 'there' : 'missing' }),
    ...(captions && { captionsUri: uri(dvr ? 'captions-dvr' : 'captions') }),
    ...(keyframes.peak > 0 && {
      iframes: {
        init: { ...init, codecs: init.codecs.slice(0, 1) },
        uri: uri('iframes'),
        peakBitrate: keyframes.peak,
        averageBitrate: keyframes.average,
      },
    }),
  };
}

/** The picture and, if it is there or promised, the smaller one, each with the sound. */
function choiceOf(
  { abr, low, orderedBitrate, wishes }: OfferSource,
  uri: (name: AbrName) => string,
): { readonly variants: readonly Variant[]; readonly audioUri: string } | undefined {
  const audio = abr?.get('audio');
  const sound = audio?.init;
  const picture = abr?.get('video').init;
  if (!abr || !audio || !sound || !picture) return undefined;
  const variant = (name: 'video' | 'low', init: Variant['init'], ordered: number): Variant => {
    const { bitrates } = abr.get(name);
    return {
      init: { ...init, codecs: [...init.codecs, ...sound.codecs] },
      uri: uri(name),
      peakBitrate: Math.max(ordered, bitrates.peak + audio.bitrates.peak),
      averageBitrate: bitrates.average + audio.bitrates.average,
    };
  };
  const full = variant('video', picture, orderedBitrate);
  if (!low && !wishes.promised) return { variants: [full], audioUri: uri('audio') };
  const small = variant('low', abr.low, low ? 0 : abr.low.kbit * 1000);
  // Players take the one with fewer bits for the smaller one.
  const peakBitrate = low ? small.peakBitrate : Math.min(small.peakBitrate, full.peakBitrate - 1);
  const averageBitrate = Math.min(small.averageBitrate || peakBitrate, peakBitrate);
  return { variants: [full, { ...small, peakBitrate, averageBitrate }], audioUri: uri('audio') };
}
