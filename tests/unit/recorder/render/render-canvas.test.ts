import { describe, expect, it } from 'vitest';
import { layoutSchema } from '../../../../src/layout/layout.ts';
import { createPicture, type Picture } from '../../../../src/mixer/picture.ts';
import type { TimelineEvent } from '../../../../src/recorder/archive/archive-timeline-file.ts';
import { RenderCanvas } from '../../../../src/recorder/render/render-canvas.ts';
import { planSpans, type RenderSpan } from '../../../../src/recorder/render/render-plan.ts';
import type { RenderOrder } from '../../../../src/recorder/render/render-request.ts';
import { type ArchiveOptions, timelineOf } from '../../../helpers/track-archive.ts';

const [WIDTH, HEIGHT] = [640, 360];
const WHITE = { y: 235, u: 128, v: 128 };
const ANA = { id: 'ana', from: 0, to: 10 };
const BEN = { id: 'ben', from: 4, to: 10 };

/** Draws one moment after the other. */
class Film {
  readonly #canvas = new RenderCanvas({ width: WIDTH, height: HEIGHT, offsetMinutes: () => 0 });
  readonly #picture = createPicture(WIDTH, HEIGHT);
  readonly #spans: readonly RenderSpan[];

  constructor(layout: object, options: Partial<ArchiveOptions> = {}) {
    const order: RenderOrder = {
      ...{
        layout: layoutSchema.parse(layout),
        from: 0,
        to: 10,
        without: [],
        format: 'mp4',
        width: WIDTH,
        height: HEIGHT,
      },
    };
    this.#spans = [...planSpans(timelineOf({ recording: 'r', people: [ANA, BEN], duration: 10, ...options }), order)];
  }

  /** @param capturedAt of the white pictures that everybody has then */
  at(at: number, capturedAt: number | 'never' = at): Picture {
    const span = this.#spans.find(({ from, to }) => from <= at && at < to) as RenderSpan;
    const pictures = span.arrangement.regions.flatMap(({ key, width, height }) =>
      capturedAt === 'never' ? [] : [[key, { picture: createPicture(width, height, WHITE), at: capturedAt }] as const],
    );
    const moment = { at, frame: Math.round(at * 30), wallMs: at * 1000, wallOf: (t: number) => t * 1000 };
    this.#canvas.draw(this.#picture, span, new Map(pictures), moment);
    return this.#picture;
  }
}

/** Luma of a pixel. */
const luma = ({ data, width }: Picture, x: number, y: number): number => data[y * width + x] as number;
/** Share of the rows of a column that show a picture. */
function white(picture: Picture, x: number): number {
  const rows = Array.from({ length: HEIGHT }, (_, y) => luma(picture, x, y));
  return rows.filter((value) => value === WHITE.y).length / HEIGHT;
}

describe('the pictures of a render', () => {
  it('are at once in their places with a layout that cuts', () => {
    const film = new Film({ policy: 'grid', transition: 'cut' });
    expect(luma(film.at(3.9), 600, 40)).toBe(WHITE.y);
    const after = film.at(4);
    expect([luma(after, 100, 180), luma(after, 500, 180)]).toEqual([WHITE.y, WHITE.y]);
    expect(luma(after, 500, 20)).toBeLessThan(60);
  });

  it('move to their places as in the live program', () => {
    const film = new Film({ policy: 'grid' });
    film.at(3.9);
    expect(white(film.at(4), 2)).toBeGreaterThan(0.95);
    const moving = white(film.at(4.05), 20);
    expect(moving).toBeGreaterThan(0.52);
    expect(moving).toBeLessThan(0.95);
    // The cell is half as high, and the name stands in it.
    expect(white(film.at(4.3), 20)).toBeLessThan(0.5);
  });

  it('are a placeholder while there is none, and when the last one is old', () => {
    const film = new Film({ policy: 'single', pinned: ['ana'] });
    expect(luma(film.at(1, 'never'), 20, 20)).not.toBe(WHITE.y);
    expect(luma(film.at(2), 20, 20)).toBe(WHITE.y);
    expect(luma(film.at(9.9, 2), 20, 20)).toBe(WHITE.y);
  });

  it('say what is the matter', () => {
    const events: TimelineEvent[] = [
      { t: 3, type: 'track-state', participant: 'ana', track: 0, state: 'paused' },
      { t: 3.5, type: 'consent', participant: 'ana', given: false },
    ];
    const film = new Film({ policy: 'single', pinned: ['ana'] }, { events });
    // What is paused is dimmed.
    expect(luma(film.at(3.2), 20, 20)).toBeLessThan(200);
    // What is not to be recorded has no picture, even if there were one.
    expect(luma(film.at(3.7), 20, 20)).toBeLessThan(60);
  });

  it('are a slate where one stands in the recording, and while nobody is there', () => {
    const gaps = [{ at: 5, resumesAt: 7, leftOutSeconds: 60, reason: 'pause' as const }];
    const film = new Film({ policy: 'grid' }, { gaps, people: [{ ...ANA, from: 2 }] });
    const lit = (picture: Picture): boolean => picture.data.subarray(0, WIDTH * HEIGHT).some((value) => value > 180);
    for (const at of [1, 6]) {
      const picture = film.at(at);
      expect(luma(picture, 20, 20)).toBeLessThan(60);
      expect(lit(picture)).toBe(true);
    }
    expect(luma(film.at(8), 20, 20)).toBe(WHITE.y);
  });

  it('say on a slate why it stands there, in the language of the room', () => {
    const slate = (reason: 'pause' | 'interruption', language: string): string => {
      const gaps = [{ at: 5, resumesAt: 7, leftOutSeconds: 60, reason }];
      const events: TimelineEvent[] = [{ type: 'annotation', t: 0, annotation: { language, clock: false } }];
      return Buffer.from(new Film({ policy: 'grid' }, { gaps, events }).at(6).data).toString('base64');
    };
    const said = [slate('pause', 'en'), slate('interruption', 'en'), slate('pause', 'de'), slate('interruption', 'de')];
    expect(new Set(said).size).toBe(4);
    expect(slate('pause', 'en')).toBe(said[0]);
  });
});
