/** What the command lines of all live processes share: silence, no probing, and nothing but standard input. */

/** No console, no questions, errors only. */
export const QUIET = ['-hide_banner', '-v', 'error', '-nostdin'];
/** No reading ahead to guess what a stream is: its container says so. */
export const NO_PROBING = ['-probesize', '32', '-analyzeduration', '0'];

/** Only this demuxer, only this decoder, only standard input: what peers send can neither open files nor reach the network. */
export function onlyFromPipe(format: string, codec: string): string[] {
  return ['-protocol_whitelist', 'pipe', '-format_whitelist', format, '-codec_whitelist', codec];
}
