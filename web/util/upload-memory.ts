/** Where a file was being sent to, so that it goes on after the page was loaded anew. Holds no token. */
import { recall, remember } from './page-storage.ts';

const KEY = 'gridcast.uploads';
/** The oldest are forgotten beyond it. */
const MAX_REMEMBERED = 50;

/** What tells one file from another without reading it. */
export interface FileMark {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** The same file in the same place: server and room. */
export function uploadKey(place: string, { name, size, lastModified }: FileMark): string {
  return JSON.stringify([place, name, size, lastModified]);
}

/** The address it was sent to, else undefined. */
export function recallUpload(key: string): string | undefined {
  return entries().find(([known]) => known === key)?.[1];
}

/** Keeps the address, or forgets it with undefined. */
export function rememberUpload(key: string, address: string | undefined): void {
  const others = entries().filter(([known]) => known !== key);
  const all = address === undefined ? others : [...others, [key, address] as const];
  remember('local', KEY, all.length === 0 ? '' : JSON.stringify(all.slice(-MAX_REMEMBERED)));
}

function entries(): readonly (readonly [string, string])[] {
  try {
    const kept: unknown = JSON.parse(recall('local', KEY) || '[]');
    return Array.isArray(kept) ? kept.filter(isEntry) : [];
  } catch {
    return [];
  }
}

function isEntry(value: unknown): value is readonly [string, string] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'string';
}
