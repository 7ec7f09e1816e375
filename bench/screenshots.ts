/**
 * `npm run screenshots`: makes the pictures of docs/participant-page.md, docs/player.md, docs/admin.md and the pages about rooms that
 * people live in with a real browser, and the part of each page that shows them. `--only NAME,NAME` makes some of them, `--to FOLDER` puts them elsewhere and leaves the page alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../src/errors.ts';
import { locateFfmpeg } from '../src/ffmpeg/locate.ts';
import { withGallery } from './gallery/page.ts';
import { parseGiven, someOf } from './options.ts';
import { ADMIN_SHOTS } from './screenshots/admin-shots.ts';
import { AdminStudio } from './screenshots/admin-studio.ts';
import { LOW_LATENCY_SHOT, PLAYER_SHOTS } from './screenshots/player-shots.ts';
import { PEOPLE_SHOTS } from './screenshots/people-shots.ts';
import { PeopleStudio } from './screenshots/people-studio.ts';
import { PlayerStudio } from './screenshots/player-studio.ts';
import { SHOTS } from './screenshots/shots.ts';
import { Studio } from './screenshots/studio.ts';

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Maker<S> {
  make(shot: S): Promise<string>;
  close(): Promise<void>;
}

/** One page of the documents: its shots, where their pictures lie beside it, and who makes them. */
interface Album<S extends { readonly name: string; readonly caption: string }> {
  readonly page: string;
  readonly folder: string;
  readonly shots: readonly S[];
  /** What the page shows, when others make some of it. */
  readonly all?: readonly { readonly name: string; readonly caption: string }[];
  open(folder: string): Promise<Maker<S>>;
}

const given = parseGiven(process.argv.slice(2), ['only', 'to'] as const);
const wanted = someOf(
  'only',
  given.only,
  [...SHOTS, LOW_LATENCY_SHOT, ...PLAYER_SHOTS, ...ADMIN_SHOTS, ...PEOPLE_SHOTS].map(({ name }) => name),
);

async function make<S extends { readonly name: string; readonly caption: string }>(album: Album<S>): Promise<void> {
  const shots = album.shots.filter(({ name }) => wanted.includes(name));
  if (shots.length === 0) return;
  const docs = fileURLToPath(new URL('../docs/', import.meta.url));
  const studio = await album.open(given.to ?? docs + album.folder);
  try {
    for (const shot of shots) say(await studio.make(shot));
  } finally {
    await studio.close();
  }
  if (given.to !== undefined) return;
  const page = docs + album.page;
  writeFileSync(page, withGallery(readFileSync(page, 'utf8'), album.all ?? album.shots, album.folder, 'screenshots'));
}

async function main(): Promise<void> {
  const { path } = await locateFfmpeg({});
  await make({
    page: 'participant-page.md',
    folder: 'images/room',
    shots: SHOTS,
    open: (folder) => Studio.open(path, folder),
  });
  const player = { page: 'player.md', folder: 'images/player', all: [LOW_LATENCY_SHOT, ...PLAYER_SHOTS] };
  await make({ ...player, shots: [LOW_LATENCY_SHOT], open: (folder) => Studio.open(path, folder) });
  await make({ ...player, shots: PLAYER_SHOTS, open: (folder) => PlayerStudio.open(folder) });
  await make({
    page: 'admin.md',
    folder: 'images/admin',
    shots: ADMIN_SHOTS,
    open: (folder) => AdminStudio.open(folder),
  });
  for (const page of new Set(PEOPLE_SHOTS.map((shot) => shot.page))) {
    await make({
      page,
      folder: 'images/people',
      shots: PEOPLE_SHOTS.filter((shot) => shot.page === page),
      open: (folder) => PeopleStudio.open(path, folder),
    });
  }
}

await main().catch((error: unknown) => {
  say(messageOf(error));
  process.exitCode = 1;
});
