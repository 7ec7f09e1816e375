import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startNeeds } from '../../scripts/setup/needs.js';
import { ROOT } from './source-files.ts';

const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const dockerfile = read('Dockerfile').replaceAll('\\\n', ' ');

/** What is copied from the checkout, not from another stage. */
function copied(): string[] {
  return dockerfile
    .split('\n')
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(/\s+/).slice(1, -1))
    .map((path) => path.replace('./', ''));
}

describe('the container', () => {
  it('has every package that npm start would install, and an init', () => {
    const [, list] = /--no-install-recommends ([^&]+)&&/.exec(dockerfile) ?? [];
    const needed = new Set(startNeeds.map((need) => String(need['apt-get'])));
    expect(list?.trim().split(/\s+/)).toEqual([...needed, 'tini'].toSorted());
  });

  it('is given exactly what is copied into it', () => {
    const given = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    expect([...new Set(copied())].toSorted()).toEqual(given.toSorted());
    expect(copied().filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('runs the Node that the checkout brings', () => {
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { node: string } };
    const [major] = devDependencies.node.split('.');
    expect(dockerfile.match(/^FROM \S+/gm)).toEqual(Array(2).fill(`FROM node:${major}-bookworm-slim`));
  });

  it('keeps its data, is seen by its own machine only, and gets the time to end in order', () => {
    const { services } = parse(read('compose.yaml')) as { services: { gridcast: Record<string, unknown> } };
    expect(services.gridcast).toMatchObject({
      build: '.',
      ports: ['127.0.0.1:8080:8080'],
      volumes: ['data:/data'],
      stop_grace_period: '60s',
    });
  });
});
