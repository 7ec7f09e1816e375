/** The part of the parser that tests use; it brings no types of its own. */
declare module 'm3u8-parser' {
  interface ParsedPart {
    readonly uri: string;
    readonly duration: number;
  }

  export class Parser {
    readonly manifest: {
      readonly targetDuration: number;
      readonly mediaSequence: number;
      readonly discontinuitySequence: number;
      readonly discontinuityStarts: readonly number[];
      readonly endList?: boolean;
      readonly playlistType?: string;
      readonly skip?: { readonly skippedSegments: number };
      readonly preloadSegment?: {
        readonly parts?: readonly ParsedPart[];
        readonly preloadHints?: readonly { readonly uri: string; readonly type: string }[];
      };
      readonly segments: readonly {
        readonly uri?: string;
        readonly duration: number;
        readonly timeline: number;
        readonly programDateTime: number;
        readonly discontinuity?: boolean;
        readonly parts?: readonly ParsedPart[];
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
