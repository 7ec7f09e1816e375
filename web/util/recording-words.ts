/** What happened to a recording, in plain words: pure. */
import type { RecordingInfo, RecordingState } from '../api-types.ts';
import type { RecordingGap } from '../controllers/recording-timeline.ts';
import type { AdminKey } from '../i18n/message.ts';
import type { Words } from '../i18n/words.ts';
import { formatDuration } from './format.ts';

/** How a state is shown; it is called by `recordingState.` and its name. In the order of a recording's life. */
export const RECORDING_STATES: Readonly<Record<RecordingState, string>> = {
  recording: 'live',
  paused: 'warn',
  archiving: 'warn',
  ready: 'good',
  failed: 'bad',
};

const ENDS = [
  'session_ended',
  'duration_limit',
  'size_limit',
  'idle',
  'disk_floor',
  'crash',
] as const satisfies readonly string[];

const STEPS = ['film', 'tracks', 'texts', 'pictures', 'vod', 'finish', 'upload'] as const satisfies readonly string[];

/** The states by their names, in the order of a recording's life. */
export function recordingStates(): readonly RecordingState[] {
  return Object.keys(RECORDING_STATES) as RecordingState[];
}

/** The step by its name, in words; one that this page does not know as the server calls it. */
export function stepWords(name: string, { say }: Words<AdminKey>): string {
  const known = STEPS.find((step) => step === name);
  return known === undefined ? name : say(`step.${known}`);
}

/** Seconds as `12 sec`, `7 min 32 sec` or `1 hr 4 min`, as the language writes it. @param locale BCP 47 */
export function spokenDuration(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const part = (value: number, unit: 'hour' | 'minute' | 'second'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const parts = [
    ...(hours > 0 ? [part(hours, 'hour')] : []),
    ...(minutes > 0 ? [part(minutes, 'minute')] : []),
    // Nobody counts the seconds of hours.
    ...(hours === 0 && (whole % 60 > 0 || whole === 0) ? [part(whole % 60, 'second')] : []),
  ];
  return new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' }).format(parts);
}

/** Why something is missing at one place. */
export function gapWords({ reason, leftOutSeconds }: RecordingGap, { say, locale }: Words<AdminKey>): string {
  const length = spokenDuration(leftOutSeconds, locale);
  if (reason === 'pause') return say('gap.pause', { length });
  return say(reason === 'disk' ? 'gap.disk' : 'gap.interruption', { length });
}

/** Sentences about how it ended and what is missing; none when all went as asked. */
export function recordingStory(
  { recovered, stopReason }: RecordingInfo,
  gaps: readonly RecordingGap[],
  { say, locale }: Words<AdminKey>,
): readonly string[] {
  const end = ENDS.find((known) => known === stopReason);
  const missing = gaps.filter(({ reason }) => reason !== 'pause');
  return [
    ...(recovered === true ? [say('story.recovered')] : []),
    ...missing.map(({ at, reason, leftOutSeconds }) =>
      say(reason === 'disk' ? 'story.disk' : 'story.interruption', {
        time: formatDuration(at),
        length: spokenDuration(leftOutSeconds, locale),
      }),
    ),
    ...(end === undefined ? [] : [say(`story.${end}`)]),
  ];
}

/** `1:02:03`, `2:03` or `123.5` as seconds; undefined when it is no time. */
export function parseTime(text: string): number | undefined {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,3})?)$/.exec(text.trim());
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
}
