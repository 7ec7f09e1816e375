/** One way to misbehave. */
import type { MediaSamples } from '../../helpers/media-samples.ts';
import { Offender, PICTURE, type Verdict } from './offender.ts';
import type { Fit, Stage } from './stage.ts';

/** What becomes of the offender: told that a track or the connection is over, or borne with. */
export interface Expected {
  readonly code: string;
  readonly over: Verdict['over'];
  /** Cause and remedy. */
  readonly words: RegExp;
}

/** A way to misbehave and what has to come of it. */
export interface Offence {
  /** Completes the sentence "somebody who …". */
  readonly name: string;
  /** Default: nothing; they are borne with. */
  readonly expected?: Expected;
  /** What they want of the program; default: nothing. */
  readonly receive?: { readonly video: boolean; readonly audio: boolean };
  /** What takes time and is not part of it. */
  readonly prepare?: (samples: MediaSamples) => Promise<unknown>;
  /** How their pictures stand in their places, beginning with the first; default: one picture, whole. */
  readonly fits?: readonly Fit[];
  /** Misbehaves; when nothing is expected, rejects unless all is well. Otherwise goes on until the offender is stopped. */
  readonly commit: (offender: Offender, stage: Stage) => Promise<void>;
}

/** Of the program; the longest that anybody is borne with is half of it. */
const PATIENCE_FRAMES = 1200;

/** Makes the media that take time, one after the other, so that making them disturbs nobody later. */
export async function prepare({ samples }: Stage, offences: readonly Offence[]): Promise<void> {
  for (const offence of offences) await offence.prepare?.(samples);
}

/** Lets these people misbehave, all at the same time. What is wrong with what came of it; empty if all is as it should be. */
export async function misbehave(stage: Stage, offences: readonly Offence[]): Promise<string[]> {
  const offenders = await Promise.all(offences.map(({ receive }) => Offender.join(stage, 'Mallory', receive)));
  // All in one go: each arrangement is news for everybody.
  await stage.seat(
    offences.flatMap(({ fits = ['contain'] }, index) =>
      fits.map((fit, track) => ({ show: offenders[index]?.key(PICTURE + track) ?? '', fit })),
    ),
  );
  const wrong = await Promise.all(
    offences.map((offence, index) => outcomeOf(offence, offenders[index] as Offender, stage)),
  );
  await stage.seat([]);
  return wrong.flat();
}

async function outcomeOf({ name, expected, commit }: Offence, offender: Offender, stage: Stage): Promise<string[]> {
  try {
    await commit(offender, stage);
    if (!expected) return [];
    const late = stage.frames(PATIENCE_FRAMES).then(() => ({ code: 'nothing', message: '', over: 0 }));
    const { code, message, over } = await Promise.race([offender.verdict(), late]);
    const right = code === expected.code && over === expected.over && expected.words.test(message);
    return right ? [] : [`${name}: heard ${code} (${over}): ${message}`];
  } catch (error) {
    const told = offender.errors.map(({ code, message }) => `${code}: ${message}`);
    return [`${name}: ${String(error)}; was told: ${told.join('; ') || 'nothing'}`];
  } finally {
    await offender.leave();
  }
}
