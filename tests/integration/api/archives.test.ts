import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../../src/errors.ts';
import type { ArchivedFile } from '../../../src/recorder/archive/archive-manifest.ts';
import { ADMIN_TOKEN, startApi } from './api-server.ts';

const FILE: ArchivedFile = {
  name: 'recording.mp4',
  kind: 'film',
  title: 'Weekly',
  contentType: 'video/mp4',
  size: 5,
  sha256: 'a'.repeat(64),
};
const STEP = { name: 'film', state: 'failed', progress: 0.4, attempts: 3, error: 'no such codec today' } as const;

describe('GET /api/recordings/:recording/files', () => {
  it('lists the files of an archive to admins alone', async () => {
    const asked: string[] = [];
    const archives = {
      jobs: async () => ({}),
      files: async (id: string) => {
        asked.push(id);
        return [FILE];
      },
    };
    const api = await startApi({ ports: { archives } });
    const answer = await api.send('GET', '/api/recordings/rec1/files', { token: ADMIN_TOKEN });
    expect(answer.json).toEqual({ items: [FILE] });
    for (const role of ['host', 'participant', 'viewer'] as const) {
      const { token } = await api.deps.tokens.issue({ room: 'hall', role });
      expect((await api.send('GET', '/api/recordings/rec1/files', { token })).status).toBe(403);
    }
    expect((await api.send('GET', '/api/recordings/rec1/files')).status).toBe(401);
    expect(asked).toEqual(['rec1']);
  });

  it('says when there are none yet', async () => {
    const files = (): Promise<never> => Promise.reject(new ConflictError('not_ready', 'Not yet.'));
    const api = await startApi({ ports: { archives: { jobs: async () => ({}), files } } });
    const answer = await api.send('GET', '/api/recordings/rec1/files', { token: ADMIN_TOKEN });
    expect([answer.status, answer.json['code']]).toEqual([409, 'not_ready']);
  });
});

describe('GET /api/recordings/:recording', () => {
  it('tells how the jobs of its archive stand', async () => {
    const jobs = async () => ({ steps: [STEP], log: ['a line'] });
    const api = await startApi({ ports: { archives: { jobs, files: async () => [] } } });
    const answer = await api.send('GET', '/api/recordings/rec1', { token: ADMIN_TOKEN });
    expect(answer.json).toMatchObject({ id: 'rec1', steps: [STEP], log: ['a line'] });
  });
});
