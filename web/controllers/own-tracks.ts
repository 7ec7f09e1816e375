/** What one sends: the engine's tracks follow the list of sources as they are opened, changed, muted and shut. */
import type { TrackStateName } from '../../src/protocol/messages.ts';
import { type FrameFeed, openFrameFeed } from '../capture/frame-feed.ts';
import { soundChannels } from '../capture/sound-codec.ts';
import { SoundFeed } from '../capture/sound-feed.ts';
import type { CapturePath } from '../engine/engine-flags.ts';
import type { EngineCommand } from '../engine/engine-messages.ts';
import { type LocalSource, SOURCE_TRACK } from '../media/local-source.ts';
import type { Problem } from '../util/problem.ts';

/** What it needs. */
export interface OwnTracksOptions {
  readonly context: AudioContext;
  readonly media: { readonly sources: readonly LocalSource[] };
  readonly path: CapturePath;
  send(command: EngineCommand, transfer?: Transferable[]): void;
  report(problem: Problem): void;
}

/** A source that is being sent. */
interface Use {
  readonly source: LocalSource;
  /** What the server was told. */
  state: TrackStateName;
  /** Undefined while it is being prepared, or when that failed. */
  feed: FrameFeed | SoundFeed | undefined;
  /** The page is hidden, and gives no pictures. */
  hidden: boolean;
  /** How often these media were handed over in vain. */
  readonly starved: number;
}

const SILENCE = 127;

/** Ends with `stop`; the media stay their owner's. */
export class OwnTracks {
  readonly #options: OwnTracksOptions;
  readonly #uses = new Map<number, Use>();
  #level = SILENCE;

  constructor(options: OwnTracksOptions) {
    this.#options = options;
  }

  /** The microphone as it is sent, -dBov 0–127. */
  get level(): number {
    const microphone = this.#uses.get(SOURCE_TRACK.microphone);
    return microphone?.source.state === 'live' ? this.#level : SILENCE;
  }

  /** Looks at the sources again: they are sent, and nothing else. */
  follow(): void {
    const { sources } = this.#options.media;
    for (const [track, { feed }] of this.#uses) {
      if (sources.some((source) => source.track === track)) continue;
      this.#uses.delete(track);
      feed?.stop();
      this.#options.send({ type: 'drop', track });
    }
    for (const source of sources) {
      const present = this.#uses.get(source.track);
      const same = present?.source.media === source.media && present.source.content === source.content;
      if (present && same && present.source.source === source.source) this.#update({ ...present, source });
      else this.#open(source);
    }
  }

  /** Hands the same media over once more, by turns another way; does nothing when they are gone, or have nothing to give. */
  reopen(track: number): void {
    const use = this.#uses.get(track);
    if (use?.feed && stateOf(use) === 'live') this.#open(use.source, use.starved + 1);
  }

  stop(): void {
    for (const { feed } of this.#uses.values()) feed?.stop();
    this.#uses.clear();
  }

  #update(use: Use): void {
    const { track, state } = use.source;
    this.#uses.set(track, use);
    if (use.feed instanceof SoundFeed) use.feed.muted = state === 'muted';
    this.#tellState(use);
    if (use.source.media.readyState === 'ended') this.#release(use);
  }

  #tellState(use: Use): void {
    const state = stateOf(use);
    if (state === use.state) return;
    use.state = state;
    // What is still being prepared is opened with its state.
    if (use.feed) this.#options.send({ type: 'state', track: use.source.track, state });
  }

  /** A device is free for whoever takes it again only when the engine's clone of its track is gone, too. */
  #release(use: Use): void {
    if (!use.feed || use.feed instanceof SoundFeed) return;
    use.feed.stop();
    use.feed = undefined;
    this.#options.send({ type: 'release', track: use.source.track });
  }

  #open(source: LocalSource, starved = 0): void {
    this.#uses.get(source.track)?.feed?.stop();
    const use: Use = { source, state: source.state, feed: undefined, hidden: false, starved };
    this.#uses.set(source.track, use);
    if (source.media.kind === 'video') this.#openPicture(use);
    else void this.#openSound(use);
  }

  #openPicture(use: Use): void {
    const { media, track } = use.source;
    // What cannot be read twice over can still be looked at.
    const path = use.starved % 2 === 0 && use.starved > 0 ? 'element' : this.#options.path;
    try {
      const feed = openFrameFeed(media, path, (hidden) => {
        const present = this.#uses.get(track);
        if (present?.feed === feed) this.#update({ ...present, hidden });
      });
      this.#begin({ ...use, hidden: path === 'element' && document.hidden, feed }, feed);
    } catch (error) {
      this.#fail(use, error);
    }
  }

  async #openSound(use: Use): Promise<void> {
    const { context } = this.#options;
    const { media, content, track } = use.source;
    try {
      await SoundFeed.prepare(context);
      // Meanwhile it may be muted, other media, or gone.
      const present = this.#uses.get(track);
      if (present?.source.media !== media || present.feed) return;
      const feed = new SoundFeed({
        context,
        track: media,
        channels: soundChannels(content),
        muted: present.source.state === 'muted',
        level: (level) => {
          if (track === SOURCE_TRACK.microphone) this.#level = level;
        },
      });
      this.#begin({ ...present, feed }, { input: feed.input, transfer: [feed.input.port] });
    } catch (error) {
      this.#fail(use, error);
    }
  }

  #begin(
    use: Use,
    { input, transfer }: Pick<FrameFeed, 'transfer'> & { input: FrameFeed['input'] | SoundFeed['input'] },
  ): void {
    const { track, source, content } = use.source;
    use.state = stateOf(use);
    this.#uses.set(track, use);
    this.#options.send({ type: 'open', track, source, state: use.state, content, input }, transfer);
  }

  #fail({ source }: Use, error: unknown): void {
    if (this.#uses.get(source.track)?.source.media !== source.media) return;
    const what = source.media.kind === 'video' ? 'picture' : 'sound';
    const detail = error instanceof Error ? error.message : String(error);
    this.#options.report({
      code: `send.${source.source}`,
      title: `Your ${what} is not being sent`,
      detail,
      retry: false,
    });
  }
}

function stateOf({ source, hidden }: Use): TrackStateName {
  return hidden ? 'paused' : source.state;
}
