/** A window above all others, in Chrome and Edge. */
interface DocumentPictureInPicture {
  requestWindow(options: { readonly width: number; readonly height: number }): Promise<Window & typeof globalThis>;
}

interface Window {
  readonly documentPictureInPicture?: DocumentPictureInPicture;
}
