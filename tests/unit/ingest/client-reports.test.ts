import { describe, expect, it, vi } from 'vitest';
import { ClientReports } from '../../../src/ingest/client-reports.ts';
import type { ServerMessage, StatsMessage } from '../../../src/protocol/messages.ts';
import type { HopObserver } from '../../../src/room/hop-times.ts';
import { createParticipant } from '../../../src/room/participant.ts';
import { Room, type RoomNotice } from '../../../src/room/room.ts';
import { createTrack } from '../../../src/room/track.ts';
import { OwnPauses } from '../../../src/util/own-pauses.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

function desk() {
  const clock = new FakeClock();
  const room = new Room({
    id: 'demo',
    title: 'Demo',
    createdAt: new Date(0),
    limits: { maxParticipants: 3, maxTracksPerParticipant: 6 },
  });
  const participant = createParticipant('ana', 'Ana');
  room.join(participant);
  room.addTrack(participant, createTrack(0, 'audio', 'mic', 'ana.0'));
  const hops = {
    observeHop: vi.fn<HopObserver['observeHop']>(),
    observePage: vi.fn<HopObserver['observePage']>(),
  };
  const send = vi.fn<(message: ServerMessage) => void>();
  const notices: RoomNotice[] = [];
  room.events.on('notice', (notice) => notices.push(notice));
  const pauses = new OwnPauses(clock);
  const reports = new ClientReports({ room, participant, hops, clock, pauses, send });
  return { clock, room, participant, hops, send, notices, reports };
}

const FIGURES: StatsMessage = {
  type: 'stats',
  clock: { offsetMs: 1000, rttMs: 12 },
  sent: { fps: 30, dropped: 2, encodeMs: 8, ackMs: 40 },
  shown: { fps: 29, dropped: 1, underruns: 3, pictureMs: 90, soundMs: 95, bufferMs: 60, glassMs: 180 },
};

describe('figures of a client', () => {
  it('reach the metrics, hop by hop', () => {
    const { hops, reports } = desk();
    reports.stats(FIGURES);
    expect(hops.observeHop.mock.calls).toEqual([
      ['capture_encoded', 'picture', 8],
      ['encoded_acked', 'picture', 40],
      ['program_display', 'picture', 90],
      ['program_display', 'sound', 95],
      ['capture_display', 'picture', 180],
    ]);
    expect(hops.observePage).toHaveBeenCalledExactlyOnceWith({
      rttMs: 12,
      soundBufferMs: 60,
      sentFps: 30,
      shownFps: 29,
      sendDrops: 2,
      showDrops: 1,
      underruns: 3,
    });
  });

  it('are taken twice at once, and then every 5 s', () => {
    const { clock, hops, send, reports } = desk();
    for (let index = 0; index < 3; index += 1) reports.stats(FIGURES);
    expect(hops.observePage).toHaveBeenCalledTimes(2);
    expect(send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ type: 'error', code: 'rate_limited' }));
    clock.advance(4999);
    reports.stats(FIGURES);
    expect(hops.observePage).toHaveBeenCalledTimes(2);
    clock.advance(1);
    reports.stats(FIGURES);
    expect(hops.observePage).toHaveBeenCalledTimes(3);
  });

  it('that waited for the server to go on are taken, and no more of them', () => {
    const { clock, hops, reports } = desk();
    reports.stats(FIGURES);
    clock.standStill(20_100);
    for (let index = 0; index < 7; index += 1) reports.stats(FIGURES);
    expect(hops.observePage).toHaveBeenCalledTimes(1 + 2 + 3);
  });

  it.each([
    ['behind by 2 s', -1000, -2000],
    ['behind by more', -1001, undefined],
    ['on its way for 80 ms', 1080, 80],
    ['on its way for 10 s', 11_000, 10_000],
    ['on its way for longer', 11_001, undefined],
    ['not there yet', undefined, undefined],
  ])('tell how late the clock was tied by a first frame that was %s', (_, tiedMs, expected) => {
    const { participant, reports } = desk();
    reports.tie(tiedMs);
    expect(participant.clockAheadMs).toBeUndefined();
    reports.stats(FIGURES);
    reports.tie(tiedMs);
    expect(participant.clockAheadMs).toBe(expected);
  });
});

describe('a signal of a client', () => {
  it('is kept with the participant, and told to hosts with the name as data', () => {
    const { participant, notices, reports } = desk();
    participant.name = '<b>Ana</b>';
    reports.signal({ type: 'signal', kind: 'silence', track: 0, active: true });
    expect(participant.signals).toEqual([{ kind: 'silence', track: 0 }]);
    expect(notices).toEqual([
      {
        code: 'signal_silence',
        message: 'Their microphone is on, but gives no sound.',
        participant: { id: 'ana', name: '<b>Ana</b>' },
      },
    ]);
    reports.signal({ type: 'signal', kind: 'silence', track: 0, active: false });
    expect(participant.signals).toEqual([]);
    expect(notices).toHaveLength(1);
  });

  it('is told to hosts at most every 30 s, of each kind', () => {
    const { clock, notices, reports } = desk();
    const flicker = (kind: 'silence' | 'clipping'): void => {
      reports.signal({ type: 'signal', kind, track: 0, active: true });
      reports.signal({ type: 'signal', kind, track: 0, active: false });
    };
    flicker('silence');
    clock.advance(29_999);
    flicker('silence');
    flicker('clipping');
    expect(notices.map(({ code }) => code)).toEqual(['signal_silence', 'signal_clipping']);
    clock.advance(1);
    flicker('silence');
    expect(notices).toHaveLength(3);
  });

  it('of a track that is not there is nothing, and one that is there goes with its track', () => {
    const { room, participant, reports } = desk();
    reports.signal({ type: 'signal', kind: 'black', track: 1, active: true });
    expect(participant.signals).toEqual([]);
    reports.signal({ type: 'signal', kind: 'clipping', track: 0, active: true });
    reports.signal({ type: 'signal', kind: 'network', active: true });
    room.removeTrack(participant, 0);
    expect(participant.signals).toEqual([{ kind: 'network', track: undefined }]);
  });

  it('comes at most ten times at once, and is refused then', () => {
    const { room, send, reports } = desk();
    let changes = 0;
    room.events.on('signal', () => {
      changes += 1;
    });
    for (let index = 0; index < 11; index += 1) {
      reports.signal({ type: 'signal', kind: 'network', active: index % 2 === 0 });
    }
    expect(changes).toBe(10);
    expect(send).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'rate_limited' }));
  });
});
