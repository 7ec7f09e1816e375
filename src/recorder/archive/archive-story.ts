/** The story of a recording: from what happened in its session to what `timeline.json` tells. Pure. */
import type { ArchivePiece } from './archive-plan.ts';
import type { ArchiveTimeline, TimelinePerson, TimelineTrack } from './archive-timeline-file.ts';
import type { Chapter } from './chapters.ts';
import type { FrameRange } from '../recordings/frame-range.ts';
import type { RecordingTimeline } from '../recordings/recording-timeline.ts';
import type { SessionEvent } from '../session/session-events.ts';
import { lossesOf, storyGaps } from './story-gaps.ts';
import { settledChat } from './story-chat.ts';
import { storyEvents } from './story-events.ts';
import { storyPeople, totalSeconds } from './story-people.ts';

/** A file of one person's own picture or sound. */
export interface StoryTrack extends TimelineTrack {
  readonly participant: string;
  /** The participant's, should nothing else tell it. */
  readonly name: string;
}

/** What a story is made of. */
export interface StorySources {
  readonly recording: string;
  readonly session: string;
  readonly room: string;
  /** The room's, unless it was changed before the recording began. */
  readonly title: string;
  /** Wall-clock milliseconds of the session's frame 0. */
  readonly originWallMs: number;
  readonly width: number;
  readonly height: number;
  readonly timeline: RecordingTimeline;
  readonly ranges: readonly FrameRange[];
  readonly pieces: readonly Pick<ArchivePiece, 'from' | 'to' | 'outputFrame' | 'parts'>[];
  readonly events: readonly SessionEvent[];
  /** The same as in the film. */
  readonly chapters: readonly Chapter[];
  /** In the order in which they are listed. */
  readonly tracks: readonly StoryTrack[];
}

/** What is told once about a recording, in its own time. */
export function archiveStory(sources: StorySources): ArchiveTimeline {
  const { timeline, ranges, recording, session, room, width, height } = sources;
  const sorted = settledChat([...sources.events].sort((a, b) => a.ms - b.ms));
  const losses = lossesOf(timeline, ranges);
  const events = storyEvents(sorted, timeline, recording, new Set(losses));
  const gaps = storyGaps({ timeline, ranges, pieces: sources.pieces, events: sorted });
  const wallTime = (frame: number): string =>
    new Date(Math.round(sources.originWallMs + (frame * 1000) / timeline.framerate)).toISOString();
  const markers = events.flatMap((event) => (event.type === 'marker' ? [{ t: event.t, label: event.label }] : []));
  return {
    version: 1,
    recording,
    room,
    title: titleAtStart(events) ?? sources.title,
    session,
    startedAt: wallTime(timeline.pieces[0]?.from ?? 0),
    duration: milliseconds(timeline.seconds),
    framerate: timeline.framerate,
    width,
    height,
    pieces: timeline.pieces.map(({ from, to, outputFrame }) => ({
      from: milliseconds(outputFrame / timeline.framerate),
      to: milliseconds((outputFrame + to - from) / timeline.framerate),
      startedAt: wallTime(from),
    })),
    gaps,
    chapters: sources.chapters.map(({ t, title: chapter }) => ({ t: milliseconds(t), title: chapter })),
    markers,
    people: withTracks(storyPeople(sorted, timeline, losses), sources.tracks),
    events,
  };
}

function titleAtStart(events: ArchiveTimeline['events']): string | undefined {
  return events.flatMap((event) => (event.type === 'title' && event.t === 0 ? [event.title] : [])).at(-1);
}

function withTracks(
  people: readonly Omit<TimelinePerson, 'tracks' | 'spokeSeconds'>[],
  tracks: readonly StoryTrack[],
): TimelinePerson[] {
  const told = people.map((person) => ({
    ...person,
    spokeSeconds: totalSeconds(person.spoke),
    tracks: tracks.filter(({ participant }) => participant === person.id).map(fileOf),
  }));
  const known = new Set(people.map(({ id }) => id));
  const strangers = new Map(
    tracks.filter(({ participant }) => !known.has(participant)).map((one) => [one.participant, one]),
  );
  // Their files are there, so they were: what told of their coming is lost.
  const others = [...strangers.values()].map(({ participant, name }): TimelinePerson => {
    const own = tracks.filter((track) => track.participant === participant).map(fileOf);
    const present = [{ from: Math.min(...own.map(({ from }) => from)), to: Math.max(...own.map(({ to }) => to)) }];
    return { id: participant, name, role: 'participant', present, spoke: [], spokeSeconds: 0, tracks: own };
  });
  return [...told, ...others];
}

function fileOf(story: StoryTrack): TimelineTrack {
  const { participant: _participant, name: _name, ...track } = story;
  return track;
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
