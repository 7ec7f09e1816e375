/** The roster as the mixer sees it: one tile for each picture, and one for everybody without. */
import type { Candidate } from '../../src/layout/layout.ts';
import type { RosterEntry } from '../../src/protocol/messages.ts';

/** One tile that could be shown. */
export interface TileRow extends Candidate {
  /** What a layout's lists should call it: the participant, who stays when a camera goes, unless they have several tiles. */
  readonly handle: string;
  readonly name: string;
  readonly host: boolean;
  /** A host silenced them, or every microphone of theirs is switched off. */
  readonly muted: boolean;
  readonly connected: boolean;
  /** Their hand is up, and they are there to be called. */
  readonly hand: boolean;
}

/** In the order of the roster. */
export function tileRows(roster: readonly RosterEntry[]): readonly TileRow[] {
  return roster.flatMap((person): TileRow[] => {
    const pictures = person.tracks.filter(({ kind }) => kind === 'video');
    const about = {
      participant: person.id,
      name: person.name,
      host: person.role === 'host',
      muted: isMuted(person),
      connected: person.connected,
      hand: person.hand !== undefined && person.connected,
    };
    if (pictures.length === 0) return [{ ...about, key: person.id, handle: person.id, source: 'none' }];
    return pictures.map(({ track, source, since }) => {
      const key = `${person.id}/${track}`;
      return {
        ...about,
        key,
        handle: pictures.length > 1 ? key : person.id,
        source: source === 'mic' ? 'camera' : source,
        ...(since !== undefined && { since }),
      };
    });
  });
}

/** Whether nobody can hear them: silenced by a host, or with every microphone switched off. */
export function isMuted({ muted, tracks }: RosterEntry): boolean {
  const microphones = tracks.filter(({ kind, source }) => kind === 'audio' && source === 'mic');
  return muted || (microphones.length > 0 && microphones.every(({ state }) => state === 'muted'));
}
