/** A YAML text that remembers on which line each of its keys stands. */
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { KeyPath } from './environment.ts';

/** What a configuration file says. */
export interface YamlFile {
  /** A plain object; keys without a value are undefined. */
  readonly value: unknown;
  /** A sentence about the first mistake in the notation, if there is one; `value` then means nothing. */
  readonly mistakes: readonly string[];
  /** The line, from 1, of a key or the nearest key above it. */
  lineOf(path: KeyPath): number | undefined;
}

/** Reads YAML 1.2. @param name how the sentences call the file */
export function parseYaml(text: string, name: string): YamlFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const lineAt = (offset: number): number => counter.linePos(offset).line;
  return {
    value: document.errors.length > 0 ? undefined : (withoutNulls(document.toJS()) ?? {}),
    // The first mistake; those after it are mostly its echo.
    mistakes: document.errors.slice(0, 1).map((error) => {
      const cause = error.message.replace(/\.$/, '');
      return `${name}, line ${lineAt(error.pos[0])}, is no valid YAML: ${cause}.`;
    }),
    lineOf: (path) => {
      const offset = offsetOf(document.contents, path);
      return offset === undefined ? undefined : lineAt(offset);
    },
  };
}

/** Where the deepest part of `path` that is written begins. */
function offsetOf(root: Node | null, path: KeyPath): number | undefined {
  let node: unknown = root;
  let offset: number | undefined;
  for (const part of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(part));
      offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
      next = pair?.value;
    } else if (isSeq(node)) {
      next = node.items[Number(part)];
      offset = (next as Node | undefined)?.range?.[0] ?? offset;
    }
    if (next === undefined) break;
    node = next;
  }
  return offset;
}

/** Undefined for null, all the way down: the schema then fills in the defaults, and still sees unknown keys. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutNulls(inner)]));
}
