/** The gallery's part of a page, in Markdown. Pure. */
import type { GalleryScene } from './scenes.ts';

/** Where it stands in the page; what is between them is replaced. */
const MARKS = { begin: '<!-- gallery: made by npm run gallery -->', end: '<!-- end of the gallery -->' };
/** Pictures beside each other. */
const COLUMNS = 2;

/** The pictures with what they show, beside and below each other; `folder` is relative to the page. */
function galleryTable(scenes: readonly GalleryScene[], folder: string): string {
  const cells = scenes.map(({ name, caption }) => `![${caption}](${folder}/${name}.jpg)<br>\`${name}\` ${caption}`);
  const rows: string[] = [];
  for (let at = 0; at < cells.length; at += COLUMNS) {
    const row = Array.from({ length: COLUMNS }, (_, column) => cells[at + column] ?? '');
    rows.push(`| ${row.join(' | ')} |`);
  }
  return [`|${'   |'.repeat(COLUMNS)}`, `|${'---|'.repeat(COLUMNS)}`, ...rows].join('\n');
}

/** The page with its gallery made anew. @throws Error when it has no place for one. */
export function withGallery(page: string, scenes: readonly GalleryScene[], folder: string): string {
  const [begin, end] = [page.indexOf(MARKS.begin), page.indexOf(MARKS.end)];
  if (begin < 0 || end < begin) throw new Error(`The page has no "${MARKS.begin}" with "${MARKS.end}" after it`);
  const before = page.slice(0, begin + MARKS.begin.length);
  return `${before}\n\n${galleryTable(scenes, folder)}\n\n${page.slice(end)}`;
}
