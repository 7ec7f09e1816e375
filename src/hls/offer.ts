/** What the multivariant playlist of a session offers. */
import type { AbrRenditions } from './abr-renditions.ts';
import type { Multivariant, Variant } from './multivariant-playlist.ts';
import type { Rendition } from './rendition.ts';

/** Where the offer comes from. */
export interface OfferSource {
  readonly sessionId: string;
  readonly program: Rendition;
  readonly abr: AbrRenditions | undefined;
  /** Whether the small picture is among it. */
  readonly low: boolean;
  /** Bits a second that the program was ordered to have. */
  readonly orderedBitrate: number;
  readonly captions: boolean;
  /** Of the media that reach back. */
  readonly dvr: boolean;
}

/** Undefined before the first part. */
export function offerOf(source: OfferSource): Multivariant | undefined {
  const { sessionId, program, orderedBitrate, captions, dvr } = source;
  const { init, bitrates, keyframes } = program;
  if (!init) return undefined;
  const uri = (name: string): string => `${sessionId}/${name}.m3u8`;
  const peakBitrate = Math.max(bitrates.peak, orderedBitrate);
  const whole: Variant = { init, uri: uri(dvr ? 'dvr' : 'live'), peakBitrate, averageBitrate: bitrates.average };
  const choice = dvr ? undefined : choiceOf(source, uri);
  return {
    variants: choice?.variants ?? [whole],
    ...(choice && { audioUri: choice.audioUri }),
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

/** The picture and, if it is there, the smaller one, each with the sound. */
function choiceOf(
  { abr, low, orderedBitrate }: OfferSource,
  uri: (name: string) => string,
): { readonly variants: readonly Variant[]; readonly audioUri: string } | undefined {
  const audio = abr?.get('audio');
  const sound = audio?.init;
  if (!abr || !audio || !sound) return undefined;
  const names = low ? (['video', 'low'] as const) : (['video'] as const);
  const variants = names.flatMap((name): Variant[] => {
    const { init, bitrates } = abr.get(name);
    if (!init) return [];
    const ordered = name === 'video' ? orderedBitrate : 0;
    return [
      {
        init: { ...init, codecs: [...init.codecs, ...sound.codecs] },
        uri: uri(name),
        peakBitrate: Math.max(ordered, bitrates.peak + audio.bitrates.peak),
        averageBitrate: bitrates.average + audio.bitrates.average,
      },
    ];
  });
  return { variants, audioUri: uri('audio') };
}
