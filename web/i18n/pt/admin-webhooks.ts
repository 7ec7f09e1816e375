/** The sentences of the webhooks on the admin page, in Brazilian Portuguese. */
import type { englishAdminWebhooks } from '../english-admin-webhooks.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue of the admin page. */
export const adminWebhooks = {
  'adminWebhooks.title': 'Webhooks',
  'adminWebhooks.intro':
    'Cada evento é enviado a estes endereços, assinado e em ordem, de novo e de novo até ser aceito.',
  'adminWebhooks.loading': 'Carregando os webhooks…',
  'adminWebhooks.none': 'Nada é enviado a ninguém ainda.',
  // A new one
  'adminWebhooks.address': 'Endereço',
  'adminWebhooks.types': 'Só estes tipos',
  'adminWebhooks.add': 'Adicionar',
  'adminWebhooks.secret': 'Segredo do novo webhook',
  'adminWebhooks.secretHint': 'Ele assina o que é enviado. Guarde agora: não será mostrado de novo.',
  // How it goes
  'adminWebhooks.all': 'Todos os eventos',
  'adminWebhooks.working': 'Funcionando',
  'adminWebhooks.failing': 'Com falhas',
  'adminWebhooks.paused': 'Em pausa',
  'adminWebhooks.pausedAsked': 'Pausado por um administrador. O que acontece nesse meio-tempo fica guardado.',
  'adminWebhooks.pausedFailing':
    'Em pausa, porque o destino falhou por tempo demais. O que acontece nesse meio-tempo fica guardado.',
  'adminWebhooks.pausedGone':
    'Em pausa, porque o destino informa que não existe mais. O que acontece nesse meio-tempo fica guardado.',
  'adminWebhooks.upToDate': 'Em dia.',
  'adminWebhooks.behind': {
    one: '{count} evento pendente.',
    many: '{count} de eventos pendentes.',
    other: '{count} eventos pendentes.',
  },
  'adminWebhooks.lastSent': 'Último envio: {when}.',
  'adminWebhooks.failedTimes': {
    one: 'Falhou {count} vez.',
    many: 'Falhou {count} de vezes.',
    other: 'Falhou {count} vezes.',
  },
  'adminWebhooks.failedSince': {
    one: 'Falhou {count} vez desde {when}.',
    many: 'Falhou {count} de vezes desde {when}.',
    other: 'Falhou {count} vezes desde {when}.',
  },
  'adminWebhooks.nextTry': 'Próxima tentativa: {when}.',
  // What can be done
  'adminWebhooks.of': '{action}: {url}',
  'adminWebhooks.tries': 'Últimas tentativas',
  'adminWebhooks.triesNone': 'Nada foi enviado ainda.',
  'adminWebhooks.try': '{when}: {number} {type}, tentativa {attempt}: {answer}',
  'adminWebhooks.tryStatus': '{when}: {number} {type}, tentativa {attempt}: {status} {answer}',
  'adminWebhooks.replay': 'Enviar de novo os últimos cem eventos',
  'adminWebhooks.pause': 'Pausar',
  'adminWebhooks.goOn': 'Continuar',
  'adminWebhooks.tryNow': 'Tentar agora',
  'adminWebhooks.deleteTitle': 'Excluir este webhook?',
  'adminWebhooks.deleteText':
    'Nada mais será enviado a {url}. O que ainda não foi aceito lá se perde para esse endereço.',
  'field.types': 'Em “Só estes tipos”, indique tipos como room.started ou áreas como recording.*',
} as const satisfies Record<keyof typeof englishAdminWebhooks, Message>;
