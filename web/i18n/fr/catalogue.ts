/**
 * The pages in French: everything a participant, a host or a viewer reads. "Vous"; buttons are infinitives; a no-break space
 * stands before : ; ! ? %, before units, and within « ».
 *
 * Words that are kept to: room salle, to join rejoindre, to let in admettre, waiting room salle d’attente, host hôte,
 * participant participant, viewer spectateur, somebody personne, to remove retirer, to ban exclure, account compte, login
 * identifiant, to sign in se connecter, password mot de passe, token jeton, link lien, invite invitation, to take back
 * révoquer, to mute couper le micro, to share partager, screen écran, layout disposition, tile vignette, program image (pour
 * tous), annotation incrustation, lower third bandeau, to pin épingler, spotlight mettre en avant, raised hand main levée,
 * recording enregistrement, film vidéo, marker repère, chapter chapitre, stream flux, broadcast diffusion, call appel, to
 * dismiss masquer, disk disque, settings paramètres.
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

/** French. */
export const french: Translation = {
  locale: 'fr',
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
