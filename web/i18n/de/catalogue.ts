/**
 * The pages in German: everything a participant, a host or a viewer reads. "Sie", never "du"; buttons are short infinitives.
 *
 * Words that are kept to: room Raum, to join beitreten, to let in einlassen, waiting room Warteraum, host Host, participant
 * Teilnehmer, viewer Zuschauer, somebody Person, to remove entfernen, to ban aussperren, account Konto, login Anmeldename,
 * to sign in anmelden, password Passwort, link Link, invite Einladung, to take back widerrufen, to mute stummschalten, to
 * share teilen, screen Bildschirm, layout Layout, tile Kachel, program Bild (für alle), annotation Einblendung, lower third
 * Bauchbinde, to pin anheften, spotlight hervorheben, raised hand gehobene Hand, recording Aufzeichnung, film Video, marker
 * Marke, chapter Kapitel, stream Stream, broadcast Übertragung, call Anruf, to dismiss ausblenden, disk Datenträger.
 */
import type { Translation } from '../catalogue-parts.ts';
import { account } from './account.ts';
import { callAdd } from './call-add.ts';
import { chat } from './chat.ts';
import { clips } from './clips.ts';
import { contacts } from './contacts.ts';
import { door } from './door.ts';
import { files } from './files.ts';
import { host } from './host.ts';
import { invites } from './invites.ts';
import { landing } from './landing.ts';
import { moderation } from './moderation.ts';
import { ownRecordings } from './own-recordings.ts';
import { ownRooms } from './own-rooms.ts';
import { page } from './page.ts';
import { player } from './player.ts';
import { problemsClosed } from './problems-closed.ts';
import { problemsServer } from './problems-server.ts';
import { problemsTalk } from './problems-talk.ts';
import { problems } from './problems.ts';
import { recording } from './recording.ts';
import { room } from './room.ts';
import { shared } from './shared.ts';
import { signIn } from './sign-in.ts';
import { sources } from './sources.ts';
import { watch } from './watch.ts';

/** German. */
export const german: Translation = {
  locale: 'de',
  parts: {
    account,
    callAdd,
    chat,
    clips,
    contacts,
    door,
    files,
    host,
    invites,
    landing,
    moderation,
    ownRecordings,
    ownRooms,
    page,
    player,
    recording,
    room,
    shared,
    signIn,
    sources,
    watch,
  },
  problems: { ...problems, ...problemsClosed, ...problemsServer, ...problemsTalk },
};
