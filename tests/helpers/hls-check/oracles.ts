/** Two foreign parsers of playlists, as witnesses beside the rules of this checker. */
import { parse, setOptions, types } from 'hls-parser';
import { Parser } from 'm3u8-parser';
import { type Playlist, type Segment, allSegments } from './playlist.ts';
import { type Problem, of } from './problem.ts';

setOptions({ strictMode: true });

/**
 * Rules that hls-parser reads more strictly than they stand: it knows nothing of independent parts, which may be short, and counts
 * segments instead of seconds for the age of parts. The rules `part-least` and `part-removal` of the lint hold them exactly.
 */
const TOO_STRICT = [/at least 85% of PART-TARGET/, /Remove EXT-X-PART tags/];

/** hls-parser in its strict mode: whether it takes the playlist, and reads it as we do. */
export function problemsOfHlsParser(playlist: Playlist): Problem[] {
  const problem = of('hls-parser');
  try {
    const theirs = parse(playlist.text);
    if (!(theirs instanceof types.MediaPlaylist)) return [problem('takes it for a multivariant playlist')];
    const read = theirs.segments
      .filter(({ uri }) => uri !== '')
      .map(({ uri, duration, mediaSequenceNumber, discontinuity, programDateTime, parts }) =>
        told(mediaSequenceNumber, uri, duration, discontinuity === true, programDateTime?.getTime(), parts.length),
      );
    return compared('hls-parser', playlist.segments, read);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return TOO_STRICT.some((pattern) => pattern.test(message)) ? [] : [problem(message)];
  }
}

/** m3u8-parser: whether it warns, and reads the playlist as we do. */
export function problemsOfM3u8Parser(playlist: Playlist): Problem[] {
  const problem = of('m3u8-parser');
  const parser = new Parser();
  const found: Problem[] = [];
  parser.on('warn', ({ message }) => found.push(problem(message)));
  parser.push(playlist.text);
  parser.end();
  const { manifest } = parser;
  const whole = manifest.segments.filter(({ uri }) => uri !== undefined);
  const skipped = manifest.skip?.skippedSegments ?? 0;
  const read = whole.map(({ uri, duration, discontinuity, programDateTime, parts }, index) =>
    told(
      manifest.mediaSequence + skipped + index,
      uri ?? '',
      duration,
      discontinuity === true,
      // It makes times up where there are none.
      playlist.segments[index]?.time === undefined ? undefined : programDateTime,
      parts?.length ?? 0,
    ),
  );
  const hints = manifest.preloadSegment?.preloadHints?.length ?? 0;
  if (hints !== playlist.hints.length) found.push(problem(`reads ${hints} hints, not ${playlist.hints.length}`));
  const open = manifest.preloadSegment?.parts?.length ?? 0;
  const ours = playlist.open?.parts.length ?? 0;
  if (open !== ours) found.push(problem(`reads ${open} parts of the unfinished segment, not ${ours}`));
  return [...found, ...compared('m3u8-parser', playlist.segments, read)];
}

/** Both, on a multivariant playlist. */
export function problemsOfMultivariantParsers(text: string, variants: number): Problem[] {
  const found: Problem[] = [];
  try {
    const theirs = parse(text);
    const count =
      theirs instanceof types.MasterPlaylist ? theirs.variants.filter((one) => !one.isIFrameOnly).length : 0;
    if (count !== variants) found.push(of('hls-parser')(`reads ${count} variants, not ${variants}`));
  } catch (error) {
    found.push(of('hls-parser')(error instanceof Error ? error.message : String(error)));
  }
  const parser = new Parser();
  parser.on('warn', ({ message }) => found.push(of('m3u8-parser')(message)));
  parser.push(text);
  parser.end();
  const count = parser.manifest.playlists?.length ?? 0;
  if (count !== variants) found.push(of('m3u8-parser')(`reads ${count} variants, not ${variants}`));
  return found;
}

/** Both, on a media playlist. */
export function problemsOfParsers(playlist: Playlist): Problem[] {
  // A playlist without any segment is nothing that they were made for.
  if (allSegments(playlist).length === 0) return [];
  return [...problemsOfHlsParser(playlist), ...problemsOfM3u8Parser(playlist)];
}

function told(
  msn: number,
  uri: string,
  duration: number,
  discontinuity: boolean,
  time: number | undefined,
  parts: number,
): string {
  return JSON.stringify({ msn, uri, duration, discontinuity, time, parts });
}

function compared(name: string, ours: readonly Segment[], theirs: readonly string[]): Problem[] {
  const own = ours.map(({ msn, uri = '', duration = Number.NaN, discontinuity, time, parts }) =>
    told(msn, uri, duration, discontinuity, time, parts.length),
  );
  const at = own.findIndex((line, index) => line !== theirs[index]);
  if (at >= 0) return [of(name)(`reads ${theirs[at] ?? 'nothing'} where ${own[at]} is`)];
  return theirs.length > own.length ? [of(name)(`reads ${theirs.length} segments, not ${own.length}`)] : [];
}
