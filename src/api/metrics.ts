/** Prometheus metrics. Labels have few, fixed values: never a room, a name or anything else that users write. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Hop, HopMedia, HopObserver, PageFigures } from '../room/hop-times.ts';
import type { Disposer } from '../util/clock.ts';
import { EventMetrics } from './event-metrics.ts';
import type { RecordingState } from './ports.ts';

/** Readers that may fall behind and skip packets. */
export type DroppingReader = 'mixer' | 'participant' | 'hls' | 'recorder';
/** Video encoders that are told apart; whatever else there may be is "other". */
const ENCODERS = ['libx264', 'h264_nvenc', 'h264_qsv', 'h264_vaapi', 'h264_videotoolbox', 'other'] as const;
/** Steps of the degrade ladder, 0: everything as ordered. */
const STEPS = [0, 1, 2, 3, 4, 5] as const;

/** Seconds: a frame time, what people notice in a talk (150 to 250 ms), and what is broken. */
const DELAY_BUCKETS = [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.6, 1, 2, 5];
/** Pictures a second. */
const RATE_BUCKETS = [1, 5, 10, 15, 20, 25, 29, 31, 50, 61];

/** One live program, as far as metrics go. */
export interface ProgramState {
  readonly step: number;
  /** Absent while its mixer has not reported yet. */
  readonly encoder?: string;
  readonly tiles: number;
}

/** How an HLS request ended. */
export type HlsResult = 'ok' | 'bad_request' | 'refused' | 'not_found' | 'unavailable';

/** The server's own metrics, beside those of the process (memory, CPU, event loop delay) that prom-client collects. */
export class Metrics implements HopObserver {
  readonly registry = new Registry();
  readonly events = new EventMetrics(this.registry);
  readonly roomsLive = this.#gauge('gridcast_rooms_live', 'Rooms whose program is being made');
  readonly participants = this.#gauge('gridcast_participants', 'People in all rooms');
  readonly connections = this.#gauge('gridcast_connections', 'Open connections to the port');
  readonly programFrames = this.#counter('gridcast_program_frames_total', 'Program frames made');
  readonly framesLate = this.#counter('gridcast_program_frames_late_total', 'Program frames made after their time');
  readonly framesSkipped = this.#counter(
    'gridcast_program_frames_skipped_total',
    'Program frames left out because the machine was too slow for seconds',
  );
  readonly hlsWaiting = this.#gauge('gridcast_hls_waiting', 'Requests of HLS viewers that wait for media to come');
  readonly tiles = this.#gauge('gridcast_program_tiles', 'Tiles in all programs');
  readonly mixerRestarts = this.#counter('gridcast_mixer_restarts_total', 'Mixer processes started again');
  readonly bytesIn = this.#counter('gridcast_media_received_bytes_total', 'Media bytes received from participants');
  readonly bytesOut = this.#counter('gridcast_media_sent_bytes_total', 'Media bytes sent to participants and viewers');
  readonly connectionsRefused: Counter<'limit'>;
  readonly droppedPackets: Counter<'reader'>;
  readonly recordings: Gauge<'state'>;
  readonly degradeSteps: Counter<'direction'>;
  readonly #roomsByStep: Gauge<'step'>;
  readonly #roomsByEncoder: Gauge<'encoder'>;
  readonly hlsRequests: Counter<'result'>;
  readonly #hops: Histogram<'hop' | 'media'>;
  readonly #pageRtt = this.#delays('gridcast_page_round_trip_seconds', 'Round trips that pages measure');
  readonly #pageSound = this.#delays('gridcast_page_sound_buffer_seconds', 'Sound that pages hold in stock');
  readonly #pageRate: Histogram<'direction'>;
  readonly #pageDrops: Counter<'direction'>;
  readonly #pageUnderruns = this.#counter(
    'gridcast_page_sound_underruns_total',
    'Moments in which pages had no sound to play',
  );
  readonly #collectors = new Set<() => void | Promise<void>>();

  constructor() {
    const registers = [this.registry];
    this.connectionsRefused = new Counter<'limit'>({
      name: 'gridcast_connections_refused_total',
      help: 'Connections that were closed unheard because there were too many',
      labelNames: ['limit'],
      registers,
    });
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
    this.degradeSteps = new Counter<'direction'>({
      name: 'gridcast_degrade_steps_total',
      help: 'Steps of the degrade ladder: programs made cheaper (down) or better again (up)',
      labelNames: ['direction'],
      registers,
    });
    for (const direction of ['down', 'up'] as const) this.degradeSteps.inc({ direction }, 0);
    this.#roomsByStep = new Gauge<'step'>({
      name: 'gridcast_rooms_by_degrade_step',
      help: 'Live rooms by step of the degrade ladder; 0: as ordered',
      labelNames: ['step'],
      registers,
    });
    this.#roomsByEncoder = new Gauge<'encoder'>({
      name: 'gridcast_rooms_by_encoder',
      help: 'Live rooms by the video encoder in use',
      labelNames: ['encoder'],
      registers,
    });
    this.hlsRequests = new Counter<'result'>({
      name: 'gridcast_hls_requests_total',
      help: 'Requests of HLS viewers by result',
      labelNames: ['result'],
      registers,
    });
    this.#hops = new Histogram<'hop' | 'media'>({
      name: 'gridcast_hop_seconds',
      help: 'How long frames take for each part of their way from a camera to a screen',
      labelNames: ['hop', 'media'],
      buckets: DELAY_BUCKETS,
      registers,
    });
    this.#pageRate = new Histogram<'direction'>({
      name: 'gridcast_page_frames_per_second',
      help: 'Pictures a second that pages send and show',
      labelNames: ['direction'],
      buckets: RATE_BUCKETS,
      registers,
    });
    this.#pageDrops = new Counter<'direction'>({
      name: 'gridcast_page_dropped_frames_total',
      help: 'Pictures that pages did not send or did not show',
      labelNames: ['direction'],
      registers,
    });
    for (const direction of ['sent', 'shown'] as const) this.#pageDrops.inc({ direction }, 0);
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

  /** What all live programs are at. */
  setPrograms(programs: readonly ProgramState[]): void {
    for (const step of STEPS) {
      this.#roomsByStep.set({ step }, programs.filter((program) => program.step === step).length);
    }
    const encoders = programs.flatMap(({ encoder }) => (encoder === undefined ? [] : [known(encoder)]));
    for (const encoder of ENCODERS) {
      this.#roomsByEncoder.set({ encoder }, encoders.filter((used) => used === encoder).length);
    }
    this.tiles.set(programs.reduce((sum, { tiles }) => sum + tiles, 0));
  }

  /** A program moved along the degrade ladder; every step on the way counts. */
  countSteps(from: number, to: number): void {
    this.degradeSteps.inc({ direction: to > from ? 'down' : 'up' }, Math.abs(to - from));
  }

  countHls(result: HlsResult): void {
    this.hlsRequests.inc({ result });
  }

  /** A delay that seems negative by two clocks that do not quite agree is none. */
  observeHop(hop: Hop, media: HopMedia, ms: number): void {
    this.#hops.observe({ hop, media }, Math.max(0, ms) / 1000);
  }

  observePage({ rttMs, soundBufferMs, sentFps, shownFps, ...counts }: PageFigures): void {
    if (rttMs !== undefined) this.#pageRtt.observe(rttMs / 1000);
    if (soundBufferMs !== undefined) this.#pageSound.observe(soundBufferMs / 1000);
    if (sentFps !== undefined) this.#pageRate.observe({ direction: 'sent' }, sentFps);
    if (shownFps !== undefined) this.#pageRate.observe({ direction: 'shown' }, shownFps);
    this.#pageDrops.inc({ direction: 'sent' }, counts.sendDrops);
    this.#pageDrops.inc({ direction: 'shown' }, counts.showDrops);
    this.#pageUnderruns.inc(counts.underruns);
  }

  /** Everything in the Prometheus text format. */
  async text(): Promise<{ readonly contentType: string; readonly body: string }> {
    for (const collect of this.#collectors) await collect();
    return { contentType: this.registry.contentType, body: await this.registry.metrics() };
  }

  #gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  #delays(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets: DELAY_BUCKETS, registers: [this.registry] });
  }

  #counter(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.registry] });
  }
}

function known(encoder: string): (typeof ENCODERS)[number] {
  return ENCODERS.find((name) => name === encoder) ?? 'other';
}
