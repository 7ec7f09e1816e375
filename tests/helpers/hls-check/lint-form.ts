/** Rules on the form of a media playlist: its lines, its tags and where they stand. */
import { quoted, readAttributes } from './attributes.ts';
import { type Playlist, type Tag, isList } from './playlist.ts';
import { type Problem, of } from './problem.ts';

const ONCE = [
  ...['VERSION', 'TARGETDURATION', 'MEDIA-SEQUENCE', 'DISCONTINUITY-SEQUENCE', 'ENDLIST', 'PLAYLIST-TYPE'],
  ...['I-FRAMES-ONLY', 'PART-INF', 'SERVER-CONTROL', 'INDEPENDENT-SEGMENTS', 'START', 'SKIP'],
].map((name) => `EXT-X-${name}`);
const NEEDED = ['VERSION', 'TARGETDURATION', 'MEDIA-SEQUENCE', 'DISCONTINUITY-SEQUENCE'].map((name) => `EXT-X-${name}`);
const FIRST = [...NEEDED, 'EXT-X-PART-INF', 'EXT-X-SERVER-CONTROL', 'EXT-X-INDEPENDENT-SEGMENTS'];
const FOREIGN = ['STREAM-INF', 'I-FRAME-STREAM-INF', 'MEDIA', 'SESSION-DATA', 'SESSION-KEY'].map((n) => `EXT-X-${n}`);
const NEEDS_TIME = 'EXT-X-PROGRAM-DATE-TIME';

/** Section 4: the file and its lines. */
export function lintFile(text: string): Problem[] {
  const problem = of('file');
  const found: Problem[] = [];
  if (text.startsWith('\uFEFF')) found.push(problem('begins with a byte order mark'));
  if (!/^\uFEFF?#EXTM3U\r?\n/.test(text)) found.push(problem('does not begin with #EXTM3U'));
  if (!text.endsWith('\n')) found.push(problem('breaks off in its last line'));
  if (/[^\P{Cc}\r\n]/u.test(text.replace('\uFEFF', ''))) found.push(problem('holds control characters'));
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^#(EXT[A-Z0-9-]*)(?::(.*))?$/.exec(line) ?? [];
    if (isList(name) && !readAttributes(value).sound) found.push(of('attributes')(`are not well formed: ${line}`));
  }
  return found;
}

/** How often tags of the playlist come, and where. */
export function lintTags({ tags, ended, skipped }: Playlist): Problem[] {
  const problem = of('tags');
  const found: Problem[] = [];
  const named = (name: string): Tag[] => tags.filter((tag) => tag.name === name);
  for (const name of ONCE) {
    if (named(name).length > 1) found.push(problem(`${name} comes ${named(name).length} times`));
  }
  for (const name of NEEDED) if (named(name).length === 0) found.push(problem(`${name} is missing`));
  for (const { name } of tags.filter((tag) => FOREIGN.includes(tag.name))) {
    found.push(problem(`${name} belongs to multivariant playlists`));
  }
  if (named('EXT-X-START').length > 0) found.push(of('start')('EXT-X-START hinders PART-HOLD-BACK'));
  const firstMedia = tags.find(({ name }) =>
    ['EXTINF', 'EXT-X-PART', 'EXT-X-SKIP', 'EXT-X-DISCONTINUITY'].includes(name),
  );
  for (const { name } of tags.filter((tag) => FIRST.includes(tag.name) && tag.line > (firstMedia?.line ?? Infinity))) {
    found.push(problem(`${name} comes after ${firstMedia?.name ?? ''}`));
  }
  if (ended && named('EXT-X-PRELOAD-HINT').length > 0) found.push(of('endlist')('there is a hint after the end'));
  if (ended && skipped > 0) found.push(of('endlist')('a playlist that has ended skips nothing'));
  return found;
}

/** Section 8: exactly the version that its tags need. */
export function lintVersion({ tags, version, iframesOnly }: Playlist): Problem[] {
  const has = (name: string): boolean => tags.some((tag) => tag.name === name);
  const skip = tags.find(({ name }) => name === 'EXT-X-SKIP');
  const needs: [number, boolean][] = [
    [3, tags.some(({ name, value }) => name === 'EXTINF' && value.includes('.'))],
    [4, iframesOnly || has('EXT-X-BYTERANGE')],
    [iframesOnly ? 5 : 6, has('EXT-X-MAP')],
    [8, has('EXT-X-GAP')],
    [9, skip !== undefined],
    [10, skip?.attributes.has('RECENTLY-REMOVED-DATERANGES') === true],
  ];
  const needed = needs.reduce((most, [number, wanted]) => (wanted ? Math.max(most, number) : most), 1);
  // A playlist of I-frames may say 6 like its neighbours: it means the same to every client.
  const allowed = iframesOnly && needed === 5 ? [5, 6] : [needed];
  return allowed.includes(version) ? [] : [of('version')(`is ${version}, and the tags need ${needed}`)];
}

/** Section 4.4.5.1. */
export function lintDateRanges({ dateRanges, tags }: Playlist): Problem[] {
  const problem = of('daterange');
  const found: Problem[] = [];
  const known = new Map<string, ReadonlyMap<string, string>>();
  for (const range of dateRanges) {
    const id = quoted(range, 'ID');
    const start = quoted(range, 'START-DATE');
    if (id === undefined) found.push(problem('an ID is missing'));
    if (start === undefined && !known.has(id ?? '')) found.push(problem(`${id} has no START-DATE`));
    if (start !== undefined && Number.isNaN(Date.parse(start)))
      found.push(problem(`${id} starts at no date: ${start}`));
    if (range.has('END-ON-NEXT')) {
      if (range.get('END-ON-NEXT') !== 'YES') found.push(problem(`${id} has an END-ON-NEXT that is not YES`));
      if (!range.has('CLASS')) found.push(problem(`${id} ends on the next of no CLASS`));
      if (range.has('DURATION') || range.has('END-DATE')) found.push(problem(`${id} has two ends`));
    }
    const end = Date.parse(quoted(range, 'END-DATE') ?? '');
    if (end < Date.parse(start ?? '')) found.push(problem(`${id} ends before it starts`));
    for (const [name, value] of known.get(id ?? '') ?? []) {
      if (range.has(name) && range.get(name) !== value) found.push(problem(`${id} has two values of ${name}`));
    }
    if (id !== undefined) known.set(id, new Map([...(known.get(id) ?? []), ...range]));
  }
  if (dateRanges.length > 0 && !tags.some(({ name }) => name === NEEDS_TIME)) {
    found.push(problem(`there is no ${NEEDS_TIME} that would place them`));
  }
  return found;
}
