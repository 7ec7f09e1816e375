/** One camera or microphone: opened, changed, shut, and brought back when it goes away. */
import type { DeviceKind } from '../capture/device-words.ts';
import type { Problem } from '../util/problem.ts';
import { describeFallback, describeLoss } from './device-loss-words.ts';
import { ReopenBudget } from './reopen-budget.ts';

/** As much of a MediaStreamTrack as is needed here. */
export interface DeviceTrack {
  readonly label: string;
  stop(): void;
  getSettings(): { readonly deviceId?: string };
  addEventListener(event: 'ended' | 'mute' | 'unmute', listener: () => void, options?: { once: boolean }): void;
}

interface Choice {
  readonly id: string;
  readonly label: string;
}

type Opened<T> = { readonly track: T } | { readonly problem: Problem };

/** What can be seen of it. */
export interface DeviceInputState<T> {
  readonly track: T | undefined;
  readonly problem: Problem | undefined;
  readonly choices: readonly Choice[];
  /** The device in use, or the one to be used next. */
  readonly id: string;
  readonly opening: boolean;
}

/** The browser's devices; neither of the two ever rejects. */
export interface DeviceAccess<T> {
  open(kind: DeviceKind, id: string): Promise<Opened<T>>;
  list(kind: DeviceKind): Promise<readonly Choice[]>;
}

/** What it needs. */
export interface DeviceInputOptions<T> {
  readonly kind: DeviceKind;
  readonly access: DeviceAccess<T>;
  /** The device to open first; empty: the browser's choice. */
  readonly id: string;
  /** Milliseconds that only grow. */
  nowMs(): number;
  /** What can be read here is another. */
  changed(): void;
  /** A person chose this device and it opened. */
  chosen(id: string): void;
}

/** Owns its media track until `close`: whoever else uses it must not stop it. */
export class DeviceInput<T extends DeviceTrack> {
  readonly #options: DeviceInputOptions<T>;
  readonly #budget = new ReopenBudget();
  #state: DeviceInputState<T>;
  /** The device the person wants; another one may stand in for it. */
  #preferred: string;
  #notice: Problem | undefined;
  #interrupted = false;
  /** The track that ended by itself, until there is another one or no hope. */
  #lost: T | undefined;
  /** It went away and nobody switched it off: it comes back when it is connected again. */
  #missed = false;
  #run = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(options: DeviceInputOptions<T>) {
    this.#options = options;
    this.#preferred = options.id;
    this.#state = { track: undefined, problem: undefined, choices: [], id: options.id, opening: false };
  }

  get state(): DeviceInputState<T> {
    return this.#state;
  }

  /** What stands for this device among the sources: also the track that just ended, while it is being brought back. */
  get media(): T | undefined {
    return this.#state.track ?? this.#lost;
  }

  /** The device gives nothing for a while, as during a telephone call, or until it is back. */
  get interrupted(): boolean {
    return this.#interrupted || this.#lost !== undefined;
  }

  /** Another device stands in; not a problem, but worth knowing. */
  get notice(): Problem | undefined {
    return this.#notice;
  }

  /** Opens `id`, or the device wanted last when none is given. Never rejects: a failure becomes the problem. */
  async open(id?: string): Promise<void> {
    if (this.#closed) return;
    if (id !== undefined) this.#preferred = id;
    this.#budget.reset();
    this.#cancelTimer();
    this.#notice = undefined;
    const opened = await this.#request();
    if (!opened) return;
    if ('problem' in opened) {
      this.#state.track?.stop();
      this.#lost = undefined;
      this.#set({ track: undefined, problem: opened.problem, opening: false });
      return;
    }
    if (id !== undefined && id !== '') this.#options.chosen(id);
    await this.#use(opened.track);
  }

  /** Gives the device back and takes it again, like one that went away: it is on, and nothing comes of it. */
  retake(): void {
    if (this.#state.track) this.#lose(this.#state.track);
  }

  /** Switches the device off, lamp included. */
  shut(): void {
    this.#run += 1;
    this.#cancelTimer();
    this.#state.track?.stop();
    this.#lost = undefined;
    this.#missed = false;
    this.#interrupted = false;
    this.#notice = undefined;
    this.#set({ track: undefined, problem: undefined, opening: false });
  }

  /** The person has read what was wrong. */
  dismiss(): void {
    this.#notice = undefined;
    this.#set({ problem: undefined });
  }

  /** Devices came or went: looks which there are, and brings back the one that is missed. */
  async relist(): Promise<void> {
    const choices = await this.#options.access.list(this.#options.kind);
    if (this.#closed) return;
    const before = this.#state;
    const gone = (list: readonly Choice[]): boolean => !list.some(({ id }) => id === before.id);
    this.#set({ choices });
    // Some browsers take a device away without a word on its track.
    if (before.track && gone(choices) && !gone(before.choices)) this.#lose(before.track);
    else if (this.#missed && !before.track && !before.opening && choices.length > 0) await this.open();
  }

  /** Switches it off for good. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#cancelTimer();
    this.#state.track?.stop();
  }

  /** Asks the browser; undefined when something else was asked for meanwhile. */
  async #request(): Promise<Opened<T> | undefined> {
    this.#run += 1;
    const run = this.#run;
    this.#set({ id: this.#preferred, opening: true });
    const opened = await this.#options.access.open(this.#options.kind, this.#preferred);
    if (!this.#closed && run === this.#run) return opened;
    if ('track' in opened) opened.track.stop();
    return undefined;
  }

  async #use(track: T): Promise<void> {
    if (this.#state.track !== track) this.#state.track?.stop();
    this.#lost = undefined;
    this.#missed = false;
    this.#interrupted = false;
    this.#budget.opened(this.#options.nowMs());
    track.addEventListener('ended', () => this.#lose(track), { once: true });
    for (const event of ['mute', 'unmute'] as const) {
      track.addEventListener(event, () => this.#interrupt(track, event === 'mute'));
    }
    const id = track.getSettings().deviceId ?? this.#preferred;
    this.#set({ track, problem: undefined, opening: false, id });
    await this.relist();
  }

  /** Some systems hold devices back during a call: the track goes on when it is over. */
  #interrupt(track: T, interrupted: boolean): void {
    if (this.#closed || this.#state.track !== track) return;
    this.#interrupted = interrupted;
    this.#options.changed();
  }

  #lose(track: T): void {
    if (this.#closed || this.#state.track !== track) return;
    track.stop();
    this.#run += 1;
    this.#lost = track;
    this.#missed = true;
    this.#interrupted = false;
    this.#budget.lost(this.#options.nowMs());
    this.#set({ track: undefined });
    this.#tryLater(track.label, undefined);
  }

  /** @param label of the device that went away. @param problem of the last try. */
  #tryLater(label: string, problem: Problem | undefined): void {
    const waitMs = this.#budget.next();
    if (waitMs === undefined) {
      void this.#giveUp(problem);
      return;
    }
    this.#set({ opening: true });
    this.#timer = setTimeout(() => void this.#tryAgain(label), waitMs);
  }

  /** Not connected at all, or there and not to be had: these are different remedies. */
  async #giveUp(problem: Problem | undefined): Promise<void> {
    const run = this.#run;
    const choices = await this.#options.access.list(this.#options.kind);
    if (run !== this.#run) return;
    this.#lost = undefined;
    const reason = problem && choices.length > 0 ? problem : describeLoss(this.#options.kind);
    this.#set({ choices, problem: reason, opening: false });
  }

  async #tryAgain(label: string): Promise<void> {
    const opened = await this.#request();
    if (!opened) return;
    if ('problem' in opened) {
      this.#tryLater(label, opened.problem);
      return;
    }
    if (opened.track.label !== label) {
      this.#notice = describeFallback(this.#options.kind, label, opened.track.label);
    }
    await this.#use(opened.track);
  }

  #cancelTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #set(change: Partial<DeviceInputState<T>>): void {
    if (this.#closed) return;
    this.#state = { ...this.#state, ...change };
    this.#options.changed();
  }
}
