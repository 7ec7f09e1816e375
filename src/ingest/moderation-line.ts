/** Hands, reactions, hosts' requests and news of clips, on the socket of one participant. */
import type { EventPerson, EventSink } from '../events/event.ts';
import type { EventType } from '../events/event-types.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import type { AskedFor, ModerationClientMessage } from '../protocol/moderation.ts';
import type { Participant } from '../room/participant.ts';
import type { Room } from '../room/room.ts';
import type { Clock, Disposer } from '../util/clock.ts';
import { TokenBucket } from '../util/token-bucket.ts';

/** Options of a line. */
export interface ModerationLineOptions {
  readonly room: Room;
  readonly participant: Participant;
  /** Shared by the room: what everybody sends to everybody. */
  readonly reactions: TokenBucket;
  readonly events: EventSink;
  readonly clock: Clock;
  /** Reaches the participant while they are connected. */
  readonly send: (message: ServerMessage) => void;
}

/** Each costs everybody a roster. */
const HANDS_PER_SECOND = 0.5;
const HAND_BURST = 6;
const REACTIONS_PER_SECOND = 1;
const REACTION_BURST = 5;
/** A dialog opens for each, in front of somebody who may be speaking. */
const ASKS_PER_SECOND = 0.5;
const ASK_BURST = 10;
/** An answer after that long is to nothing any more, milliseconds. */
const ANSWER_MS = 120_000;

/** What all people of a room may send together: each goes to everybody. */
export function roomReactions(clock: Clock): TokenBucket {
  return new TokenBucket(clock, 10, 30);
}

/** Follows the room until it is closed. */
export class ModerationLine {
  readonly #options: ModerationLineOptions;
  readonly #hands: TokenBucket;
  readonly #reactions: TokenBucket;
  readonly #asks: TokenBucket;
  readonly #disposers: readonly Disposer[];
  /** What they were asked for, and until when an answer counts. */
  readonly #open = new Map<AskedFor, number>();

  constructor(options: ModerationLineOptions) {
    this.#options = options;
    const { room, participant, clock, send } = options;
    this.#hands = new TokenBucket(clock, HANDS_PER_SECOND, HAND_BURST);
    this.#reactions = new TokenBucket(clock, REACTIONS_PER_SECOND, REACTION_BURST);
    this.#asks = new TokenBucket(clock, ASKS_PER_SECOND, ASK_BURST);
    this.#disposers = [
      room.events.on('reaction', ({ participant: from, emoji }) => {
        send({ type: 'reaction', participant: from.id, emoji });
      }),
      room.events.on('asked', ({ participant: asked, what, by }) => {
        if (asked !== participant) return;
        this.#open.set(what, clock.monotonicMs() + ANSWER_MS);
        send({ type: 'asked', what, by: { id: by.id, name: by.name } });
      }),
      room.events.on('told', ({ participant: told, what, by }) => {
        if (told === participant) send({ type: 'told', what, ...(by !== undefined && { by }) });
      }),
      room.events.on('clipped', ({ seconds, newest, by }) => {
        send({ type: 'clip', seconds, ...(newest && { newest }), ...(by !== undefined && { by }) });
      }),
    ];
  }

  /** Does what the participant asks for; what cannot be done is told. */
  take(message: ModerationClientMessage): void {
    switch (message.type) {
      case 'hand':
        this.#hand(message.raised);
        break;
      case 'react': {
        const { room, participant, reactions } = this.#options;
        // The room's own measure counts only what is within theirs.
        if (!this.#reactions.take() || !reactions.take())
          this.#refuse('rate_limited', 'That were many; wait a second.');
        else room.events.emit('reaction', { participant, emoji: message.emoji });
        break;
      }
      case 'ask-unmute':
        this.#ask(message.participant, 'unmute');
        break;
      case 'ask-video':
        this.#ask(message.participant, 'video');
        break;
      case 'answer':
        this.#answer(message.what, message.accepted);
        break;
    }
  }

  close(): void {
    for (const dispose of this.#disposers) dispose();
  }

  #hand(raised: boolean): void {
    const { room, participant } = this.#options;
    if (raised === (participant.hand !== undefined)) return;
    if (!this.#hands.take()) {
      this.#refuse('rate_limited', 'Your hand went up and down too often; wait some seconds.');
      return;
    }
    room.setHand(participant, raised);
    this.#record(raised ? 'participant.hand_raised' : 'participant.hand_lowered', participant, participant);
  }

  #ask(id: string, what: AskedFor): void {
    const { room, participant } = this.#options;
    const asked = room.find(id);
    if (participant.role !== 'host') this.#refuse('host_only', 'Only a host can ask people for that.');
    else if (!asked) this.#refuse('participant_not_found', 'This participant is no longer in the room.');
    else if (!this.#asks.take()) this.#refuse('rate_limited', 'You have asked many people; wait some seconds.');
    else {
      room.events.emit('asked', { participant: asked, what, by: participant });
      const type = what === 'unmute' ? 'participant.asked_to_unmute' : 'participant.asked_for_video';
      this.#record(type, participant, asked);
    }
  }

  /** Whoever agrees to be heard is heard again, also when a host had silenced them: that is what they were asked for. */
  #answer(what: AskedFor, accepted: boolean): void {
    const { room, participant, clock } = this.#options;
    const until = this.#open.get(what);
    this.#open.delete(what);
    if (until === undefined || until < clock.monotonicMs()) return;
    if (accepted && what === 'unmute' && participant.silenced) room.change(participant, { silenced: false });
    const answer = accepted ? 'accepted' : 'declined';
    this.#record(`participant.${what === 'unmute' ? 'unmute' : 'video'}_${answer}`, participant, participant);
  }

  #record(type: EventType, actor: Participant, subject: Participant): void {
    const { events, room } = this.#options;
    events.record({ type, room: room.id, actor: personOf(actor), subject: personOf(subject) });
  }

  #refuse(code: string, message: string): void {
    this.#options.send({ type: 'error', code, message });
  }
}

function personOf({ id, name, role }: Participant): EventPerson {
  return { id, name, role };
}
