/** What hosts do about people, as far as the API uses it. */
import type { EventPerson } from '../events/event.ts';
import type { ParticipantView, PersonChange } from './ports.ts';

/** Who acts. */
export interface Moderator {
  readonly person: EventPerson;
  /** Names their token: whoever is in the room with it is the one. */
  readonly tokenId?: string;
}

/** Somebody who is kept out of a room for good. */
export interface BanView {
  readonly id: string;
  /** Their id in the room, as it was. */
  readonly participant: string;
  readonly name: string;
  /** Name of who did it. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Methods throw or reject with NotFoundError `room_not_found` or `participant_not_found`. */
export interface ModerationControl {
  change(room: string, participant: string, change: PersonChange, by: Moderator): ParticipantView;
  /** Closes their sockets; they come back with an invite that is newer, and not with the one that they had. */
  remove(room: string, participant: string, by: Moderator): Promise<void>;
  /** The same for good, also for somebody who was removed before. @throws LimitError `too_many_bans`. */
  ban(room: string, participant: string, by: Moderator): Promise<BanView>;
  /** Newest first. */
  bans(room: string): readonly BanView[];
  /** @throws NotFoundError `ban_not_found`. */
  unban(room: string, ban: string, by: Moderator): Promise<void>;
  /** How many were up. */
  lowerHands(room: string, by: Moderator): number;
  /** Everybody but hosts; for how many that is a change. */
  muteAll(room: string, muted: boolean, by: Moderator): number;
  /** Ends the session for everybody; the room stays. */
  end(room: string, by: Moderator): Promise<void>;
}
