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

  it('are not shared between servers', async () => {
    const [one, two] = [new Metrics(), new Metrics()];
    one.roomsLive.set(5);
    expect((await two.text()).body).toContain('gridcast_rooms_live 0');
  });
});
