/** Who was there in a recording, and when they spoke: pure. */
import type { RecordingTimeline, TimelineSpan } from '../recordings/recording-timeline.ts';
import type { SessionEvent } from '../session/session-events.ts';

/** One participant, in seconds of the recording. */
export interface StoryPresence {
  readonly id: string;
  /** The last they had. */
  readonly name: string;
  readonly role: 'host' | 'participant';
  readonly present: TimelineSpan[];
  /** Turns: pauses for breath do not end one. */
  readonly spoke: TimelineSpan[];
}

/** Milliseconds of silence that do not end a turn. */
const BREATH_MS = 1000;

interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Those who were there in what was recorded, in the order they came.
 * @param events in order of time.
 * @param lostPeopleAt milliseconds of the session at which everybody was gone without a word, in order.
 */
export function storyPeople(
  events: readonly SessionEvent[],
  timeline: RecordingTimeline,
  lostPeopleAt: readonly number[] = [],
): StoryPresence[] {
  const drafts = new Map<string, PersonDraft>();
  const losses = [...lostPeopleAt];
  const last = timeline.pieces.at(-1);
  const endMs = last ? (last.to * 1000) / timeline.framerate : 0;
  for (const event of events) {
    if (event.ms >= endMs) break;
    for (let loss = losses[0]; loss !== undefined && loss <= event.ms; loss = losses[0]) {
      losses.shift();
      for (const draft of drafts.values()) draft.leave(loss);
    }
    tell(drafts, event);
  }
  return [...drafts.values()]
    .map((draft) => draft.finish(timeline))
    .filter(({ present }) => present.length > 0)
    .sort((a, b) => (a.present[0]?.from ?? 0) - (b.present[0]?.from ?? 0));
}

/** Sum of the lengths, in seconds, to the millisecond. */
export function totalSeconds(spans: readonly TimelineSpan[]): number {
  return Math.round(spans.reduce((sum, { from, to }) => sum + to - from, 0) * 1000) / 1000;
}

function tell(drafts: Map<string, PersonDraft>, event: SessionEvent): void {
  switch (event.type) {
    case 'joined': {
      const draft = drafts.get(event.participant) ?? new PersonDraft(event.participant);
      drafts.set(event.participant, draft);
      draft.join(event.ms, event.name, event.role);
      break;
    }
    case 'left':
      drafts.get(event.participant)?.leave(event.ms);
      break;
    case 'renamed':
      drafts.get(event.participant)?.rename(event.name);
      break;
    case 'speaking': {
      const speaking = new Set(event.participants);
      for (const [id, draft] of drafts) draft.speak(event.ms, speaking.has(id));
      break;
    }
    default:
  }
}

class PersonDraft {
  readonly #id: string;
  readonly #present: Interval[] = [];
  readonly #spoke: Interval[] = [];
  #name = '';
  #role: StoryPresence['role'] = 'participant';
  #presentSince: number | undefined;
  #speaksSince: number | undefined;

  constructor(id: string) {
    this.#id = id;
  }

  join(ms: number, name: string, role: StoryPresence['role']): void {
    this.#name = name;
    this.#role = role;
    this.#presentSince ??= ms;
  }

  rename(name: string): void {
    this.#name = name;
  }

  speak(ms: number, speaks: boolean): void {
    if (speaks && this.#presentSince !== undefined) {
      this.#speaksSince ??= ms;
    } else if (this.#speaksSince !== undefined) {
      this.#spoke.push({ fromMs: this.#speaksSince, toMs: ms });
      this.#speaksSince = undefined;
    }
  }

  leave(ms: number): void {
    this.speak(ms, false);
    if (this.#presentSince !== undefined) this.#present.push({ fromMs: this.#presentSince, toMs: ms });
    this.#presentSince = undefined;
  }

  finish(timeline: RecordingTimeline): StoryPresence {
    this.leave(Number.POSITIVE_INFINITY);
    return {
      id: this.#id,
      name: this.#name,
      role: this.#role,
      present: spansOf(this.#present, timeline),
      spoke: spansOf(withoutBreaths(this.#spoke), timeline),
    };
  }
}

function withoutBreaths(turns: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  for (const turn of turns) {
    const before = joined.at(-1);
    if (before && turn.fromMs - before.toMs <= BREATH_MS) joined[joined.length - 1] = { ...before, toMs: turn.toMs };
    else joined.push(turn);
  }
  return joined;
}

/** Spans that meet are one: a cut that nobody sees ends nothing. */
function spansOf(intervals: readonly Interval[], timeline: RecordingTimeline): TimelineSpan[] {
  const spans: TimelineSpan[] = [];
  for (const { fromMs, toMs } of intervals) {
    for (const { from, to } of timeline.spans(fromMs, toMs)) {
      const span = { from: milliseconds(from), to: milliseconds(to) };
      const before = spans.at(-1);
      if (before && span.from <= before.to) spans[spans.length - 1] = { from: before.from, to: span.to };
      else spans.push(span);
    }
  }
  return spans;
}

function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
