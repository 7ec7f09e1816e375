/** The one error of every parser of media. */
import { BadRequestError } from '../errors.ts';

/** Bytes that are not the format they claim to be, or break one of our limits; the parser that threw it is of no more use. */
export class MediaFormatError extends BadRequestError {
  /** @param message one sentence that names the format and what is wrong. */
  constructor(message: string) {
    super('media_format', message);
  }
}
