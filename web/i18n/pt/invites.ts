/** The links that a host makes and takes back; in Portuguese. */
import type { englishInvites } from '../english-invites.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const invites = {
  'invites.title': 'Links que podem ser revogados',
  'invites.count': {
    one: '{count} link ativo',
    many: '{count} de links ativos',
    other: '{count} links ativos',
  },
  'invites.hint':
    'Para um grupo e um papel, pelo tempo que você definir. Se você revogar um, quem entrou por ele sai da sala.',
  // A new one
  'invites.label': 'Para quem',
  'invites.labelHint': 'Só os anfitriões veem isto.',
  'invites.role': 'Entram como',
  'invites.participant': 'Participantes',
  'invites.viewer': 'Espectadores',
  'invites.host': 'Anfitriões',
  'invites.term': 'Validade',
  'invites.hours': { one: '{count} hora', many: '{count} de horas', other: '{count} horas' },
  'invites.days': { one: '{count} dia', many: '{count} de dias', other: '{count} dias' },
  'invites.termHint': 'Nunca mais que o seu próprio link.',
  'invites.uses': 'Para quantas pessoas',
  'invites.usesHint': 'Vazio: sem limite.',
  'invites.usesWrong': 'Um número inteiro de 1 a {most}.',
  'invites.make': 'Criar link',
  'invites.made': 'Novo link',
  'invites.madeHint': 'Expira: {when}.',
  // Those of a room, where that is not in it
  'links.joinHint':
    'Quem tiver o link pode entrar com câmera e microfone. Você pode revogar o link dentro da sala, em “Convidar”. Expira: {when}.',
  'links.watchHint':
    'Para qualquer número de espectadores; eles não são vistos nem ouvidos. Você pode revogar o link dentro da sala, em “Convidar”. Expira: {when}.',
  'links.phone': 'Código para celulares',
  // Those there are
  'invites.loading': 'Carregando os links…',
  'invites.none': 'Ainda não há links',
  'invites.noneHint': 'Os que você criar aparecem aqui, com quantas pessoas entraram por eles, até expirarem.',
  'invites.noLabel': 'Sem nome',
  'invites.quick': 'Link rápido',
  'invites.until': 'Expira: {when}',
  'invites.nobody': 'Ninguém entrou por ele ainda',
  'invites.came': {
    one: '{count} pessoa entrou por ele',
    many: '{count} de pessoas entraram por ele',
    other: '{count} pessoas entraram por ele',
  },
  'invites.cameOf': 'Usado por {used} de {most}',
  'invites.usedUp': 'Esgotado',
  'invites.copy': 'Copiar',
  'invites.copyName': 'Copiar o link “{label}”',
  'invites.byHand': 'Selecione e copie',
  'invites.revoke': 'Revogar',
  'invites.revokeName': 'Revogar o link “{label}”',
  'invites.revokeTitle': 'Revogar o link “{label}”?',
  'invites.revokeText': 'Quem entrou por ele sai na hora, e ninguém mais entra por ele. As outras pessoas ficam.',
  'invites.revokeOwn': 'É o link pelo qual você entrou: você sai na hora, assim como todos os que entraram por ele.',
  'invites.revoked': 'O link “{label}” não vale mais',
  'invites.keep': 'Manter',
  'invites.failed': 'Não foi possível concluir a ação',
  'invites.again': 'Tentar novamente',
} as const satisfies Record<keyof typeof englishInvites, Message>;
