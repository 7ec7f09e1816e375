/** Who may import whom: the one table of it. Files of src/ and web/ are sorted into layers by their first folder. */

/** Groups from left to right. A layer imports from groups left of its own; within a group only what NEIGHBOURS says. */
const GROUPS: readonly (readonly string[])[] = [
  ['errors', 'util', 'logger', 'config'],
  ['media', 'protocol', 'layout', 'database'],
  ['ffmpeg', 'room', 'accounts', 'events'],
  ['ingest', 'mixer'],
  ['broadcast', 'hls', 'recorder', 'files', 'calls'],
  ['api'],
  ['server', 'client', 'cli', 'main'],
];

/** Imports within one group. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  util: ['errors'],
  logger: ['errors', 'util'],
  config: ['errors', 'util'],
  // The pages get layouts as they are.
  protocol: ['layout'],
  cli: ['server', 'client'],
  main: ['cli', 'server'],
};

/** The pages see what travels between server and browser, and nothing of the server. */
const WEB_IMPORTS: readonly string[] = ['web', 'protocol', 'layout', 'media', 'client'];

/** npm packages that what the pages import from src/ may use: they run in a browser. */
export const BROWSER_PACKAGES: readonly string[] = ['zod'];

/** The layer of a file, given by its path from the root of the repository: `src/media/part.ts` is in `media`. */
export function layerOf(file: string): string {
  const [top, second = ''] = file.split('/');
  return top === 'web' ? 'web' : second.replace(/\.ts$/, '');
}

/** Whether the table knows the layer. */
export function isLayer(name: string): boolean {
  return name === 'web' || groupOf(name) >= 0;
}

/** Whether a file of layer `from` may import one of layer `to`; types count like values. */
export function mayImport(from: string, to: string): boolean {
  if (from === 'web') return WEB_IMPORTS.includes(to);
  if (from === to) return true;
  const [left, right] = [groupOf(to), groupOf(from)];
  if (left < 0 || right < 0) return false;
  return left < right || (left === right && (NEIGHBOURS[from] ?? []).includes(to));
}

function groupOf(layer: string): number {
  return GROUPS.findIndex((group) => group.includes(layer));
}
