/** This person's camera and microphone: opened, changed, switched off, and why they do not work. */
import type { DeviceKind } from '../capture/device-words.ts';
import { type DeviceChoice, listDevices, openDevice } from '../capture/devices.ts';
import type { Problem } from '../util/problem.ts';
import { recall, remember } from '../util/page-storage.ts';

/** One of the two. */
export interface DeviceState {
  readonly track: MediaStreamTrack | undefined;
  readonly problem: Problem | undefined;
  readonly choices: readonly DeviceChoice[];
  /** The device in use, or the one to be used next. */
  readonly id: string;
  readonly opening: boolean;
}

const CLOSED: DeviceState = { track: undefined, problem: undefined, choices: [], id: '', opening: false };

/** Owns the media tracks: whoever else uses them must not stop them. */
export class LocalMedia {
  readonly #changed: () => void;
  readonly #runs = { camera: 0, microphone: 0 };
  #devices: Record<DeviceKind, DeviceState>;
  #microphoneOn = true;
  #closed = false;

  /** `changed` is called after each change of what can be read here. */
  constructor(changed: () => void) {
    this.#changed = changed;
    this.#devices = {
      camera: { ...CLOSED, id: recall('local', 'gridcast.camera') },
      microphone: { ...CLOSED, id: recall('local', 'gridcast.microphone') },
    };
    if ('mediaDevices' in navigator) navigator.mediaDevices.addEventListener('devicechange', this.#relist);
  }

  get camera(): DeviceState {
    return this.#devices.camera;
  }

  get microphone(): DeviceState {
    return this.#devices.microphone;
  }

  /** Whether the others are to hear the microphone; it stays open while off, so that it is back at once. */
  get microphoneOn(): boolean {
    return this.#microphoneOn && this.microphone.track !== undefined;
  }

  set microphoneOn(on: boolean) {
    this.#microphoneOn = on;
    this.#changed();
  }

  /** Opens a device, the one used last when no id is given. Never rejects: a failure becomes the device's problem. */
  async open(kind: DeviceKind, id = this.#devices[kind].id): Promise<void> {
    this.#runs[kind] += 1;
    const run = this.#runs[kind];
    this.#set(kind, { id, opening: true });
    const opened = await openDevice(kind, id);
    if (this.#closed || run !== this.#runs[kind]) {
      if ('track' in opened) opened.track.stop();
      return;
    }
    this.#devices[kind].track?.stop();
    if ('problem' in opened) {
      this.#set(kind, { track: undefined, problem: opened.problem, opening: false });
      return;
    }
    const { track } = opened;
    track.addEventListener('ended', () => this.#ended(kind, track), { once: true });
    const used = track.getSettings().deviceId ?? id;
    if (id !== '') remember('local', `gridcast.${kind}`, id);
    this.#set(kind, { track, problem: undefined, opening: false, id: used });
    await this.#list(kind);
  }

  /** Switches a device off, lamp included. */
  shut(kind: DeviceKind): void {
    this.#runs[kind] += 1;
    this.#devices[kind].track?.stop();
    this.#set(kind, { track: undefined, problem: undefined, opening: false });
  }

  /** The person has read why devices do not work. */
  dismissProblems(): void {
    for (const kind of ['camera', 'microphone'] as const) this.#set(kind, { problem: undefined });
  }

  /** Switches everything off for good. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if ('mediaDevices' in navigator) navigator.mediaDevices.removeEventListener('devicechange', this.#relist);
    for (const kind of ['camera', 'microphone'] as const) this.#devices[kind].track?.stop();
  }

  readonly #relist = (): void => {
    for (const kind of ['camera', 'microphone'] as const) void this.#list(kind);
  };

  async #list(kind: DeviceKind): Promise<void> {
    const choices = await listDevices(kind);
    if (!this.#closed) this.#set(kind, { choices });
  }

  #ended(kind: DeviceKind, track: MediaStreamTrack): void {
    if (this.#closed || this.#devices[kind].track !== track) return;
    const problem = {
      title: `The ${kind} went away`,
      detail: `It was unplugged, or its permission was withdrawn. Connect it and switch it on again, or choose another ${kind}.`,
      retry: true,
    };
    this.#set(kind, { track: undefined, problem });
  }

  #set(kind: DeviceKind, change: Partial<DeviceState>): void {
    this.#devices = { ...this.#devices, [kind]: { ...this.#devices[kind], ...change } };
    this.#changed();
  }
}
