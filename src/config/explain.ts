/** Says in one sentence what is wrong with a value, which key it is, where it stands and what to do. */
import type { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import type { KeyPath } from './environment.ts';

/** Where a value came from, as a sentence names it: `GRIDCAST_PORT`, or `"server.port" in gridcast.yml, line 3,`. */
export type NameOf = (path: KeyPath) => string;

// Values of these keys open doors; a message may end in a log.
const SECRET = new Set(['server.adminToken', 'redis.url', 'database.url', 'storage.accessKey', 'storage.secretKey']);

/** Sentences for one fault the schema found. @param keysAt the keys allowed at a path */
export function explain(
  issue: z.core.$ZodIssue,
  input: unknown,
  nameOf: NameOf,
  keysAt: (path: KeyPath) => readonly string[],
): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const meant = didYouMean(key, keysAt(issue.path));
      const remedy = meant
        ? `did you mean "${[...issue.path, meant].join('.')}"?`
        : `known here are ${keysAt(issue.path).join(', ')}.`;
      return `${nameOf([...issue.path, key])} is unknown: ${remedy}`;
    });
  }
  const shown = showValue(issue.path, input);
  return [`${nameOf(issue.path)} ${shown}must be ${requirement(issue)}.`];
}

/** What the value has to be; completes "must be". */
function requirement(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? `of type ${issue.expected}`;
    case 'too_small':
      return `${issue.origin === 'string' ? 'a text of at least' : 'at least'} ${issue.minimum}${unit(issue)}`;
    case 'too_big':
      return `${issue.origin === 'string' ? 'a text of at most' : 'at most'} ${issue.maximum}${unit(issue)}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'a URL such as https://example.org' : `a valid ${issue.format}`;
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      // Messages of our own schema complete the same sentence.
      return issue.message;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'a text (in quotes, if it looks like a number)',
  boolean: 'true or false',
  object: 'a group of keys',
  array: 'a list',
};

function unit(issue: { readonly origin: string }): string {
  return issue.origin === 'string' ? ' characters' : '';
}

function showValue(path: KeyPath, input: unknown): string {
  if (SECRET.has(path.join('.'))) return '';
  let value = input;
  for (const part of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[part];
  if (value === undefined || (typeof value === 'object' && value !== null)) return '';
  return `is ${JSON.stringify(value)} but `;
}
