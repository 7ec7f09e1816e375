/** FFmpeg's filters for the sound of a person: pure. Made of numbers alone. */

/** What everybody is made as loud as, LUFS. */
export const TARGET_LOUDNESS = -16;
/** An open microphone in a quiet room must not become the loudest of all. */
const MAX_GAIN = 20;
const MIN_GAIN = -40;
/** Below, there is nothing to hear: EBU R 128 does not count it either. */
const SILENCE = -69;
/** Peaks are held below -1.5 dBFS: AAC overshoots a little. */
const PEAK = 0.84;
const RATE = 48_000;
/** Spans of silence of one person: each is a part of FFmpeg's command line. */
export const MAX_SILENT = 1000;
/** FFmpeg refuses expressions that are nested a hundred times, and a sum is. */
const MAX_TERMS = 50;
/** Seconds that a packet may be off its place before silence is put in or sound is cut. */
const JITTER = 0.025;

/** All inputs on one timeline that begins at 0, with silence in their gaps; its output has no name yet. */
export function alignedMix(inputs: number, channels: 1 | 2): string {
  const layout = channels === 1 ? 'mono' : 'stereo';
  const aligned = Array.from(
    { length: inputs },
    (_, input) =>
      `[${input}:a]aresample=${RATE}:async=1:min_hard_comp=${JITTER}:first_pts=0,` +
      `aformat=sample_fmts=fltp:channel_layouts=${layout}`,
  );
  if (inputs === 1) return aligned[0] ?? '';
  const named = aligned.map((chain, input) => `${chain}[s${input}]`);
  const all = aligned.map((_, input) => `[s${input}]`).join('');
  return `${named.join(';')};${all}amix=inputs=${inputs}:normalize=0`;
}

/** The same, without a sound in these spans, in seconds; who is silenced is so within some 20 ms. */
export function silent(mix: string, spans: readonly { readonly from: number; readonly to: number }[]): string {
  const [first] = spans.slice(MAX_SILENT - 1);
  // Beyond the limit rather too much is silent than too little.
  const rest = first ? [{ from: first.from, to: spans.at(-1)?.to ?? first.to }] : [];
  const all = [...spans.slice(0, MAX_SILENT - 1), ...rest];
  const within = all.map(({ from, to }) => `between(t,${from.toFixed(3)},${to.toFixed(3)})`);
  const filters: string[] = [];
  for (let at = 0; at < within.length; at += MAX_TERMS) {
    filters.push(`volume=0:enable='${within.slice(at, at + MAX_TERMS).join('+')}'`);
  }
  return [mix, ...filters].join(',');
}

/** The same, printing how loud it is so far; to be put into `[out]`. */
export function measured(mix: string): string {
  return `${mix},ebur128=metadata=1,ametadata=mode=print:key=lavfi.r128.I:file=-[out]`;
}

/** The same, changed by `gain` decibels, without peaks, and exactly so many seconds long; to be put into `[out]`. */
export function levelled(mix: string, gain: number, seconds: number): string {
  const length = seconds.toFixed(6);
  const limit = `alimiter=limit=${PEAK}:level=false`;
  return `${mix},volume=${gain.toFixed(2)}dB,${limit},apad=whole_dur=${length},atrim=end=${length}[out]`;
}

/** Decibels from a loudness to the target. */
export function gainFor(loudness: number | undefined): number {
  if (loudness === undefined || !(loudness > SILENCE)) return 0;
  return Math.max(MIN_GAIN, Math.min(MAX_GAIN, TARGET_LOUDNESS - loudness));
}
