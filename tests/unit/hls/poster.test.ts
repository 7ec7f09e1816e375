import { describe, expect, it } from 'vitest';
import { Poster, POSTER_AGE } from '../../../src/hls/poster.ts';
import { nullLogger } from '../../../src/logger.ts';

const FPS = 30;

/** A poster of a session whose newest segment ends where it is told, and that is made of what it is given. */
function session() {
  const given: (Uint8Array | undefined)[] = [];
  let endFrame = 60;
  let made = 0;
  const source = () => ({
    segments: [{ segment: 0, firstFrame: 0, endFrame }],
    readStart: () => Promise.resolve(undefined),
  });
  const make = (): Promise<Uint8Array | undefined> => {
    made += 1;
    return Promise.resolve(given.shift());
  };
  const poster = new Poster({ source, framerate: FPS }, { make }, nullLogger);
  return { poster, given, goOn: (frames: number) => void (endFrame += frames), made: () => made };
}

describe('the poster of a session', () => {
  it('is made again once it is as old as it may be', async () => {
    const { poster, given, goOn, made } = session();
    given.push(Uint8Array.of(1), Uint8Array.of(2));
    const first = await poster.get();
    goOn(POSTER_AGE * FPS - 1);
    expect([await poster.get(), made()]).toEqual([first, 1]);
    goOn(1);
    expect((await poster.get()).body).toEqual(Uint8Array.of(2));
  });

  it('stays when the next one cannot be made, and is looked for again', async () => {
    const { poster, given, goOn } = session();
    expect(await poster.get()).toMatchObject({ status: 404 });
    given.push(Uint8Array.of(1), undefined, Uint8Array.of(2));
    const first = await poster.get();
    goOn(POSTER_AGE * FPS);
    expect(await poster.get()).toBe(first);
    expect((await poster.get()).body).toEqual(Uint8Array.of(2));
  });
});
