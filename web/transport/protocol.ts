/** The protocol's schemas for a page with a strict Content-Security-Policy: zod must not try to compile code. */
import './zod-without-eval.ts';

export { parseServerMessage, PROGRAM_TRACK, PROTOCOL_VERSION } from '../../src/protocol/messages.ts';
