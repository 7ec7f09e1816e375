/** What happened to a recording, in plain words: pure. */
import type { RecordingInfo, RecordingState } from '../api-types.ts';
import type { RecordingGap } from '../controllers/recording-timeline.ts';
import { formatDuration } from './format.ts';

/** How a state is called and shown. */
export const RECORDING_STATES: Readonly<Record<RecordingState, { readonly word: string; readonly look: string }>> = {
  recording: { word: 'Recording', look: 'live' },
  paused: { word: 'Paused', look: 'warn' },
  archiving: { word: 'Archiving', look: 'warn' },
  ready: { word: 'Ready', look: 'good' },
  failed: { word: 'Failed', look: 'bad' },
};

const ENDS: Readonly<Record<string, string>> = {
  asked: '',
  session_ended: 'It ended by itself when the last person had left the room.',
  duration_limit: 'It was stopped because it had reached the longest time that the settings allow.',
  size_limit: 'It was stopped because it had reached the largest size that the settings allow.',
  idle: 'It was stopped because nothing had happened in the room for as long as the settings allow.',
  disk_floor: 'It was stopped because the disk was nearly full. Delete recordings or move the data folder.',
  crash: 'It ended when the server was cut off and nobody came back in time; everything until then is kept.',
};

const STEPS: Readonly<Record<string, string>> = {
  film: 'Film with chapters and everybody’s sound',
  tracks: 'Everybody’s own tracks',
  texts: 'Timeline, captions, chat and attendance',
  pictures: 'Poster, seek pictures and waveform',
  vod: 'Playlist for streaming',
  finish: 'Checksums and list of files',
  upload: 'Upload to the storage',
};

/** The step by its name, in words. */
export function stepWords(name: string): string {
  return STEPS[name] ?? name;
}

/** Seconds as `12 s`, `7 min 32 s` or `1 h 4 min`. */
export function spokenDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Why something is missing at one place. */
export function gapWords(gap: RecordingGap): string {
  const length = spokenDuration(gap.leftOutSeconds);
  if (gap.reason === 'pause') return `Paused for ${length}`;
  if (gap.reason === 'disk') return `${length} missing: the disk was full`;
  return `${length} missing: the program was interrupted`;
}

/** Sentences about how it ended and what is missing; none when all went as asked. */
export function recordingStory(recording: RecordingInfo, gaps: readonly RecordingGap[]): readonly string[] {
  const end = recording.stopReason === undefined ? '' : (ENDS[recording.stopReason] ?? '');
  const missing = gaps.filter(({ reason }) => reason !== 'pause');
  return [
    ...(recording.recovered === true
      ? ['The server was interrupted while this was recorded. What had been written was found again and put together.']
      : []),
    ...missing.map((gap) => `At ${formatDuration(gap.at)}: ${gapWords(gap)}.`),
    ...(end === '' ? [] : [end]),
  ];
}

/** `1:02:03`, `2:03` or `123.5` as seconds; undefined when it is no time. */
export function parseTime(text: string): number | undefined {
  const match = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,3})?)$/.exec(text.trim());
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
}
