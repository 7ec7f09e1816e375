/** How well a picture stands for a recording: pure. */

/**
 * 0–1: much to see, and bright enough to see it. A black, white or even picture is near 0.
 * @param grey brightness of each pixel, line by line.
 */
export function pictureScore(grey: Uint8Array, width: number): number {
  if (grey.length === 0) return 0;
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const variance = grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length;
  let steps = 0;
  for (let index = 1; index < grey.length; index += 1) {
    if (index % width !== 0) steps += Math.abs((grey[index] ?? 0) - (grey[index - 1] ?? 0));
  }
  const contrast = Math.min(1, Math.sqrt(variance) / 60);
  const detail = Math.min(1, steps / grey.length / 16);
  const light = Math.min(1, mean / 48, (255 - mean) / 32);
  return light * (0.5 * contrast + 0.5 * detail);
}

/** Which candidate is best: people who are seen count like more to see. The first of equals; -1 for none. */
export function bestPicture(candidates: readonly { readonly score: number; readonly people: number }[]): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (const [index, { score, people }] of candidates.entries()) {
    const value = score * (1 + people);
    if (value > most) [best, most] = [index, value];
  }
  return best;
}
