/**
 * The Brazilian Portuguese of the pages: “você”, infinitives on buttons.
 *
 * Glossary: room – sala; to join – entrar; to leave – sair; host – anfitrião; participant – participante; viewer –
 * espectador; admin – administrador; guest – convidado; account – conta; to sign in – fazer login; to sign out – sair da
 * conta; login – usuário; invite – convite; link – link; watch link – link para assistir; to take back – revogar; it holds
 * until – expira; waiting room, lobby – sala de espera; to let in – admitir; to remove – remover; to ban – banir; to lock –
 * trancar; to mute – silenciar; to unmute – ativar o microfone (of others: devolver o som); camera on, off – ligar,
 * desligar; picture – imagem; program – a imagem da sala; stream, broadcast – transmissão; live – ao vivo; recording –
 * gravação; film – vídeo; marker – marcador; layout – layout; tile – bloco; grid – grade; speaker – orador (of sound:
 * alto-falante); to pin – fixar; spotlight – destacar; lower third – tarja; captions – legendas; picture-in-picture –
 * picture-in-picture (as a layout: imagem sobre imagem); settings – configurações; file – arquivo; computer – computador;
 * phone – celular; by itself – automaticamente; to try again – tentar novamente.
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

/** Brazilian Portuguese. */
export const portuguese: Translation = {
  locale: 'pt-BR',
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
