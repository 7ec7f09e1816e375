import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layoutJsonSchema } from '../../../src/layout/json-schema.ts';
import { LAYOUT_POLICIES, layoutSchema } from '../../../src/layout/layout.ts';

function document(name: string): string {
  return readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
}

const text = document('layouts.md');
const examples = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => json.trim());

describe('docs/layout.schema.json', () => {
  it('is what the requests are checked by; scripts/write-layout-schema.js writes it', () => {
    expect(JSON.parse(document('layout.schema.json'))).toEqual(layoutJsonSchema());
  });

  it('describes every field', () => {
    const { properties } = layoutJsonSchema() as { properties: Record<string, { description?: string }> };
    expect(Object.keys(properties)).toEqual(Object.keys(layoutSchema.shape));
    expect(Object.entries(properties).filter(([, { description }]) => !description)).toEqual([]);
  });
});

describe('docs/layouts.md', () => {
  it('shows at least one example for each of the policies', () => {
    const shown = examples.map((json) => JSON.stringify(layoutSchema.parse(JSON.parse(json))));
    const missing = LAYOUT_POLICIES.filter((policy) => !shown.some((json) => json.includes(`"policy":"${policy}"`)));
    expect(missing).toEqual([]);
  });

  it('explains every policy under a heading, and every field in the table with its default', () => {
    for (const policy of LAYOUT_POLICIES) expect(text).toContain(`\n### ${policy}\n`);
    for (const [field, value] of Object.entries(layoutSchema.parse({}))) {
      const cells = text
        .split('\n')
        .find((line) => line.startsWith(`| \`${field}\` |`))
        ?.split('|');
      expect([field, cells?.[2]?.trim()]).toEqual([field, `\`${JSON.stringify(value)}\``]);
    }
  });
});
