/** One person's own sound as an Ogg file whose time is that of the recording; nothing is encoded. */
import { open } from 'node:fs/promises';
import { opusDurationUs } from '../../ingest/webm/opus-duration.ts';
import { OggOpusWriter } from '../../media/ogg-opus-writer.ts';
import type { IsolatedPacket } from './isolated-tracks.ts';
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';

/** What to write. */
export interface OpusTrack {
  readonly packets: AsyncIterable<IsolatedPacket>;
  readonly timeline: RecordingTimeline;
  readonly title: string;
  readonly serial: number;
  readonly output: string;
  readonly signal: AbortSignal;
}

/** What is in the file, in seconds of the recording. */
export interface WrittenTrack {
  readonly from: number;
  readonly to: number;
  readonly packets: number;
}

const RATE = 48_000;
/** Samples a packet may be off its time before silence is put in, or it is left out: capture times are not that exact. */
const SLACK = 0.02 * RATE;
/** Bytes that are collected before they are written. */
const WRITE_BYTES = 256 * 1024;
/** One packet of one stream: two seconds in one is no sound of ours. */
const MAX_PACKET_BYTES = 60_000;

/**
 * Writes packets at their times, with silence before the first and wherever some are missing, so that the file lasts from
 * the recording's beginning to the track's end. Undefined, and an unfinished file, when no packet lies in the recording.
 */
export async function writeOpusTrack(options: OpusTrack): Promise<WrittenTrack | undefined> {
  const { packets, serial, signal, timeline, title } = options;
  const file = await open(options.output, 'w');
  const waiting: Uint8Array[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    for (const page of waiting.splice(0)) await file.writeFile(page);
    bytes = 0;
  };
  try {
    let writer: OggOpusWriter | undefined;
    let from: number | undefined;
    let count = 0;
    for await (const { ms, config, data } of packets) {
      signal.throwIfAborted();
      const at = timeline.at(ms);
      const samples = (opusDurationUs(data) * RATE) / 1e6;
      if (at === undefined || config.codec !== 'opus' || samples === 0 || data.length > MAX_PACKET_BYTES) continue;
      writer ??= new OggOpusWriter({ channels: config.channels, serial, title }, (page) => {
        waiting.push(page);
        bytes += page.length;
      });
      const due = Math.round(at * RATE);
      if (due < writer.samples - SLACK) continue;
      if (from === undefined || due > writer.samples + SLACK) writer.fillTo(due);
      from ??= at;
      writer.add(data, samples);
      count += 1;
      if (bytes >= WRITE_BYTES) await flush();
    }
    if (!writer || from === undefined) return undefined;
    writer.finish();
    await flush();
    await file.sync();
    return { from, to: Math.min(writer.samples / RATE, timeline.seconds), packets: count };
  } finally {
    await file.close();
  }
}
