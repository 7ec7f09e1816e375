/** Rules on a multivariant playlist. */
import { type Attributes, isYes, quoted } from './attributes.ts';
import { lintFile } from './lint-form.ts';
import { type Multivariant, type Rendition, readMultivariant } from './multivariant.ts';
import { type Problem, of } from './problem.ts';

const OF_MEDIA = new Set([
  'EXTINF',
  ...['TARGETDURATION', 'MEDIA-SEQUENCE', 'DISCONTINUITY-SEQUENCE', 'ENDLIST', 'PLAYLIST-TYPE', 'I-FRAMES-ONLY'].map(
    ext,
  ),
  ...['PART-INF', 'SERVER-CONTROL', 'PART', 'PRELOAD-HINT', 'RENDITION-REPORT', 'SKIP', 'MAP', 'GAP'].map(ext),
  ...['DISCONTINUITY', 'PROGRAM-DATE-TIME', 'BYTERANGE', 'DATERANGE', 'BITRATE'].map(ext),
]);
const MEDIA_TYPES = ['AUDIO', 'VIDEO', 'SUBTITLES', 'CLOSED-CAPTIONS'];
const CODEC = /^(avc1\.[0-9a-f]{6}|mp4a\.40\.\d+|wvtt|stpp\.ttml\.im1t|(?!avc1|mp4a)[a-z0-9]{4}(\.[\w.-]+)?)$/i;

function ext(name: string): string {
  return `EXT-X-${name}`;
}

/** What is wrong with it; nothing when it is right. */
export function lintMultivariantPlaylist(text: string): Problem[] {
  const playlist = readMultivariant(text);
  const problem = of('multivariant');
  const found = lintFile(text);
  for (const { name } of playlist.tags.filter((tag) => OF_MEDIA.has(tag.name))) {
    found.push(problem(`${name} belongs to media playlists`));
  }
  for (const name of ['EXT-X-VERSION', 'EXT-X-INDEPENDENT-SEGMENTS', 'EXT-X-START']) {
    const count = playlist.tags.filter((tag) => tag.name === name).length;
    if (count > 1) found.push(problem(`${name} comes ${count} times`));
    if (count > 0 && name === 'EXT-X-START') found.push(of('start')('EXT-X-START hinders PART-HOLD-BACK'));
  }
  if (playlist.unfollowed > 0) found.push(problem('a variant has no URI'));
  if (!playlist.renditions.some(({ kind }) => kind === 'variant')) found.push(problem('there is no variant'));
  return [...found, ...playlist.renditions.flatMap(lintRendition), ...lintGroups(playlist)];
}

function lintRendition({ kind, uri, attributes }: Rendition): Problem[] {
  const problem = of('variant-attributes');
  if (kind === 'media') return [];
  const found: Problem[] = [];
  if (uri === '') found.push(problem('a playlist of I-frames has no URI'));
  const whole = (name: string): number => (/^\d+$/.test(attributes.get(name) ?? '') ? Number(attributes.get(name)) : 0);
  const [peak, average] = [whole('BANDWIDTH'), whole('AVERAGE-BANDWIDTH')];
  if (peak === 0) found.push(problem(`${uri} has no BANDWIDTH`));
  if (average === 0) found.push(problem(`${uri} has no AVERAGE-BANDWIDTH`));
  if (average > peak) found.push(problem(`${uri} takes more on average (${average}) than at its peak (${peak})`));
  const codecs = quoted(attributes, 'CODECS')?.split(',') ?? [];
  if (codecs.length === 0) found.push(problem(`${uri} has no CODECS`));
  for (const codec of codecs) if (!CODEC.test(codec)) found.push(problem(`${uri} has a CODECS of ${codec}`));
  const pictures = codecs.some((codec) => /^(avc|hvc|hev|av0|vp0)/i.test(codec));
  if (pictures && !/^\d+x\d+$/.test(attributes.get('RESOLUTION') ?? ''))
    found.push(problem(`${uri} has no RESOLUTION`));
  if (pictures && kind === 'variant' && !/^\d+(\.\d+)?$/.test(attributes.get('FRAME-RATE') ?? '')) {
    found.push(problem(`${uri} has no FRAME-RATE`));
  }
  return found;
}

/** EXT-X-MEDIA, and the groups that variants name. */
function lintGroups({ tags, renditions }: Multivariant): Problem[] {
  const problem = of('media-groups');
  const found: Problem[] = [];
  const groups = new Map<string, Attributes[]>();
  for (const { attributes } of tags.filter(({ name }) => name === 'EXT-X-MEDIA')) {
    const [type, group, name] = [
      attributes.get('TYPE') ?? '',
      quoted(attributes, 'GROUP-ID'),
      quoted(attributes, 'NAME'),
    ];
    if (!MEDIA_TYPES.includes(type)) found.push(problem(`${type} is no TYPE`));
    if (group === undefined || name === undefined) found.push(problem('a rendition has no GROUP-ID or no NAME'));
    if (type === 'SUBTITLES' && !attributes.has('URI')) found.push(problem(`${name} are subtitles without a URI`));
    if (isYes(attributes, 'DEFAULT') && attributes.get('AUTOSELECT') === 'NO') {
      found.push(problem(`${name} is the default and may not be selected`));
    }
    const key = `${type} ${group}`;
    const others = groups.get(key) ?? [];
    if (others.some((other) => quoted(other, 'NAME') === name))
      found.push(problem(`${key} has two of the name ${name}`));
    if (isYes(attributes, 'DEFAULT') && others.some((other) => isYes(other, 'DEFAULT'))) {
      found.push(problem(`${key} has two defaults`));
    }
    groups.set(key, [...others, attributes]);
  }
  for (const { attributes, uri } of renditions.filter(({ kind }) => kind === 'variant')) {
    for (const type of MEDIA_TYPES) {
      const group = quoted(attributes, type);
      if (group !== undefined && !groups.has(`${type} ${group}`))
        found.push(problem(`${uri} names ${type} "${group}", which is not there`));
    }
  }
  return found;
}
