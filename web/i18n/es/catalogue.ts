/**
 * The Spanish of the pages: neutral and international, «usted», infinitives on buttons.
 *
 * Glossary: room – sala; to join – unirse (by the door: entrar); to leave – salir; host – anfitrión; participant –
 * participante; viewer – espectador; admin – administrador; guest – invitado; account – cuenta; to sign in – iniciar
 * sesión; login – usuario; invite – invitación; link – enlace; watch link – enlace para ver; to take back – anular; it
 * holds until – caduca; waiting room, lobby – sala de espera; to let in – admitir; to remove – expulsar; to ban – vetar;
 * to mute – silenciar; to unmute – activar el micrófono (of others: devolver el sonido); camera on, off – encender,
 * apagar; picture – imagen; program – la imagen de la sala; stream, broadcast – transmisión; live – en vivo;
 * recording – grabación; film – video; marker – marcador; layout – diseño; tile – recuadro; grid – cuadrícula; speaker
 * – orador (of sound: altavoz); to pin – fijar; spotlight – destacar; lower third – rótulo; captions – subtítulos;
 * picture-in-picture – imagen en imagen; settings – ajustes; file – archivo; computer – equipo; phone – teléfono;
 * by itself – automáticamente; to try again – reintentar.
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
import { problemsDevices } from './problems-devices.ts';
import { problemsEnds } from './problems-ends.ts';
import { problemsRequests } from './problems-requests.ts';
import { problemsSharing } from './problems-sharing.ts';
import { recording } from './recording.ts';
import { room } from './room.ts';
import { shared } from './shared.ts';
import { signIn } from './sign-in.ts';
import { sources } from './sources.ts';
import { watch } from './watch.ts';

/** Spanish. */
export const spanish: Translation = {
  locale: 'es',
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
  problems: { ...problemsDevices, ...problemsEnds, ...problemsRequests, ...problemsSharing },
};
