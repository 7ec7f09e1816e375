/** The gallery's part of a page, in Markdown. Pure. */

/** A file `NAME.jpg`, and what it shows in one sentence. */
interface GalleryPicture {
  readonly name: string;
  readonly caption: string;
}

/** Where it stands in the page; what is between them is replaced. */
const beginOf = (command: string): string => `<!-- gallery: made by npm run ${command} -->`;
const END = '<!-- end of the gallery -->';
/** Pictures beside each other. */
const COLUMNS = 2;

/** The pictures with what they show, beside and below each other; `folder` is relative to the page. */
function galleryTable(scenes: readonly GalleryPicture[], folder: string): string {
  const cells = scenes.map(({ name, caption }) => `![${caption}](${folder}/${name}.jpg)<br>\`${name}\` ${caption}`);
  const rows: string[] = [];
  for (let at = 0; at < cells.length; at += COLUMNS) {
    const row = Array.from({ length: COLUMNS }, (_, column) => cells[at + column] ?? '');
    rows.push(`| ${row.join(' | ')} |`);
  }
  return [`|${'   |'.repeat(COLUMNS)}`, `|${'---|'.repeat(COLUMNS)}`, ...rows].join('\n');
}

/** The page with its gallery made anew. `command` is the script that makes it. @throws Error when it has no place for one. */
export function withGallery(
  page: string,
  scenes: readonly GalleryPicture[],
  folder: string,
  command = 'gallery',
): string {
  const mark = beginOf(command);
  const [begin, end] = [page.indexOf(mark), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`The page has no "${mark}" with "${END}" after it`);
  const before = page.slice(0, begin + mark.length);
  return `${before}\n\n${galleryTable(scenes, folder)}\n\n${page.slice(end)}`;
}
