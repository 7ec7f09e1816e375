import { describe, expect, it } from 'vitest';
import { annotationSchema } from '../../../src/layout/annotation.ts';
import { layoutSchema } from '../../../src/layout/layout.ts';
import { ADMIN_TOKEN, startApi } from './api-server.ts';

const LAYOUT = '/api/rooms/hall/layout';
const ANNOTATION = '/api/rooms/hall/annotation';

async function put(path: string, body: unknown) {
  const api = await startApi();
  return api.send('PUT', path, { token: ADMIN_TOKEN, body });
}

describe('the layout of a room', () => {
  it('is complete, whatever was left out', async () => {
    const api = await startApi();
    const set = await api.send('PUT', LAYOUT, { token: ADMIN_TOKEN, body: { policy: 'speaker', pinned: ['ann/1'] } });
    const wanted = layoutSchema.parse({ policy: 'speaker', pinned: ['ann/1'] });
    expect(set.json).toEqual(wanted);
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'viewer' });
    expect((await api.send('GET', LAYOUT, { token })).json).toEqual(wanted);
  });

  it('replaces the one before: what is left out is not kept', async () => {
    const api = await startApi();
    await api.send('PUT', LAYOUT, { token: ADMIN_TOKEN, body: { policy: 'single', hidden: ['ann'] } });
    const { json } = await api.send('PUT', LAYOUT, { token: ADMIN_TOKEN });
    expect(json).toEqual(layoutSchema.parse({}));
  });

  it.each([
    { why: 'as many tiles as fit', body: { maxTiles: 25 }, status: 200 },
    { why: 'one more', body: { maxTiles: 26 }, status: 400, field: 'maxTiles' },
    { why: 'no tile', body: { maxTiles: 0 }, status: 400, field: 'maxTiles' },
    { why: 'as many names as there may be', body: { order: Array.from({ length: 400 }, () => 'a') }, status: 200 },
    { why: 'a name more', body: { order: Array.from({ length: 401 }, () => 'a') }, status: 400, field: 'order' },
    { why: 'a name that is none', body: { pinned: ['ann', 'b c'] }, status: 400, field: 'pinned.1' },
    { why: 'a policy nobody knows', body: { policy: 'circle' }, status: 400, field: 'policy' },
    { why: 'custom without regions', body: { policy: 'custom' }, status: 400, field: 'regions' },
    {
      why: 'a region that leaves the program',
      body: { policy: 'custom', regions: [{ x: 0.5, y: 0, width: 0.6, height: 1 }] },
      status: 400,
      field: 'regions.0.width',
    },
    {
      why: 'a region for somebody who cannot be named',
      body: { policy: 'custom', regions: [{ x: 0, y: 0, width: 1, height: 1, show: '@nobody' }] },
      status: 400,
      field: 'regions.0.show',
    },
    { why: 'a field nobody knows', body: { polizy: 'grid' }, status: 400, field: 'polizy' },
    {
      why: 'a field nobody knows, further in',
      body: { rules: [{ screen: true, policy: 'single', until: 3 }] },
      status: 400,
      field: 'rules.0.until',
    },
    { why: 'a list', body: [], status: 400, field: undefined },
  ])('answers $why with $status', async ({ body, status, field }) => {
    const answer = await put(LAYOUT, body);
    expect(answer.status).toBe(status);
    if (field !== undefined) expect(answer.json['detail']).toContain(`In the body, "${field}" is not `);
  });

  it('says what would do', async () => {
    expect((await put(LAYOUT, { maxTiles: 26 })).json['detail']).toMatch(/<=25/);
    expect((await put(LAYOUT, { pinned: ['b c'] })).json['detail']).toContain('name a participant ("ID")');
    expect((await put(LAYOUT, { colour: 1 })).json['detail']).toBe(
      'In the body, "colour" is not known; leave it out, or correct its name.',
    );
  });
});

describe('what is drawn over the program', () => {
  it('has a lower third when it is given one, and none again without', async () => {
    const api = await startApi();
    const send = (body: object) => api.send('PUT', ANNOTATION, { token: ADMIN_TOKEN, body });
    const lowerThird = { title: 'Zoë عمر 李', text: '<b>' };
    expect((await send({ lowerThird })).json).toEqual(annotationSchema.parse({ lowerThird }));
    const { token } = await api.deps.tokens.issue({ room: 'hall', role: 'participant' });
    expect((await api.send('GET', ANNOTATION, { token })).json).toMatchObject({ lowerThird });
    expect((await send({ clock: false })).json).toEqual(annotationSchema.parse({ clock: false }));
  });

  it.each([
    {
      why: 'the longest lower third',
      body: { lowerThird: { title: 'a'.repeat(80), text: 'a'.repeat(120) } },
      ok: true,
    },
    { why: 'a title that is too long', body: { lowerThird: { title: 'a'.repeat(81) } }, field: 'lowerThird.title' },
    {
      why: 'a text that is too long',
      body: { lowerThird: { title: 'a', text: 'a'.repeat(121) } },
      field: 'lowerThird.text',
    },
    { why: 'a text of two lines', body: { lowerThird: { title: 'a\nb' } }, field: 'lowerThird.title' },
    { why: 'a colour by name', body: { background: 'red' }, field: 'background' },
    { why: 'a logo that is too large', body: { logo: { height: 0.51 } }, field: 'logo.height' },
    { why: 'the largest logo', body: { logo: { height: 0.5 } }, ok: true },
  ])('answers $why as it should', async ({ body, ok, field }) => {
    const answer = await put(ANNOTATION, body);
    expect(answer.status).toBe(ok ? 200 : 400);
    if (field !== undefined) expect(answer.json['detail']).toContain(`"${field}"`);
  });
});
