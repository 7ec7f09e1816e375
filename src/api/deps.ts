/** What the API is made of, given by the server. */
import type { Setting } from '../config/settings.ts';
import type { Logger } from '../logger.ts';
import type { ViewerCount } from '../room/viewer-count.ts';
import type { ClientAddresses } from '../util/client-address.ts';
import type { Clock } from '../util/clock.ts';
import type { ArchiveControl } from './archive-port.ts';
import type { BundleControl } from './bundle-port.ts';
import type { AccountControl } from './account-port.ts';
import type { AuditLog } from './audit-log.ts';
import type { CallControl } from './call-port.ts';
import type { ChatControl } from './chat-port.ts';
import type { DoorControl } from './door-port.ts';
import type { ClipControl } from './clip-port.ts';
import type { EventControl } from './event-port.ts';
import type { FileControl } from './file-port.ts';
import type { InviteControl, RevocationControl } from './invite-port.ts';
import type { Metrics } from './metrics.ts';
import type { ModerationControl } from './moderation-port.ts';
import type {
  HlsControl,
  ImageControl,
  MarkerControl,
  NoteControl,
  Readiness,
  RecordingControl,
  RoomControl,
} from './ports.ts';
import type { RecordingHlsControl } from './recording-hls-port.ts';
import type { RenderControl } from './render-port.ts';
import type { Shares } from './shares.ts';
import type { Tokens } from './tokens.ts';
import type { ViewerPasses } from './viewer-pass.ts';
import type { WebhookControl } from './webhook-port.ts';

/** How the API behaves. */
export interface ApiOptions {
  /**
   * Who creates rooms without the admin token: nobody, programs and browsers on this machine (never what a reverse proxy
   * passes on), or everybody.
   */
  readonly openCreation: 'never' | 'loopback' | 'always';
  /** Whether who made a room with their account has its recordings; default: yes. */
  readonly ownRecordings?: boolean;
  /** Rooms that one account may have made at the same time, but for admins'; default: any number. */
  readonly maxOwnRooms?: number;
  /** Days that a recording stays in the trash; 0: there is none. */
  readonly trashDays: number;
  /** Origins beside the server's own whose pages may use the API; default: none. */
  readonly allowedOrigins?: readonly string[];
  /** How the server is reached from outside; links follow the request's host when absent. */
  readonly publicUrl?: string;
  /** Whether browsers are told to use nothing but HTTPS from now on; default: when `publicUrl` is https. */
  readonly strictTransport?: boolean;
  /** Folder of the built web pages. */
  readonly webDir: string;
  /** Version of the product. */
  readonly version: string;
}

/** Everything that routes may touch. */
export interface ApiDeps {
  readonly rooms: RoomControl;
  readonly images: ImageControl;
  readonly moderation: ModerationControl;
  readonly recordings: RecordingControl;
  readonly archives: ArchiveControl;
  readonly bundles: BundleControl;
  readonly shares: Shares;
  readonly audit: AuditLog;
  readonly events: EventControl;
  readonly webhooks: WebhookControl;
  readonly calls: CallControl;
  readonly clips: ClipControl;
  readonly recordingHls: RecordingHlsControl;
  readonly renders: RenderControl;
  readonly hls: HlsControl;
  readonly notes: NoteControl;
  /** The time that a room's program shows now, milliseconds since 1970; undefined while the room is not live, or not there. */
  readonly programTime: (roomId: string) => number | undefined;
  readonly chat: ChatControl;
  readonly door: DoorControl;
  readonly files: FileControl;
  readonly markers: MarkerControl;
  readonly viewers: ViewerCount;
  readonly addresses: ClientAddresses;
  readonly readiness: Readiness;
  readonly tokens: Tokens;
  readonly accounts: AccountControl;
  readonly invites: InviteControl;
  readonly revocations: RevocationControl;
  readonly passes: ViewerPasses;
  readonly metrics: Metrics;
  readonly options: ApiOptions;
  /** The configuration, as far as it may be told. */
  readonly settings: readonly Setting[];
  readonly log: Logger;
  readonly clock: Clock;
}
