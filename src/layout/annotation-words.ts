/** What the program and its films say themselves, in the languages that rooms may choose. Pure data, shared with nobody's page. */
import type { AnnotationLanguage } from './annotation.ts';

/** Short: they stand on tiles. */
export interface AnnotationWords {
  readonly connecting: string;
  /** Followed by how long, as in "Reconnecting 00:12". */
  readonly reconnecting: string;
  readonly paused: string;
  /** Title of the slate that stands for what is missing where something broke a recording off. */
  readonly interrupted: string;
  readonly withheld: string;
  /** On the tile of a track. */
  readonly ended: string;
  /** In a film: its first chapter in a room without a title, and the sound in which everybody is. */
  readonly beginning: string;
  readonly everybody: string;
  /** How many found no place. */
  more(count: number): string;
  /** Sentences over the whole picture. */
  readonly slate: { readonly empty: string; readonly ended: string; readonly 'sound-only': string };
}

const WORDS: Readonly<Record<AnnotationLanguage, AnnotationWords>> = {
  en: {
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
    paused: 'Paused',
    interrupted: 'Interrupted',
    withheld: 'Not recorded',
    ended: 'Ended',
    beginning: 'Beginning',
    everybody: 'Everybody',
    more: (count) => `+${count} more`,
    slate: {
      empty: 'Nobody is here at the moment',
      ended: 'This session has ended',
      'sound-only': 'Sound goes on; the picture is back in a moment',
    },
  },
  de: {
    connecting: 'Verbindet',
    reconnecting: 'Verbindet neu',
    paused: 'Pausiert',
    interrupted: 'Unterbrochen',
    withheld: 'Nicht aufgezeichnet',
    ended: 'Beendet',
    beginning: 'Anfang',
    everybody: 'Alle',
    more: (count) => `+${count} weitere`,
    slate: {
      empty: 'Zurzeit ist niemand hier',
      ended: 'Diese Sitzung ist beendet',
      'sound-only': 'Der Ton läuft weiter; das Bild ist gleich zurück',
    },
  },
  es: {
    connecting: 'Conectando',
    reconnecting: 'Reconectando',
    paused: 'En pausa',
    interrupted: 'Interrumpido',
    withheld: 'No se graba',
    ended: 'Finalizado',
    beginning: 'Inicio',
    everybody: 'Todos',
    more: (count) => `+${count} más`,
    slate: {
      empty: 'No hay nadie en este momento',
      ended: 'Esta sesión ha terminado',
      'sound-only': 'El sonido continúa; la imagen vuelve enseguida',
    },
  },
  fr: {
    connecting: 'Connexion',
    reconnecting: 'Reconnexion',
    paused: 'En pause',
    interrupted: 'Interrompu',
    withheld: 'Non enregistré',
    ended: 'Terminé',
    beginning: 'Début',
    everybody: 'Tout le monde',
    more: (count) => `+${count} de plus`,
    slate: {
      empty: 'Il n’y a personne pour le moment',
      ended: 'Cette session est terminée',
      'sound-only': 'Le son continue\u00A0; l’image revient dans un instant',
    },
  },
  'pt-BR': {
    connecting: 'Conectando',
    reconnecting: 'Reconectando',
    paused: 'Em pausa',
    interrupted: 'Interrompido',
    withheld: 'Não gravado',
    ended: 'Encerrado',
    beginning: 'Início',
    everybody: 'Todos',
    more: (count) => `Mais ${count}`,
    slate: {
      empty: 'Não há ninguém no momento',
      ended: 'Esta sessão terminou',
      'sound-only': 'O som continua; a imagem já volta',
    },
  },
};

/** All of them in one language. */
export function annotationWords(language: AnnotationLanguage): AnnotationWords {
  return WORDS[language];
}
