/** Brings what is live into the metrics. */
import type { Metrics } from '../api/metrics.ts';
import type { Traffic } from '../ingest/connection.ts';
import type { Recordings } from '../recorder/recordings/recordings.ts';
import type { Disposer } from '../util/clock.ts';
import type { RoomHost } from './room-host.ts';
import type { RoomPipeline } from './room-pipeline.ts';

const STATES = ['recording', 'paused', 'archiving', 'ready', 'failed'] as const;

/** Gauges are read when somebody scrapes; counters follow the mixers' own reports. */
export function collectMetrics(
  metrics: Metrics,
  rooms: RoomHost,
  recordings: Recordings,
  traffic: Readonly<Traffic>,
  origin: { readonly waiting: number },
): Disposer {
  const counted = { received: 0, sent: 0 };
  const skipped = new WeakMap<RoomPipeline, number>();
  const stopCollecting = metrics.onCollect(async () => {
    const states = await recordings.countByState();
    for (const state of STATES) metrics.setRecordings(state, states.get(state) ?? 0);
    for (const pipeline of rooms.live) {
      const now = pipeline.broadcaster.skipped;
      metrics.countDropped('participant', now - (skipped.get(pipeline) ?? 0));
      skipped.set(pipeline, now);
    }
    metrics.hlsWaiting.set(origin.waiting);
    metrics.roomsLive.set(rooms.live.length);
    metrics.setPrograms(rooms.live.map(({ monitor }) => monitor.health));
    metrics.bytesIn.inc(traffic.received - counted.received);
    metrics.bytesOut.inc(traffic.sent - counted.sent);
    Object.assign(counted, traffic);
    metrics.participants.set(rooms.list().reduce((sum, room) => sum + room.participants, 0));
  });
  const { events } = rooms;
  const disposers = [
    stopCollecting,
    events.on('frames', ({ made, late, skipped }) => {
      metrics.programFrames.inc(made);
      metrics.framesLate.inc(late);
      metrics.framesSkipped.inc(skipped);
    }),
    events.on('stepped', ({ from, to }) => metrics.countSteps(from, to)),
    events.on('restarted', () => metrics.mixerRestarts.inc()),
  ];
  return () => {
    for (const dispose of disposers) dispose();
  };
}
