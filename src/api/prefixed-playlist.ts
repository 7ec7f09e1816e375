/** Leads the addresses in a playlist through another folder. */

/** The playlist with `prefix` before each of its addresses: lines, and attributes of the name URI. All are relative. */
export function prefixedPlaylist(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => prefixedLine(line, prefix))
    .join('\n');
}

// Attribute by attribute: what stands in the quotes of another one is not ours to read.
function prefixedLine(line: string, prefix: string): string {
  if (line.trim() === '') return line;
  if (!line.startsWith('#')) return `${prefix}${line}`;
  return line.replace(/([A-Z0-9-]+)=("[^"]*"|[^",]*)/g, (whole, name: string, value: string) =>
    name === 'URI' && value.startsWith('"') ? `URI="${prefix}${value.slice(1)}` : whole,
  );
}
