/** Requests as the documents write them: each has a route, and its body fits. */
import { expect, it } from 'vitest';
import { createRoutes } from '../../../src/api/app.ts';
import type { Route } from '../../../src/api/route.ts';
import { sourceFiles } from '../../repo/source-files.ts';
import { startApi } from './api-server.ts';

interface Request {
  /** The document, and the words. */
  readonly said: string;
  readonly method: string;
  readonly path: string;
  /** As JSON. */
  readonly body?: string;
  /** Fields that are named without a value. */
  readonly fields?: readonly string[];
}

// What has changed speaks of how it was.
const docs = sourceFiles('README.md', 'docs/*.md', 'ARCHITECTURE.md');

/** `METHOD /path` in a sentence, with the fields of the body behind it. */
function inSentences(path: string, text: string): Request[] {
  const pattern = /`(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (\/[^\s`?…]*)[^`{]*?(?: (\{[^`]*\}))?[^`]*`/g;
  return [...text.matchAll(pattern)].flatMap(([said, method = '', route = '', body = '']): Request[] => {
    if (body.includes(': ')) return [{ said: `${path}: ${said}`, method, path: route, body }];
    // The sockets are told of in docs/protocol.md and docs/calls.md, which have tests of their own.
    if (route.startsWith('/ws')) return [];
    const fields = [...body.matchAll(/\w+/g)].map(([field]) => field);
    return [{ said: `${path}: ${said}`, method, path: route, fields }];
  });
}

/** Those that curl is told to make. */
function inCommands(path: string, text: string): Request[] {
  const blocks = [...text.matchAll(/^```(?:sh|bash)?\n([\s\S]*?)^```/gm)].map(([, code = '']) => code);
  const lines = blocks.flatMap((code) => code.replaceAll(/\\\n\s*/g, ' ').split('\n'));
  return lines.flatMap((line) => {
    // `ask` is what the script in docs/api.md calls curl with its token.
    const [, command = ''] = /(?:^|\W)((?:curl|ask) .*?)(?: +# .*)?$/.exec(line) ?? [];
    const [, route = ''] = /(?:\$API|http:\/\/(?:127\.0\.0\.1|localhost):8080)(\/[^\s"'?]*)/.exec(command) ?? [];
    if (route === '') return [];
    const [, body] = / (?:--json|-d) '([^']*)'/.exec(command) ?? [];
    const [, stated] = / -X ([A-Z]+)/.exec(command) ?? [];
    const method = stated ?? (body === undefined ? (/ -T /.test(command) ? 'PUT' : 'GET') : 'POST');
    return [{ said: `${path}: ${line}`, method, path: route, ...(body !== undefined && { body }) }];
  });
}

/** Whether a path may be of this route, whose parameters take anything. */
function fits(route: string, path: string): boolean {
  const [wanted, given] = [route.split('/'), path.split('/')];
  const rest = wanted.at(-1)?.startsWith('*') === true;
  if (rest ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((part, index) => /^[:*]/.test(part) || part === given[index]);
}

function fieldsOf(schema: Route['body']): readonly string[] {
  return schema && 'shape' in schema.def ? Object.keys(schema.def.shape as object) : [];
}

function fault(routes: readonly Route[], { method, path, body, fields = [] }: Request): string | undefined {
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
  const route = routes.find((one) => one.method === wanted && fits(one.path, path));
  if (!route) return 'no such route';
  if (body !== undefined) {
    if (!route.body) return 'takes no body';
    const parsed = route.body.safeParse(JSON.parse(body));
    return parsed.success ? undefined : parsed.error.message;
  }
  const unknown = fields.filter((field) => !fieldsOf(route.body).includes(field));
  return unknown.length === 0 ? undefined : `takes no ${unknown.join(', ')}`;
}

it('has a route for every request that a document shows, which takes its body', async () => {
  const { deps } = await startApi();
  const routes = createRoutes(deps);
  const requests = docs.flatMap(({ path, text }) => [...inSentences(path, text), ...inCommands(path, text)]);
  expect(requests.length).toBeGreaterThan(150);
  expect(requests.filter(({ body }) => body !== undefined).length).toBeGreaterThan(10);
  const faults = requests.flatMap((request) => {
    const what = fault(routes, request);
    return what === undefined ? [] : [`${request.said}: ${what}`];
  });
  expect(faults).toEqual([]);
});
