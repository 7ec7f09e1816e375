/** What goes wrong with devices, screens, files and the browser; in Portuguese. */
import type { ProblemWords } from '../message.ts';
import type { ProblemCode } from '../problem-codes.ts';

/** Part of the Portuguese catalogue. */
export const problemsDevices = {
  'devices.blocked': {
    title: 'A câmera e o microfone estão bloqueados',
    detail:
      'Esta página não pode usá-los. Permita o acesso na barra de endereço do navegador ou nas configurações de privacidade do sistema e tente novamente.',
  },
  'devices.missing': {
    title: 'Nenhuma câmera e nenhum microfone encontrados',
    detail: 'Conecte-os e tente novamente, ou entre sem eles.',
  },
  'camera.blocked': {
    title: 'A câmera está bloqueada',
    detail:
      'Esta página não pode usar sua câmera. Permita o acesso na barra de endereço do navegador ou nas configurações de privacidade do sistema e tente novamente.',
  },
  'camera.missing': {
    title: 'Nenhuma câmera encontrada',
    detail: 'Conecte uma câmera e tente novamente, ou entre sem ela.',
  },
  'camera.busy': {
    title: 'A câmera está em uso',
    detail: 'Parece que outro programa está usando sua câmera. Feche o programa e tente novamente.',
  },
  'camera.failed': {
    title: 'A câmera não inicia',
    detail: 'O navegador não conseguiu abrir a câmera. Tente novamente ou escolha outra.',
  },
  'camera.lost': {
    title: 'A câmera foi desconectada',
    detail: 'Ela foi desplugada ou perdeu a permissão. Conecte e ligue a câmera de novo, ou escolha outra câmera.',
  },
  'camera.replaced': {
    title: 'Outra câmera está em uso',
    detail:
      'A câmera escolhida não está mais disponível, e outra está em uso no lugar dela. Você pode escolher uma nas configurações.',
  },
  'camera.stopped': {
    title: 'A câmera não envia nenhuma imagem',
    detail:
      'Abrir a câmera de novo não resolveu. Feche outros programas que a usem, procure um botão na câmera, desplugue-a uma vez ou escolha outra.',
  },
  'microphone.blocked': {
    title: 'O microfone está bloqueado',
    detail:
      'Esta página não pode usar seu microfone. Permita o acesso na barra de endereço do navegador ou nas configurações de privacidade do sistema e tente novamente.',
  },
  'microphone.missing': {
    title: 'Nenhum microfone encontrado',
    detail: 'Conecte um microfone e tente novamente, ou entre sem ele.',
  },
  'microphone.busy': {
    title: 'O microfone está em uso',
    detail: 'Parece que outro programa está usando seu microfone. Feche o programa e tente novamente.',
  },
  'microphone.failed': {
    title: 'O microfone não inicia',
    detail: 'O navegador não conseguiu abrir o microfone. Tente novamente ou escolha outro.',
  },
  'microphone.lost': {
    title: 'O microfone foi desconectado',
    detail:
      'Ele foi desplugado ou perdeu a permissão. Conecte e ative o microfone de novo, ou escolha outro microfone.',
  },
  'microphone.replaced': {
    title: 'Outro microfone está em uso',
    detail:
      'O microfone escolhido não está mais disponível, e outro está em uso no lugar dele. Você pode escolher um nas configurações.',
  },
  'screen.blocked': {
    title: 'A tela está bloqueada',
    detail:
      'O sistema não deixa este navegador gravar a tela. Permita nas configurações de privacidade do sistema, em “Gravação de tela”, reinicie o navegador e tente novamente.',
  },
  'screen.click': {
    title: 'A tela não foi compartilhada',
    detail: 'O navegador precisa de um novo clique. Clique de novo em “Compartilhar tela”.',
  },
  'screen.missing': {
    title: 'Não há nada para compartilhar',
    detail: 'O navegador não encontrou tela, janela nem aba. Abra o que você quer mostrar e tente novamente.',
  },
  'screen.busy': {
    title: 'Não é possível capturar a tela',
    detail: 'O sistema recusou, talvez por haver conteúdo protegido. Escolha outra janela e tente novamente.',
  },
  'screen.unsupported': {
    title: 'Este navegador não compartilha telas',
    detail: 'A maioria dos celulares e tablets não permite. Para compartilhar a tela, entre por um computador.',
  },
  'screen.failed': {
    title: 'A tela não foi compartilhada',
    detail: 'O navegador não conseguiu capturar a tela. Tente novamente ou escolha outra janela.',
  },
  'file.gone': {
    title: 'O arquivo não está mais disponível',
    detail: 'Não foi possível ler “{name}” até o fim. Talvez tenha sido movido ou alterado; escolha de novo.',
  },
  'file.damaged': {
    title: 'Não é possível continuar o arquivo',
    detail:
      '“{name}” parece danificado. Escolha um arquivo MP4 com H.264 e AAC, um WebM, um MP3 ou um WAV, ou converta o arquivo para um desses formatos.',
  },
  'file.unknown': {
    title: 'Não é possível reproduzir este arquivo',
    detail:
      'Este navegador não conhece o formato de “{name}”. Escolha um arquivo MP4 com H.264 e AAC, um WebM, um MP3 ou um WAV, ou converta o arquivo para um desses formatos.',
  },
  'file.blind': {
    title: 'O vídeo está sem imagem',
    detail:
      'Este navegador só reproduz o som de “{name}”. Para mostrar a imagem, converta o arquivo para H.264 ou WebM.',
  },
  'signal.silence': {
    title: 'Ninguém consegue ouvir você',
    detail: 'Seu microfone está ativado, mas sem som. Procure um botão no fone ou no cabo, ou escolha outro microfone.',
  },
  'signal.clipping': {
    title: 'Seu som está distorcido',
    detail: 'O microfone está alto demais. Diminua o nível nas configurações do sistema ou fique um pouco mais longe.',
  },
  'signal.black': {
    title: 'Sua imagem está preta',
    detail: 'Veja se a lente está coberta ou se há uma chave de privacidade, ou escolha outra câmera.',
  },
  'signal.frozen': {
    title: 'Sua imagem está congelada',
    detail:
      'A câmera envia sempre a mesma imagem. Desligue e ligue a câmera de novo; se não resolver, desconecte por um momento.',
  },
  'signal.network': {
    title: 'Sua rede está lenta',
    detail:
      'Ela não dá conta do que você envia, e os outros veem menos imagens suas. Chegue mais perto do roteador, use um cabo ou desligue a câmera.',
  },
  'again.camera': {
    title: 'Sua câmera não está sendo enviada: nova tentativa',
    detail:
      'O servidor não conseguiu processar a imagem; talvez esteja sobrecarregado. Ela será enviada de novo automaticamente em {seconds} s. Se não voltar, desligue e ligue a câmera de novo, ou use outro navegador.',
  },
  'again.screen': {
    title: 'Sua tela não está sendo enviada: nova tentativa',
    detail:
      'O servidor não conseguiu processar a imagem; talvez esteja sobrecarregado. Ela será enviada de novo automaticamente em {seconds} s. Se não voltar, pare de compartilhar a tela e compartilhe de novo.',
  },
  'again.file': {
    title: 'Seu arquivo não está sendo enviado: nova tentativa',
    detail:
      'O servidor não conseguiu processar a imagem; talvez esteja sobrecarregado. Ela será enviada de novo automaticamente em {seconds} s. Se não voltar, remova o arquivo e escolha de novo.',
  },
  'send.mic': {
    title: 'Seu microfone não está sendo enviado',
    detail: 'Silencie o microfone e ative de novo; se não resolver, saia da sala e entre outra vez.',
  },
  'send.camera': {
    title: 'Sua câmera não está sendo enviada',
    detail: 'Desligue e ligue a câmera de novo; se não resolver, saia da sala e entre outra vez.',
  },
  'send.screen': {
    title: 'Sua tela não está sendo enviada',
    detail: 'Pare de compartilhar a tela e compartilhe de novo.',
  },
  'send.file': {
    title: 'Seu arquivo não está sendo enviado',
    detail: 'Remova o arquivo e escolha de novo.',
  },
  'send.picture': {
    title: 'Sua imagem não está sendo enviada',
    detail: 'Desligue a câmera ou pare de compartilhar, e comece de novo.',
  },
  'send.sound': {
    title: 'Seu som não está sendo enviado',
    detail: 'Silencie o microfone e ative de novo.',
  },
  'play.slow': {
    title: 'Você vê a imagem com atraso',
    detail:
      'Este computador está ocupado demais para mostrá-la a tempo, e a maioria das imagens é omitida. Feche outros programas e abas, ou desligue sua câmera.',
  },
  'play.late': {
    title: 'Você vê a imagem com atraso',
    detail:
      'Ela chega atrasada a este computador: sua rede ou o servidor está sobrecarregado. Ela se atualiza sozinha.',
  },
  'play.picture': {
    title: 'Não é possível exibir a imagem',
    detail: 'Recarregue a página e entre de novo; se não resolver, use outro navegador.',
  },
  'play.sound': {
    title: 'Não é possível reproduzir o som',
    detail: 'Recarregue a página e entre de novo; se não resolver, use outro navegador.',
  },
  'engine.stopped': {
    title: 'O som e a imagem pararam',
    detail: 'Algo falhou no navegador. Entre de novo.',
  },
  'annotation.untitled': {
    title: 'Falta o título',
    detail: 'Escreva primeiro um título; o texto abaixo pode ficar vazio.',
  },
  'annotation.invalid': {
    title: 'Isto não foi alterado',
    detail: 'Este valor não é válido. Confira e tente novamente.',
  },
  'picture.type': {
    title: 'Não é possível usar esta imagem',
    detail: 'Ela não é PNG, JPEG nem WebP. Escolha uma em um desses formatos.',
  },
  'picture.size': {
    title: 'Não é possível usar esta imagem',
    detail: 'A imagem tem mais de 2 MB. Diminua ou comprima mais a imagem.',
  },
  'browser.insecure': {
    title: 'Esta página precisa de um endereço seguro',
    detail:
      'Os navegadores só liberam câmera e microfone em páginas https:// e em localhost. Abra a sala pelo endereço https://.',
  },
  'browser.old': {
    title: 'Este navegador é antigo demais para entrar',
    detail: 'Use uma versão atual do Chrome, Edge, Firefox ou Safari, ou abra o link para assistir.',
  },
} as const satisfies Partial<Record<ProblemCode, ProblemWords>>;
