/**
 * The sound of a room: one sum for the program, and for each listener the sum without their own. Whoever may not be kept is in
 * the listeners' sums and not in the program.
 */
import type { TrackSource } from '../room/track.ts';
import type { AudioSource } from './audio-source.ts';
import { AudioStrip } from './audio-strip.ts';
import { BARRED_DB, DominantSpeaker } from './dominant-speaker.ts';
import { Limiter } from './limiter.ts';
import { BLOCK_FRAMES, CHANNELS } from './opus-codec.ts';
import { ReturnEncoders } from './return-encoders.ts';
import { gainOf, SILENCE_DB } from './sound-level.ts';

/** Where the mixed blocks go. `block` counts 20 ms blocks since the session began. */
export interface AudioSinks {
  /** Interleaved stereo floats; valid only during the call. */
  readonly onProgram: (samples: Float32Array, block: number) => void;
  /** One Opus packet of a listener's mix-minus; several listeners may get the same one. */
  readonly onReturn: (participant: number, packet: Uint8Array, block: number) => void;
  /** Who is heard, and who has the floor, both by number; when either changes, at most five times a second. */
  readonly onSpeaking?: (participants: readonly number[], speaker: number | undefined) => void;
}

/** What a host sets for a participant. */
export interface MemberSound {
  /** Change of loudness, decibels. */
  readonly gainDb: number;
  /** In nobody's sound. */
  readonly silenced: boolean;
  /** Heard in the room, and not in the program; default false. */
  readonly withheld?: boolean;
  /** In the program from then on at the earliest, milliseconds; default: always. */
  readonly keptFromMs?: number;
}

/** What a host may set; the schemas of the API say the same. */
const GAIN_DB = { min: -30, max: 12 };

interface Member {
  readonly strips: Map<number, AudioStrip>;
  /** What they give to the sum; undefined content while `heard` is false. */
  readonly own: Float32Array;
  heard: boolean;
  gain: number;
  silenced: boolean;
  withheld: boolean;
  keptFromMs: number;
  /** How much of them was in the program at the end of the last block: 1 is all. */
  share: number;
}

/** Members are known by number; the caller owns the sources. */
export class AudioMixer {
  readonly #sinks: AudioSinks;
  readonly #members = new Map<number, Member>();
  readonly #returns: ReturnEncoders;
  readonly #speakers = new DominantSpeaker();
  /** Kept, so that nothing is allocated for a block. */
  readonly #levels = new Map<number, number>();
  readonly #sum = new Float32Array(BLOCK_FRAMES * CHANNELS);
  readonly #scratch = new Float32Array(BLOCK_FRAMES * CHANNELS);
  readonly #limiter = new Limiter();
  /** The program while somebody is withheld; else it is the sum. */
  readonly #kept = new Float32Array(BLOCK_FRAMES * CHANNELS);
  #keptLimiter: Limiter | undefined;

  constructor(sinks: AudioSinks) {
    this.#sinks = sinks;
    this.#returns = new ReturnEncoders(sinks.onReturn);
  }

  /** @param listens whether a mix-minus is made for this member. */
  addMember(participant: number, listens: boolean): void {
    const own = new Float32Array(BLOCK_FRAMES * CHANNELS);
    this.#members.set(participant, {
      strips: new Map(),
      own,
      heard: false,
      gain: 1,
      silenced: false,
      withheld: false,
      keptFromMs: Number.NEGATIVE_INFINITY,
      // Whoever joins withheld was never in the program, so there is nothing to fade.
      share: Number.NaN,
    });
    this.setListening(participant, listens);
  }

  /** What the host says of a member; heard within 20 ms, in a ramp. */
  setMember(participant: number, sound: MemberSound): void {
    const { gainDb, silenced, withheld = false, keptFromMs = Number.NEGATIVE_INFINITY } = sound;
    const member = this.#members.get(participant);
    if (!member) return;
    member.gain = gainOf(Math.min(GAIN_DB.max, Math.max(GAIN_DB.min, gainDb)));
    member.silenced = silenced;
    member.withheld = withheld;
    member.keptFromMs = keptFromMs;
  }

  /** Starts or ends making a mix-minus for this member. */
  setListening(participant: number, listens: boolean): void {
    if (!this.#members.has(participant) || listens === this.#returns.has(participant)) return;
    if (listens) this.#returns.add(participant);
    else this.#returns.remove(participant);
  }

  removeMember(participant: number): void {
    for (const strip of this.#members.get(participant)?.strips.values() ?? []) strip.close();
    this.#members.delete(participant);
    this.#levels.delete(participant);
    this.#returns.forget(participant);
  }

  /** @param kind a microphone is gated and brought to the loudness of speech; everything else stays as it is. */
  addSource(participant: number, track: number, source: AudioSource, kind: TrackSource = 'file'): void {
    const strips = this.#members.get(participant)?.strips;
    strips?.get(track)?.close();
    strips?.set(track, new AudioStrip(source, kind));
  }

  /** The sender's own switch; heard within 20 ms, in a ramp. */
  setTrackMuted(participant: number, track: number, muted: boolean): void {
    const strip = this.#members.get(participant)?.strips.get(track);
    if (strip) strip.muted = muted;
  }

  removeSource(participant: number, track: number): void {
    const strips = this.#members.get(participant)?.strips;
    strips?.get(track)?.close();
    strips?.delete(track);
  }

  /** Mixes block number `block`, which is due at `nowMs`. */
  mix(block: number, nowMs: number): void {
    const sum = this.#sum;
    sum.fill(0);
    let stereo = false;
    for (const [participant, member] of this.#members) {
      stereo = this.#addMemberTo(sum, member, nowMs) || stereo;
      this.#levels.set(participant, levelOf(member));
    }
    this.#returns.begin(block, stereo);
    const unlimited = { block, sum, limiter: this.#limiter };
    for (const [participant, { heard, own }] of this.#members) {
      this.#returns.encodeOwn(participant, heard ? own : undefined, unlimited);
    }
    // Before the sum is limited, which its own limiter would do once more.
    const kept = this.#keptAt(nowMs);
    this.#limiter.process(sum);
    this.#returns.encodeShared(block, sum);
    this.#sinks.onProgram(kept ?? sum, block);
    if (this.#speakers.onLevels(this.#levels, nowMs)) {
      this.#sinks.onSpeaking?.(this.#speakers.speaking, this.#speakers.speaker);
    }
  }

  /** The program when that is not everybody; undefined: it is. */
  #keptAt(nowMs: number): Float32Array | undefined {
    let whole = true;
    const shareOf = ({ withheld, keptFromMs }: Member): number => (withheld || nowMs < keptFromMs ? 0 : 1);
    for (const member of this.#members.values()) {
      const share = shareOf(member);
      if (Number.isNaN(member.share)) member.share = share;
      whole &&= member.share === 1 && share === 1;
    }
    if (whole) {
      this.#keptLimiter = undefined;
      return undefined;
    }
    if (!this.#keptLimiter) {
      this.#keptLimiter = new Limiter();
      this.#keptLimiter.copy(this.#limiter);
    }
    const kept = this.#kept;
    // Added up rather than taken off the sum, where a trace of them would remain.
    kept.fill(0);
    for (const member of this.#members.values()) {
      const share = shareOf(member);
      if (member.heard && (member.share !== 0 || share !== 0)) addRamp(kept, member.own, member.share, share);
      member.share = share;
    }
    this.#keptLimiter.process(kept);
    return kept;
  }

  /** True when something of it was stereo. */
  #addMemberTo(sum: Float32Array, member: Member, nowMs: number): boolean {
    const { strips, own } = member;
    if (member.heard) own.fill(0);
    member.heard = false;
    let stereo = false;
    const gain = member.silenced ? 0 : member.gain;
    for (const strip of strips.values()) {
      if (!strip.mixInto(own, this.#scratch, nowMs, gain)) continue;
      member.heard = true;
      stereo ||= !strip.mono;
    }
    if (member.heard) add(sum, own);
    return stereo;
  }
}

/** How loud somebody speaks: their microphones, or, of who has none, their films; a shared screen is nobody's voice. */
function levelOf({ strips, silenced }: Member): number {
  if (silenced) return BARRED_DB;
  let [voice, film, microphone] = [SILENCE_DB, SILENCE_DB, false];
  for (const strip of strips.values()) {
    if (strip.kind === 'mic') {
      microphone = true;
      voice = Math.max(voice, strip.levelDb);
    } else if (strip.kind !== 'screen') {
      film = Math.max(film, strip.levelDb);
    }
  }
  return microphone ? voice : film;
}

/** The gain goes in a straight line over the block. */
function addRamp(target: Float32Array, source: Float32Array, from: number, to: number): void {
  const slope = (to - from) / BLOCK_FRAMES;
  for (let frame = 0; frame < BLOCK_FRAMES; frame += 1) {
    const gain = from + slope * (frame + 1);
    for (let at = frame * CHANNELS; at < (frame + 1) * CHANNELS; at += 1) {
      target[at] = (target[at] as number) + (source[at] as number) * gain;
    }
  }
}

function add(target: Float32Array, source: Float32Array): void {
  const { length } = target;
  for (let index = 0; index < length; index += 1) target[index] = (target[index] as number) + (source[index] as number);
}
