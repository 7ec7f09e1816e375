import { expect, onTestFinished, test } from 'vitest';
import { Database } from '../../../src/database/database.ts';
import type { EventDraft, EventPerson } from '../../../src/events/event.ts';
import { nullLogger } from '../../../src/logger.ts';
import { RecordingStore } from '../../../src/recorder/recordings/recording-store.ts';
import { recordingMigrations } from '../../../src/recorder/recordings/recording-tables.ts';
import type { RecordingChange } from '../../../src/recorder/recordings/recording-row.ts';
import type { Recording, RecordingState } from '../../../src/recorder/recordings/recording-view.ts';
import { RecordingJournal } from '../../../src/server/recording-journal.ts';

const ANN: EventPerson = { id: 'ann', name: 'Ann', role: 'host' };
const NEW: Recording = {
  id: 'r1',
  room: 'hall',
  title: 'Tides',
  session: 's1',
  state: 'recording',
  startedAt: new Date(0),
  ranges: [],
  framerate: 30,
};

/** A journal over recordings that do nothing but store what they are asked for. */
async function open() {
  const database = await Database.open({ path: ':memory:', migrations: recordingMigrations, log: nullLogger });
  onTestFinished(() => database.close());
  const store = new RecordingStore(database);
  const told: EventDraft[] = [];
  const change = (from: RecordingState[], to: RecordingChange) => async (id: string) => {
    await store.change(id, from, to);
    return NEW as never;
  };
  const journal = new RecordingJournal({
    store,
    events: { record: (draft) => void told.push(draft) },
    recordings: () => ({
      start: async () => {
        await store.insert(NEW);
        return NEW as never;
      },
      pause: change(['recording', 'paused'], { state: 'paused' }),
      resume: change(['recording', 'paused'], { state: 'recording' }),
      stop: change(['recording', 'paused'], { state: 'archiving', stopReason: 'asked' }),
      retry: change(['failed'], { state: 'archiving' }),
      rename: async (id, title) => {
        await store.rename(id, title);
        return NEW as never;
      },
      remove: (id) => store.remove(id, new Date()),
      trash: async (id) => {
        await store.trash.putIn(id, new Date());
        return NEW as never;
      },
      restore: async (id) => {
        await store.trash.takeOut(id);
        return NEW as never;
      },
      removeTrashed: (id) => store.remove(id, new Date()),
      findTrashed: async () => undefined,
      listTrash: async () => ({ items: [] }),
      find: async () => undefined,
      list: async () => ({ items: [] }),
      file: () => Promise.reject(new Error('There is none.')),
    }),
  });
  return { journal, store, told };
}

test('whoever asks for something is named with what comes of it, and nobody with what comes by itself', async () => {
  const { journal, store, told } = await open();
  await journal.start('hall', ANN);
  await journal.pause('r1', ANN);
  await journal.resume('r1', ANN);
  await journal.stop('r1', ANN);
  await store.change('r1', ['archiving'], { progress: 0.5 });
  await store.change('r1', ['archiving'], { state: 'failed', error: 'No space.' });
  await journal.retry('r1', ANN);
  await store.change('r1', ['archiving'], { state: 'ready', film: { duration: 3, size: 9, sha256: 'ab' } });
  await journal.rename('r1', 'Ebb', ANN);
  await journal.rename('r1', 'Ebb', ANN);
  await journal.trash('r1', ANN);
  await journal.restore('r1', ANN);
  await journal.restore('r1', ANN);
  await journal.trash('r1', ANN);
  expect(await journal.ownerOf('r1')).toBeUndefined();
  await journal.removeTrashed('r1', ANN);
  expect(told.map(({ type, actor }) => [type, actor?.id])).toEqual([
    ['recording.started', 'ann'],
    ['recording.paused', 'ann'],
    ['recording.resumed', 'ann'],
    ['recording.stopped', 'ann'],
    ['recording.failed', undefined],
    ['recording.retried', 'ann'],
    ['recording.ready', undefined],
    ['recording.renamed', 'ann'],
    ['recording.trashed', 'ann'],
    ['recording.restored', 'ann'],
    ['recording.trashed', 'ann'],
    ['recording.deleted', 'ann'],
  ]);
  expect(told.every(({ room, data }) => room === 'hall' && data?.['recording'] === 'r1')).toBe(true);
  expect(told[4]?.data).toMatchObject({ error: 'No space.' });
  expect(told[6]?.data).toMatchObject({ duration: 3, size: 9, sha256: 'ab' });
  expect(told[7]?.data).toEqual({ recording: 'r1', title: 'Ebb', before: 'Tides' });
  expect(told[8]?.data).toMatchObject({ title: 'Ebb' });
});

test('what a rule ends is told with its reason and without a name, and what kept nothing has failed, too', async () => {
  const { store, told } = await open();
  await store.insert(NEW);
  await store.change('r1', ['recording', 'paused'], {
    state: 'failed',
    stopReason: 'session_ended',
    error: 'Nothing.',
  });
  expect(told.slice(1)).toEqual([
    { type: 'recording.stopped', room: 'hall', data: { recording: 'r1', reason: 'session_ended' } },
    { type: 'recording.failed', room: 'hall', data: { recording: 'r1', error: 'Nothing.' } },
  ]);
});
