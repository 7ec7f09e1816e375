import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRouter, createRoutes } from '../../../src/api/app.ts';
import { accessText, openApiPath } from '../../../src/api/openapi.ts';
import { tempDir } from '../../helpers/temp-dir.ts';
import { PNG, rows, urlOf } from './api-routes.ts';
import { ADMIN_TOKEN, startApi, storedFile, type TestApi } from './api-server.ts';

interface Operation {
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly in: string }>;
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly security?: readonly object[];
}
interface Document {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

async function documentOf(api: TestApi): Promise<Document> {
  return (await api.send('GET', '/openapi.json')).json as unknown as Document;
}

function operationsOf({
  paths,
}: Document): Array<{ readonly name: string; readonly path: string; readonly operation: Operation }> {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
}

describe('the OpenAPI document', () => {
  it('describes every route that is served, and no other', async () => {
    const api = await startApi();
    const document = await documentOf(api);
    expect(document).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
    const served = createRouter(api.deps, createRoutes(api.deps)).stack.flatMap(({ path, methods }) =>
      methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${openApiPath(String(path))}`),
    );
    const described = operationsOf(document).map(({ name }) => name);
    expect(described.toSorted()).toEqual(served.toSorted());
  });

  it('names every part of each path, and refers to nothing that it lacks', async () => {
    const document = await documentOf(await startApi());
    for (const { name, path, operation } of operationsOf(document)) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect({ name, parameters: inPath.map((parameter) => parameter.name) }).toEqual({ name, parameters: wanted });
      expect(operation.responses).toHaveProperty('default');
    }
    for (const [, pointer = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      expect(document).toHaveProperty(pointer.split('/'));
    }
  });

  it('asks for a token wherever the server does', async () => {
    const document = await documentOf(await startApi());
    const open = operationsOf(document).filter(({ operation }) => operation.security === undefined);
    expect(open.map(({ name }) => name).toSorted()).toEqual([
      'GET /api/session',
      'GET /api/time',
      'GET /healthz',
      'GET /openapi.json',
      'GET /readyz',
      'OPTIONS /api/rooms/{room}/chat',
      'OPTIONS /api/rooms/{room}/chat/{message}',
      'OPTIONS /api/rooms/{room}/chat/{message}/delete',
      'OPTIONS /api/rooms/{room}/files',
      'OPTIONS /api/rooms/{room}/viewers',
      'OPTIONS /hls/{room}/{path}',
      'POST /api/rooms/{room}/enter',
      'POST /api/rooms/{room}/viewers',
      'POST /api/session',
      'POST /api/session/first',
    ]);
  });

  it('tells which pictures can be sent, and as what', async () => {
    const { paths } = await documentOf(await startApi());
    expect(paths['/api/rooms/{room}/images/{slot}']?.['put']).toMatchObject({
      requestBody: { required: true, content: { 'image/png': {}, 'image/jpeg': {}, 'image/webp': {} } },
    });
  });

  it('knows layouts and annotations with every field and its default', async () => {
    const document = await documentOf(await startApi());
    const { schemas } = (document as unknown as { components: { schemas: Record<string, object> } }).components;
    expect(schemas['Layout']).toMatchObject({ properties: { policy: { default: 'grid' }, maxTiles: { maximum: 25 } } });
    expect(schemas['Annotation']).toMatchObject({ properties: { clock: { default: true } } });
    expect(schemas['ProgramOrder']).toMatchObject({ properties: { height: { minimum: 180, maximum: 1920 } } });
  });

  it.each(rows)('tells the truth about what $method $route answers', async (row) => {
    const api = await startApi();
    const path = join(await tempDir(), 'stored');
    await writeFile(path, 'x');
    for (const name of ['recording.mp4', 'vod.m3u8']) api.files.set(name, storedFile(path, 1));
    for (const key of ['hall/logo', 'hall/avatar/ann']) api.pictures.set(key, PNG);
    await api.chat.put('hall', 'msg1', 'admin');
    const shared = await api.shared.put('hall', { id: 'sue', name: 'Sue', role: 'participant' }, 'a.txt', 'Hello');
    const made = { ...api.made, ':file': shared.id };
    const answer = await api.send(row.method, urlOf(row.route, made), { ...row.send, token: ADMIN_TOKEN });
    const route = createRoutes(api.deps).find(
      ({ method, path }) => method.toUpperCase() === row.method && path === row.route,
    );
    const described = route?.responses[answer.status];
    expect(described).toBeDefined();
    // A schema drops what it does not know: nothing may be left out of the description either.
    if (described?.schema) expect(described.schema.parse(answer.json)).toEqual(answer.json);
    else if (described?.contentType === undefined && row.route !== '/openapi.json') expect(answer.text).toBe('');
  });
});

describe('docs/api.md', () => {
  it('lists the routes as they are', async () => {
    const routes = createRoutes((await startApi()).deps);
    const table = [
      '| Route | Purpose | For |',
      '|---|---|---|',
      ...routes.map((route) => {
        const name = `\`${route.method.toUpperCase()} ${openApiPath(route.path)}\``;
        return `| ${name} | ${route.summary} | ${accessText(route)} |`;
      }),
    ].join('\n');
    const text = await readFile(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');
    const written = /<!-- routes -->\n\n([^]*?)\n\n<!-- end of routes -->/.exec(text)?.[1];
    expect(written).toBe(table);
  });
});
