/** The page where one starts a room or goes to one; in Portuguese. */
import type { englishLanding } from '../english-landing.ts';
import type { Message } from '../sentence.ts';

/** Part of the Portuguese catalogue. */
export const landing = {
  'landing.title': 'Todos em uma só imagem, ao vivo e gravada',
  'landing.lead':
    'Abra um link, ligue a câmera e apareça com os outros em uma só imagem com hora exata: assistida em qualquer lugar como transmissão e guardada em um único MP4.',
  // A new room
  'landing.start': 'Criar uma sala',
  'landing.roomTitle': 'Título',
  'landing.roomTitleExample': 'Reunião de segunda',
  'landing.private': 'Visível só com o link para assistir',
  'landing.more': 'Mais opções',
  'landing.recordsItself': 'Gravar automaticamente assim que houver alguém na sala',
  'landing.layout': 'Layout inicial',
  'landing.layoutGrid': 'Grade: todos do mesmo tamanho',
  'landing.layoutSpeaker': 'Orador: quem fala aparece grande',
  'landing.layoutSideBySide': 'Lado a lado: dois do mesmo tamanho',
  'landing.layoutPresentation': 'Apresentação: a tela compartilhada aparece grande',
  'landing.layoutPortrait': 'Vertical: uma coluna, para celulares',
  'landing.token': 'Token de administrador',
  'landing.tokenHint':
    'Neste servidor, só administradores criam salas. O token foi mostrado quando o servidor iniciou pela primeira vez.',
  'landing.tokenFirst': 'Este servidor pede primeiro o token de administrador: digite acima.',
  'landing.signIn': 'Fazer login com uma conta',
  'landing.failed': 'A sala não foi criada',
  'landing.create': 'Criar sala',
  'landing.creating': 'Criando…',
  'landing.ready': '“{title}” está pronta',
  'landing.enter': 'Entrar como anfitrião',
  'landing.another': 'Criar outra',
  // A room that is there
  'landing.join': 'Entrar em uma sala',
  'landing.address': 'Link de convite ou ID da sala',
  'landing.go': 'Continuar',
  'landing.noAddress':
    'Isto não é um link de sala nem um ID. Cole o link completo que você recebeu; um ID só tem letras, números, - e _.',
} as const satisfies Record<keyof typeof englishLanding, Message>;
