/** A multivariant playlist as a plain model. */
import { type Attributes, quoted } from './attributes.ts';
import { type Tag, readTag } from './playlist.ts';

/** A media playlist that a multivariant one names. */
export interface Rendition {
  readonly uri: string;
  /** `variant`: EXT-X-STREAM-INF; `media`: EXT-X-MEDIA; `iframes`: EXT-X-I-FRAME-STREAM-INF. */
  readonly kind: 'variant' | 'media' | 'iframes';
  readonly attributes: Attributes;
}

/** A multivariant playlist. */
export interface Multivariant {
  readonly tags: readonly Tag[];
  readonly independent: boolean;
  readonly renditions: readonly Rendition[];
  /** Lines of EXT-X-STREAM-INF that no URI follows. */
  readonly unfollowed: number;
}

/** Reads a multivariant playlist, as far as it is one. */
export function readMultivariant(text: string): Multivariant {
  const lines = text.split(/\r?\n/);
  const tags = lines.flatMap((line, index) => readTag(line, index) ?? []);
  const renditions: Rendition[] = [];
  let unfollowed = 0;
  for (const { name, attributes, line } of tags) {
    const uri = quoted(attributes, 'URI');
    if (name === 'EXT-X-STREAM-INF') {
      const next = lines[line + 1] ?? '';
      if (next === '' || next.startsWith('#')) unfollowed += 1;
      else renditions.push({ uri: next, kind: 'variant', attributes });
    } else if (name === 'EXT-X-MEDIA' && uri !== undefined) renditions.push({ uri, kind: 'media', attributes });
    else if (name === 'EXT-X-I-FRAME-STREAM-INF') renditions.push({ uri: uri ?? '', kind: 'iframes', attributes });
  }
  return { tags, independent: tags.some(({ name }) => name === 'EXT-X-INDEPENDENT-SEGMENTS'), renditions, unfollowed };
}
