/** Keeps the small rendition running for the whole session, where viewers are offered it. */
import type { ProgramSource } from '../broadcast/broadcaster.ts';
import type { Mixer } from '../mixer/mixer.ts';

/** Orders it for good: participants on slow lines use it, too, and cannot have it ended. */
export function alwaysLow(mixer: Mixer): ProgramSource {
  mixer.setLowWanted(true);
  return {
    video: mixer.video,
    low: mixer.low,
    returnSound: (participantId) => mixer.returnSound(participantId),
    setListening: (participantId, listens) => mixer.setListening(participantId, listens),
    setLowWanted: () => {},
  };
}
