/** What the story of a recording looks like as captions and as a table: pure. */
import type { ArchiveTimeline } from './archive-timeline-file.ts';
import { csvTable } from './csv.ts';
import { totalSeconds } from './story-people.ts';
import { type Cue, cueText, voice, webvtt } from './webvtt.ts';

/** Seconds for which a message is shown: as long as it takes to read. */
const CHAT_SECONDS = { least: 4, most: 12, perCharacter: 0.06 } as const;

/** Who speaks: a cue with the name for each turn. */
export function speakersVtt(story: ArchiveTimeline): string {
  return webvtt(
    story.people.flatMap(({ name, spoke }) =>
      spoke.map(({ from, to }) => ({ from, to, payload: cueText(name) || '–' })),
    ),
  );
}

/** What was written in the chat, each message as the voice of who wrote it. */
export function chatVtt(story: ArchiveTimeline): string {
  const { least, most, perCharacter } = CHAT_SECONDS;
  return webvtt(
    story.events.flatMap((event): Cue[] => {
      const text = event.type === 'chat' ? cueText(event.text) : '';
      if (event.type !== 'chat' || text === '') return [];
      const shown = Math.min(most, Math.max(least, event.text.length * perCharacter));
      return [{ from: event.t, to: Math.min(event.t + shown, story.duration), payload: voice(event.name, text) }];
    }),
  );
}

/** Who was there, from when to when by the clock on the wall, and for how many minutes of the recording. */
export function attendanceCsv(story: ArchiveTimeline): string {
  const rows = story.people.map(({ name, role, present, spokeSeconds }) => [
    name,
    role,
    wallTimeOf(present[0]?.from, story),
    wallTimeOf(present.at(-1)?.to, story),
    minutes(totalSeconds(present)),
    minutes(spokeSeconds),
  ]);
  return csvTable([['name', 'role', 'joined', 'left', 'minutes present', 'minutes spoken'], ...rows]);
}

function minutes(seconds: number): string {
  return (seconds / 60).toFixed(1);
}

/** Wall time of a moment of the recording; one between two pieces is that at which the first of them ends. */
function wallTimeOf(seconds: number | undefined, story: ArchiveTimeline): string {
  const at = seconds ?? 0;
  const piece = story.pieces.find(({ to }) => at <= to) ?? story.pieces.at(-1);
  const ms = piece ? Date.parse(piece.startedAt) + Math.max(0, at - piece.from) * 1000 : Date.parse(story.startedAt);
  return new Date(Math.round(ms)).toISOString();
}
