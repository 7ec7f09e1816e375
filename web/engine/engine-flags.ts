/** What the page's address may demand of the engine, so that every way can be tried in one browser. */

/** `stream`: read here, handed over as a stream; `track`: read by the engine; `element`: what a hidden video shows. */
export type CapturePath = 'stream' | 'track' | 'element';

/** Absent: the best this browser has. */
export interface EngineFlags {
  readonly capture?: CapturePath;
  readonly codec?: 'h264' | 'vp8';
  /** Media on the page's own thread. */
  readonly host?: 'page';
}

const CAPTURES: ReadonlyMap<string, CapturePath> = new Map([
  ['mstp', 'stream'],
  ['worker', 'track'],
  ['rvfc', 'element'],
]);

/** @param search of the address: `capture` mstp, worker or rvfc; `codec` h264 or vp8; `engine` page. The rest is ignored. */
export function engineFlags(search: string): EngineFlags {
  const given = new URLSearchParams(search);
  const capture = CAPTURES.get(given.get('capture') ?? '');
  const codec = given.get('codec');
  return {
    ...(capture ? { capture } : {}),
    ...(codec === 'h264' || codec === 'vp8' ? { codec } : {}),
    ...(given.get('engine') === 'page' ? { host: 'page' } : {}),
  };
}
