/** What the documents say of settings, events, permissions and the client is what the program knows of them. */
import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../src/api/permissions.ts';
import { GridcastClient } from '../../src/client/client.ts';
import { CONFIG_FILE_VARIABLE, VARIABLES } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { settingKeys } from '../../src/config/schema-keys.ts';
import { configSchema } from '../../src/config/schema.ts';
import { EVENT_TYPES } from '../../src/events/event-types.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

// What has changed speaks of how it was.
const docs = sourceFiles('*.md').filter(({ path }) => path !== 'CHANGELOG.md');

/** The text of one document. */
function text(name: string): string {
  return docs.find(({ path }) => path === name)?.text ?? '';
}

/** What stands in code style in a line of prose. */
function names(line: string): string[] {
  return [...line.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
}

/** The blocks of YAML. */
function yamlOf({ text: source }: SourceFile): string[] {
  return [...source.matchAll(/^ *```yaml\n([\s\S]*?)^ *```/gm)].map(([, code = '']) => code);
}

function valueAt(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);
}

function methodsOf(object: object): string[] {
  return Object.getOwnPropertyNames(Object.getPrototypeOf(object)).filter((name) => name !== 'constructor');
}

describe('docs/events.md', () => {
  it('tells of every type of event, and of no other', () => {
    const [, table = ''] = /^\| Type \| When .*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(text('docs/events.md')) ?? [];
    const told = table.split('\n').flatMap((row) => names(row.split('|')[1] ?? ''));
    expect(told.toSorted()).toEqual([...EVENT_TYPES].toSorted());
  });
});

describe('docs/accounts.md', () => {
  it('says truly who may do what', () => {
    const [, head = '', table = ''] =
      /^\| +\| (admin .*)\|\n\|[-|]+\n((?:\|.*\n)+)/m.exec(text('docs/accounts.md')) ?? [];
    const roles = head.split('|').map((cell) => cell.trim());
    const told = table
      .trim()
      .split('\n')
      .flatMap((row) => {
        const [, permissions = '', ...cells] = row.split('|');
        const whose = roles.filter((_, index) => cells[index]?.trim() === 'yes');
        return names(permissions).map((permission) => [permission, whose] as const);
      });
    expect(Object.fromEntries(told)).toEqual(PERMISSIONS);
  });
});

describe('docs/developers.md', () => {
  it('lists every method of the client, and no other', () => {
    const [, table = ''] = /^\| \| \|\n\|[-|]+\n((?:\|.*\n)+)/m.exec(text('docs/developers.md')) ?? [];
    const told = table
      .trim()
      .split('\n')
      .map((row) => row.split('|').map(names))
      .map(([, [area = ''] = [], methods = []]) => [area, methods.toSorted()] as const);
    const client = new GridcastClient({ url: 'http://127.0.0.1' });
    const areas = Object.entries(client).map(([area, of]) => [area, methodsOf(of).toSorted()] as const);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries([...areas, ['', methodsOf(client).toSorted()]]));
  });
});

describe('docs/operations.md', () => {
  it('lists every variable of the environment, and no other', () => {
    const [, table = ''] = /^\| Variable \|.*\n\|[-|]+\n((?:\|.*\n)+)/m.exec(text('docs/operations.md')) ?? [];
    const told = table
      .trim()
      .split('\n')
      .flatMap((row) => names(row).slice(0, 1));
    expect(told.toSorted()).toEqual([...Object.keys(VARIABLES), CONFIG_FILE_VARIABLE].toSorted());
  });
});

describe('the documents', () => {
  it('name only settings that exist', () => {
    const keys = settingKeys().map(({ path }) => path.join('.'));
    const groups = new Set(keys.map((key) => key.split('.')[0]));
    const others = new Set<string>([...EVENT_TYPES, ...Object.keys(PERMISSIONS), 'program.ordered', 'program.inForce']);
    const unknown = docs.flatMap(({ path, text: source }) =>
      names(source)
        .flatMap((name) => /^([a-z]+\.[a-zA-Z.]+)(?:: .*)?$/.exec(name)?.[1] ?? [])
        .filter((name) => groups.has(name.split('.')[0]) && !/\.(?:tsx?|jsonl?|js|lock|video|audio)$/.test(name))
        // A group may be named as a whole.
        .filter((name) => !others.has(name) && !keys.some((key) => key === name || key.startsWith(`${name}.`)))
        .map((name) => `${path}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('give the defaults of settings as they are', () => {
    const config: unknown = configSchema.parse({});
    const defaults = new Map(settingKeys().map(({ path }) => [path.join('.'), String(valueAt(config, path))]));
    const given = docs.flatMap(({ path, text: source }) => {
      const behind = [...source.matchAll(/`([a-z]+\.[a-zA-Z.]+)`(?: \(|, )(\d+)\b(?![.,:\d]*[ -]?[a-z])/g)];
      const rows = [...source.matchAll(/^\| `([a-z]+\.[a-zA-Z.]+)`.*?\| `?(\d+|true|false)`? \|/gm)];
      return [...behind, ...rows].map(([said, key = '', value]) => ({ said: `${path}: ${said}`, key, value }));
    });
    const known = given.filter(({ key }) => defaults.has(key));
    expect(known.length).toBeGreaterThan(20);
    expect(known.filter(({ key, value }) => defaults.get(key) !== value).map(({ said }) => said)).toEqual([]);
  });

  it('show only configurations that the server takes', () => {
    const shown = docs.flatMap((doc) =>
      yamlOf(doc).flatMap((code) => (/^services:/m.test(code) ? [] : [{ path: doc.path, code }])),
    );
    expect(shown.length).toBeGreaterThan(4);
    for (const { path, code } of shown) {
      // Within a list the code is set in.
      const indent = /^ */.exec(code)?.[0] ?? '';
      const yaml = code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
      expect(() => loadConfig({ GRIDCAST_CONFIG: path }, () => yaml), `${path}:\n${yaml}`).not.toThrow();
    }
  });

  it('name only files of the sources that exist', () => {
    const files = sourceFiles().map(({ path }) => path);
    // Scripts that the server has, and libraries.
    const others = /^\/|^(?:hls|media-chrome)\.js$/;
    const missing = docs.flatMap(({ path, text: source }) =>
      names(source)
        .filter((name) => /^[\w./-]+\.(?:ts|js)$/.test(name) && !others.test(name))
        .filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)))
        .map((name) => `${path}: ${name}`),
    );
    expect(missing).toEqual([]);
  });
});
