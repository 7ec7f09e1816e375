/** Which part of a file a request gets: conditions and ranges of RFC 9110 sections 13 and 14, as one pure decision. */
import type { IncomingHttpHeaders } from 'node:http';
import parseRange from 'range-parser';

/** What identifies the stored bytes. */
export interface Validators {
  /** Strong, with its quotes. */
  readonly etag: string;
  readonly modifiedAt: Date;
  /** Bytes. */
  readonly size: number;
}

/** `end` is inclusive. */
export type RangeDecision =
  | { readonly kind: 'full' | 'not-modified' | 'unsatisfiable' | 'precondition-failed' }
  | { readonly kind: 'partial'; readonly start: number; readonly end: number };

const ENTITY_TAGS = /(?:W\/)?"[^"]*"/g;
const UNIT = 'bytes=';
const RANGE = /^[ \t]*(\d*)-(\d*)[ \t]*$/;

/** Conditions come before ranges (section 13.2.2); ranges are for GET alone (section 14.2). */
export function decideRange(method: string, headers: IncomingHttpHeaders, file: Validators): RangeDecision {
  const condition = decideCondition(headers, file);
  if (condition) return condition;
  const { range, 'if-range': ifRange } = headers;
  if (method !== 'GET' || range === undefined || !rangeStillFits(String(ifRange ?? ''), file)) return { kind: 'full' };
  return decideBytes(range, file.size);
}

function decideCondition(headers: IncomingHttpHeaders, file: Validators): RangeDecision | undefined {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifMatch !== undefined) {
    if (ifMatch.trim() !== '*' && !tagsOf(ifMatch).includes(file.etag)) return { kind: 'precondition-failed' };
  } else if (isAfter(file.modifiedAt, headers['if-unmodified-since']) === true) {
    return { kind: 'precondition-failed' };
  }
  if (ifNoneMatch !== undefined) {
    const known = tagsOf(ifNoneMatch).map((tag) => tag.replace(/^W\//, ''));
    return ifNoneMatch.trim() === '*' || known.includes(file.etag) ? { kind: 'not-modified' } : undefined;
  }
  return isAfter(file.modifiedAt, headers['if-modified-since']) === false ? { kind: 'not-modified' } : undefined;
}

function tagsOf(header: string): string[] {
  return header.match(ENTITY_TAGS) ?? [];
}

/** HTTP dates have whole seconds; undefined for a date that is none. */
function isAfter(time: Date, header: string | undefined): boolean | undefined {
  const other = Date.parse(header ?? '');
  return Number.isNaN(other) ? undefined : wholeSeconds(time) > other;
}

function rangeStillFits(ifRange: string, file: Validators): boolean {
  if (ifRange === '') return true;
  // A weak tag never fits here: half of one file and half of a merely similar one make neither.
  if (/^(?:W\/)?"/.test(ifRange)) return ifRange === file.etag;
  return Date.parse(ifRange) === wholeSeconds(file.modifiedAt);
}

function wholeSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000) * 1000;
}

function decideBytes(header: string, size: number): RangeDecision {
  // What is not understood, or contradicts itself, is ignored: the whole file is an answer that everybody understands.
  if (!isValid(header)) return { kind: 'full' };
  const suffix = /^bytes=\s*-(\d+)\s*$/.exec(header);
  // "The last n bytes" of a file with fewer is the whole file; range-parser calls that unsatisfiable.
  if (suffix && Number(suffix[1]) >= size && size > 0) return { kind: 'partial', start: 0, end: size - 1 };
  const ranges = parseRange(size, header);
  if (ranges === -1) return { kind: 'unsatisfiable' };
  // So may several ranges be.
  const first = ranges === -2 || ranges.length !== 1 || header.includes(',') ? undefined : ranges[0];
  return first ? { kind: 'partial', start: first.start, end: first.end } : { kind: 'full' };
}

/** Ranges of bytes, each with a first or a last one, and none that ends before it begins (section 14.1.2). */
function isValid(header: string): boolean {
  if (!header.startsWith(UNIT)) return false;
  return header
    .slice(UNIT.length)
    .split(',')
    .every((specifier) => {
      const [, first = '', last = ''] = RANGE.exec(specifier) ?? [];
      return first === '' || last === '' ? first !== last : BigInt(first) <= BigInt(last);
    });
}
