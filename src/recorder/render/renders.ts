/** Renders of all recordings, from the request to the finished file. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BadRequestError, ConflictError, LimitError, NotFoundError, UnavailableError } from '../../errors.ts';
import { removeFolder } from '../../util/remove-folder.ts';
import type { ArchiveTimeline } from '../archive/archive-timeline-file.ts';
import type { Unattended } from '../jobs/unattended.ts';
import { openRender, type RenderBytes } from './render-file.ts';
import { recordingRenders, renderFolder } from './render-files.ts';
import { RenderOutbox, type RenderOutboxOptions } from './render-outbox.ts';
import { type RenderFormat, type RenderOrder, type RenderRequest, RENDER_TYPES } from './render-request.ts';
import type { RenderState, StoredRender } from './render-store.ts';
import { takeInUnlisted } from './unlisted-renders.ts';

/** What a server makes at most. */
export interface RenderLimits {
  /** Renders of one recording, finished ones too. */
  readonly maxPerRecording: number;
  /** Renders that wait or are being made, of all recordings. */
  readonly maxQueued: number;
  /** Seconds of one render. */
  readonly maxSeconds: number;
}

/** Options of `Renders`. */
export interface RendersOptions extends RenderOutboxOptions {
  /** The timeline of a finished recording. Rejects with NotFoundError or ConflictError, by the same codes as its files. */
  readonly timeline: (recording: string) => Promise<ArchiveTimeline>;
  /** Whether there is such a recording. */
  readonly exists: (recording: string) => Promise<boolean>;
  /** Whether there was one, and somebody removed it. */
  readonly wasRemoved: (recording: string) => Promise<boolean>;
  readonly limits: RenderLimits;
  /** The key that a recording's files are encrypted with; default: none has one. */
  readonly keyOf?: (recording: string) => Promise<Uint8Array | undefined>;
}

/** One render as shown. */
export interface RenderView {
  readonly id: string;
  readonly recording: string;
  readonly state: RenderState;
  /** 0–1. */
  readonly progress: number;
  readonly format: RenderFormat;
  readonly layout: RenderOrder['layout'];
  /** Seconds of the recording. */
  readonly from: number;
  readonly to: number;
  readonly without: readonly string[];
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Why it failed, with the remedy. */
  readonly error?: string;
  /** Bytes, hash and seconds of the file once ready. */
  readonly size?: number;
  readonly sha256?: string;
  readonly duration?: number;
}

/** The file of a finished render. */
export interface RenderFile extends RenderBytes {
  readonly contentType: string;
  /** Strong validator, without quotes. */
  readonly etag: string;
  readonly render: RenderView;
}

/** A request may round the recording's end up, seconds. */
const END_SLACK = 0.5;

/** `open` once the database is there; `close` after the last request. */
export class Renders {
  readonly #options: RendersOptions;
  readonly #outbox: RenderOutbox;
  #adding: Promise<unknown> = Promise.resolve();

  private constructor(options: RendersOptions) {
    this.#options = options;
    this.#outbox = new RenderOutbox(options);
  }

  /** Lists finished renders again that it does not know, deletes what belongs to nobody, and looks after what was ordered before. */
  static async open(options: RendersOptions): Promise<Renders> {
    const renders = new Renders(options);
    await takeInUnlisted(options);
    renders.#outbox.kick();
    return renders;
  }

  /**
   * Orders a render.
   * @throws NotFoundError, ConflictError as the recording's files; BadRequestError `render_empty`, `render_too_long`,
   *   `unknown_person`; ConflictError `too_many_renders`; LimitError `renders_busy`.
   */
  create(recording: string, request: RenderRequest): Promise<RenderView> {
    // One after the other: what counts must not change between counting and adding.
    const added = this.#adding.then(() => this.#create(recording, request));
    this.#adding = added.catch(() => {});
    return added;
  }

  /** Renders of a recording, newest first. */
  async list(recording: string): Promise<readonly RenderView[]> {
    return (await this.#options.store.list(recording)).map(viewOf);
  }

  /** @throws NotFoundError `render_not_found`. */
  async find(recording: string, id: string): Promise<RenderView> {
    return viewOf(await this.#find(recording, id));
  }

  /** @throws NotFoundError `render_not_found`, `file_missing`; ConflictError `not_ready`; UnavailableError `file_damaged`, `key_missing`. */
  async file(recording: string, id: string): Promise<RenderFile> {
    const stored = await this.#find(recording, id);
    const { file, state } = stored;
    if (!file) throw new ConflictError('not_ready', `The render is ${state}; its file exists once it is ready.`);
    const path = join(renderFolder(this.#options.dataDir, { recording, render: id }), file.name);
    const bytes = await openRender(path, async () => this.#options.keyOf?.(recording));
    if (bytes.size !== file.size) {
      throw new UnavailableError('file_damaged', 'This file is damaged; order the render again.');
    }
    const contentType = RENDER_TYPES[stored.order.format];
    return { ...bytes, contentType, etag: file.sha256, render: viewOf(stored) };
  }

  /** Deletes it; one that is being made is given up. @throws NotFoundError `render_not_found`. */
  async remove(recording: string, id: string): Promise<void> {
    await this.#find(recording, id);
    await this.#outbox.forget({ recording, render: id });
  }

  /** A recording is deleted: its renders go, and what is being made of it is given up. */
  async removeRecording(recording: string): Promise<void> {
    for (const { id } of await this.#options.store.list(recording))
      await this.#outbox.forget({ recording, render: id });
    await removeFolder(recordingRenders(this.#options.dataDir, recording));
  }

  /** As `RenderQueue.unattended`. */
  unattended(): Promise<Unattended | undefined> {
    return this.#options.queue.unattended();
  }

  /** Stops looking; what waits goes on at the next start. */
  async close(): Promise<void> {
    await this.#adding;
    await this.#outbox.close();
  }

  async #create(recording: string, request: RenderRequest): Promise<RenderView> {
    const { store, limits, clock, timeline, log } = this.#options;
    const order = orderOf(request, await timeline(recording), limits.maxSeconds);
    const { pending, ofRecording } = await store.counts(recording);
    if (ofRecording >= limits.maxPerRecording) {
      throw new ConflictError(
        'too_many_renders',
        `A recording has ${limits.maxPerRecording} renders at most; delete one first.`,
      );
    }
    if (pending >= limits.maxQueued) {
      throw new LimitError('renders_busy', `${limits.maxQueued} renders wait already; try again when one is done.`);
    }
    const render: StoredRender = {
      // The first letter keeps the id from being a number, which the queue refuses.
      id: `v${randomBytes(12).toString('base64url')}`,
      recording,
      state: 'waiting',
      order,
      createdAt: new Date(clock.wallMs()),
      progress: 0,
    };
    await store.insert(render);
    log.info('a render was ordered', { recording, render: render.id, format: order.format });
    this.#outbox.kick();
    return viewOf(render);
  }

  async #find(recording: string, id: string): Promise<StoredRender> {
    const render = await this.#options.store.find(id);
    if (render?.recording === recording) return render;
    throw new NotFoundError(
      'render_not_found',
      'There is no such render of this recording; see the list of its renders.',
    );
  }
}

/** The request against what was recorded. @throws BadRequestError. */
export function orderOf(request: RenderRequest, timeline: ArchiveTimeline, maxSeconds: number): RenderOrder {
  const { duration } = timeline;
  const { from, width = timeline.width, height = timeline.height } = request;
  if (from >= duration || (request.to ?? duration) > duration + END_SLACK) {
    throw new BadRequestError('render_empty', `The recording lasts ${duration} seconds; "from" and "to" lie within.`);
  }
  const to = Math.min(request.to ?? duration, duration);
  if (to - from > maxSeconds) {
    throw new BadRequestError('render_too_long', `A render lasts ${maxSeconds} seconds at most; take a shorter range.`);
  }
  const known = new Set(timeline.people.map(({ id }) => id));
  const stranger = request.without.find((id) => !known.has(id));
  if (stranger !== undefined) {
    throw new BadRequestError('unknown_person', `Nobody in this recording has the id "${stranger}"; see its timeline.`);
  }
  return { ...request, to, width, height };
}

function viewOf({ id, recording, state, progress, order, createdAt, error, file }: StoredRender): RenderView {
  const { format, layout, from, to, without, width, height } = order;
  return {
    ...{ id, recording, state, progress, format, layout, from, to, without, width, height },
    createdAt: createdAt.toISOString(),
    ...(state === 'failed' && error !== undefined ? { error } : {}),
    ...(file ? { size: file.size, sha256: file.sha256, duration: file.duration } : {}),
  };
}
