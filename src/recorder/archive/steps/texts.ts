/** The step `texts`: what happened in a recording, for programs and for people. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepContext, StepFile, StepResult } from '../archive-step.ts';
import { TIMELINE_FILE } from '../archive-timeline-file.ts';
import { archiveStory, type StorySources } from '../archive-story.ts';
import { readChapters } from '../chapters.ts';
import { CSV_TYPE } from '../csv.ts';
import { peopleNames } from '../../recordings/recording-search.ts';
import { readSessionEvents, type SessionEvent } from '../../session/session-events.ts';
import { readSessionInfo } from '../../session/session-info.ts';
import { gatherShared, settledFiles } from '../shared-files.ts';
import { attendanceCsv, chatVtt, speakersVtt } from '../story-texts.ts';
import { ToldEvents } from '../told-events.ts';
import { planTrackFiles } from '../../tracks/track-plan.ts';
import { WEBVTT_TYPE } from '../webvtt.ts';

type TextFile = Required<StepFile> & { readonly text: string };

/** Writes `timeline.json`, `speakers.vtt`, `chat.vtt` and `attendance.csv`, and gathers the files that people shared. */
export async function textsStep(context: StepContext): Promise<StepResult> {
  const sources = await sourcesOf(context);
  const shared = await gatherShared(context, sources.events);
  const story = archiveStory({ ...sources, events: settledFiles(sources.events, shared.names) });
  const files: readonly TextFile[] = [
    {
      name: TIMELINE_FILE,
      kind: 'timeline',
      contentType: 'application/json',
      title: 'Timeline',
      text: `${JSON.stringify(story)}\n`,
    },
    { name: 'speakers.vtt', kind: 'captions', contentType: WEBVTT_TYPE, title: 'Who speaks', text: speakersVtt(story) },
    { name: 'chat.vtt', kind: 'captions', contentType: WEBVTT_TYPE, title: 'Chat', text: chatVtt(story) },
    { name: 'attendance.csv', kind: 'table', contentType: CSV_TYPE, title: 'Attendance', text: attendanceCsv(story) },
  ];
  for (const { name, text } of files) {
    context.signal.throwIfAborted();
    await writeFile(join(context.folder, name), text, { flush: true });
  }
  context.onProgress(1);
  return {
    files: [
      ...files.map(({ name, kind, contentType, title }) => ({ name, kind, contentType, title })),
      ...shared.files,
    ],
    facts: {
      people: story.people.length,
      names: peopleNames(story.people.map(({ name }) => name)),
      chapters: story.chapters,
      markers: story.markers,
    },
  };
}

async function sourcesOf(context: StepContext): Promise<StorySources> {
  const { framerate, index, job, plan, sessionFolder, timeline } = context;
  const info = await readSessionInfo(sessionFolder);
  const [first] = index.parts;
  const init = index.inits.get(plan.pieces[0]?.parts[0]?.init ?? -1);
  const files = await planTrackFiles(sessionFolder, timeline);
  return {
    recording: job.recording,
    session: job.session,
    room: info?.room ?? '',
    title: info?.title ?? '',
    originWallMs: info?.originWallMs ?? (first ? first.wallTime - (first.firstFrame * 1000) / framerate : 0),
    width: init?.width ?? info?.width ?? 2,
    height: init?.height ?? info?.height ?? 2,
    timeline,
    ranges: job.ranges,
    pieces: plan.pieces,
    events: await eventsOf(context),
    chapters: await readChapters(context),
    tracks: files.map(({ track, file, from, to }) => ({
      participant: track.participant,
      name: track.name,
      file,
      kind: track.kind,
      source: track.source,
      codec: track.codec,
      from,
      to,
      ...(track.width !== undefined && { width: track.width }),
      ...(track.height !== undefined && { height: track.height }),
    })),
  };
}

async function eventsOf({ log, sessionFolder, signal, timeline }: StepContext): Promise<SessionEvent[]> {
  const told = new ToldEvents(timeline);
  for await (const event of readSessionEvents(sessionFolder)) {
    signal.throwIfAborted();
    told.add(event);
  }
  const { leftOut } = told;
  if (leftOut > 0) log.warn('a recording has too many events; the last of them are not told', { leftOut });
  return told.all();
}
