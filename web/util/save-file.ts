/** Gives the person a file to keep. */

/** Bytes with the name they are kept under. */
export interface NamedBlob {
  readonly name: string;
  readonly blob: Blob;
}

/** How long browsers may take to begin with it. */
const BEGIN_MS = 60_000;

/** As a download of the page. */
export function saveFile({ name, blob }: NamedBlob): void {
  const href = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(href), BEGIN_MS);
}
