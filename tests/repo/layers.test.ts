import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycle, type Import, importsOf } from './import-graph.ts';
import { BROWSER_PACKAGES, isLayer, layerOf, mayImport } from './layers.ts';
import { ROOT, sourceFiles, stripComments } from './source-files.ts';

const files = sourceFiles('src/*.ts', 'web/*.ts').filter(({ path }) => !path.endsWith('.config.ts'));
const imports = files.flatMap(importsOf);

function isOwn(path: string): boolean {
  return path.startsWith('src/') || path.startsWith('web/');
}

function show({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

describe('the imports of src and web', () => {
  it('are found at all', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.map(show)).toContain('src/room/room.ts imports src/errors.ts');
  });

  it('lead to files that exist, with their extension', () => {
    const lost = imports.filter(({ to }) => isOwn(to) && !existsSync(join(ROOT, to)));
    expect(lost.map(show)).toEqual([]);
  });

  it('stay inside src and web, or name a package', () => {
    expect(imports.filter(({ to }) => to.startsWith('.') || /^(tests|bench|scripts|bin)\//.test(to)).map(show)).toEqual(
      [],
    );
  });

  it('come from layers that the table knows', () => {
    expect(files.map(({ path }) => path).filter((path) => !isLayer(layerOf(path)))).toEqual([]);
  });

  it('point left in the table', () => {
    const wrong = imports.filter(({ from, to }) => isOwn(to) && !mayImport(layerOf(from), layerOf(to)));
    expect(wrong.map(show)).toEqual([]);
  });

  it('form no ring', () => {
    expect(findCycle(imports)).toBeUndefined();
  });

  it('are not collected in files that only pass them on', () => {
    const barrels = files.filter(({ text }) => {
      const code = stripComments(text);
      const own = code.replaceAll(/^(import|export)\b[^'"();=]*\bfrom\s*['"][^'"]+['"];?$/gm, '').trim();
      return code.includes('export *') || (code.trim() !== '' && own === '');
    });
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  it('bring nothing into a page that only a server has', () => {
    const reached = new Set(
      imports.filter(({ from, to }) => from.startsWith('web/') && to.startsWith('src/')).map(({ to }) => to),
    );
    const foreign: string[] = [];
    for (const file of reached) {
      for (const entry of imports.filter(({ from, typeOnly }) => from === file && !typeOnly)) {
        if (isOwn(entry.to)) reached.add(entry.to);
        else if (!BROWSER_PACKAGES.includes(entry.to)) foreign.push(show(entry));
      }
    }
    expect(foreign).toEqual([]);
  });

  it('load the fonts of the machine with no server and no worker, but with what draws', () => {
    const packagesOf = (entry: string): string[] => {
      const reached = new Set([entry]);
      for (const file of reached) {
        for (const { to, typeOnly, lazy } of imports.filter(({ from }) => from === file)) {
          if (!typeOnly && lazy !== true) reached.add(to);
        }
      }
      return [...reached].filter((path) => !isOwn(path));
    };
    for (const entry of ['src/cli/serve.ts', 'src/cli/worker.ts']) {
      expect(packagesOf(entry)).toContain('bullmq');
      expect(packagesOf(entry)).not.toContain('@napi-rs/canvas');
    }
    expect(packagesOf('src/mixer/mixer-process.ts')).toContain('@napi-rs/canvas');
  });

  it('bring the words of the admin page into no other page', () => {
    const pages = new Set(imports.map(({ from }) => from).filter((from) => /^web\/(pages|embed)\//.test(from)));
    const admin = [...pages].filter((page) => {
      const reached = new Set([page]);
      for (const file of reached) {
        for (const { to, typeOnly } of imports.filter(({ from }) => from === file)) if (!typeOnly) reached.add(to);
      }
      return [...reached].some((file) => /^web\/i18n\/(.*\/)?(english-)?admin-/.test(file));
    });
    expect(pages.size).toBeGreaterThan(7);
    expect(admin).toEqual(['web/pages/admin-page.ts']);
  });
});

describe('the table of layers', () => {
  it.each([
    ['room', 'media', true],
    ['media', 'room', false],
    ['hls', 'recorder', false],
    ['recorder', 'api', false],
    ['config', 'util', true],
    ['util', 'config', false],
    ['errors', 'util', false],
    ['main', 'cli', true],
    ['server', 'cli', false],
    ['web', 'protocol', true],
    ['web', 'room', false],
    ['api', 'web', false],
    ['api', 'unheard-of', false],
  ])('lets %s import %s: %s', (from, to, allowed) => {
    expect(mayImport(from, to)).toBe(allowed);
  });
});

describe('the reader of imports', () => {
  const read = (text: string): readonly Import[] => importsOf({ path: 'src/a/b.ts', text });

  it('sees every way to import', () => {
    const text = [
      "import { a, type B } from '../x.ts';",
      "import type { C } from './y.ts';",
      "import {\n  d,\n  e,\n} from 'zod';",
      "import './effect.ts';",
      "export { f } from './z.ts';",
      "const g = await import('./lazy.ts');",
    ].join('\n');
    expect(read(text).map(({ to, typeOnly, reExport }) => [to, typeOnly, reExport])).toEqual([
      ['src/x.ts', false, false],
      ['src/a/y.ts', true, false],
      ['zod', false, false],
      ['src/a/z.ts', false, true],
      ['src/a/effect.ts', false, false],
      ['src/a/lazy.ts', false, false],
    ]);
  });

  it('sees none in comments and in plain exports', () => {
    const text =
      "// import a from 'a'\n/* import b from 'b' */\nexport const from = 'c';\nexport function g(from = 'd') {}\n";
    expect(read(text)).toEqual([]);
  });
});

describe('the search for rings', () => {
  const edge = (from: string, to: string, typeOnly = false): Import => ({ from, to, typeOnly, reExport: false });

  it('names the files of a ring', () => {
    expect(findCycle([edge('a', 'b'), edge('b', 'c'), edge('c', 'b'), edge('a', 'd')])).toEqual(['b', 'c', 'b']);
  });

  it('takes a diamond, and a ring that is closed by types only, for none', () => {
    expect(
      findCycle([edge('a', 'b'), edge('a', 'c'), edge('b', 'd'), edge('c', 'd'), edge('d', 'a', true)]),
    ).toBeUndefined();
  });
});
