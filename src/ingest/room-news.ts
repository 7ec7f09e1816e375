/** Tells one participant about their room: who is there, how the program is arranged, who is speaking. */
import type { ServerMessage } from '../protocol/messages.ts';
import type { Participant } from '../room/participant.ts';
import type { PictureDelay, Room, RoomNotice } from '../room/room.ts';
import type { Disposer } from '../util/clock.ts';
import { rosterOf } from './roster.ts';

/** Pixels of a room's program. */
export interface ProgramSize {
  readonly width: number;
  readonly height: number;
}

/** Options of the news. */
export interface RoomNewsOptions {
  readonly room: Room;
  readonly participant: Participant;
  readonly programSize: () => ProgramSize;
  /** Reaches the participant while they are connected. */
  readonly send: (message: ServerMessage) => void;
}

/** What of a change the roster shows. */
const SHOWN = ['name', 'silenced', 'detached', 'consent', 'hand'] as const;

/** Follows the room until it is closed. */
export class RoomNews {
  readonly #options: RoomNewsOptions;
  readonly #disposers: Disposer[] = [];
  #shown: { readonly layout: unknown; readonly annotation: unknown } | undefined;

  constructor(options: RoomNewsOptions) {
    this.#options = options;
    const { events } = options.room;
    for (const name of ['joined', 'left', 'trackAdded', 'trackRemoved', 'trackState', 'signal'] as const) {
      this.#disposers.push(events.on(name, () => this.#sendRoster()));
    }
    this.#disposers.push(
      events.on('participantChanged', ({ change }) => {
        // Loudness and pictures are not in the roster; who is withheld is told once, with what changed it.
        if (SHOWN.some((key) => key in change)) this.#sendRoster();
      }),
      events.on('changed', () => {
        this.#sendRoom();
        if (options.room.consentRule === 'ask') this.#sendRoster();
      }),
      events.on('chatSwitched', () => this.#sendRoom()),
      events.on('arranged', () => this.#onArranged()),
      events.on('speaking', () => this.#sendSpeaking()),
      events.on('notice', (notice) => this.#onNotice(notice)),
      events.on('delays', (delays) => this.#sendDelays(delays)),
    );
  }

  /** Everything there is to know, for somebody who has just come or come back. */
  tellAll(): void {
    this.#sendRoster();
    this.#sendRoom();
    this.#sendLayout();
    this.#sendSpeaking();
  }

  close(): void {
    for (const dispose of this.#disposers.splice(0)) dispose();
  }

  #sendRoster(): void {
    this.#options.send({ type: 'roster', participants: rosterOf(this.#options.room) });
  }

  #sendRoom(): void {
    const { title, recording, recordingPaused, consentRule, chat } = this.#options.room;
    this.#options.send({
      type: 'room',
      title,
      recording,
      ...(recordingPaused && { recordingPaused }),
      ...(consentRule === 'ask' && { consent: consentRule }),
      ...(!chat.private && { privateChat: false }),
      ...(chat.slowSeconds > 0 && { slowSeconds: chat.slowSeconds }),
      ...(chat.viewers !== 'read' && { chatViewers: chat.viewers }),
    });
  }

  /** A new title counts as another arrangement for the mixer, but changes nothing here. */
  #onArranged(): void {
    const { layout, annotation } = this.#options.room;
    if (layout !== this.#shown?.layout || annotation !== this.#shown.annotation) this.#sendLayout();
  }

  #sendLayout(): void {
    const { room, programSize, send } = this.#options;
    const { layout, annotation } = room;
    const { width, height } = programSize();
    this.#shown = { layout, annotation };
    send({ type: 'layout', layout, annotation, program: { width, height } });
  }

  #sendSpeaking(): void {
    const { participants, speaker } = this.#options.room.speaking;
    this.#options.send({
      type: 'speaking',
      participants: [...participants],
      ...(speaker !== undefined && { speaker }),
    });
  }

  #onNotice({ code, message, participant: about }: RoomNotice): void {
    const { participant, send } = this.#options;
    // Whoever it is about knows it already, and from nearer.
    if (participant.role !== 'host' || about?.id === participant.id) return;
    send({ type: 'notice', code, message, ...(about && { participant: { id: about.id, name: about.name } }) });
  }

  #sendDelays(delays: readonly PictureDelay[]): void {
    this.#options.send({ type: 'delay', participants: delays.map(({ id, programMs }) => ({ id, programMs })) });
  }
}
