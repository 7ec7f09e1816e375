/** Prometheus metrics. Labels have few, fixed values: never a room, a name or anything else that users write. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Disposer } from '../util/clock.ts';
import type { RecordingState } from './ports.ts';

/** Readers that may fall behind and skip packets. */
export type DroppingReader = 'mixer' | 'participant' | 'hls' | 'recorder';
/** How an HLS request ended. */
export type HlsResult = 'ok' | 'bad_request' | 'not_found' | 'unavailable';

/** The server's own metrics, beside those of the process (memory, CPU, event loop delay) that prom-client collects. */
export class Metrics {
  readonly registry = new Registry();
  readonly roomsLive = this.#gauge('gridcast_rooms_live', 'Rooms whose program is being made');
  readonly participants = this.#gauge('gridcast_participants', 'People in all rooms');
  readonly programFrames = this.#counter('gridcast_program_frames_total', 'Program frames made');
  readonly framesLate = this.#counter('gridcast_program_frames_late_total', 'Program frames made after their time');
  readonly bytesIn = this.#counter('gridcast_media_received_bytes_total', 'Media bytes received from participants');
  readonly bytesOut = this.#counter('gridcast_media_sent_bytes_total', 'Media bytes sent to participants and viewers');
  readonly droppedPackets: Counter<'reader'>;
  readonly recordings: Gauge<'state'>;
  readonly hlsRequests: Counter<'result'>;
  readonly #collectors = new Set<() => void | Promise<void>>();

  constructor() {
    const registers = [this.registry];
    this.droppedPackets = new Counter<'reader'>({
      name: 'gridcast_dropped_packets_total',
      help: 'Packets that a reader skipped because it was too slow',
      labelNames: ['reader'],
      registers,
    });
    this.recordings = new Gauge<'state'>({
      name: 'gridcast_recordings',
      help: 'Recordings by state',
      labelNames: ['state'],
      registers,
    });
    this.hlsRequests = new Counter<'result'>({
      name: 'gridcast_hls_requests_total',
      help: 'Requests of HLS viewers by result',
      labelNames: ['result'],
      registers,
    });
    collectDefaultMetrics({ register: this.registry });
  }

  /** Runs `collect` before each scrape, to set what is cheaper to ask for than to follow. */
  onCollect(collect: () => void | Promise<void>): Disposer {
    this.#collectors.add(collect);
    return () => this.#collectors.delete(collect);
  }

  countDropped(reader: DroppingReader, packets: number): void {
    this.droppedPackets.inc({ reader }, packets);
  }

  setRecordings(state: RecordingState, count: number): void {
    this.recordings.set({ state }, count);
  }

  countHls(result: HlsResult): void {
    this.hlsRequests.inc({ result });
  }

  /** Everything in the Prometheus text format. */
  async text(): Promise<{ readonly contentType: string; readonly body: string }> {
    for (const collect of this.#collectors) await collect();
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.registry] });
  }
}
