import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEmptySince } from '../../../../src/recorder/session/last-presence.ts';
import { MAX_FILE_BYTES } from '../../../../src/recorder/session/line-file.ts';
import { EVENTS_FILE, formatEvent, type SessionEvent } from '../../../../src/recorder/session/session-events.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const joined = (ms: number, participant: string): SessionEvent => ({
  type: 'joined',
  ms,
  participant,
  name: participant,
  role: 'participant',
});
const left = (ms: number, participant: string): SessionEvent => ({ type: 'left', ms, participant });
const connected = (ms: number, participant: string, there: boolean): SessionEvent => ({
  type: 'connection',
  ms,
  participant,
  connected: there,
});

async function emptySince(...events: SessionEvent[]): Promise<number | undefined> {
  const folder = await tempDir();
  await writeFile(join(folder, EVENTS_FILE), events.map(formatEvent).join(''));
  return readEmptySince(folder);
}

describe('since when nobody was in a session', () => {
  it('is when the last one left, or was cut off', async () => {
    expect(await emptySince(joined(0, 'a'), joined(5, 'b'), left(10, 'b'), left(20, 'a'))).toBe(20);
    expect(await emptySince(joined(0, 'a'), joined(5, 'b'), connected(10, 'a', false), left(20, 'b'))).toBe(20);
    expect(await emptySince(joined(0, 'a'), connected(10, 'a', false), left(45, 'a'))).toBe(10);
    expect(await emptySince(joined(0, 'a'), left(10, 'a'), joined(20, 'b'), left(30, 'b'))).toBe(30);
  });

  it('is not known while somebody is there, or may be', async () => {
    expect(await emptySince()).toBeUndefined();
    expect(await emptySince(left(10, 'a'))).toBeUndefined();
    expect(await emptySince(joined(0, 'a'), joined(5, 'b'), left(10, 'b'))).toBeUndefined();
    expect(await emptySince(joined(0, 'a'), connected(10, 'a', false), connected(20, 'a', true))).toBeUndefined();
    // That they came was lost, as on a full disk; what they did was not.
    const added = { type: 'track-added', ms: 15, participant: 'b', track: 0, kind: 'audio', source: 'mic' } as const;
    expect(await emptySince(joined(0, 'a'), left(10, 'a'), added)).toBeUndefined();
    const folder = await tempDir();
    expect(await readEmptySince(folder)).toBeUndefined();
    await mkdir(join(folder, EVENTS_FILE));
    expect(await readEmptySince(folder)).toBeUndefined();
  });

  it('is not taken from what the program says later, and is when somebody marked a moment', async () => {
    const gone = [joined(0, 'a'), left(10, 'a')] as const;
    expect(await emptySince(...gone, { type: 'speaking', ms: 12, participants: ['a'], speaker: 'a' })).toBe(10);
    expect(await emptySince(...gone, { type: 'marker', ms: 14, label: 'The end' })).toBe(14);
    expect(await emptySince(...gone, { type: 'chat', ms: 14, id: 'c', participant: 'v', name: 'V', text: 'Bye' })).toBe(
      10,
    );
  });

  it('begins anew with a session that went on after a crash', async () => {
    const crash = [
      { type: 'program', ms: 20, state: 'interrupted' },
      { type: 'program', ms: 30, state: 'resumed' },
    ] as const;
    expect(await emptySince(joined(0, 'a'), left(10, 'a'), ...crash)).toBeUndefined();
    expect(await emptySince(joined(0, 'a'), ...crash, joined(30, 'b'), left(40, 'b'))).toBe(40);
    expect(await emptySince(joined(0, 'a'), ...crash, joined(30, 'b'))).toBeUndefined();
  });

  it('is not known when the file may have been too full for who came last', async () => {
    const folder = await tempDir();
    const path = join(folder, EVENTS_FILE);
    await writeFile(path, [joined(0, 'a'), left(10, 'a')].map(formatEvent).join(''));
    await truncate(path, MAX_FILE_BYTES - 1000);
    expect(await readEmptySince(folder)).toBeUndefined();
  });
});
