/** WebVTT (W3C), with text of people's own in it: pure. */

/** Media type of the files. */
export const WEBVTT_TYPE = 'text/vtt; charset=utf-8';

/** One cue, in seconds; `payload` is made by `cueText` and `voice`, or plain. */
export interface Cue {
  readonly from: number;
  readonly to: number;
  readonly payload: string;
}

/** A file of cues, which are put in order; such as last for no time are left out. */
export function webvtt(cues: readonly Cue[]): string {
  const ordered = cues.filter(({ from, to }) => ms(to) > ms(from)).sort((a, b) => a.from - b.from || a.to - b.to);
  const blocks = ordered.map(({ from, to, payload }) => `${vttTime(from)} --> ${vttTime(to)}\n${payload}\n`);
  return ['WEBVTT\n', ...blocks].join('\n');
}

/** `00:05:09.250`; hours go on beyond two digits. */
export function vttTime(seconds: number): string {
  const total = ms(seconds);
  const [hours, minutes, rest] = [Math.floor(total / 3_600_000), Math.floor(total / 60_000) % 60, total % 60_000];
  const [two, three] = [(n: number) => String(n).padStart(2, '0'), (n: number) => String(n).padStart(3, '0')];
  return `${two(hours)}:${two(minutes)}:${two(Math.floor(rest / 1000))}.${three(rest % 1000)}`;
}

/** Text that neither ends its cue nor is read as a tag. */
export function cueText(text: string): string {
  return plainLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Says who speaks: a voice span around text made by `cueText`. */
export function voice(name: string, text: string): string {
  const speaker = cueText(name);
  return speaker === '' ? text : `<v ${speaker}>${text}</v>`;
}

/**
 * One line without control characters and without those that turn the direction of what stands beside them; letters of any
 * script stay.
 */
export function plainLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

function ms(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1000));
}
