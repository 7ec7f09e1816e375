import { describe, expect, it } from 'vitest';
import { annotationSchema } from '../../../src/layout/annotation.ts';
import { gridLayout } from '../../../src/layout/grid.ts';
import { type Region, layoutSchema } from '../../../src/layout/layout.ts';
import { nullLogger } from '../../../src/logger.ts';
import { wallTime } from '../../../src/media/timestamp.ts';
import { AgeMeter } from '../../../src/mixer/age-meter.ts';
import { type Member, MemberRoster, type VideoEntry } from '../../../src/mixer/member-roster.ts';
import { Parking } from '../../../src/mixer/parking.ts';
import { type Picture, type YuvColor, createPicture, yuvOf } from '../../../src/mixer/picture.ts';
import { PlayoutClock } from '../../../src/mixer/playout-clock.ts';
import { Scene } from '../../../src/mixer/scene.ts';
import { StartQueue } from '../../../src/mixer/start-queue.ts';
import { VideoSource } from '../../../src/mixer/video-source.ts';
import type { TrackSource } from '../../../src/room/track.ts';
import { FakeClock } from '../../helpers/fake-clock.ts';

const SIZE = { width: 640, height: 360 };
const BARE = annotationSchema.parse({ names: false, marks: false, speakerBorder: false, clock: false });
const CUT = layoutSchema.parse({ transition: 'cut' });

/** A source that shows what it is told to, and never starts a process. */
class StillSource extends VideoSource {
  picture: Picture | undefined;
  silent = 0;
  advanced = 0;

  constructor(picture: Picture | undefined) {
    const starts = new StartQueue(new FakeClock());
    super({
      label: 'still',
      playout: new PlayoutClock(),
      spawn: () => {
        throw new Error('A still picture needs no decoder');
      },
      starts,
      parking: new Parking(starts),
      clock: new FakeClock(),
      log: nullLogger,
      maxPixels: 1,
      restart: { firstMs: 1, maxMs: 1, attempts: 1, forgetAfterMs: 1 },
      onKeyframeWanted: () => {},
      onRefused: () => {},
    });
    this.picture = picture;
  }

  override pictureAt(): Picture | undefined {
    this.advanced += 1;
    return this.picture;
  }

  override get current(): Picture | undefined {
    return this.picture;
  }

  override silentMs(): number {
    return this.picture ? this.silent : Number.POSITIVE_INFINITY;
  }
}

function grey(y: number): YuvColor {
  return { y, u: 128, v: 128 };
}

class Stage {
  readonly roster = new MemberRoster();
  readonly placed: Array<[number, Region | undefined]> = [];
  readonly scene = new Scene({
    ...SIZE,
    roster: this.roster,
    offsetMinutes: () => 0,
    wallOf: (captureUs) => captureUs / 1000,
    onPlace: ({ track }, region) => this.placed.push([track, region]),
  });
  canvas = createPicture(SIZE.width, SIZE.height);
  nowMs = 10_000;
  #tracks = 0;

  constructor(layout = CUT, annotation = BARE) {
    this.scene.setRoom('Talk', layout, annotation, this.nowMs);
  }

  join(id: string): Member {
    const number = [...this.roster.members].length;
    const member: Member = {
      number,
      state: { id, name: id, host: false, silenced: false, gainDb: 0, detached: false, hand: false, withheld: false },
      listening: 0,
      detachedSinceMs: undefined,
      keptFromMs: Number.NEGATIVE_INFINITY,
      playout: new PlayoutClock(),
      tracks: new Map(),
      avatar: undefined,
    };
    this.roster.add(member);
    this.scene.rearrange(this.nowMs);
    return member;
  }

  show(member: Member, luma: number | undefined, origin: TrackSource = 'camera'): VideoEntry & { source: StillSource } {
    this.#tracks += 1;
    const source = new StillSource(luma === undefined ? undefined : createPicture(64, 36, grey(luma)));
    const entry = { kind: 'video', track: this.#tracks, number: this.#tracks, origin, state: 'live', source } as const;
    const added = { ...entry, state: 'live' as const, age: new AgeMeter(), config: undefined };
    this.roster.addTrack(member, added);
    this.scene.rearrange(this.nowMs);
    return added;
  }

  remove(member: Member, entry: VideoEntry): void {
    this.scene.end(member, entry, this.nowMs);
    this.roster.removeTrack(entry.track);
    this.scene.forget(entry);
    this.scene.rearrange(this.nowMs);
  }

  lumaAt(x: number, y: number): number {
    return this.canvas.data[y * SIZE.width + x] as number;
  }

  draw(frame = 0): void {
    this.scene.draw(this.canvas, frame, this.nowMs, wallTime(0));
  }

  /** The brightness in the middle of each cell of a grid of so many. */
  grid(count: number): number[] {
    this.draw();
    const cells = gridLayout(count, SIZE.width, SIZE.height);
    return cells.map(({ x, y, width, height }) => this.lumaAt(x + width / 2, y + height / 2));
  }
}

describe('Scene', () => {
  it('shows everybody in the order they joined, and moves up when somebody leaves', () => {
    const stage = new Stage();
    const members = ['ana', 'ben', 'cleo', 'dan'].map((id) => stage.join(id));
    members.forEach((member, index) => stage.show(member, 60 + index * 40));
    expect(stage.grid(4)).toEqual([60, 100, 140, 180]);
    const ben = members[1] as Member;
    for (const entry of [...ben.tracks.values()]) stage.remove(ben, entry as VideoEntry);
    stage.roster.remove(ben.number);
    stage.scene.rearrange(stage.nowMs);
    expect(stage.grid(3)).toEqual([60, 140, 180]);
  });

  it('tells each track once what it shall give, and once that nobody sees it', () => {
    const stage = new Stage();
    const ana = stage.join('ana');
    const entry = stage.show(ana, 60);
    stage.scene.rearrange(stage.nowMs);
    expect(stage.placed).toMatchObject([[entry.track, { key: 'ana/1', width: 640, height: 360, fit: 'contain' }]]);
    stage.scene.setRoom('Talk', layoutSchema.parse({ transition: 'cut', hidden: ['ana'] }), BARE, stage.nowMs);
    expect(stage.placed.slice(1)).toEqual([[entry.track, undefined]]);
  });

  it('tells a track anew that its pictures have another shape, where the tile cuts their edges off', () => {
    const turn = (fit: 'contain' | 'cover'): number => {
      const stage = new Stage(layoutSchema.parse({ transition: 'cut', fit }));
      const entry = stage.show(stage.join('ana'), 60);
      for (const [width, height] of [
        [1280, 720],
        [640, 360],
        [360, 640],
      ] as const) {
        entry.config = { id: 1, config: { codec: 'vp8', codecString: 'vp8', width, height, framerate: 30 } };
        stage.scene.rearrange(stage.nowMs);
      }
      return stage.placed.length;
    };
    expect([turn('contain'), turn('cover')]).toEqual([1, 3]);
  });

  it('paints the background again where a tile was, on every canvas', () => {
    const stage = new Stage(CUT, annotationSchema.parse({ ...BARE, background: '#0000ff' }));
    const ana = stage.join('ana');
    stage.show(ana, 200);
    const canvases = [createPicture(640, 360), createPicture(640, 360), createPicture(640, 360)];
    for (const canvas of canvases) {
      stage.canvas = canvas;
      stage.draw();
    }
    stage.show(stage.join('ben'), 100);
    for (const canvas of canvases) {
      stage.canvas = canvas;
      stage.draw();
      expect(stage.lumaAt(320, 10)).toBe(yuvOf(0, 0, 255).y);
    }
  });

  it('moves tiles to their new places over some frames, and ends exactly there', () => {
    const stage = new Stage(layoutSchema.parse({}));
    stage.show(stage.join('ana'), 60);
    stage.nowMs += 1000;
    stage.draw();
    stage.show(stage.join('ben'), 200);
    stage.nowMs += 80;
    stage.draw();
    // Half way: smaller than the program, not yet in its half.
    expect(stage.lumaAt(20, 180)).toBe(60);
    expect([stage.lumaAt(330, 180), stage.lumaAt(2, 2)]).not.toEqual([60, 60]);
    stage.nowMs += 151;
    expect(stage.grid(2)).toEqual([60, 200]);
  });

  it('shows nothing of somebody who is withheld, not even the end of their film, and all of it again at once', () => {
    const stage = new Stage();
    stage.show(stage.join('ana'), 60);
    const ben = stage.join('ben');
    const film = stage.show(ben, 200, 'file');
    expect(stage.grid(2)).toEqual([60, 200]);
    ben.state = { ...ben.state, withheld: true };
    expect(stage.grid(2)[1]).not.toBe(200);
    stage.draw();
    const [, place] = gridLayout(2, SIZE.width, SIZE.height);
    const { x = 0, y = 0, width = 0, height = 0 } = place ?? {};
    let seen = 0;
    for (let row = y; row < y + height; row += 1) {
      for (let column = x; column < x + width; column += 1) if (stage.lumaAt(column, row) === 200) seen += 1;
    }
    // The edges of letters have every shade.
    expect(seen / (width * height)).toBeLessThan(0.001);
    stage.remove(ben, film);
    expect(stage.grid(2)[1]).not.toBe(200);
    stage.show(ben, 180);
    ben.state = { ...ben.state, withheld: false };
    stage.nowMs += 4000;
    // What is made up for afterwards is of before.
    ben.keptFromMs = stage.nowMs + 1;
    expect(stage.grid(2)[1]).not.toBe(180);
    stage.nowMs += 1;
    stage.scene.rearrange(stage.nowMs);
    expect(stage.grid(2)).toEqual([60, 180]);
  });

  it('marks whose hand is up in the very next frame, on every tile of theirs, and nobody else', () => {
    const stage = new Stage(CUT, annotationSchema.parse({ ...BARE, marks: true }));
    const [ana, ben] = [stage.join('ana'), stage.join('ben')];
    stage.show(ana, 100);
    stage.show(ben, 100);
    stage.show(ben, 100);
    const cells = gridLayout(3, SIZE.width, SIZE.height);
    const marked = (): boolean[] => {
      stage.nowMs += 33;
      stage.draw();
      return cells.map(({ x, y, width, height }) => {
        let other = 0;
        // At its lower left corner, where the marks are.
        for (let row = y + height - 40; row < y + height; row += 1) {
          for (let column = x; column < x + 60 && column < x + width; column += 1) {
            if (stage.lumaAt(column, row) !== 100) other += 1;
          }
        }
        return other > 50;
      });
    };
    expect(marked()).toEqual([false, false, false]);
    ben.state = { ...ben.state, hand: true };
    expect(marked()).toEqual([false, true, true]);
    ben.state = { ...ben.state, hand: false };
    expect(marked()).toEqual([false, false, false]);
  });

  it('keeps a film that is over for three seconds, dimmed, and then shows the person', () => {
    const stage = new Stage();
    const ana = stage.join('ana');
    const film = stage.show(ana, 200, 'file');
    stage.remove(ana, film);
    film.source.picture = undefined;
    stage.draw();
    const dimmed = stage.lumaAt(100, 100);
    expect(dimmed).toBeGreaterThan(60);
    expect(dimmed).toBeLessThan(200);
    stage.nowMs += 2999;
    stage.draw();
    expect(stage.lumaAt(100, 100)).toBe(dimmed);
    stage.nowMs += 1;
    stage.draw();
    expect(stage.lumaAt(100, 100)).toBeLessThan(60);
  });

  it('lets a camera that is switched off make room for the avatar at once', () => {
    const stage = new Stage();
    const ana = stage.join('ana');
    const camera = stage.show(ana, 200);
    stage.remove(ana, camera);
    stage.draw();
    expect(stage.lumaAt(5, 5)).toBeLessThan(60);
  });

  it('keeps the last picture of somebody who is cut off for ten seconds, then shows the avatar', () => {
    const stage = new Stage();
    const ana = stage.join('ana');
    stage.show(ana, 200);
    ana.detachedSinceMs = stage.nowMs;
    stage.nowMs += 10_000;
    stage.draw();
    expect(stage.lumaAt(320, 40)).toBe(200);
    stage.nowMs += 1;
    stage.draw();
    expect(stage.lumaAt(320, 40)).toBeLessThan(60);
  });

  it('lets somebody who leaves shrink with their last picture, and somebody who is hidden', () => {
    const stage = new Stage(layoutSchema.parse({}));
    const [ana, ben] = ['ana', 'ben'].map((id) => stage.join(id)) as [Member, Member];
    stage.show(ana, 60);
    const camera = stage.show(ben, 200);
    stage.nowMs += 1000;
    expect(stage.grid(2)).toEqual([60, 200]);
    stage.remove(ben, camera);
    camera.source.picture = undefined;
    stage.roster.remove(ben.number);
    stage.scene.rearrange(stage.nowMs);
    stage.nowMs += 33;
    stage.draw();
    const last = stage.canvas.data.subarray(0, SIZE.width * SIZE.height);
    expect(last.includes(200)).toBe(true);
    stage.nowMs += 300;
    stage.draw();
    expect(last.includes(200)).toBe(false);
  });

  it('puts the avatar where the camera was when it is switched off, with nothing in between', () => {
    const stage = new Stage(layoutSchema.parse({}), annotationSchema.parse({ ...BARE, background: '#ffffff' }));
    const ana = stage.join('ana');
    const camera = stage.show(ana, 60);
    stage.nowMs += 1000;
    stage.draw();
    stage.remove(ana, camera);
    for (let frame = 0; frame < 10; frame += 1) {
      stage.draw(frame);
      // The background is white: neither the camera nor the avatar is as bright in its corner.
      expect(stage.lumaAt(4, 4)).toBeLessThan(100);
      stage.nowMs += 33;
    }
  });

  it('shows a slate while nobody is there, and everybody again when they come', () => {
    const stage = new Stage();
    stage.draw();
    const slate = Buffer.from(stage.canvas.data);
    expect(new Set(slate.subarray(0, 640 * 360)).size).toBeGreaterThan(10);
    stage.show(stage.join('ana'), 200);
    expect(stage.grid(1)).toEqual([200]);
  });

  it.each([1, 2])(
    'lets pictures advance five times a second when the machine is slow and draws frame 0, %i, …',
    (step) => {
      const stage = new Stage();
      const entries = ['ana', 'ben', 'cleo'].map((id) => stage.show(stage.join(id), 100));
      stage.scene.setDetail('slow');
      stage.draw(0);
      const begun = entries.map(({ source }) => source.advanced);
      const startMs = stage.nowMs;
      let most = 0;
      for (let frame = step; frame <= 60; frame += step) {
        const before = entries.map(({ source }) => source.advanced);
        stage.nowMs = startMs + (frame * 1000) / 30;
        stage.draw(frame);
        most = Math.max(
          most,
          entries.filter(({ source }, index) => source.advanced > (before[index] as number)).length,
        );
      }
      expect(entries.map(({ source }, index) => source.advanced - (begun[index] as number))).toEqual([10, 10, 10]);
      // They take turns.
      expect(most).toBeLessThan(3);
    },
  );

  it('shows nobody when there is only sound', () => {
    const stage = new Stage();
    const { source } = stage.show(stage.join('ana'), 200);
    stage.scene.setDetail('sound-only');
    stage.draw();
    expect(source.advanced).toBe(0);
    expect(stage.lumaAt(100, 100)).not.toBe(200);
  });

  it('fits the same people into another size of the program at once', () => {
    const stage = new Stage(layoutSchema.parse({}));
    stage.show(stage.join('ana'), 60);
    stage.nowMs += 1000;
    stage.scene.resize(320, 180, stage.nowMs);
    const small = createPicture(320, 180);
    stage.scene.draw(small, 0, stage.nowMs, wallTime(0));
    expect([small.data[0], small.data[320 * 180 - 1]]).toEqual([60, 60]);
    expect(stage.placed.at(-1)?.[1]).toMatchObject({ width: 320, height: 180 });
  });

  it('gives the floor its place without moving anybody who need not move', () => {
    const stage = new Stage(layoutSchema.parse({ policy: 'speaker', transition: 'cut' }));
    const members = ['ana', 'ben', 'cleo'].map((id) => stage.join(id));
    members.forEach((member, index) => stage.show(member, 60 + index * 50));
    stage.scene.setHeard({ speaking: new Set([2]), floor: 2 }, stage.nowMs);
    stage.draw();
    expect(stage.lumaAt(200, 180)).toBe(160);
  });
});
