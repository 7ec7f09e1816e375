/** What the REST API answers. */

/** Addresses of a room; `join` and `host` carry a token in their fragment. */
export interface RoomLinks {
  readonly join?: string;
  readonly host?: string;
  readonly watch: string;
  readonly hls: string;
}

/** A room's door as its members see it. */
export interface DoorInfo {
  readonly locked: boolean;
  readonly waitingRoom: boolean;
  readonly passwordSet: boolean;
  readonly capacity?: number;
  /** ISO 8601. */
  readonly opensAt?: string;
  readonly whenEmpty: 'keep' | 'end';
}

/** What everybody may know of a room's door. */
export interface PublicDoor {
  readonly locked: boolean;
  readonly waitingRoom: boolean;
  readonly password: boolean;
  /** ISO 8601. */
  readonly opensAt?: string;
}

/** One room. */
export interface RoomInfo {
  readonly id: string;
  readonly title: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly live: boolean;
  readonly recording: boolean;
  readonly participants: number;
  readonly door: DoorInfo;
  readonly links: RoomLinks;
}

/** Still pictures of a room. */
export type RoomImage = 'logo' | 'background';

/** Somebody in a room. */
export interface ParticipantInfo {
  readonly id: string;
  readonly name: string;
  /** By a host. */
  readonly muted: boolean;
  /** Change of their loudness, decibels, -30 to 12. */
  readonly gain: number;
  /** Whether a picture stands for them while they have no camera. */
  readonly avatar: boolean;
}

/** What a host can change about somebody. */
export interface ParticipantChange {
  readonly name?: string;
  readonly muted?: boolean;
  readonly gain?: number;
  /** Ends every picture that they send. */
  readonly stopVideo?: true;
  /** Lowers their hand. */
  readonly hand?: false;
}

/** One room as far as the asker may know it: without a token only these. */
export interface RoomGlimpse {
  readonly id: string;
  readonly title: string;
  readonly live: boolean;
  /** For members all of it; without a token what one meets there, absent when that is nothing. */
  readonly door?: DoorInfo | PublicDoor;
  /** For members. */
  readonly links?: RoomLinks;
  /** For members: who may watch, among other things. */
  readonly viewing?: { readonly access: 'public' | 'private' };
  /** For members: whether it is recorded at the moment. */
  readonly recording?: boolean;
  /** For members: whether it is recorded by itself, and whether everybody is asked first. */
  readonly recordingRules?: { readonly auto: boolean; readonly consent: 'notice' | 'ask' };
  /** Where its newest recording can be watched, when that is for everybody. */
  readonly recordingUrl?: string;
  /** For members: which pictures are set. */
  readonly images?: Readonly<Record<RoomImage, boolean>>;
  /** For hosts and admins, while one runs or pauses. */
  readonly currentRecording?: CurrentRecording;
}

/** The recording of a room, as its hosts see it. */
export interface CurrentRecording {
  readonly id: string;
  readonly state: 'recording' | 'paused';
  /** Seconds that it keeps so far. */
  readonly duration: number;
  /** Whoever made the room with their account will find it among their own recordings. */
  readonly owned?: true;
  /** And that is whoever asks. */
  readonly own?: true;
}

/** Where a recording stands. */
export type RecordingState = 'recording' | 'paused' | 'archiving' | 'ready' | 'failed';

/** Where something stands that a worker does. */
export type WorkState = 'waiting' | 'active' | 'done' | 'ready' | 'failed';

/** Why an archive, or a step of it, was not made: cause and remedy. */
export interface ArchiveFailure {
  readonly code: string;
  readonly message: string;
}

/** One step of making the archive. */
export interface RecordingStep {
  readonly name: string;
  readonly state: WorkState;
  /** 0–1. */
  readonly progress?: number;
  readonly attempts?: number;
  readonly failure?: ArchiveFailure;
  /** As the server's machine says it; for admins. */
  readonly error?: string;
}

/** One recording. */
export interface RecordingInfo {
  readonly id: string;
  readonly room: string;
  readonly title: string;
  readonly state: RecordingState;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly stoppedAt?: string;
  /** Seconds. */
  readonly duration: number;
  /** 0–1 while archiving. */
  readonly progress?: number;
  readonly failure?: ArchiveFailure;
  /** As the server's machine says it; for admins. */
  readonly error?: string;
  /** Bytes. */
  readonly size?: number;
  readonly sha256?: string;
  /** Names of who took part, once it is archived. */
  readonly people?: readonly string[];
  /** Why nothing is kept at the moment. */
  readonly problem?: { readonly code: string; readonly message: string };
  /** The server was interrupted while it ran. */
  readonly recovered?: boolean;
  readonly stopReason?: string;
  /** `at`: seconds. */
  readonly markers?: readonly { readonly at: number; readonly label: string }[];
  readonly stored?: 'local' | 's3' | 'uploading';
  /** Steps of the archive, when one recording is asked for. */
  readonly steps?: readonly RecordingStep[];
  /** Newest lines of its jobs, when one recording is asked for. */
  readonly log?: readonly string[];
}

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Cursor of the next page. */
  readonly next?: string;
}

/** One check of the server's readiness. */
export interface HealthCheck {
  readonly ok: boolean;
  /** In English. */
  readonly detail: string;
  /** Names what the detail says. */
  readonly code?: string;
  /** `free` in bytes, `reason` in English. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Readiness by check. */
export type Health = Readonly<Record<string, HealthCheck>>;
