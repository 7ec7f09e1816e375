/** Captions of a session as WebVTT, a file for each segment. */

/** What is said, in seconds of the session's media time. */
export interface Caption {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Captions that are remembered: more than an hour of a quick speaker. */
export const MAX_CAPTIONS = 5000;
const MPEG_HZ = 90_000;
/** Where the 33 bits of its timestamps begin anew. */
const MPEG_WRAP = 2 ** 33;

/** The newest of a session, by their time of arrival. */
export class Captions {
  #list: Caption[] = [];

  add(caption: Caption): void {
    this.#list.push(caption);
    if (this.#list.length > MAX_CAPTIONS) this.#list.shift();
  }

  /** What is shown at some time from `start` to before `end`; a caption is in each file that it reaches into. */
  file(start: number, end: number): string {
    const stamp = Math.round(start * MPEG_HZ) % MPEG_WRAP;
    const cues = this.#list.filter((caption) => caption.start < end && caption.end > start);
    const header = `WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:${stamp},LOCAL:${clock(start)}\n`;
    return [header, ...cues.map(cue)].join('\n');
  }
}

function cue({ start, end, text }: Caption): string {
  return `${clock(start)} --> ${clock(end)}\n${payload(text)}\n`;
}

/** Data, whatever it says: no tags, and no empty line, which would end the cue. */
function payload(text: string): string {
  const lines = text.split(/[\r\n\u2028\u2029]+/).map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .join('\n')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** HH:MM:SS.mmm; hours may have more digits. */
function clock(seconds: number): string {
  const ms = Math.max(0, Math.round(seconds * 1000));
  const two = (count: number): string => String(count).padStart(2, '0');
  const whole = Math.floor(ms / 1000);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two);
  return `${parts.join(':')}.${String(ms % 1000).padStart(3, '0')}`;
}
