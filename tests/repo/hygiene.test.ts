import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { missingSystems } from '../../scripts/setup/lock-systems.js';
import { ROOT, type SourceFile, sourceFiles, stripComments } from './source-files.ts';

const all = sourceFiles();

/** `path:line: text` of each line that matches. */
function lines(files: readonly SourceFile[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

describe('the repository', () => {
  it('knows no folder of anybody’s machine', () => {
    const own = [ROOT, homedir()].map((path) => `${escape(path)}/`);
    const pattern = new RegExp(`(^|[^\\w.])(${[...own, '/(home|Users)/[a-z]'].join('|')})`);
    expect(
      lines(
        all.filter(({ path }) => path !== 'package-lock.json'),
        pattern,
      ),
    ).toEqual([]);
  });

  it('names no download host in the lock file', () => {
    const lock = sourceFiles('package-lock.json');
    expect(lock).toHaveLength(1);
    expect(lines(lock, /https?:\/\/[^"]*\.tgz/)).toEqual([]);
    expect(lines(lock, /"resolved": "http/)).toEqual([]);
  });

  it('names the packages for every system in the lock file, not only for the one it was written on', () => {
    const [lock] = sourceFiles('package-lock.json');
    const { packages } = JSON.parse(lock?.text ?? '{}') as { packages: Record<string, object> };
    // Mended by: npm run lock:complete
    expect(missingSystems(packages).map(([path]) => path)).toEqual([]);
  });

  it('pins every dependency exactly', () => {
    const [manifest] = sourceFiles('package.json');
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(manifest?.text ?? '{}') as Record<
      string,
      object
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
    );
    expect(loose).toEqual([]);
  });

  it('silences no check', () => {
    const code = sourceFiles('src/*.ts', 'web/*.ts', 'tests/*.ts', 'bench/*.ts', 'scripts/*.js', 'bin/*.js');
    const pattern = new RegExp(['@ts-(ignore|expect-error|nocheck)', '(ox|es)lint-disable', 'biome-ignore'].join('|'));
    expect(
      lines(
        code.filter(({ path }) => !path.startsWith('tests/repo/')),
        pattern,
      ),
    ).toEqual([]);
  });

  it('keeps its set-up free of packages, which it has yet to install', () => {
    const scripts = sourceFiles('scripts/*.js', 'bin/*.js').map((file) => ({
      ...file,
      text: stripComments(file.text),
    }));
    const foreign = /\bfrom '(?!node:|\.|child_process'|fs'|module'|os'|path'|url')/;
    expect(lines(scripts, foreign)).toEqual([]);
  });
});
