import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withGallery } from '../../bench/gallery/page.ts';
import { SCENES } from '../../bench/gallery/scenes.ts';
import { LAYOUT_POLICIES } from '../../src/layout/layout.ts';
import { ROOT } from './source-files.ts';

const FOLDER = join(ROOT, 'docs/images/layouts');
const MAX_BYTES = 120 * 1024;

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
    const names = SCENES.map(({ name }) => `${name}.jpg`).sort();
    expect(existsSync(FOLDER) && readdirSync(FOLDER).sort()).toEqual(names);
    const large = names.filter((name) => statSync(join(FOLDER, name)).size > MAX_BYTES);
    expect(large).toEqual([]);
  });
});
