/** The sentences that tell a sender why their track was given up. */
import type { DecoderFault } from './video-decoder.ts';

/** Why a track shows nothing any more. */
export type Refusal = DecoderFault | 'no_keyframe';

const SENTENCES: Readonly<Record<Refusal, (reason: string) => string>> = {
  decode_failed: (reason) => `The picture cannot be decoded (${reason}); check its encoder, then publish it again.`,
  too_expensive: (reason) =>
    `Decoding the picture costs far more than pictures of its size and rate do (${reason}); send it in fewer slices, smaller, or less often.`,
  no_keyframe: (time) =>
    `The picture could not be decoded any more, and no key frame came for ${time} to begin anew; send one when asked.`,
};

/** @param reason what the decoder said, or how long nothing came. */
export function refusalSentence(code: Refusal, reason: string): string {
  return SENTENCES[code](reason);
}
