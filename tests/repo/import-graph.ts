/** The import statements of the repository's own files. */
import { posix } from 'node:path';
import { type SourceFile, stripComments } from './source-files.ts';

/** One import, re-export, dynamic import or module URL. */
export interface Import {
  /** Path of the importing file from the root of the repository. */
  readonly from: string;
  /** Path of a file of the repository, or the name of a package or built-in module. */
  readonly to: string;
  /** The statement vanishes when types are stripped. */
  readonly typeOnly: boolean;
  /** `export … from`. */
  readonly reExport: boolean;
  /** Comes when it is needed. */
  readonly lazy?: boolean;
}

const STATEMENT = /^[ \t]*(import|export)\b([^'"();=]*?)\bfrom\s*['"]([^'"]+)['"]/gm;
const SIDE_EFFECT = /^[ \t]*import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** Every import of a file. A URL that only names a file to run in another process is none. */
export function importsOf(file: SourceFile): readonly Import[] {
  const text = stripComments(file.text);
  const resolve = (specifier: string): string =>
    specifier.startsWith('.') ? posix.join(posix.dirname(file.path), specifier.replace(/\?.*$/, '')) : specifier;
  const found: Import[] = [];
  for (const [, keyword, clause = '', specifier = ''] of text.matchAll(STATEMENT)) {
    const typeOnly = /^\s*type\b/.test(clause);
    found.push({ from: file.path, to: resolve(specifier), typeOnly, reExport: keyword === 'export' });
  }
  for (const [pattern, lazy] of [
    [SIDE_EFFECT, false],
    [DYNAMIC, true],
  ] as const) {
    for (const [, specifier = ''] of text.matchAll(pattern)) {
      found.push({ from: file.path, to: resolve(specifier), typeOnly: false, reExport: false, lazy });
    }
  }
  return found;
}

/** A ring of files that need one another at run time, first file repeated at the end; undefined when there is none. */
export function findCycle(imports: readonly Import[]): readonly string[] | undefined {
  const edges = new Map<string, string[]>();
  for (const { from, to, typeOnly } of imports) {
    if (!typeOnly) edges.set(from, [...(edges.get(from) ?? []), to]);
  }
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): readonly string[] | undefined => {
    const seenAt = trail.indexOf(file);
    if (seenAt >= 0) return [...trail.slice(seenAt), file];
    if (done.has(file)) return undefined;
    trail.push(file);
    for (const next of edges.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle) return cycle;
    }
    trail.pop();
    done.add(file);
    return undefined;
  };
  for (const file of edges.keys()) {
    const cycle = visit(file);
    if (cycle) return cycle;
  }
  return undefined;
}
