/** Tells of a call in a window that is not looked at, where the browser lets it. */
import type { Words } from '../i18n/words.ts';

/** One at a time. */
export class CallNotice {
  #shown: Notification | undefined;

  /** Nobody has decided yet whether the browser may show any. */
  get undecided(): boolean {
    return 'Notification' in window && Notification.permission === 'default';
  }

  /** Lets the browser ask; resolves when it is decided. */
  async ask(): Promise<void> {
    await Notification.requestPermission();
  }

  /** Somebody of this name rings. */
  tell(name: string, words: Words): void {
    if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return;
    this.close();
    const notification = new Notification(words.say('call.incoming', { name }), { tag: 'gridcast-call' });
    notification.addEventListener('click', () => {
      window.focus();
      notification.close();
    });
    this.#shown = notification;
  }

  /** It rings no more. */
  close(): void {
    this.#shown?.close();
  }
}
