/** Why a file does not play, in words. */
import type { Problem } from '../util/problem.ts';

const REMEDY = 'Choose an MP4 file with H.264 and AAC, a WebM, an MP3 or a WAV file, or convert it to one of them.';
/** MediaError.MEDIA_ERR_NETWORK and _DECODE. */
const [NETWORK, DECODE] = [2, 3];

/** @param code of the element's MediaError. @param name of the file. */
export function describeFilmError(code: number, name: string): Problem {
  if (code === NETWORK) {
    const detail = `“${name}” could not be read to its end. It may have been moved or changed; choose it again.`;
    return { code: 'file.gone', title: 'The file went away', detail, retry: true, values: { name } };
  }
  if (code === DECODE) {
    const detail = `“${name}” seems to be damaged. ${REMEDY}`;
    return { code: 'file.damaged', title: 'The file cannot be played on', detail, retry: false, values: { name } };
  }
  const detail = `“${name}” is in a format that this browser does not know. ${REMEDY}`;
  return { code: 'file.unknown', title: 'This file cannot be played', detail, retry: false, values: { name } };
}

/** The file is a film, but the browser decodes only its sound. */
export function describeMissingPicture(name: string): Problem {
  const detail = `This browser plays only the sound of “${name}”. To show its picture, convert it to H.264 or WebM.`;
  return { code: 'file.blind', title: 'The film has no picture here', detail, retry: false, values: { name } };
}
