import { describe, expect, it } from 'vitest';
import { renderRequestSchema } from '../../../../src/recorder/render/render-request.ts';
import { orderOf } from '../../../../src/recorder/render/renders.ts';
import { timelineOf } from '../../../helpers/track-archive.ts';

const TIMELINE = timelineOf({ recording: 'r', people: [{ id: 'ana', from: 0, to: 10 }], duration: 10 });
const order = (request: object, maxSeconds = 100) => orderOf(renderRequestSchema.parse(request), TIMELINE, maxSeconds);

describe('a request for a render', () => {
  it('is all of the recording as it was, as MP4, when nothing is said', () => {
    expect(order({})).toEqual({
      ...{ layout: 'recorded', from: 0, to: 10, without: [], format: 'mp4', width: 640, height: 360 },
    });
  });

  it('may round the end of the recording up', () => {
    expect(order({ from: 5, to: 10.4 }).to).toBe(10);
  });

  it.each([
    [{ from: 10 }, 'render_empty'],
    [{ to: 10.6 }, 'render_empty'],
    [{ without: ['ben'] }, 'unknown_person'],
  ])('that is %j is refused as %s', (request, code) => {
    expect(() => order(request)).toThrow(expect.objectContaining({ code }));
  });

  it('lasts as long as it may, and no longer', () => {
    expect(order({ to: 4 }, 4).to).toBe(4);
    expect(() => order({ to: 4.01 }, 4)).toThrow(expect.objectContaining({ code: 'render_too_long' }));
  });

  it.each([
    { from: -1 },
    { from: Number.NaN },
    { from: 3, to: 3 },
    { to: 1e9 },
    { format: 'avi' },
    { format: '../mp4' },
    { layout: 'as it was' },
    { layout: { policy: 'spiral' } },
    { without: ['../ana'] },
    { without: Array.from({ length: 201 }, (_, index) => `p${index}`) },
    { width: 640 },
    { width: 1922, height: 1080 },
    { width: 641, height: 360 },
    { width: 180, height: 180 },
    { width: 1920, height: 1920 },
    { name: 'x' },
  ])('does not understand %j', (request) => {
    expect(renderRequestSchema.safeParse(request).success).toBe(false);
  });

  it('takes as many names as it says', () => {
    const without = Array.from({ length: 200 }, (_, index) => `p${index}`);
    expect(renderRequestSchema.safeParse({ without, width: 1920, height: 1080 }).success).toBe(true);
  });
});
