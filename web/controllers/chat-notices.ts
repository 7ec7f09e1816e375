/** Notifications of the desktop about the chat: only once the person has switched them on. */
import type { ChatEntry } from '../../src/protocol/chat.ts';
import type { Words } from '../i18n/words.ts';
import { noticeKind, type NoticeReader, type NoticesPort, type NoticesState } from '../util/notice-kind.ts';
import { recall, remember } from '../util/page-storage.ts';

/** What it needs of its surroundings. */
export interface ChatNoticesOptions {
  readonly words: () => Words;
  /** The person has followed a notification: the page comes to the front. */
  readonly open: () => void;
  readonly changed: () => void;
}

const KEY = 'gridcast.chat-notices';
const MOST_CHARACTERS = 160;

/** `close` takes the last one away. */
export class ChatNotices implements NoticesPort {
  readonly #options: ChatNoticesOptions;
  #shown: Notification | undefined;
  #refused = false;

  constructor(options: ChatNoticesOptions) {
    this.#options = options;
  }

  get state(): NoticesState {
    if (this.#refused || typeof Notification === 'undefined' || !window.isSecureContext) return 'missing';
    if (Notification.permission === 'denied') return 'blocked';
    return Notification.permission === 'granted' && recall('local', KEY) === 'on' ? 'on' : 'off';
  }

  /** Switches them on or off; call it in a click, because browsers ask only then. */
  async toggle(): Promise<void> {
    const on = this.state !== 'on';
    if (on && this.state === 'off' && Notification.permission === 'default') await Notification.requestPermission();
    remember('local', KEY, on && Notification.permission === 'granted' ? 'on' : '');
    this.#options.changed();
  }

  /** Shows a message if the person wants that and does not see it anyway. */
  tell(entry: ChatEntry, reader: NoticeReader): void {
    const kind = this.state === 'on' ? noticeKind(entry, reader) : undefined;
    if (kind === undefined) return;
    const words = this.#options.words();
    const title = words.say(`chat.notice.${kind}`, { name: entry.author.name });
    // Whoever shares their screen shows their notifications, too.
    const body = kind === 'private' ? words.say('chat.notice.open') : entry.text.slice(0, MOST_CHARACTERS);
    this.#show(title, body);
  }

  close(): void {
    this.#shown?.close();
    this.#shown = undefined;
  }

  #show(title: string, body: string): void {
    try {
      const shown = new Notification(title, { body, tag: 'gridcast-chat' });
      shown.addEventListener('click', () => {
        window.focus();
        shown.close();
        this.#options.open();
      });
      this.#shown = shown;
    } catch {
      // Browsers of phones have the name but let no page use it.
      this.#refused = true;
      this.#options.changed();
    }
  }
}
