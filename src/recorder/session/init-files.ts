/** The init segments that a recording needs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchivePlan } from '../archive/archive-plan.ts';
import { type InitInfo, readInitInfo } from './init-info.ts';
import { initFile } from './session-index.ts';

/** One, with what it says. */
export interface LoadedInit {
  readonly data: Uint8Array;
  readonly info: InitInfo;
}

/** By generation, in the order of their use. @throws MediaFormatError for one that is malformed; Error when it is missing. */
export async function loadInits(folder: string, plan: ArchivePlan): Promise<Map<number, LoadedInit>> {
  const generations = new Set(plan.pieces.flatMap((piece) => piece.parts.map((part) => part.init)));
  const inits = new Map<number, LoadedInit>();
  for (const generation of generations) {
    const data = await readFile(join(folder, initFile(generation)));
    inits.set(generation, { data, info: readInitInfo(data) });
  }
  return inits;
}
