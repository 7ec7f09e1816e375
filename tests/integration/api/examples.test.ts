import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createRoutes } from '../../../src/api/app.ts';
import { routeExamples } from '../../../src/api/examples/all-examples.ts';
import { exampleKey, exampleStatus, openApiDocument } from '../../../src/api/openapi.ts';
import type { Route } from '../../../src/api/route.ts';
import { startApi } from './api-server.ts';

async function routesOf(): Promise<readonly Route[]> {
  return createRoutes((await startApi()).deps);
}

/** What is wrong with one part of a route's example: a sentence that says what to do. */
function fault(route: Route, part: 'body' | 'answer'): string | undefined {
  const status = exampleStatus(route);
  const schema = part === 'body' ? route.body : route.responses[status ?? 0]?.schema;
  const example = routeExamples[exampleKey(route)]?.[part];
  const place = `"${exampleKey(route)}" in src/api/examples/*-examples.ts`;
  if (!schema) return example === undefined ? undefined : `Remove "${part}" from ${place}: the route has none.`;
  if (example === undefined) return `Add "${part}" to ${place}: something that the route would take or answer.`;
  const read = schema.safeParse(example);
  if (!read.success) return `Correct "${part}" of ${place}: ${z.prettifyError(read.error)}`;
  // A schema drops what it does not know.
  const dropped = part === 'answer' && JSON.stringify(sorted(read.data)) !== JSON.stringify(sorted(example));
  return dropped ? `Correct "${part}" of ${place}: it has fields that its schema does not know.` : undefined;
}

/** The same with its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

describe('the examples of the API', () => {
  it('are there for every body and every JSON answer, and pass their own schemas', async () => {
    const faults = (await routesOf()).flatMap((route) => [fault(route, 'body'), fault(route, 'answer')]);
    expect(faults.filter((sentence) => sentence !== undefined)).toEqual([]);
  });

  it('are of routes that exist', async () => {
    const known = new Set((await routesOf()).map(exampleKey));
    expect(Object.keys(routeExamples).filter((key) => !known.has(key))).toEqual([]);
  });

  it('stand in the OpenAPI document', async () => {
    const { paths } = openApiDocument(await routesOf(), '1.2.3');
    const { body, answer } = routeExamples['POST /api/rooms'] ?? {};
    expect(paths?.['/api/rooms']?.post).toMatchObject({
      requestBody: { content: { 'application/json': { example: body } } },
      responses: { 201: { content: { 'application/json': { example: answer } } } },
    });
  });
});
