/** Adding somebody to a call, and one that was over too early; in Portuguese. */
import type { englishCallAdd } from '../english-call-add.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const callAdd = {
  'callAdd.button': 'Adicionar alguém',
  'callAdd.short': 'Adicionar',
  'callAdd.title': 'Adicionar alguém a esta chamada',
  'callAdd.close': 'Fechar',
  'callAdd.here': 'Nesta chamada',
  'callAdd.link': 'Outra pessoa',
  'callAdd.linkHint': 'Envie um link: não é preciso ter conta.',
  'callAdd.linkButton': 'Convidar com um link',
  'callAdd.ringing': 'Está chamando. A pessoa entra nesta sala assim que atender.',
  'callAdd.dismiss': 'Dispensar',
  'callAdd.loading': 'Abrindo seus contatos…',
  'callAdd.signedOut': 'Você saiu da conta',
  'callAdd.signedOutHint': 'Faça login de novo para ligar para alguém. Enquanto isso, você continua na chamada.',
  'callAdd.lostHint': 'Tentando novamente. A chamada continua.',
  'contacts.gone': 'A chamada terminou antes de você entrar na sala. Se ainda houver o que conversar, ligue de novo.',
} as const satisfies Record<keyof typeof englishCallAdd, Message>;
