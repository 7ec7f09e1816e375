/** Writes docs/layout.schema.json from the schema that checks requests; a test holds them equal. Run it with the product's own Node. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { layoutJsonSchema } from '../src/layout/json-schema.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = 'docs/layout.schema.json';
writeFileSync(`${root}${file}`, JSON.stringify(layoutJsonSchema(), null, 2));
execFileSync('npx', ['biome', 'format', '--write', file], { cwd: root, stdio: 'inherit' });
