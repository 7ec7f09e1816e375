/** What the server tells of the room: title, people, layout, annotation, who speaks, and what hosts should know. */
import type { Annotation } from '../../src/layout/annotation.ts';
import type { Layout } from '../../src/layout/layout.ts';
import type { DoorMessage } from '../../src/protocol/door.ts';
import type {
  DelayMessage,
  LayoutMessage,
  NoticeMessage,
  RosterEntry,
  ServerMessage,
} from '../../src/protocol/messages.ts';
import type { ChatChange } from './chat-desk.ts';

/** Who is heard. */
export interface Speaking {
  readonly participants: ReadonlySet<string>;
  /** Whoever holds the floor, also in a pause; undefined before the first word. */
  readonly speaker: string | undefined;
}

/** Nothing of it is left out. */
export type ChatRules = Required<ChatChange>;

const NOBODY: Speaking = { participants: new Set(), speaker: undefined };

/** Everything is replaced, never changed in place: whoever keeps a part can tell by identity whether it is new. */
export class RoomFacts {
  #title = '';
  #recording = false;
  #recordingPaused = false;
  #asksConsent = false;
  #chat: ChatRules = { private: true, viewers: 'read', slowSeconds: 0 };
  #roster: readonly RosterEntry[] = [];
  #hadCompany = false;
  #arranged: Omit<LayoutMessage, 'type'> | undefined;
  #speaking = NOBODY;
  #notice: NoticeMessage | undefined;
  #delays: DelayMessage['participants'] = [];
  #door: DoorMessage | undefined;

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
  }

  get recording(): boolean {
    return this.#recording;
  }

  /** A recording runs, and keeps nothing until a host goes on with it. */
  get recordingPaused(): boolean {
    return this.#recordingPaused;
  }

  /** Only who agrees is kept in recordings. */
  get asksConsent(): boolean {
    return this.#asksConsent;
  }

  /** Who takes part in the chat, and how quickly. */
  get chat(): ChatRules {
    return this.#chat;
  }

  /** In the order they joined. */
  get roster(): readonly RosterEntry[] {
    return this.#roster;
  }

  /** Whether anybody else was here at any time of this stay. */
  get hadCompany(): boolean {
    return this.#hadCompany;
  }

  /** Undefined until the server has said it. */
  get layout(): Layout | undefined {
    return this.#arranged?.layout;
  }

  /** Undefined until the server has said it. */
  get annotation(): Annotation | undefined {
    return this.#arranged?.annotation;
  }

  /** Pixels of the program; undefined until the server has said it. */
  get program(): { readonly width: number; readonly height: number } | undefined {
    return this.#arranged?.program;
  }

  get speaking(): Speaking {
    return this.#speaking;
  }

  /** The newest that was not dismissed. */
  get notice(): NoticeMessage | undefined {
    return this.#notice;
  }

  /** How old the pictures of those in the program are, as of the last second. */
  get delays(): DelayMessage['participants'] {
    return this.#delays;
  }

  /** For hosts: how the door is set, and who waits before it. */
  get door(): DoorMessage | undefined {
    return this.#door;
  }

  /** The connection is cut: nobody knows who speaks. */
  cut(): void {
    this.#speaking = NOBODY;
  }

  /** The person has read the notice. */
  dismissNotice(): void {
    this.#notice = undefined;
  }

  /** Takes a message in; returns whether anything here is new. */
  receive(message: ServerMessage): boolean {
    switch (message.type) {
      case 'roster':
        this.#roster = message.participants;
        this.#hadCompany ||= message.participants.length > 1;
        return true;
      case 'room':
        this.#title = message.title;
        this.#recording = message.recording;
        this.#recordingPaused = message.recordingPaused === true;
        this.#asksConsent = message.consent === 'ask';
        this.#chat = {
          private: message.privateChat !== false,
          viewers: message.chatViewers ?? 'read',
          slowSeconds: message.slowSeconds ?? 0,
        };
        return true;
      case 'layout':
        this.#arranged = message;
        return true;
      case 'speaking':
        this.#speaking = { participants: new Set(message.participants), speaker: message.speaker };
        return true;
      case 'door':
        this.#door = message;
        return true;
      case 'notice':
        this.#notice = message;
        return true;
      case 'delay':
        this.#delays = message.participants;
        // Figures are renewed each second anyway.
        return false;
      default:
        return false;
    }
  }
}
