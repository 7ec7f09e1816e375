import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Database } from '../../../../src/database/database.ts';
import { nullLogger } from '../../../../src/logger.ts';
import type { LiveSession } from '../../../../src/recorder/session/live-session.ts';
import { MarkerStore, markerMigrations } from '../../../../src/recorder/recordings/marker-store.ts';
import { MAX_MARKERS, RecordingMarkers, secondsAt } from '../../../../src/recorder/recordings/recording-markers.ts';
import { RecordingStore } from '../../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../../src/recorder/recordings/recording-tables.ts';
import type { Recording } from '../../../../src/recorder/recordings/recording-view.ts';
import { tempDir } from '../../../helpers/temp-dir.ts';

const RECORDING: Recording = {
  id: 'r1',
  room: 'demo',
  title: 'Demo',
  session: 's1',
  state: 'recording',
  startedAt: new Date('2026-01-01T00:00:00Z'),
  ranges: [{ from: 300, to: null }],
  framerate: 30,
};

async function stage() {
  const path = join(await tempDir(), 'db.sqlite');
  const migrations = [...recordingMigrations, ...markerMigrations];
  const database = await Database.open({ path, migrations, log: nullLogger });
  onTestFinished(() => database.close());
  const recordings = new RecordingStore(database);
  await recordings.insert(RECORDING);
  const now = { frame: 390, session: 's1', told: false };
  const told: string[] = [];
  const store = new MarkerStore(database);
  const markers = new RecordingMarkers({
    markers: store,
    recordings,
    sessions: { find: () => ({ id: now.session, currentFrame: () => now.frame }) as unknown as LiveSession },
    isTold: () => now.told,
    tell: (room, label, recording) => told.push(`${room} ${recording} ${label}`),
  });
  return { markers, recordings, store, now, told };
}

describe('markers of a recording', () => {
  it('stand at the second of the recording, and are told to viewers', async () => {
    const { markers, now, told } = await stage();
    expect(await markers.add('r1', 'Questions')).toEqual({ at: 3, label: 'Questions' });
    now.frame = 405;
    expect(await markers.add('r1', 'Answers')).toEqual({ at: 3.5, label: 'Answers' });
    expect(await markers.of('r1')).toEqual([
      { at: 3, label: 'Questions' },
      { at: 3.5, label: 'Answers' },
    ]);
    expect(told).toEqual(['demo r1 Questions', 'demo r1 Answers']);
  });

  it('are at most so many, however many come at once', async () => {
    const { markers, store } = await stage();
    await Promise.all(Array.from({ length: MAX_MARKERS - 1 }, (_, frame) => store.insert('r1', { frame, label: 'x' })));
    const results = await Promise.allSettled([markers.add('r1', 'the last'), markers.add('r1', 'one too many')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { code: 'too_many_markers', status: 429 } });
    expect(await markers.of('r1')).toHaveLength(MAX_MARKERS);
  });

  it('go with their recording', async () => {
    const { markers, recordings, store } = await stage();
    await markers.add('r1', 'Questions');
    await recordings.remove('r1', new Date());
    expect(await store.count('r1')).toBe(0);
    expect(await markers.of('r1')).toEqual([]);
  });

  it('are refused while it pauses, after its end, and for one that never was', async () => {
    const { markers, recordings, now } = await stage();
    await expect(markers.add('r2', 'x')).rejects.toMatchObject({ code: 'recording_not_found' });
    now.session = 'another';
    await expect(markers.add('r1', 'x')).rejects.toMatchObject({ code: 'not_recording' });
    now.session = 's1';
    await recordings.change('r1', ['recording'], { state: 'paused' });
    await expect(markers.add('r1', 'x')).rejects.toMatchObject({ code: 'paused' });
    await recordings.change('r1', ['paused'], { state: 'archiving' });
    await expect(markers.add('r1', 'x')).rejects.toMatchObject({ code: 'not_recording' });
  });

  it('of a room are those of the recording that runs in it', async () => {
    const { markers, recordings, now, told } = await stage();
    expect(await markers.keepInRoom('demo', 'Questions')).toBe('r1');
    expect(await markers.keepInRoom('empty', 'Nobody')).toBeUndefined();
    expect((await markers.of('r1')).map(({ label }) => label)).toEqual(['Questions']);
    expect(told).toEqual([]);
    await recordings.change('r1', ['recording'], { state: 'paused' });
    expect(await markers.keepInRoom('demo', 'Break')).toBeUndefined();
    now.told = true;
    await expect(markers.keepInRoom('empty', 'Too early')).rejects.toMatchObject({ code: 'recording_begins' });
  });
});

describe('secondsAt', () => {
  it('leaves pauses out, and what was never kept', () => {
    const ranges = [
      { from: 30, to: 60 },
      { from: 120, to: null },
    ];
    expect([0, 45, 60, 90, 120, 135].map((frame) => secondsAt(ranges, 30, frame))).toEqual([0, 0.5, 1, 1, 1, 1.5]);
    expect(secondsAt([{ from: 0, to: 30 }], 30, 300)).toBe(1);
  });
});
