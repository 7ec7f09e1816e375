/** The room's picture in a small window of its own, above all others. */

const SIZE = { width: 480, height: 270 };
const STYLE =
  'html, body { height: 100%; margin: 0; background: #000; } video { width: 100%; height: 100%; object-fit: contain; }';

/** Shows a canvas; the canvas stays its owner's, and `close` ends the window. */
export class PictureInPicture {
  readonly #canvas: HTMLCanvasElement;
  readonly #changed: () => void;
  #video: HTMLVideoElement | undefined;
  #window: Window | undefined;

  /** `changed` is called when the window opens and closes. */
  constructor(canvas: HTMLCanvasElement, changed: () => void) {
    this.#canvas = canvas;
    this.#changed = changed;
  }

  /** Whether this browser can. */
  static get supported(): boolean {
    return document.pictureInPictureEnabled || 'documentPictureInPicture' in window;
  }

  get open(): boolean {
    return this.#video !== undefined;
  }

  /** Call it in a click or key. Rejects when the browser refuses. */
  async toggle(): Promise<void> {
    if (this.#video) {
      this.close();
      return;
    }
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.srcObject = this.#canvas.captureStream();
    this.#video = video;
    try {
      const { documentPictureInPicture } = window;
      if (documentPictureInPicture) await this.#ownWindow(video, documentPictureInPicture);
      else await this.#videoWindow(video);
    } catch (error) {
      this.close();
      throw error;
    }
    this.#changed();
  }

  close(): void {
    const video = this.#video;
    if (!video) return;
    this.#video = undefined;
    const small = this.#window;
    this.#window = undefined;
    small?.close();
    if (document.pictureInPictureElement === video) void document.exitPictureInPicture().catch(() => undefined);
    if (video.srcObject instanceof MediaStream) for (const track of video.srcObject.getTracks()) track.stop();
    video.srcObject = null;
    this.#changed();
  }

  async #ownWindow(video: HTMLVideoElement, api: DocumentPictureInPicture): Promise<void> {
    const small = await api.requestWindow(SIZE);
    if (this.#video !== video) {
      small.close();
      return;
    }
    this.#window = small;
    // A style element would be refused by the page's policy, and a sheet belongs to the document that it was made for.
    const sheet = new small.CSSStyleSheet();
    sheet.replaceSync(STYLE);
    small.document.adoptedStyleSheets = [sheet];
    small.document.title = document.title;
    small.document.body.append(video);
    small.addEventListener('pagehide', () => this.close(), { once: true });
    await video.play();
  }

  async #videoWindow(video: HTMLVideoElement): Promise<void> {
    await video.play();
    await video.requestPictureInPicture();
    video.addEventListener('leavepictureinpicture', () => this.close(), { once: true });
  }
}
