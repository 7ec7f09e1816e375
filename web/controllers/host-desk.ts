/** Everything a host works with during a stay; it is kept while panels are opened and shut. */
import type { ApiClient } from '../api-client.ts';
import { nowMs } from '../util/monotonic.ts';
import { AnnotationEditor } from './annotation-editor.ts';
import { DoorDesk } from './door-desk.ts';
import { LayoutEditor } from './layout-editor.ts';
import { PeopleControls } from './people-controls.ts';
import { RecordingSwitch } from './recording-switch.ts';
import type { RoomFacts } from './room-facts.ts';
import { RoomImages } from './room-images.ts';

/** `close` frees what it holds. */
export class HostDesk {
  readonly layout: LayoutEditor;
  readonly annotation: AnnotationEditor;
  readonly people: PeopleControls;
  readonly images: RoomImages;
  readonly door: DoorDesk;
  readonly recording: RecordingSwitch;

  /** `changed` is called after each change of what can be read here, `knocked` when somebody new waits to come in. */
  constructor(api: ApiClient, room: string, changed: () => void, knocked: () => void) {
    this.layout = new LayoutEditor({ save: (layout) => api.setLayout(room, layout), changed });
    this.annotation = new AnnotationEditor({ save: (annotation) => api.setAnnotation(room, annotation), changed });
    this.people = new PeopleControls({ api, room, changed });
    this.images = new RoomImages({ api, room, changed });
    this.door = new DoorDesk({ api, room, knocked, nowMs, changed });
    this.recording = new RecordingSwitch({ api, room, changed });
  }

  /** Takes in what the server said. */
  follow({ layout, annotation, door }: RoomFacts): void {
    if (layout) this.layout.follow(layout);
    if (annotation) this.annotation.follow(annotation);
    if (door) this.door.follow(door);
  }

  close(): void {
    this.images.close();
  }
}
