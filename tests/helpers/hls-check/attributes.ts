/** Attribute lists of tags (rfc8216bis section 4.2). */

/** Values as they stand in the playlist, quotes included. */
export type Attributes = ReadonlyMap<string, string>;

const PAIR = /([A-Z0-9-]+)=("[^"]*"|[^",\s][^",=]*)(,|$)/y;

/** The list and whether it is well formed: an odd character or a name that comes twice is not. */
export function readAttributes(text: string): { readonly attributes: Attributes; readonly sound: boolean } {
  const attributes = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    PAIR.lastIndex = at;
    const [whole, name, value, end] = PAIR.exec(text) ?? [];
    if (whole === undefined || name === undefined || value === undefined) return { attributes, sound: false };
    if (attributes.has(name)) return { attributes, sound: false };
    attributes.set(name, value);
    at += whole.length;
    if (end === ',' && at === text.length) return { attributes, sound: false };
  }
  return { attributes, sound: attributes.size > 0 };
}

/** A quoted string without its quotes; undefined when it is missing or not quoted. */
export function quoted(attributes: Attributes, name: string): string | undefined {
  return /^"(.*)"$/.exec(attributes.get(name) ?? '')?.[1];
}

/** A decimal number; undefined when it is missing or none. */
export function decimal(attributes: Attributes, name: string): number | undefined {
  const value = attributes.get(name);
  return value !== undefined && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

/** An enumerated value that is YES. */
export function isYes(attributes: Attributes, name: string): boolean {
  return attributes.get(name) === 'YES';
}
