import { describe, expect, it } from 'vitest';
import type { IsolatedTrack } from '../../../../src/recorder/tracks/isolated-tracks.ts';
import { nameTrackFiles } from '../../../../src/recorder/tracks/track-plan.ts';

const track = (id: number, change: Partial<IsolatedTrack> = {}): IsolatedTrack => ({
  id,
  participant: 'p1',
  name: 'Ana',
  source: 'camera',
  kind: 'video',
  codec: 'h264',
  fromMs: 0,
  toMs: 1000,
  track: 1,
  packets: 1,
  ...change,
});

describe('the files of tracks', () => {
  it('are numbered as they appear, and called after what they show', () => {
    const found = [
      { track: track(0, { codec: 'vp8', source: 'screen', name: '../../<b>' }), from: 5.00049, to: 7 },
      { track: track(2, { codec: 'opus', kind: 'audio', source: 'mic' }), from: 1, to: 0.5 },
      { track: track(1), from: 1, to: 3 },
    ];
    expect(nameTrackFiles(found)).toMatchObject([
      { file: 'track-01-camera.mp4', contentType: 'video/mp4', title: 'Ana – camera', from: 1, to: 3 },
      { file: 'track-02-mic.ogg', contentType: 'audio/ogg', title: 'Ana – microphone', from: 1, to: 1 },
      { file: 'track-03-screen.webm', contentType: 'video/webm', title: '../../<b> – screen', from: 5, to: 7 },
    ]);
  });
});
