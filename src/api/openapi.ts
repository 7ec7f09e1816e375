/** The OpenAPI 3.1 document, made from the declarations of the routes. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { routeExamples } from './examples/all-examples.ts';
import type { RouteExample } from './examples/route-example.ts';
import type { Access, Route } from './route.ts';
import { problemSchema } from './schemas.ts';

const ACCESS_TEXT: Readonly<Record<Exclude<Access, 'special'>, string>> = {
  public: 'everybody',
  admin: 'admin',
  member: 'any token of the room',
  host: 'host of the room',
};

/** A complete OpenAPI document. */
export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** Who may use a route, in words. */
export function accessText(route: Route): string {
  return route.access === 'special' ? (route.accessNote ?? '') : ACCESS_TEXT[route.access];
}

/** `:name` and `*name` of the router become `{name}`. */
export function openApiPath(path: string): string {
  return path.replace(/[:*](\w+)/g, '{$1}');
}

/** What `routeExamples` knows a route by. */
export function exampleKey({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method.toUpperCase()} ${path}`;
}

/** The status of the answer that a route's example is of: the first below 300 that is JSON. */
export function exampleStatus({ responses }: Pick<Route, 'responses'>): number | undefined {
  const good = Object.entries(responses).find(
    ([status, { schema, contentType }]) => Number(status) < 300 && schema && contentType === undefined,
  );
  return good && Number(good[0]);
}

/** Describes `routes`, in their order. */
export function openApiDocument(routes: readonly Route[], version: string): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'The admin token, or a signed token of a room.',
  });
  for (const route of routes) register(registry, route);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gridcast',
      version,
      description:
        'Rooms, their layouts and pictures, tokens, recordings and live HLS. Every error is an RFC 9457 problem.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
  });
}

function register(registry: OpenAPIRegistry, route: Route): void {
  const { method, summary, tag, access, params, query, body, bytes } = route;
  const example = routeExamples[exampleKey(route)] ?? {};
  registry.registerPath({
    method,
    path: openApiPath(route.path),
    summary,
    tags: [tag],
    description: `For: ${accessText(route)}.`,
    ...(access === 'public' ? {} : { security: access === 'special' ? [{ token: [] }, {}] : [{ token: [] }] }),
    request: {
      ...(params instanceof z.ZodObject ? { params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(body ? { body: { content: { 'application/json': { schema: body, ...shown(example.body) } } } } : {}),
      ...(bytes ? { body: { required: true, content: bytesContent(bytes.types) } } : {}),
    },
    responses: { ...responsesOf(route, example), default: PROBLEM },
  });
}

// OpenAPI 3.1 describes plain bytes by saying nothing of their form.
function bytesContent(types: readonly string[]): Record<string, { schema: object }> {
  return Object.fromEntries(types.map((type) => [type, { schema: {} }]));
}

const PROBLEM = {
  description: 'What went wrong, and what to do.',
  content: { 'application/problem+json': { schema: problemSchema } },
};

/** A body that JSON or something else describes, and what it can look like. */
interface Content {
  readonly schema: z.ZodType;
  readonly example?: unknown;
}

function responsesOf(
  route: Route,
  example: RouteExample,
): Record<string, { description: string; content?: Record<string, Content> }> {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, { description, schema, contentType }]) => {
      if (!schema && !contentType) return [status, { description }];
      const type = contentType ?? 'application/json';
      const shape = Number(status) === exampleStatus(route) ? shown(example.answer) : {};
      return [status, { description, content: { [type]: { schema: schema ?? z.string(), ...shape } } }];
    }),
  );
}

function shown(example: unknown): { readonly example?: unknown } {
  return example === undefined ? {} : { example };
}
