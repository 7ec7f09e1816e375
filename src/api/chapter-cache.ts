/** The chapters of recordings that are shown by links, read from their timelines once. */
import type { Readable } from 'node:stream';
import type { ArchiveFile } from './ports.ts';
import { type Chapters, chaptersOf } from './shared-files.ts';

/** A longer timeline is not read for its chapters. */
const MAX_TIMELINE_BYTES = 16 * 1024 * 1024;
/** The one that was read longest ago makes room. */
const MAX_RECORDINGS = 100;

/** Timelines are long, and whoever has a link asks as often as they like. */
export class ChapterCache {
  /** By the hash of the timeline. */
  readonly #known = new Map<string, Promise<Chapters>>();

  /** None when the timeline is not understood, or too long. Rejects when it cannot be read. */
  async of(timeline: ArchiveFile): Promise<Chapters> {
    if (timeline.size > MAX_TIMELINE_BYTES) return { chapters: [] };
    const known = this.#known.get(timeline.etag) ?? this.#read(timeline);
    this.#known.delete(timeline.etag);
    this.#known.set(timeline.etag, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_RECORDINGS && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  #read(timeline: ArchiveFile): Promise<Chapters> {
    const reading = timeline.read().then(async (stream) => chaptersOf(await textOf(stream)));
    reading.catch(() => this.#known.delete(timeline.etag));
    return reading;
  }
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
