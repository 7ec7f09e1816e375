/** One isolated track as a file of its own, on the timeline of a recording. */
import { type FileHandle, open, rm } from 'node:fs/promises';
import { matroskaFrame, matroskaHeader } from '../../media/matroska-writer.ts';
import { type IsolatedTrack, readIsolatedPackets } from './isolated-tracks.ts';
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';
import { type PlacedPacket, TimelinePlacer } from './timeline-placer.ts';

/** What is exported, and where to. */
export interface IsolatedExport {
  /** The session's. */
  readonly folder: string;
  readonly track: IsolatedTrack;
  readonly timeline: RecordingTimeline;
  /** A Matroska file; written over when it is there. */
  readonly output: string;
  /** By how much later than it was captured everything is placed, milliseconds: as late as in the program; default not at all. */
  readonly delayMs?: number;
  /** Aborted: the export rejects with its reason and leaves no file. */
  readonly signal?: AbortSignal;
}

/** What the file holds: seconds of the recording. */
export interface ExportedTrack {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly packets: number;
}

const GATHER_BYTES = 256 * 1024;

/**
 * Writes one track as a Matroska file whose time 0 is the recording's beginning: pauses are cut out, the first packet stands at
 * its true offset, gaps stay gaps. Times are microseconds. When a piece of the recording begins between two key frames, the
 * pictures since the one before pass in its first moment. FFmpeg lets every input begin at 0, unless it is told `-copyts`, or
 * `-itsoffset` with `fromSeconds`. Undefined, and no file, when nothing of the track lies in the recording.
 */
export async function exportIsolatedTrack(options: IsolatedExport): Promise<ExportedTrack | undefined> {
  const { delayMs = 0, folder, output, signal, timeline, track } = options;
  await rm(output, { force: true });
  const placer = new TimelinePlacer(timeline);
  let file: OutputFile | undefined;
  try {
    for await (const captured of readIsolatedPackets(folder, track.id)) {
      signal?.throwIfAborted();
      const packet = { ...captured, ms: captured.ms + delayMs };
      if (placer.isOver(packet.ms)) break;
      for (const placed of placer.place(packet)) {
        file ??= await OutputFile.create(output, placed);
        await file.write(placed);
      }
    }
    await file?.flush();
    await file?.close();
    return file?.exported;
  } catch (error) {
    await file?.close().catch(() => {});
    await rm(output, { force: true });
    throw error;
  }
}

class OutputFile {
  readonly #file: FileHandle;
  readonly #fromUs: number;
  #endUs = 0;
  #packets = 0;
  #gathered: Uint8Array[];
  #bytes = 0;

  private constructor(file: FileHandle, { us, packet }: PlacedPacket) {
    this.#file = file;
    this.#fromUs = us;
    this.#gathered = [matroskaHeader(packet.config)];
  }

  /** @param first its configuration is that of the file */
  static async create(path: string, first: PlacedPacket): Promise<OutputFile> {
    return new OutputFile(await open(path, 'w'), first);
  }

  get exported(): ExportedTrack {
    return { fromSeconds: this.#fromUs / 1e6, toSeconds: this.#endUs / 1e6, packets: this.#packets };
  }

  async write({ us, endUs, packet }: PlacedPacket): Promise<void> {
    const frame = matroskaFrame({ data: packet.data, timestampUs: us, keyframe: packet.keyframe });
    this.#gathered.push(frame);
    this.#bytes += frame.byteLength;
    this.#packets += 1;
    this.#endUs = Math.max(this.#endUs, endUs);
    if (this.#bytes >= GATHER_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.concat(this.#gathered);
    this.#gathered = [];
    this.#bytes = 0;
    await this.#file.writeFile(bytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
