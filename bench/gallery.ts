/**
 * `npm run gallery`: makes the pictures of docs/layouts.md with a real mixer, and the part of the page that shows them. `--only
 * NAME,NAME` makes some of them, `--to FOLDER` puts them elsewhere and leaves the page alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { withGallery } from './gallery/page.ts';
import { Gallery } from './gallery/render.ts';
import { SCENES } from './gallery/scenes.ts';
import { parseGiven, someOf } from './options.ts';

const PAGE = fileURLToPath(new URL('../docs/layouts.md', import.meta.url));
const FOLDER = 'images/layouts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['only', 'to'] as const);
  const names = someOf(
    'only',
    given.only,
    SCENES.map(({ name }) => name),
  );
  const folder = given.to ?? fileURLToPath(new URL(`../docs/${FOLDER}`, import.meta.url));
  const { path } = await locateFfmpeg({});
  const gallery = new Gallery(path, folder);
  for (const scene of SCENES) if (names.includes(scene.name)) say(await gallery.make(scene));
  if (given.to === undefined) writeFileSync(PAGE, withGallery(readFileSync(PAGE, 'utf8'), SCENES, FOLDER));
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 1;
});
