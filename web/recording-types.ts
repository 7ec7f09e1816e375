/** What the REST API says of recordings beyond their rows in a list, and of what an admin looks at. */
import type { RoomInfo, WorkState } from './api-types.ts';

/** A file of a finished recording. */
export interface RecordingFile {
  readonly name: string;
  readonly kind: string;
  readonly title?: string;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** What a recording is to be rendered as once more. */
export interface RenderOrder {
  /** A layout for all of it, or `recorded`. */
  readonly layout: unknown;
  /** Seconds of the recording. */
  readonly from: number;
  readonly to: number;
  /** Participants that are left out. */
  readonly without: readonly string[];
  readonly format: RenderFormat;
}

/** Containers that a rendering comes in; the last two are sound alone. */
export const RENDER_FORMATS = ['mp4', 'webm', 'mp3', 'wav'] as const;
/** One of them. */
export type RenderFormat = (typeof RENDER_FORMATS)[number];

/** One rendering. */
export interface RenderInfo extends Partial<Omit<RenderOrder, 'layout'>> {
  readonly id: string;
  readonly state: WorkState;
  /** 0–1. */
  readonly progress?: number;
  readonly error?: string;
  /** Bytes. */
  readonly size?: number;
  readonly layout?: unknown;
  /** ISO 8601. */
  readonly createdAt?: string;
}

/** A link that shows one recording to whoever has it. */
export interface ShareInfo {
  readonly id: string;
  /** Absent in a list, where the server does not keep it. */
  readonly url?: string;
  /** ISO 8601. */
  readonly expires: string;
  readonly createdAt?: string;
  readonly watchPage?: boolean;
}

/** One line of the audit log. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly who: string;
  readonly action: string;
  readonly recording?: string;
  readonly room?: string;
  /** Network address of the asker. */
  readonly address?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** One key of the configuration. */
export interface SettingInfo {
  readonly key: string;
  readonly value: string | number | boolean | null | readonly string[];
  readonly origin: 'default' | 'file' | 'environment';
  /** The value is not told; null: none is set. */
  readonly secret?: true;
}

/** How the making of a room's program goes. */
export interface RoomHealth {
  /** Step of the degrade ladder; 0: everything as ordered. */
  readonly step: number;
  readonly reason?: string;
  readonly encoder?: string;
  readonly tiles: number;
  readonly frames: number;
  readonly lateFrames: number;
  readonly skippedFrames: number;
  readonly restarts: number;
}

/** A room as an admin sees it. */
export interface AdminRoom extends RoomInfo {
  readonly health?: RoomHealth;
  /** How many watch. */
  readonly viewers?: number;
}

/** What `/api/shared/TOKEN` says; addresses are relative to the server. */
export interface SharedRecording {
  readonly title: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Seconds. */
  readonly duration: number;
  readonly chapters?: readonly { readonly t: number; readonly title: string }[];
  readonly media: Readonly<Record<string, string | undefined>> & { readonly mp4: string };
  /** Whether the film may be saved; absent: yes. */
  readonly download?: boolean;
  /** ISO 8601. */
  readonly expires?: string;
}
