/** What a token allows, as far as joining is concerned. */

/** A verified token at the door. */
export interface JoinGrant {
  readonly role: 'admin' | 'host' | 'participant' | 'viewer';
  /** The only room it is good for; undefined: all of them. */
  readonly room?: string | undefined;
  /** A name the holder cannot change. */
  readonly name?: string | undefined;
  /** The same person on all their devices: a second connection replaces the first. */
  readonly identity?: string | undefined;
  /** Names the token itself. */
  readonly tokenId?: string | undefined;
  /** When it was signed, of a session when they signed in; whole seconds; undefined: not known. */
  readonly issuedAt?: Date | undefined;
  /** The invite that they came by. */
  readonly invite?: string | undefined;
  /** Whoever comes by that invite counts. */
  readonly counted?: boolean | undefined;
  /** The account that has signed in. */
  readonly user?: string | undefined;
  /** Under which the token is taken back. */
  readonly revocation?: string | undefined;
}
