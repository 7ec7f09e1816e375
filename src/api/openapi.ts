/** The OpenAPI 3.1 document, made from the declarations of the routes. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
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
      ...(body ? { body: { content: { 'application/json': { schema: body } } } } : {}),
      ...(bytes ? { body: { required: true, content: bytesContent(bytes.types) } } : {}),
    },
    responses: { ...responsesOf(route), default: PROBLEM },
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

function responsesOf(
  route: Route,
): Record<string, { description: string; content?: Record<string, { schema: z.ZodType }> }> {
  return Object.fromEntries(
    Object.entries(route.responses).map(([status, { description, schema, contentType }]) => {
      if (!schema && !contentType) return [status, { description }];
      const type = contentType ?? 'application/json';
      return [status, { description, content: { [type]: { schema: schema ?? z.string() } } }];
    }),
  );
}
