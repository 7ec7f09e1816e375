/** WebVTT as far as our own files use it: cues with their times and texts. */

/** A stretch of time and what is said of it. */
export interface TextCue {
  /** Seconds. */
  readonly startS: number;
  readonly endS: number;
  readonly text: string;
}

/** A picture in a larger one, and when it is shown. */
export interface SpriteCue {
  readonly startS: number;
  readonly endS: number;
  /** Address of the file, relative to the list. */
  readonly file: string;
  /** `x,y,width,height` in pixels; empty: all of it. */
  readonly region: string;
}

const TIMES = /^((?:\d+:)?\d{2}:\d{2}\.\d{3})\s+-->\s+((?:\d+:)?\d{2}:\d{2}\.\d{3})/;
/** More cues than any recording has: a longer list is cut. */
const MOST = 20_000;

/** The cues in the order of the file; what is no cue is passed over. */
export function parseVtt(text: string): readonly TextCue[] {
  const cues: TextCue[] = [];
  for (const block of text.replaceAll('\r\n', '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMES.test(line));
    const [, from = '', to = ''] = TIMES.exec(lines[at] ?? '') ?? [];
    if (at < 0 || cues.length >= MOST) continue;
    const cue = {
      startS: secondsOf(from),
      endS: secondsOf(to),
      text: lines
        .slice(at + 1)
        .join('\n')
        .trim(),
    };
    if (cue.endS > cue.startS) cues.push(cue);
  }
  return cues;
}

/** The pictures that a list names, for a seek bar. */
export function parseSprites(text: string): readonly SpriteCue[] {
  return parseVtt(text).map(({ startS, endS, text: target }) => {
    const [file = '', fragment = ''] = target.split('#');
    const region = /^xywh=(?:pixel:)?(\d+,\d+,\d+,\d+)$/.exec(fragment)?.[1] ?? '';
    return { startS, endS, file, region };
  });
}

function secondsOf(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}
