import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withGallery } from '../../bench/gallery/page.ts';
import { SCENES } from '../../bench/gallery/scenes.ts';
import { ADMIN_SHOTS } from '../../bench/screenshots/admin-shots.ts';
import { SHOTS } from '../../bench/screenshots/shots.ts';
import { LAYOUT_POLICIES } from '../../src/layout/layout.ts';
import { ROOT } from './source-files.ts';

const FOLDER = join(ROOT, 'docs/images/layouts');
const MAX_BYTES = 120 * 1024;
const MAX_ROOM_BYTES = 150 * 1024;

describe('the gallery of layouts', () => {
  // Mended by: npm run gallery
  it('is in the page as the scenes describe it', () => {
    const page = readFileSync(join(ROOT, 'docs/layouts.md'), 'utf8');
    expect(withGallery(page, SCENES, 'images/layouts')).toBe(page);
  });

  it('has a picture of every policy', () => {
    const missing = LAYOUT_POLICIES.filter((policy) => !SCENES.some(({ name }) => name.startsWith(`${policy}-`)));
    expect(missing).toEqual([]);
  });

  it('has each of its pictures, small enough for a page, and no others', () => {
    expect(picturesOf(FOLDER, SCENES, MAX_BYTES)).toEqual({ wrong: [], large: [] });
  });
});

describe('the pictures of the participant’s page', () => {
  // Mended by: npm run screenshots
  it('are in the page as the shots describe them', () => {
    const page = readFileSync(join(ROOT, 'docs/participant-page.md'), 'utf8');
    expect(withGallery(page, SHOTS, 'images/room', 'screenshots')).toBe(page);
  });

  it('are all there, small enough for a page, and no others', () => {
    expect(picturesOf(join(ROOT, 'docs/images/room'), SHOTS, MAX_ROOM_BYTES)).toEqual({ wrong: [], large: [] });
  });
});

describe('the pictures of the admin page', () => {
  // Mended by: npm run screenshots
  it('are in the page as the shots describe them', () => {
    const page = readFileSync(join(ROOT, 'docs/admin.md'), 'utf8');
    expect(withGallery(page, ADMIN_SHOTS, 'images/admin', 'screenshots')).toBe(page);
  });

  it('are all there, small enough for a page, and no others', () => {
    expect(picturesOf(join(ROOT, 'docs/images/admin'), ADMIN_SHOTS, MAX_ROOM_BYTES)).toEqual({ wrong: [], large: [] });
  });
});

/** Files that are missing or belong to nothing, and those that are too large. */
function picturesOf(
  folder: string,
  pictures: readonly { readonly name: string }[],
  most: number,
): { wrong: string[]; large: string[] } {
  const names = pictures.map(({ name }) => `${name}.jpg`);
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const wrong = [...names.filter((name) => !files.includes(name)), ...files.filter((file) => !names.includes(file))];
  return { wrong, large: files.filter((file) => statSync(join(folder, file)).size > most) };
}
