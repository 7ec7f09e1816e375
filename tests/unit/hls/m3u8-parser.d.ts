/** The part of the parser that tests use; it brings no types of its own. */
declare module 'm3u8-parser' {
  export class Parser {
    readonly manifest: {
      readonly targetDuration: number;
      readonly mediaSequence: number;
      readonly discontinuitySequence: number;
      readonly discontinuityStarts: readonly number[];
      readonly endList?: boolean;
      readonly playlistType?: string;
      readonly segments: readonly {
        readonly uri: string;
        readonly duration: number;
        readonly timeline: number;
        readonly programDateTime: number;
        readonly discontinuity?: boolean;
        readonly map?: { readonly uri: string };
      }[];
      readonly playlists?: readonly {
        readonly uri: string;
        readonly attributes: Readonly<Record<string, unknown>>;
      }[];
    };
    push(text: string): void;
    end(): void;
    on(event: 'warn' | 'info', listener: (event: { readonly message: string }) => void): void;
  }
}
