/** The figures of a stay as rows of a table: whatever is not measured has no row. */
import type { Words } from '../i18n/words.ts';

/** What can be shown; a session may measure more or less. */
export interface ShownFigures {
  /** From a camera to this screen, milliseconds. */
  readonly glassToGlassMs?: number | undefined;
  /** From the program's clock to this screen, milliseconds. */
  readonly latencyMs?: number | undefined;
  readonly rttMs?: number | undefined;
  /** Bit/s. */
  readonly sentBitrate?: number | undefined;
  /** Bit/s. */
  readonly receivedBitrate?: number | undefined;
  readonly sentFps?: number | undefined;
  readonly receivedFps?: number | undefined;
  readonly shownFps?: number | undefined;
  /** Pictures that were not sent because the way was not free. */
  readonly heldBack?: number | undefined;
  /** Pictures that came and were not shown, since the start. */
  readonly dropped?: number | undefined;
  /** How far the picture is behind the sound, milliseconds. */
  readonly pictureBehindMs?: number | undefined;
  /** Sound in stock, milliseconds. */
  readonly soundMs?: number | undefined;
  readonly underruns?: number | undefined;
  readonly sending?: { readonly width: number; readonly height: number } | undefined;
}

/** A row: what it is, and how much. */
export interface FigureRow {
  readonly label: string;
  readonly value: string;
}

type Label =
  `stats.${'latency' | 'program' | 'rtt' | 'sent' | 'received' | 'sentPicture' | 'shownPicture' | 'dropped' | 'held' | 'behind' | 'sound' | 'underruns'}`;

/** In the order in which they matter to somebody who wonders why it is slow. */
export function statsRows(figures: ShownFigures, words: Words): readonly FigureRow[] {
  const rows: FigureRow[] = [];
  const add = (label: Label, value: string | undefined): void => {
    if (value !== undefined) rows.push({ label: words.say(label), value });
  };
  const ms = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : words.say('stats.ms', { value: whole(value) });
  const rate = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : bitrate(value, words);
  const count = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));
  add('stats.latency', ms(figures.glassToGlassMs));
  add('stats.program', ms(figures.latencyMs));
  add('stats.rtt', ms(figures.rttMs));
  add('stats.sent', rate(figures.sentBitrate));
  add('stats.received', rate(figures.receivedBitrate));
  add('stats.sentPicture', sent(figures, words));
  add('stats.shownPicture', shown(figures, words));
  add('stats.dropped', count(figures.dropped));
  add('stats.held', count(figures.heldBack));
  add('stats.behind', ms(figures.pictureBehindMs));
  add('stats.sound', ms(figures.soundMs));
  add('stats.underruns', count(figures.underruns));
  return rows;
}

/** Without the minus that rounding leaves before a nought. */
function whole(value: number): number {
  return Math.round(value) + 0;
}

/** Bits a second as thousands or millions of them. */
function bitrate(bitsPerSecond: number, words: Words): string {
  if (bitsPerSecond >= 999_500) return words.say('stats.mbit', { value: Math.round(bitsPerSecond / 1e5) / 10 });
  return words.say('stats.kbit', { value: Math.round(bitsPerSecond / 1000) });
}

function sent({ sending, sentFps }: ShownFigures, words: Words): string | undefined {
  if (sentFps === undefined || !sending) return undefined;
  return words.say('stats.sizeFps', { ...sending, value: Math.round(sentFps) });
}

function shown({ shownFps, receivedFps }: ShownFigures, words: Words): string | undefined {
  if (shownFps === undefined) return undefined;
  const value = Math.round(shownFps);
  if (receivedFps === undefined) return words.say('stats.fps', { value });
  return words.say('stats.fpsOf', { value, total: Math.round(receivedFps) });
}
