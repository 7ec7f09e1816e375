/** Limits the number of pieces in which a WebSocket message may arrive: single bytes would take some hundred times their size in memory. */

/** Least bytes of a piece of a large message: a third of a usual packet. */
const LEAST_PIECE_BYTES = 512;
const MORE_PIECES = 16;

/** @param maxPayload bytes of the largest message that is read */
export function mostPieces(maxPayload: number): number {
  return MORE_PIECES + Math.ceil(maxPayload / LEAST_PIECE_BYTES);
}
