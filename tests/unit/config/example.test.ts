import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { VARIABLES } from '../../../src/config/environment.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { configSchema } from '../../../src/config/schema.ts';

const example = readFileSync(new URL('../../../config.example.yml', import.meta.url), 'utf8');
// "#key: value" is a setting without a default, "# words" is prose.
const complete = example.replaceAll(/^( *)#(\w+:)/gm, '$1$2');

/** Every `group.key` of a configuration. */
function keysOf(groups: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(groups)
    .flatMap(([group, keys]) => Object.keys(keys as object).map((key) => `${group}.${key}`))
    .sort();
}

describe('config.example.yml', () => {
  it('says exactly the defaults', () => {
    expect(loadConfig({ GRIDCAST_CONFIG: 'example' }, () => example)).toEqual(configSchema.parse({}));
  });

  it('shows every key of the schema, and no other', () => {
    const known = Object.entries(configSchema.shape).flatMap(([group, schema]) =>
      Object.keys(schema.def.innerType.shape).map((key) => `${group}.${key}`),
    );
    expect(keysOf(parse(complete))).toEqual([...known].sort());
  });

  it('stays valid when the settings without a default are switched on', () => {
    expect(() => loadConfig({ GRIDCAST_CONFIG: 'example' }, () => complete)).not.toThrow();
  });

  it('names the environment variable of each key that has one', () => {
    for (const [variable, path] of Object.entries(VARIABLES)) {
      const key = String(path.at(-1));
      expect(complete).toMatch(new RegExp(`${variable}\\n *${key}:`));
    }
  });
});
