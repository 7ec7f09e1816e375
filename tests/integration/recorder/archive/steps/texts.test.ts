import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archiveTimelineSchema } from '../../../../../src/recorder/archive/archive-timeline-file.ts';
import { dropShared, keepShared } from '../../../../../src/recorder/archive/shared-files.ts';
import { EVENTS_FILE, formatEvent, type SessionEvent } from '../../../../../src/recorder/session/session-events.ts';
import { SESSION_FILE } from '../../../../../src/recorder/session/session-info.ts';
import { textsStep } from '../../../../../src/recorder/archive/steps/texts.ts';
import { testPart } from '../../../../helpers/log-parts.ts';
import { stepContext, writeHappenings } from '../../../../helpers/step-context.ts';
import { tempDir } from '../../../../helpers/temp-dir.ts';
import { TestSession } from '../../../../helpers/test-session.ts';

const HOSTILE = '=1+1\n\n00:00 --> 99:99\n<script>\u202e';

async function session(events: readonly SessionEvent[] | undefined): Promise<string> {
  const dataDir = await tempDir();
  const parts = Array.from({ length: 24 }, (_, index) => testPart(index));
  const written = await TestSession.open(dataDir, 's1', parts);
  written.feed(360);
  await written.log.close();
  if (events) await writeHappenings(written.log.folder, events);
  return dataDir;
}

describe('the step texts', () => {
  it('tells what happened, for programs and for people', async () => {
    const dataDir = await session([
      { type: 'joined', ms: 0, participant: 'p1', name: HOSTILE, role: 'host' },
      { type: 'speaking', ms: 2500, participants: ['p1'] },
      { type: 'marker', ms: 3000, label: HOSTILE },
      { type: 'chat', ms: 5000, id: 'c1', participant: 'p1', name: HOSTILE, text: HOSTILE },
      { type: 'speaking', ms: 9500, participants: [] },
    ]);
    const context = await stepContext(dataDir, 's1', [
      { from: 60, to: 180, endedBy: 'pause' },
      { from: 270, to: 360 },
    ]);
    const { files, facts } = await textsStep(context);
    expect(files.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'timeline timeline.json',
      'captions speakers.vtt',
      'captions chat.vtt',
      'table attendance.csv',
    ]);
    const text = (name: string): Promise<string> => readFile(join(context.folder, name), 'utf8');
    const story = archiveTimelineSchema.parse(JSON.parse(await text('timeline.json')));
    expect(story).toMatchObject({ recording: 'r1', session: 's1', room: 'monday', title: 'Monday', duration: 9 });
    expect(story.startedAt).toBe(new Date(1_800_000_002_000).toISOString());
    expect(story.people).toMatchObject([
      {
        name: HOSTILE,
        spoke: [
          { from: 0.5, to: 4 },
          { from: 6, to: 6.5 },
        ],
      },
    ]);
    expect(story.chapters.map(({ t }) => t)).toEqual([0, 1, 4]);
    expect(facts).toMatchObject({ people: 1, names: [HOSTILE], markers: [{ t: 1, label: HOSTILE }] });
    expect((await text('speakers.vtt')).match(/-->/g)).toHaveLength(2);
    const chat = await text('chat.vtt');
    expect(chat).toContain('00:00:03.000 --> 00:00:07.000\n<v =1+1 00:00 --&gt; 99:99 &lt;script&gt;>');
    expect(chat.match(/-->/g)).toHaveLength(1);
    expect((await text('attendance.csv')).split('\r\n')[1]).toMatch(/^'=1\+1 00:00 --> 99:99 <script>,host,2027-/);
  });

  it('has the files that were shared during the recording, but for those that somebody has deleted since', async () => {
    const file = { type: 'file', participant: 'p1', name: 'Ann', fileType: 'text/plain', size: 3 } as const;
    const sha256 = 'a'.repeat(64);
    const dataDir = await session([
      { ...file, ms: 1000, id: 'before', file: 'early.txt', sha256 },
      { ...file, ms: 3000, id: 'kept', file: '../Gezeiten \u{1f30a} \u202e\u00e4.txt', sha256 },
      { ...file, ms: 4000, id: 'deleted', file: 'secret.txt', sha256 },
      { ...file, ms: 5000, id: 'twice', file: '<b>.html', sha256 },
      { type: 'file-gone', ms: 5500, id: 'deleted' },
    ]);
    const source = join(dataDir, 'source');
    await writeFile(source, 'abc');
    const folder = join(dataDir, 'sessions', 's1');
    for (const id of ['before', 'kept', 'deleted', 'twice']) await keepShared(folder, id, source);
    // As systems leave some.
    await writeFile(join(dataDir, 'sessions', '.DS_Store'), '');
    await dropShared(join(dataDir, 'sessions'), 'deleted');
    const context = await stepContext(dataDir, 's1', [{ from: 60, to: 360 }]);
    const { files } = await textsStep(context);
    const shared = files.filter(({ kind }) => kind === 'shared');
    expect(shared).toEqual([
      {
        name: 'shared-1-Gezeiten-a.txt',
        kind: 'shared',
        contentType: 'text/plain',
        title: '../Gezeiten \u{1f30a} \u202e\u00e4.txt',
      },
      { name: 'shared-2-b-.html', kind: 'shared', contentType: 'text/plain', title: '<b>.html' },
    ]);
    expect(await readFile(join(context.folder, 'shared-1-Gezeiten-a.txt'), 'utf8')).toBe('abc');
    const story = archiveTimelineSchema.parse(
      JSON.parse(await readFile(join(context.folder, 'timeline.json'), 'utf8')),
    );
    const told = story.events.filter(({ type }) => type === 'file' || type === 'file-gone');
    expect(told).toMatchObject([
      { t: 1, id: 'kept', archived: 'shared-1-Gezeiten-a.txt' },
      { t: 2, id: 'deleted', deleted: true },
      { t: 3, id: 'twice', archived: 'shared-2-b-.html' },
    ]);
  });

  it('does without what was never written: a session of an older version', async () => {
    const dataDir = await session(undefined);
    await rm(join(dataDir, 'sessions', 's1', SESSION_FILE), { force: true });
    const context = await stepContext(dataDir, 's1', [{ from: 0, to: 360 }]);
    await textsStep(context);
    const story = archiveTimelineSchema.parse(
      JSON.parse(await readFile(join(context.folder, 'timeline.json'), 'utf8')),
    );
    expect(story).toMatchObject({ title: '', people: [], events: [], gaps: [], width: 1280, height: 720 });
    expect(story.startedAt).toBe(new Date(1_800_000_000_000).toISOString());
    expect(await readFile(join(context.folder, 'chat.vtt'), 'utf8')).toBe('WEBVTT\n');
  });

  it('ends when the work is given up', async () => {
    const dataDir = await session([{ type: 'title', ms: 0, title: 'x' }]);
    const context = await stepContext(dataDir, 's1', [{ from: 0, to: 360 }], { signal: AbortSignal.abort() });
    await expect(textsStep(context)).rejects.toThrow('aborted');
  });

  it('tells of a recording in a room that had been live for days', async () => {
    const dataDir = await session([]);
    const [line, many] = [formatEvent({ type: 'playout', ms: 1, participant: 'p0', delayMs: 40 }), 500_000];
    const since: readonly SessionEvent[] = [
      { type: 'joined', ms: 1500, participant: 'p1', name: 'Ana', role: 'host' },
      { type: 'chat', ms: 5000, id: 'c1', participant: 'p1', name: 'Ana', text: 'Hello' },
    ];
    const path = join(dataDir, 'sessions', 's1', EVENTS_FILE);
    await writeFile(path, `${line.repeat(many)}${since.map(formatEvent).join('')}`);
    const context = await stepContext(dataDir, 's1', [{ from: 60, to: 180 }]);
    expect((await textsStep(context)).facts).toMatchObject({ people: 1, names: ['Ana'] });
    expect(await readFile(join(context.folder, 'chat.vtt'), 'utf8')).toContain('Hello');
  });
});
