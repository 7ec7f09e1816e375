/** Renders as the API sees them, in memory: recording `rec1` has `v1`, whose file is this one, and `v2`, which waits. */
import { createReadStream, statSync } from 'node:fs';
import type { RenderControl, RenderView } from '../../src/api/render-port.ts';
import { ConflictError, NotFoundError } from '../../src/errors.ts';

/** What is there when nobody has asked for anything. */
export const RENDER: RenderView = {
  id: 'v1',
  recording: 'rec1',
  state: 'waiting',
  progress: 0,
  format: 'mp4',
  layout: 'recorded',
  from: 0,
  to: 12,
  without: [],
  width: 1280,
  height: 720,
  createdAt: '2026-01-01T00:00:00.000Z',
};

/** Where the file of `v1` lies. */
export const RENDER_PATH = import.meta.filename;

/** Notes each request in `calls`. */
export function fakeRenders(state: { readonly calls: string[] }): RenderControl {
  const existing = (recording: string, id: string): RenderView => {
    if (recording === RENDER.recording && ['v1', 'v2'].includes(id)) return { ...RENDER, id };
    throw new NotFoundError('render_not_found', 'There is no such render; see the list.');
  };
  return {
    async create(recording, request) {
      state.calls.push(`render ${recording} ${JSON.stringify(request)}`);
      const { to = RENDER.to, width = RENDER.width, height = RENDER.height, ...rest } = request;
      return { ...RENDER, ...rest, recording, to, width, height };
    },
    list: async (recording) => [{ ...RENDER, recording }],
    find: async (recording, id) => existing(recording, id),
    async file(recording, id) {
      const render = existing(recording, id);
      if (id !== 'v1') throw new ConflictError('not_ready', 'It is not ready; wait.');
      const { size } = statSync(RENDER_PATH);
      const about = { etag: 'abc', contentType: 'video/mp4', modifiedAt: new Date(0) };
      return { size, ...about, render, read: async (span) => createReadStream(RENDER_PATH, span ?? {}) };
    },
    async remove(recording, id) {
      existing(recording, id);
      state.calls.push(`remove render ${recording} ${id}`);
    },
  };
}
