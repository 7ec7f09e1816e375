/** Every rule that one revision of a playlist can break (rfc8216bis and Apple's authoring specification). */
import { lintDateRanges, lintFile, lintTags, lintVersion } from './lint-form.ts';
import { lintControl, lintHints, lintParts, lintReports, lintSkip } from './lint-low-latency.ts';
import { lintMultivariantPlaylist } from './lint-multivariant.ts';
import { lintDiscontinuities, lintDurations, lintMaps, lintTimes, lintType, lintUris } from './lint-segments.ts';
import { type Playlist, readPlaylist } from './playlist.ts';
import { type Problem, spoken } from './problem.ts';

const RULES = [
  ...[lintTags, lintVersion, lintDateRanges, lintDurations, lintType, lintMaps, lintDiscontinuities, lintTimes],
  ...[lintUris, lintControl, lintParts, lintHints, lintReports, lintSkip],
];

/** What is wrong with one revision of a media playlist, full or delta. */
export function problemsOf(playlist: Playlist): Problem[] {
  return [...lintFile(playlist.text), ...RULES.flatMap((rule) => rule(playlist))];
}

/** What is wrong with one revision of a media playlist, full or delta; nothing when it is right. */
export function lintMediaPlaylist(text: string): string[] {
  return spoken(problemsOf(readPlaylist(text)));
}

/** What is wrong with a multivariant playlist; nothing when it is right. */
export function lintMultivariant(text: string): string[] {
  return spoken(lintMultivariantPlaylist(text));
}
