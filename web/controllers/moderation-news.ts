/** What the server says of hands, reactions, requests and deeds of hosts, clips among them; what is momentary is told once, to whoever listens. */
import type { ReactionSign, ToldWhat } from '../../src/protocol/moderation.ts';
import type { ClientMessage, ServerMessage } from '../../src/protocol/messages.ts';

/** A host asks for something. */
export type Asked = Extract<ServerMessage, { type: 'asked' }>;

/** What is momentary. */
export interface ModerationListener {
  reaction(participant: string, emoji: ReactionSign): void;
  /** `by` is the name of the host, if it is known which it was. */
  told(what: ToldWhat, by: string | undefined): void;
  /** A host has kept a clip of so many seconds: of the `newest`, or of an earlier time. */
  clip(seconds: number, newest: boolean, by: string | undefined): void;
}

/** Nothing to close. */
export class ModerationNews {
  readonly #say: (message: ClientMessage) => void;
  /** Set by whoever shows it. */
  listener: ModerationListener | undefined;
  #asked: Asked | undefined;
  #locked = false;

  /** @param say says something to the server */
  constructor(say: (message: ClientMessage) => void) {
    this.#say = say;
  }

  /** What one is asked for, until it is answered. */
  get asked(): Asked | undefined {
    return this.#asked;
  }

  /** Nobody comes in without a host; hosts alone are told. */
  get locked(): boolean {
    return this.#locked;
  }

  /** Takes a message in; returns whether what can be read here is new. */
  receive(message: ServerMessage): boolean {
    switch (message.type) {
      case 'asked':
        this.#asked = message;
        return true;
      case 'door':
        this.#locked = message.locked;
        return true;
      case 'reaction':
        this.listener?.reaction(message.participant, message.emoji);
        return false;
      case 'told':
        this.listener?.told(message.what, message.by);
        return false;
      case 'clip':
        this.listener?.clip(message.seconds, message.newest === true, message.by);
        return false;
      default:
        return false;
    }
  }

  /** Says what one answers; the page opens microphone or camera itself. */
  answer(accepted: boolean): void {
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked) this.#say({ type: 'answer', what: asked.what, accepted });
  }

  raiseHand(raised: boolean): void {
    this.#say({ type: 'hand', raised });
  }

  react(emoji: ReactionSign): void {
    this.#say({ type: 'react', emoji });
  }

  /** For hosts. */
  ask(what: Asked['what'], participant: string): void {
    this.#say({ type: what === 'unmute' ? 'ask-unmute' : 'ask-video', participant });
  }
}
