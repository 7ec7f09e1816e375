/** Signing in; in Portuguese. */
import type { englishSignIn } from '../english-sign-in.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const signIn = {
  'signIn.title': 'Fazer login',
  'signIn.hint':
    'Com a conta que um administrador deste servidor criou para você. Convidados não precisam: basta um link.',
  'signIn.firstTitle': 'A primeira conta',
  'signIn.firstHint':
    'Ela é de administrador e cria as contas das outras pessoas. Este link só pode ser usado uma vez.',
  'signIn.name': 'Nome',
  'signIn.login': 'Usuário',
  'signIn.loginHint': 'Letras sem acentos, números ou um de . _ @ + -; um endereço de e-mail serve.',
  'signIn.password': 'Senha',
  'signIn.passwordHint': 'Pelo menos 10 caracteres; várias palavras juntas são fáceis de lembrar.',
  'signIn.go': 'Fazer login',
  'signIn.make': 'Criar a conta',
  'signIn.refused': 'Não foi possível fazer login',
  'signIn.failed': 'Não é possível acessar o servidor; verifique a conexão e tente novamente.',
  'signIn.in': 'Login feito como {name}',
  'signIn.inHint': 'As salas que você criar são suas; as pessoas deste servidor estão em “Contatos”.',
  'signIn.contacts': 'Contatos',
  'signIn.rooms': 'Salas',
  'signIn.out': 'Sair da conta',
  // What the server does not take
  'field.login':
    'O usuário precisa de 1 a 64 letras sem acentos, números ou um de . _ @ + - e começa com uma letra ou um número.',
  'field.name': 'O nome precisa de 1 a 64 caracteres, nenhum deles invisível.',
  'field.password': 'A senha precisa de 10 a 128 caracteres.',
} as const satisfies Record<keyof typeof englishSignIn, Message>;
