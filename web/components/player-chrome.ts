/** The media controls that the player is made of, and their words. */
import 'media-chrome/dist/media-captions-button.js';
import 'media-chrome/dist/media-controller.js';
import 'media-chrome/dist/media-fullscreen-button.js';
import 'media-chrome/dist/media-mute-button.js';
import 'media-chrome/dist/media-pip-button.js';
import 'media-chrome/dist/media-play-button.js';
import 'media-chrome/dist/media-volume-range.js';
import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js';
import type { Words } from '../i18n/words.ts';
import './player-seek-bar.ts';

/** The controls take their words as markup. */
function asMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** From now on the controls speak these words; those that are there already do when their `lang` changes. */
export function speakWords(words: Words): void {
  const language = words.locale;
  const say = (key: Parameters<Words['say']>[0], shortcut = ''): string =>
    asMarkup(words.say(key as 'player.play')) + (shortcut === '' ? '' : ` (${shortcut})`);
  addTranslation(language, {
    Play: say('player.play', 'K'),
    play: say('player.play'),
    Pause: say('player.pause', 'K'),
    pause: say('player.pause'),
    Mute: say('player.mute', 'M'),
    mute: say('player.mute'),
    Unmute: say('player.unmute', 'M'),
    unmute: say('player.unmute'),
    'Enter picture in picture mode': say('player.pip', 'P'),
    'enter picture in picture mode': say('player.pip'),
    'Exit picture in picture mode': say('player.pipLeave', 'P'),
    'exit picture in picture mode': say('player.pipLeave'),
    'Enter fullscreen mode': say('player.fullscreen', 'F'),
    'enter fullscreen mode': say('player.fullscreen'),
    'Exit fullscreen mode': say('player.fullscreenLeave', 'F'),
    'exit fullscreen mode': say('player.fullscreenLeave'),
    'Enable captions': say('player.captionsOn', 'C'),
    'Disable captions': say('player.captionsOff', 'C'),
    'closed captions': say('player.captions'),
    'video player': say('player.name'),
    volume: say('player.volume'),
    seek: say('player.seek'),
    'video not loaded, unknown time.': say('player.unknownTime'),
  });
  setLanguage(language);
}
