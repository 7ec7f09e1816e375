import { beforeEach, describe, expect, it } from 'vitest';
import type { FlowVerdict } from '../../../../src/protocol/flow/acked-rate-controller.ts';
import { THUMBNAIL } from '../../../../web/signal/picture-signals.ts';
import { SignalWatch, type WatchedSource } from '../../../../web/signal/signal-watch.ts';

const ZEROS = { levelDb: Number.NEGATIVE_INFINITY, clipped: 0 };
const BLACK = new Float32Array(THUMBNAIL.width * THUMBNAIL.height);

type Source = WatchedSource<object>;

function source(track: number, kind: Source['source'], state: Source['state'] = 'live'): Source {
  return { track, source: kind, media: {}, state };
}

/** What is open, and what was said. */
class Rig {
  readonly open: object[] = [];
  readonly said: string[] = [];
  line: FlowVerdict | undefined;
  readonly watch = new SignalWatch<object>({
    listen: (track) => this.#probe(track, ZEROS),
    look: (track) => this.#probe(track, BLACK),
    line: () => this.line,
    changed: ({ kind, track }, active) => this.said.push(`${kind} ${track ?? '-'} ${active}`),
  });

  #probe<Reading>(track: object, reading: Reading) {
    this.open.push(track);
    return { media: track, read: () => reading, close: () => this.open.splice(this.open.indexOf(track), 1) };
  }

  tick(fromMs: number, toMs: number): void {
    for (let now = fromMs; now <= toMs; now += 500) this.watch.tick(now);
  }
}

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});

describe('the watch over what is sent', () => {
  it('says once what is wrong, and once when it is over', () => {
    const microphone = source(0, 'mic');
    const camera = source(1, 'camera');
    rig.watch.follow([microphone, camera]);
    rig.tick(0, 20_000);
    expect(rig.said).toEqual(['black 1 true', 'silence 0 true']);
    expect(rig.watch.active).toEqual([
      { kind: 'silence', track: 0 },
      { kind: 'black', track: 1 },
    ]);
    rig.watch.follow([camera]);
    expect(rig.said.slice(2)).toEqual(['silence 0 false']);
    expect(rig.open).toEqual([camera.media]);
    rig.watch.close();
    expect(rig.open).toEqual([]);
  });

  it('leaves alone what is switched off, screens and films', () => {
    rig.watch.follow([source(0, 'mic', 'muted'), source(2, 'screen'), source(3, 'file'), source(4, 'file')]);
    rig.tick(0, 20_000);
    expect(rig.open).toEqual([]);
    expect(rig.said).toEqual([]);
  });

  it('keeps looking at media that go on, and begins anew with others', () => {
    const microphone = source(0, 'mic');
    rig.watch.follow([microphone]);
    rig.tick(0, 4000);
    rig.watch.follow([{ ...microphone }]);
    expect(rig.open).toEqual([microphone.media]);
    rig.tick(4500, 5000);
    expect(rig.said).toEqual(['silence 0 true']);
    const other = source(0, 'mic');
    rig.watch.follow([other]);
    expect(rig.open).toEqual([other.media]);
    rig.tick(5500, 10_000);
    expect(rig.said).toEqual(['silence 0 true', 'silence 0 false']);
  });

  it('follows the line while something is sent', () => {
    rig.line = 'stalled';
    rig.tick(0, 4000);
    expect(rig.said).toEqual(['network - true']);
    rig.line = undefined;
    rig.tick(4500, 5000);
    expect(rig.said).toEqual(['network - true', 'network - false']);
  });
});
