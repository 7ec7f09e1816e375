/** Writes down what becomes of recordings, and who wanted it so. */
import type { RecordingControl } from '../api/ports.ts';
import type { EventDraft, EventPerson, EventSink } from '../events/event.ts';
import type { RecordingStore } from '../recorder/recordings/recording-store.ts';
import type { Recording, RecordingState } from '../recorder/recordings/recording-view.ts';

/** Options of a journal. */
export interface RecordingJournalOptions {
  readonly store: RecordingStore;
  /** Asked only once they are there. */
  readonly recordings: () => Omit<RecordingControl, 'start' | 'ownerOf'> & {
    start(roomId: string): ReturnType<RecordingControl['start']>;
  };
  readonly events: EventSink;
}

/** The recordings as the API has them: whoever asks for something is named with what comes of it. */
export class RecordingJournal implements RecordingControl {
  readonly #options: RecordingJournalOptions;
  /** Room of a recording that is to begin, or recording, to who has just asked for something. */
  readonly #asking = new Map<string, EventPerson>();

  constructor(options: RecordingJournalOptions) {
    this.#options = options;
    const { store, events } = options;
    store.events.on('stored', ({ recording, from }) => {
      for (const draft of drafts(recording, from)) events.record(this.#signed(draft, recording, from.length === 0));
    });
    store.events.on('renamed', ({ recording, before }) =>
      events.record(
        this.#signed({ type: 'recording.renamed', data: { title: recording.title, before } }, recording, false),
      ),
    );
    store.events.on('trashed', (recording) =>
      events.record(this.#signed({ type: 'recording.trashed', data: { title: recording.title } }, recording, false)),
    );
    store.events.on('restored', (recording) =>
      events.record(this.#signed({ type: 'recording.restored', data: { title: recording.title } }, recording, false)),
    );
    store.events.on('removed', (recording) =>
      events.record(this.#signed({ type: 'recording.deleted', data: { title: recording.title } }, recording, false)),
    );
  }

  start(roomId: string, by?: EventPerson): ReturnType<RecordingControl['start']> {
    return this.#as(by, roomId, () => this.#options.recordings().start(roomId));
  }

  pause(id: string, by?: EventPerson): ReturnType<RecordingControl['pause']> {
    return this.#as(by, id, () => this.#options.recordings().pause(id));
  }

  resume(id: string, by?: EventPerson): ReturnType<RecordingControl['resume']> {
    return this.#as(by, id, () => this.#options.recordings().resume(id));
  }

  stop(id: string, by?: EventPerson): ReturnType<RecordingControl['stop']> {
    return this.#as(by, id, () => this.#options.recordings().stop(id));
  }

  retry(id: string, by?: EventPerson): ReturnType<RecordingControl['retry']> {
    return this.#as(by, id, () => this.#options.recordings().retry(id));
  }

  rename(id: string, title: string, by?: EventPerson): ReturnType<RecordingControl['rename']> {
    return this.#as(by, id, () => this.#options.recordings().rename(id, title));
  }

  remove(id: string, by?: EventPerson): Promise<void> {
    return this.#as(by, id, () => this.#options.recordings().remove(id));
  }

  trash(id: string, by?: EventPerson): ReturnType<RecordingControl['trash']> {
    return this.#as(by, id, () => this.#options.recordings().trash(id));
  }

  restore(id: string, by?: EventPerson): ReturnType<RecordingControl['restore']> {
    return this.#as(by, id, () => this.#options.recordings().restore(id));
  }

  removeTrashed(id: string, by?: EventPerson): Promise<void> {
    return this.#as(by, id, () => this.#options.recordings().removeTrashed(id));
  }

  findTrashed(id: string): ReturnType<RecordingControl['findTrashed']> {
    return this.#options.recordings().findTrashed(id);
  }

  listTrash(page: Parameters<RecordingControl['listTrash']>[0]): ReturnType<RecordingControl['listTrash']> {
    return this.#options.recordings().listTrash(page);
  }

  find(id: string): ReturnType<RecordingControl['find']> {
    return this.#options.recordings().find(id);
  }

  list(filter: Parameters<RecordingControl['list']>[0]): ReturnType<RecordingControl['list']> {
    return this.#options.recordings().list(filter);
  }

  async ownerOf(id: string): Promise<string | undefined> {
    return (await this.#options.store.shown(id))?.owner;
  }

  file(id: string, name: string): ReturnType<RecordingControl['file']> {
    return this.#options.recordings().file(id, name);
  }

  async #as<T>(by: EventPerson | undefined, key: string, work: () => Promise<T>): Promise<T> {
    if (by) this.#asking.set(key, by);
    try {
      return await work();
    } finally {
      if (this.#asking.get(key) === by) this.#asking.delete(key);
    }
  }

  #signed(draft: EventDraft, { id, room, stopReason }: Recording, isNew: boolean): EventDraft {
    const by = this.#asking.get(isNew ? room : id);
    // It may have been ended by something else in the very moment that somebody wanted to.
    const byRule = draft.type === 'recording.stopped' && stopReason !== 'asked';
    return { ...draft, room, ...(by && !byRule && { actor: by }), data: { recording: id, ...draft.data } };
  }
}

function drafts(recording: Recording, from: readonly RecordingState[]): EventDraft[] {
  const { state, title, session, stopReason, error, film } = recording;
  if (from.length === 0) return [{ type: 'recording.started', data: { title, session } }];
  const failed: EventDraft = { type: 'recording.failed', data: { error: error ?? '' } };
  if (from.includes('recording')) {
    const stopped: EventDraft = { type: 'recording.stopped', data: { reason: stopReason ?? 'asked' } };
    if (state === 'paused') return [{ type: 'recording.paused' }];
    if (state === 'recording') return [{ type: 'recording.resumed' }];
    // Nothing was kept that an archive could be made of.
    return state === 'failed' ? [stopped, failed] : [stopped];
  }
  if (state === 'failed') return [failed];
  if (state === 'ready') return [{ type: 'recording.ready', ...(film && { data: { ...film } }) }];
  return [{ type: 'recording.retried' }];
}
