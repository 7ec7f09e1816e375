/**
 * `npm run screenshots`: makes the pictures of docs/participant-page.md with a real server and a real browser, and the part of the page
 * that shows them. `--only NAME,NAME` makes some of them, `--to FOLDER` puts them elsewhere and leaves the page alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { withGallery } from './gallery/page.ts';
import { parseGiven, someOf } from './options.ts';
import { SHOTS } from './screenshots/shots.ts';
import { Studio } from './screenshots/studio.ts';

const PAGE = fileURLToPath(new URL('../docs/participant-page.md', import.meta.url));
const FOLDER = 'images/room';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<void> {
  const given = parseGiven(process.argv.slice(2), ['only', 'to'] as const);
  const names = someOf(
    'only',
    given.only,
    SHOTS.map(({ name }) => name),
  );
  const folder = given.to ?? fileURLToPath(new URL(`../docs/${FOLDER}`, import.meta.url));
  const { path } = await locateFfmpeg({});
  const studio = await Studio.open(path, folder);
  try {
    for (const shot of SHOTS) if (names.includes(shot.name)) say(await studio.make(shot));
  } finally {
    await studio.close();
  }
  if (given.to === undefined)
    writeFileSync(PAGE, withGallery(readFileSync(PAGE, 'utf8'), SHOTS, FOLDER, 'screenshots'));
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 1;
});
