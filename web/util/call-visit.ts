/** What a tab remembers between the page of contacts and the room of a call. */
import { recall, remember } from './page-storage.ts';

/** A stay in the room of a call. */
export interface CallVisit {
  readonly call: string;
  /** Name of whoever goes there. */
  readonly name: string;
  /** Whether the camera is on at first. */
  readonly camera: boolean;
}

const LEFT_KEY = 'gridcast.call-left';
const keyOf = (room: string): string => `gridcast.call.${room}`;

/** The tab is about to go to the room of a call. */
export function beginCallVisit(room: string, visit: CallVisit): void {
  remember('session', keyOf(room), JSON.stringify(visit));
}

/** The call for which this tab is in a room; undefined for every other room. */
export function callVisitOf(room: string): CallVisit | undefined {
  const kept = recall('session', keyOf(room));
  if (kept === '') return undefined;
  try {
    const { call, name, camera } = JSON.parse(kept) as Partial<CallVisit>;
    return typeof call === 'string' && typeof name === 'string' ? { call, name, camera: camera === true } : undefined;
  } catch {
    return undefined;
  }
}

/** Why a tab has left the room of a call: by itself, because it was over (before it came: `gone`), or because somebody sent it away. */
export type CallEnd = 'left' | 'ended' | 'removed' | 'gone';

/** A call that this tab has left a moment ago. */
export interface CallLeft {
  readonly call: string;
  readonly end: CallEnd;
}

/** The tab leaves the room: the call is to be hung up. */
export function endCallVisit(room: string, { call }: CallVisit, end: CallEnd): void {
  remember('session', keyOf(room), '');
  remember('session', LEFT_KEY, JSON.stringify({ call, end } satisfies CallLeft));
}

/** Told once. */
export function takeCallLeft(): CallLeft | undefined {
  const kept = recall('session', LEFT_KEY);
  remember('session', LEFT_KEY, '');
  if (kept === '') return undefined;
  try {
    const { call, end } = JSON.parse(kept) as Partial<CallLeft>;
    if (typeof call !== 'string') return undefined;
    return { call, end: end === 'ended' || end === 'removed' || end === 'gone' ? end : 'left' };
  } catch {
    return undefined;
  }
}
