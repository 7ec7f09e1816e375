/** `<gridcast-seek-bar>`: media-chrome's bar with times of day, also where the beginning of the video has gone. */
import MediaTimeRange from 'media-chrome/dist/media-time-range.js';

const PREVIEW = 'mediapreviewrequest';

/** `describe` says a time of the video in words, for those who hear the bar. Sends `gridcast-preview` with seconds, or null. */
export class GridcastSeekBar extends MediaTimeRange {
  describe: (timeS: number) => string = () => '';

  override attributeChangedCallback(name: string, before: string, now: string): void {
    super.attributeChangedCallback(name, before, now);
    if (name.startsWith('media')) this.#say();
  }

  /** The bar takes the video to begin at 0 when it asks for a preview; a live one begins later and later. */
  override dispatchEvent(event: Event): boolean {
    if (event.type !== PREVIEW || !(event instanceof CustomEvent)) return super.dispatchEvent(event);
    const timeS = typeof event.detail === 'number' ? this.#placeOf(event.detail) : null;
    super.dispatchEvent(new CustomEvent('gridcast-preview', { detail: timeS }));
    return super.dispatchEvent(new CustomEvent(PREVIEW, { detail: timeS, bubbles: true, composed: true }));
  }

  #placeOf(asked: number): number {
    const { mediaSeekableStart: start, mediaSeekableEnd: end = 0 } = this;
    return end > 0 ? start + (asked / end) * (end - start) : asked;
  }

  #say(): void {
    const { mediaCurrentTime: timeS } = this;
    const text = timeS === undefined || Number.isNaN(timeS) ? '' : this.describe(timeS);
    if (text !== '') this.range.setAttribute('aria-valuetext', text);
  }
}

if (!customElements.get('gridcast-seek-bar')) customElements.define('gridcast-seek-bar', GridcastSeekBar);
