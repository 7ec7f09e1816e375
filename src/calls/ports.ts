/** What calls need of the rest of the server. */
import type { ContactPerson } from '../protocol/contacts.ts';

/** Accounts, as far as calls go. */
export interface CallUsers {
  /** Somebody who may be called; undefined for nobody and for an account that is switched off. */
  find(id: string): Promise<ContactPerson | undefined>;
}

/** Private rooms for people who talk. Methods reject with AppError. */
export interface CallRooms {
  /** Makes one. */
  open(id: string, title: string): Promise<void>;
  /** Lets one person in, with their name and as themselves. */
  token(room: string, person: ContactPerson, role: 'host' | 'participant'): Promise<string>;
  /** Who is in it now, by participant; undefined when there is no such room. */
  people(room: string): readonly string[] | undefined;
  /** Ends and deletes it; nothing when it is gone. */
  close(room: string): Promise<void>;
}
