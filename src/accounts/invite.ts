/** What an invite is. */

/** A link into a room for whoever has it, until it ends, is used up or is taken back. Times: milliseconds since 1970. */
export interface Invite {
  readonly id: string;
  readonly room: string;
  readonly role: 'host' | 'participant' | 'viewer';
  /** Whom it is for, in its maker's words; may be empty. */
  readonly label: string;
  readonly createdMs: number;
  readonly expiresMs: number;
  /** How many people may come by it; absent: as many as like. */
  readonly maxUses?: number;
  /** How many have come. */
  readonly uses: number;
  /** Who made it, as audits name people. */
  readonly by: string;
}

/** An invite with those who came by it, where they are counted. */
export interface StoredInvite extends Invite {
  readonly guests: readonly string[];
}
