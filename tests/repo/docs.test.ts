import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles } from './source-files.ts';

const docs = sourceFiles('*.md');
const texts = new Map(docs.map(({ path, text }) => [path, text]));

/** The name a heading can be linked by. */
function slug(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
}

describe('the documents', () => {
  it('link only to files and headings that exist', () => {
    const broken: string[] = [];
    for (const { path, text } of docs) {
      for (const [, link = ''] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(link)) continue;
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        const headings = [...(texts.get(target) ?? '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
          slug(heading),
        );
        const found = existsSync(join(ROOT, target)) && (anchor === undefined || headings.includes(anchor));
        if (!found) broken.push(`${path}: ${link}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('name one another by links', () => {
    // The change log is read in other places, too.
    const read = docs.filter(({ path }) => path !== 'CHANGELOG.md');
    const plain = read.flatMap(({ path, text }) => {
      const linked = text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/\[[^\]]*\]\([^)]*\)/g, '');
      return [...linked.matchAll(/\b[\w-]+\.md\b/g)].map(([name]) => `${path}: ${name}`);
    });
    expect(plain).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const manifest = sourceFiles('package.json')[0]?.text ?? '{}';
    const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> };
    const unknown = docs.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm run ([\w:-]+)/g)].flatMap(([, script = '']) =>
        script in scripts ? [] : [`${path}: ${script}`],
      ),
    );
    expect(unknown).toEqual([]);
  });
});
