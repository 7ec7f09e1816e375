import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamTimes } from '../../../src/hls/profile.ts';
import { Rendition } from '../../../src/hls/rendition.ts';
import { readFragment } from '../../../src/media/fmp4-reader.ts';
import { lintMediaPlaylist } from '../../helpers/hls-check/lint.ts';
import { FPS, PackagerRig, TICKS, UNIT, WALL_START, pictureConfig, unitsBefore } from './packager-rig.ts';

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

describe('parts', () => {
  it('are fifteen frames each, four to a segment, the first one independent', () => {
    const rig = new PackagerRig();
    rig.both(0, 130);
    expect(rig.places).toEqual(['0.0', '0.1', '0.2', '0.3', '1.0', '1.1', '1.2', '1.3']);
    expect(rig.parts.map(({ firstFrame, frames }) => [firstFrame, frames])).toEqual(
      range(0, 8).map((index) => [index * 15, 15]),
    );
    expect(rig.parts.map(({ independent }) => independent)).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
    expect(rig.parts.map(({ last }) => last)).toEqual([false, false, false, true, false, false, false, true]);
    expect(rig.parts.map(({ discontinuity }) => discontinuity)).toEqual(range(0, 8).map(() => false));
    expect(rig.parts.map(({ wallTime }) => wallTime - WALL_START)).toEqual(range(0, 8).map((index) => index * 500));
  });

  it('go on with numbers that were never used after a crash, behind a discontinuity', () => {
    const rig = new PackagerRig({ goesOn: { segment: 7, generation: 3 } });
    rig.both(600, 61);
    rig.both(661, 60);
    expect(rig.places).toEqual(['7.0', '7.1', '7.2', '7.3', '8.0', '8.1', '8.2', '8.3']);
    expect(rig.parts.map(({ discontinuity }) => discontinuity)).toEqual(range(0, 8).map((index) => index === 0));
    expect(new Set(rig.parts.map(({ init }) => init.generation))).toEqual(new Set([3]));
    expect(rig.parts[0]?.firstFrame).toBe(600);
    expect(rig.read(0).video.base).toBe(600 * TICKS);
  });

  it('have their place on the session’s own timeline', () => {
    const rig = new PackagerRig();
    rig.both(0, 61);
    rig.parts.forEach((_, index) => {
      const { video } = rig.read(index);
      expect(video.base).toBe(index * 15 * TICKS);
      expect(video.names).toEqual(range(index * 15, index * 15 + 15));
      expect(new Set(video.durations)).toEqual(new Set([TICKS]));
      expect(video.keyframes).toEqual(range(0, 15).map((frame) => index === 0 && frame === 0));
    });
  });

  it('share the sound out at their borders: each unit once, where it begins', () => {
    const rig = new PackagerRig();
    rig.both(0, 121);
    let next = 0;
    rig.parts.forEach((_, index) => {
      const { audio } = rig.read(index);
      const end = Math.ceil(((index + 1) * 15 * 1600) / UNIT);
      expect(audio?.base).toBe(next * UNIT);
      expect(audio?.names).toEqual(range(next, end).map((unit) => unit * UNIT));
      expect(new Set(audio?.durations)).toEqual(new Set([UNIT]));
      next = end;
    });
    expect(next).toBe(unitsBefore(120));
  });

  it('take no sound of later parts, however much there is', () => {
    const rig = new PackagerRig();
    rig.audios(0, 200);
    rig.videos(0, 61);
    const names = rig.parts.map((_, index) => rig.read(index).audio?.names ?? []);
    const borders = [0, 15, 30, 45, 60].map(unitsBefore);
    expect(names).toEqual(
      borders.slice(1).map((end, index) => range(borders[index] ?? 0, end).map((unit) => unit * UNIT)),
    );
  });

  it('may be of another length, also one that does not fit into a segment', () => {
    const rig = new PackagerRig({ partFrames: 25 });
    rig.both(0, 121);
    expect(rig.parts.map(({ frames }) => frames)).toEqual([25, 25, 10, 25, 25, 10]);
    expect(rig.parts.map(({ last }) => last)).toEqual([false, false, true, false, false, true]);
  });

  it('wait for their sound, and come as soon as it is there', () => {
    const rig = new PackagerRig();
    rig.videos(0, 20);
    rig.audios(0, 23);
    expect(rig.parts).toEqual([]);
    // 15 frames are 24000 samples; the unit of number 23 ends with 24576.
    rig.audios(23, 24);
    expect(rig.parts).toHaveLength(1);
  });

  it('come without sound when it is more than half a second late, and the sound then comes with the next part', () => {
    const rig = new PackagerRig();
    rig.audios(0, 10);
    rig.videos(0, 29);
    expect(rig.parts).toEqual([]);
    rig.video(29);
    expect(rig.parts).toHaveLength(1);
    expect(rig.read(0).audio?.names).toEqual(range(0, 10).map((unit) => unit * UNIT));
    rig.audios(10, unitsBefore(30));
    expect(rig.parts).toHaveLength(2);
    expect(rig.read(1).audio).toMatchObject({
      base: 10 * UNIT,
      names: range(10, unitsBefore(30)).map((unit) => unit * UNIT),
    });
  });

  it('have no track for sound when there is none', () => {
    const rig = new PackagerRig();
    rig.audios(0, unitsBefore(15));
    rig.videos(0, 60);
    expect(rig.parts).toHaveLength(3);
    expect(rig.read(0).audio).toBeDefined();
    expect(rig.read(1).audio).toBeUndefined();
    expect(rig.read(2).audio).toBeUndefined();
  });

  it('keep the time of sound on both sides of a gap in it', () => {
    const rig = new PackagerRig();
    // The encoder of the sound died, and its successor began in the middle of a part.
    const after = range(15, 24).map((unit) => unit * UNIT + 300);
    rig.audios(0, 5);
    for (const sample of after) rig.audio(sample);
    rig.videos(0, 16);
    const { audio } = rig.read(0);
    const starts = audio?.durations.reduce<number[]>(
      (list, duration) => [...list, (list.at(-1) ?? 0) + duration],
      [audio.base],
    );
    expect(starts?.slice(0, -1)).toEqual(audio?.names);
  });
});

describe('the beginning', () => {
  it('is the first key frame', () => {
    const rig = new PackagerRig();
    rig.both(55, 35);
    expect(rig.parts[0]).toMatchObject({
      segment: 0,
      index: 0,
      firstFrame: 60,
      discontinuity: false,
      independent: true,
    });
  });

  it('waits until it is known what the sound is', () => {
    const rig = new PackagerRig();
    rig.videos(0, 100);
    expect(rig.parts).toEqual([]);
    rig.audios(0, unitsBefore(100));
    expect(rig.places).toEqual(['0.0', '0.1', '0.2', '0.3', '1.0', '1.1']);
  });

  it('forgets whole segments when the sound takes very long', () => {
    const rig = new PackagerRig();
    rig.videos(0, 1000);
    rig.audio(unitsBefore(1000) * UNIT);
    const [first] = rig.parts;
    expect(first).toMatchObject({ index: 0, independent: true });
    expect(first?.firstFrame).toBeGreaterThanOrEqual(300);
    expect(rig.parts.length).toBeGreaterThan(20);
    expect(rig.parts.reduce((sum, { frames }) => sum + frames, 0)).toBeLessThanOrEqual(720);
  });
});

describe('the init segment', () => {
  it('is one and the same as long as its bytes are', () => {
    const rig = new PackagerRig();
    rig.both(0, 60);
    // The encoder was started again with the same parameters.
    rig.picture = pictureConfig();
    rig.both(60, 31);
    expect(rig.parts[4]?.init).toBe(rig.parts[0]?.init);
    expect(rig.parts[0]?.init).toMatchObject({
      generation: 0,
      codecs: ['avc1.4D401F', 'mp4a.40.2'],
      width: 320,
      framerate: 30,
    });
    expect(rig.parts.map(({ discontinuity }) => discontinuity)).toEqual([false, false, false, false, true, false]);
  });

  it('is another one when the picture’s parameters are others', () => {
    const rig = new PackagerRig();
    rig.both(0, 60);
    rig.picture = pictureConfig(1);
    rig.both(60, 31);
    expect(rig.parts.map(({ init }) => init.generation)).toEqual([0, 0, 0, 0, 1, 1]);
    expect(rig.parts[4]).toMatchObject({ segment: 1, index: 0, discontinuity: true });
  });
});

describe('pictures of several frames', () => {
  it('are placed with their whole time, in parts that are never too long', () => {
    const rig = new PackagerRig();
    rig.steps(0, 122, 2);
    expect(rig.places).toEqual(['0.0', '0.1', '0.2', '0.3', '0.4', '1.0', '1.1', '1.2', '1.3', '1.4']);
    expect(rig.parts.map(({ firstFrame, frames }) => [firstFrame, frames]).slice(0, 6)).toEqual([
      [0, 14],
      [14, 14],
      [28, 14],
      [42, 14],
      [56, 4],
      [60, 14],
    ]);
    expect(rig.parts.map(({ last }) => last).slice(3, 6)).toEqual([false, true, false]);
    expect(rig.parts.some(({ discontinuity }) => discontinuity)).toBe(false);
    const { video, audio } = rig.read(1);
    expect(video).toMatchObject({ base: 14 * TICKS, names: range(7, 14).map((picture) => picture * 2) });
    expect(new Set(video.durations)).toEqual(new Set([2 * TICKS]));
    expect(audio?.names).toEqual(range(unitsBefore(14), unitsBefore(28)).map((unit) => unit * UNIT));
  });

  it('are a part each where one is as long as a part, or longer', () => {
    const rig = new PackagerRig();
    rig.steps(0, 75, 15);
    expect(rig.parts.map(({ frames }) => frames)).toEqual([15, 15, 15, 15, 15]);
    const slow = new PackagerRig();
    slow.steps(0, 90, 30);
    expect(slow.parts.map(({ frames, last }) => [frames, last])).toEqual([
      [30, false],
      [30, true],
      [30, false],
    ]);
  });

  it('may reach a little beyond the end of a segment whose length they do not divide', () => {
    const rig = new PackagerRig({ partFrames: 10, segmentFrames: 25 });
    for (const frame of range(0, 40).map((picture) => picture * 2)) {
      rig.audios(unitsBefore(frame), unitsBefore(frame + 2));
      rig.video(frame, [0, 26, 50, 76].includes(frame), 2);
    }
    const firsts = rig.parts.filter(({ index }) => index === 0).map(({ firstFrame }) => firstFrame);
    expect(firsts).toEqual([0, 26, 50]);
    expect(rig.parts.some(({ discontinuity }) => discontinuity)).toBe(false);
    expect(rig.parts.every(({ frames }) => frames <= 10)).toBe(true);
  });

  it('follow those of one frame and come before them, with a discontinuity and another init, and nothing missing', () => {
    const rig = new PackagerRig();
    rig.both(0, 70);
    rig.picture = { ...pictureConfig(1), width: 208, height: 128 };
    rig.steps(70, 100, 2);
    rig.picture = pictureConfig(2);
    rig.steps(100, 150, 1);
    const ends = rig.parts.map(({ firstFrame, frames }) => firstFrame + frames);
    expect(rig.parts.map(({ firstFrame }) => firstFrame)).toEqual([0, ...ends.slice(0, -1)]);
    const starts = rig.parts.filter(({ discontinuity }) => discontinuity);
    expect(starts.map(({ firstFrame, init }) => [firstFrame, init.generation, init.width])).toEqual([
      [70, 1, 208],
      [100, 2, 320],
    ]);
    const units = rig.parts.flatMap((_, index) => rig.read(index).audio?.names ?? []);
    expect(units).toEqual(units.map((_, index) => index * UNIT));
  });

  it('have the parameter sets of their own encoder with them where they are key frames, and there alone', () => {
    const rig = new PackagerRig();
    rig.both(0, 70);
    rig.picture = pictureConfig(5);
    rig.steps(70, 100, 1);
    for (const [index, { independent }] of rig.parts.entries()) {
      const { units, keyframes } = rig.read(index).video;
      expect(units).toEqual(keyframes.map((keyframe) => (keyframe ? [7, 8, 0] : [0])));
      expect(keyframes[0]).toBe(independent);
    }
    const sets = rig.parts
      .filter(({ independent }) => independent)
      .map(({ data }) => readFragment(data)[0]?.samples[0]);
    // The fifth byte of the rig's SPS, behind its length, is the number of its configuration.
    expect(sets.map((sample) => sample?.data[8])).toEqual([0, 0, 5]);
  });

  it('break off where one is lost', () => {
    const rig = new PackagerRig();
    rig.steps(0, 20, 2);
    rig.steps(24, 64, 2);
    expect(rig.parts.filter(({ discontinuity }) => discontinuity).map(({ firstFrame }) => firstFrame)).toEqual([24]);
  });
});

describe('a break', () => {
  it('in the middle of a part ends its segment, and the next begins at the next key frame with a discontinuity', () => {
    const rig = new PackagerRig();
    rig.both(0, 20);
    // The encoder is started again: frames 20 to 29 are lost.
    rig.picture = pictureConfig();
    rig.audios(unitsBefore(20), unitsBefore(30));
    for (let frame = 30; frame < 75; frame += 1) {
      rig.audios(unitsBefore(frame), unitsBefore(frame + 1));
      rig.video(frame, frame === 30);
    }
    expect(rig.places).toEqual(['0.0', '0.1', '1.0', '1.1', '1.2']);
    expect(rig.parts[1]).toMatchObject({ firstFrame: 15, frames: 5, last: true });
    expect(rig.parts[2]).toMatchObject({
      firstFrame: 30,
      frames: 15,
      discontinuity: true,
      independent: true,
      last: false,
    });
    expect(rig.read(2).video.base).toBe(30 * TICKS);
  });

  it('is followed by a short segment, whose last part says that it is', () => {
    const rig = new PackagerRig();
    rig.both(0, 20);
    for (let frame = 30; frame < 80; frame += 1) {
      rig.audios(unitsBefore(frame), unitsBefore(frame + 1));
      rig.video(frame, frame % 60 === 30 || frame % 60 === 0);
    }
    expect(rig.places.slice(2)).toEqual(['1.0', '1.1', '2.0']);
    expect(rig.parts.slice(2).map(({ frames, last }) => [frames, last])).toEqual([
      [15, false],
      [15, true],
      [15, false],
    ]);
  });

  it('leaves out the sound of the gap, but for what reaches into the picture', () => {
    const rig = new PackagerRig();
    rig.both(0, 20);
    rig.audios(unitsBefore(20), unitsBefore(40));
    for (let frame = 40; frame < 56; frame += 1) {
      rig.audios(unitsBefore(frame), unitsBefore(frame + 1));
      rig.video(frame, frame === 40);
    }
    const { audio } = rig.read(2);
    // Frame 40 is at sample 64000; the unit that begins with 63488 is heard beyond it.
    expect(audio?.base).toBe(62 * UNIT);
    expect(audio?.names).toEqual(range(62, unitsBefore(55)).map((unit) => unit * UNIT));
  });

  it('drops pictures that need one that is lost', () => {
    const rig = new PackagerRig();
    rig.both(0, 20);
    rig.both(22, 68);
    expect(rig.places).toEqual(['0.0', '0.1', '1.0', '1.1']);
    expect(rig.parts.map(({ firstFrame }) => firstFrame)).toEqual([0, 15, 60, 75]);
    expect(rig.parts[2]?.discontinuity).toBe(true);
  });

  it('needs a key frame also where a segment should have ended', () => {
    const rig = new PackagerRig();
    for (let frame = 0; frame < 150; frame += 1) {
      rig.audios(unitsBefore(frame), unitsBefore(frame + 1));
      // No key frame at 60, against all agreements.
      rig.video(frame, frame === 0 || frame === 90);
    }
    expect(rig.places).toEqual(['0.0', '0.1', '0.2', '0.3', '1.0', '1.1', '1.2', '1.3']);
    expect(rig.parts[4]).toMatchObject({ firstFrame: 90, discontinuity: true });
  });

  it('is none where a key frame comes early', () => {
    const rig = new PackagerRig();
    for (let frame = 0; frame < 50; frame += 1) {
      rig.audios(unitsBefore(frame), unitsBefore(frame + 1));
      rig.video(frame, frame === 0 || frame === 20);
    }
    expect(rig.places.slice(0, 3)).toEqual(['0.0', '0.1', '1.0']);
    expect(rig.parts[1]).toMatchObject({ frames: 5, last: true });
    expect(rig.parts[2]).toMatchObject({ firstFrame: 20, discontinuity: false });
  });
});

describe('the end', () => {
  it('gives out what is there, complete or not', () => {
    const rig = new PackagerRig();
    rig.audios(0, 12);
    rig.videos(0, 18);
    rig.packager.end();
    expect(rig.places).toEqual(['0.0', '0.1']);
    expect(rig.parts[1]).toMatchObject({ frames: 3, last: true });
    expect(rig.read(0).audio?.names).toHaveLength(12);
    rig.packager.end();
    expect(rig.parts).toHaveLength(2);
  });

  it('gives out nothing when there never was any sound', () => {
    const rig = new PackagerRig();
    rig.videos(0, 18);
    rig.packager.end();
    expect(rig.parts).toEqual([]);
  });
});

describe('whatever the encoders do', () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ run: fc.integer({ min: 1, max: 70 }) }) },
    { weight: 2, arbitrary: fc.record({ lose: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 1, arbitrary: fc.record({ restart: fc.integer({ min: 0, max: 2 }) }) },
    { weight: 2, arbitrary: fc.record({ mute: fc.integer({ min: 1, max: 60 }) }) },
    { weight: 1, arbitrary: fc.record({ early: fc.boolean() }) },
  );

  it('segments begin with key frames, are whole, follow one another, and make playlists that break no rule', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const rig = new PackagerRig();
        const state = { frame: 0, sinceKey: 60, unit: 0, muted: 0 };
        const one = (): void => {
          const end = unitsBefore(state.frame + 1);
          for (; state.unit < end; state.unit += 1) if (state.muted === 0) rig.audio(state.unit * UNIT);
          state.muted = Math.max(0, state.muted - 1);
          if (state.sinceKey >= 60) state.sinceKey = 0;
          rig.video(state.frame, state.sinceKey === 0);
          state.sinceKey += 1;
          state.frame += 1;
        };
        for (const each of steps) {
          if ('run' in each) for (let count = 0; count < each.run; count += 1) one();
          else if ('lose' in each)
            [state.frame, state.sinceKey] = [state.frame + each.lose, state.sinceKey + each.lose];
          else if ('restart' in each) [rig.picture, state.sinceKey] = [pictureConfig(each.restart), 60];
          else if ('mute' in each) state.muted = each.mute;
          else state.sinceKey = each.early ? 60 : state.sinceKey;
        }
        rig.packager.end();
        expectSound(rig);
      }),
      { numRuns: 200 },
    );
  });
});

/** Everything that holds for the parts of any session. */
function expectSound(rig: PackagerRig): void {
  const windows = { windowSegments: 6, dvrSegments: 12, memorySegments: 8 };
  const rendition = new Rendition({ prefix: '', times: streamTimes('standard', FPS, 2), ...windows });
  rig.parts.forEach((part, index) => {
    const before = rig.parts[index - 1];
    const { video, audio } = rig.read(index);
    expect(part.independent).toBe(part.index === 0);
    expect(video.names).toEqual(range(part.firstFrame, part.firstFrame + part.frames));
    expect(video.base).toBe(part.firstFrame * TICKS);
    if (before?.segment === part.segment) {
      expect([part.index, part.discontinuity, before.last]).toEqual([before.index + 1, false, false]);
      expect(part.init).toBe(before.init);
    } else if (before) {
      expect([part.segment, part.index]).toEqual([before.segment + 1, 0]);
    }
    if (before && part.firstFrame !== before.firstFrame + before.frames) expect(part.discontinuity).toBe(true);
    if (before && part.init !== before.init) expect(part.discontinuity).toBe(true);
    if (audio) {
      const starts = audio.durations.reduce<number[]>(
        (list, length) => [...list, (list.at(-1) ?? 0) + length],
        [audio.base],
      );
      expect(starts.slice(0, -1)).toEqual(audio.names);
    }
    rendition.add({ ...part, duration: part.frames / FPS });
    // Each is seen a few times in a session, which is enough over hundreds of them.
    if (rendition.count < 3 || index % 7 > 1) return;
    const window = index % 7 === 0 ? 'live' : 'dvr';
    const text = rendition.playlist(window, { dateRanges: [], reports: [], delta: window === 'live' });
    expect(lintMediaPlaylist(text)).toEqual([]);
  });
}
