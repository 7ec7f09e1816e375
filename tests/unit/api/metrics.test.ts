import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { Metrics } from '../../../src/api/metrics.ts';

describe('the metrics', () => {
  it('count what they are told', async () => {
    const metrics = new Metrics();
    metrics.roomsLive.set(2);
    metrics.participants.set(9);
    metrics.programFrames.inc(30);
    metrics.framesLate.inc();
    metrics.bytesIn.inc(1000);
    metrics.countDropped('hls', 3);
    metrics.setRecordings('archiving', 1);
    metrics.countHls('not_found');
    const { body } = await metrics.text();
    expect(body.split('\n')).toEqual(
      expect.arrayContaining([
        'gridcast_rooms_live 2',
        'gridcast_participants 9',
        'gridcast_program_frames_total 30',
        'gridcast_program_frames_late_total 1',
        'gridcast_media_received_bytes_total 1000',
        'gridcast_dropped_packets_total{reader="hls"} 3',
        'gridcast_recordings{state="archiving"} 1',
        'gridcast_hls_requests_total{result="not_found"} 1',
      ]),
    );
  });

  it('show what live programs are at, with names from a fixed list only', async () => {
    const metrics = new Metrics();
    metrics.setPrograms([
      { step: 0, encoder: 'libx264', tiles: 4 },
      { step: 3, encoder: 'h264_<script>', tiles: 9 },
      { step: 3, encoder: 'libx264', tiles: 1 },
      { step: 5, tiles: 0 },
    ]);
    metrics.countSteps(0, 3);
    metrics.countSteps(3, 2);
    metrics.framesSkipped.inc(2);
    metrics.mixerRestarts.inc();
    const lines = (await metrics.text()).body.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'gridcast_rooms_by_degrade_step{step="0"} 1',
        'gridcast_rooms_by_degrade_step{step="1"} 0',
        'gridcast_rooms_by_degrade_step{step="3"} 2',
        'gridcast_rooms_by_degrade_step{step="5"} 1',
        'gridcast_rooms_by_encoder{encoder="libx264"} 2',
        'gridcast_rooms_by_encoder{encoder="h264_vaapi"} 0',
        'gridcast_rooms_by_encoder{encoder="other"} 1',
        'gridcast_program_tiles 14',
        'gridcast_degrade_steps_total{direction="down"} 3',
        'gridcast_degrade_steps_total{direction="up"} 1',
        'gridcast_program_frames_skipped_total 2',
        'gridcast_mixer_restarts_total 1',
      ]),
    );
    metrics.setPrograms([]);
    expect((await metrics.text()).body).toContain('gridcast_rooms_by_degrade_step{step="3"} 0');
  });

  it('keep delays by the part of the way, and none that is less than nothing', async () => {
    const metrics = new Metrics();
    metrics.observeHop('capture_ingest', 'picture', 12);
    metrics.observeHop('capture_ingest', 'picture', -3);
    metrics.observeHop('program_display', 'sound', 95);
    metrics.observePage({ rttMs: 20, sentFps: 30, sendDrops: 2, showDrops: 0, underruns: 1 });
    expect((await metrics.text()).body.split('\n')).toEqual(
      expect.arrayContaining([
        'gridcast_hop_seconds_sum{hop="capture_ingest",media="picture"} 0.012',
        'gridcast_hop_seconds_bucket{le="0.005",hop="capture_ingest",media="picture"} 1',
        'gridcast_hop_seconds_count{hop="program_display",media="sound"} 1',
        'gridcast_page_round_trip_seconds_sum 0.02',
        'gridcast_page_sound_buffer_seconds_count 0',
        'gridcast_page_frames_per_second_count{direction="sent"} 1',
        'gridcast_page_dropped_frames_total{direction="sent"} 2',
        'gridcast_page_sound_underruns_total 1',
      ]),
    );
  });

  it('know how late the event loop is', async () => {
    expect((await new Metrics().text()).body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  });

  it('ask before each scrape, until told to stop', async () => {
    const metrics = new Metrics();
    let asked = 0;
    const stop = metrics.onCollect(() => {
      asked += 1;
      metrics.roomsLive.set(asked);
    });
    await metrics.text();
    expect((await metrics.text()).body).toContain('gridcast_rooms_live 2');
    stop();
    await metrics.text();
    expect(asked).toBe(2);
  });

  it('say what becomes of events and webhooks; counters only ever grow by the difference', async () => {
    const metrics = new Metrics();
    const none = { webhooks: 0, waiting: 0, oldestMs: 0 };
    const figures = { written: 40, lost: 3, deleted: 10, unstored: 2 };
    const webhooks = {
      tries: { taken: 5, refused: 2, unanswered: 1 },
      conditions: {
        working: { webhooks: 2, waiting: 1, oldestMs: 250 },
        retrying: { webhooks: 1, waiting: 7, oldestMs: 90_000 },
        paused: none,
        given_up: none,
      },
      failuresInARow: 4,
    };
    expect((await metrics.text()).body).toContain('gridcast_webhook_deliveries_total{result="taken"} 0');
    metrics.events.set({ ...figures, webhooks });
    metrics.events.set({
      ...figures,
      written: 42,
      unstored: 0,
      webhooks: { ...webhooks, tries: { ...webhooks.tries, taken: 6 } },
    });
    expect((await metrics.text()).body.split('\n')).toEqual(
      expect.arrayContaining([
        'gridcast_events_total 42',
        'gridcast_events_lost_total 3',
        'gridcast_events_deleted_total 10',
        'gridcast_events_unstored 0',
        'gridcast_webhooks{state="working"} 2',
        'gridcast_webhooks{state="given_up"} 0',
        'gridcast_webhook_deliveries_total{result="taken"} 6',
        'gridcast_webhook_deliveries_total{result="refused"} 2',
        'gridcast_webhook_deliveries_total{result="unanswered"} 1',
        'gridcast_webhook_events_waiting{state="retrying"} 7',
        'gridcast_webhook_oldest_waiting_seconds{state="retrying"} 90',
        'gridcast_webhook_oldest_waiting_seconds{state="working"} 0.25',
        'gridcast_webhook_failures_in_a_row 4',
      ]),
    );
  });

  it('are not shared between servers', async () => {
    const [one, two] = [new Metrics(), new Metrics()];
    one.roomsLive.set(5);
    expect((await two.text()).body).toContain('gridcast_rooms_live 0');
  });

  it('are all told of in the handbook, and no others', async () => {
    const text = await readFile(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const { body } = await new Metrics().text();
    const names = [...body.matchAll(/^# HELP (gridcast_\w+)/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !text.includes(`\`${name}`))).toEqual([]);
    const told = [...text.matchAll(/`(gridcast_\w+)/g)].map(([, name = '']) => name);
    expect(told.filter((name) => !names.includes(name))).toEqual([]);
  });
});
