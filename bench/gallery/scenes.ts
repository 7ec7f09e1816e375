/** The pictures of the gallery, as data: who is there, what they do, and how the room is laid out and annotated. */
import type { z } from 'zod';
import type { annotationSchema } from '../../src/layout/annotation.ts';
import type { layoutSchema } from '../../src/layout/layout.ts';

/** Somebody in a picture. By default they have a camera and say nothing. */
export interface GalleryPerson {
  readonly name: string;
  readonly host?: boolean;
  /** Has the floor; one of each picture. */
  readonly speaks?: boolean;
  readonly muted?: boolean;
  readonly state?: 'paused' | 'reconnecting';
  /** Shown instead of a camera: initials, or their own picture. */
  readonly avatar?: 'initials' | 'picture';
  /** Shares a screen. */
  readonly screen?: boolean;
}

/** One picture. */
export interface GalleryScene {
  /** Name of the file, without its ending: the policy or what else it shows, and how many people there are. */
  readonly name: string;
  /** What there is to see; one sentence. */
  readonly caption: string;
  readonly upright?: boolean;
  readonly title?: string;
  readonly layout: z.input<typeof layoutSchema>;
  readonly annotation?: z.input<typeof annotationSchema>;
  readonly logo?: boolean;
  readonly background?: boolean;
  readonly people: readonly GalleryPerson[];
}

const NAMES = [
  'Rui Lima',
  '佐藤 恵美',
  'Дмитрий Волков',
  'आशा शर्मा',
  'Tomás Okafor',
  'محمد حداد',
  'فاطمة الزهراء',
  'Θάνος Ρήγας',
  '김민지',
  'אורי לוי',
  'Maximiliane von Hohenstein-Brandenburg',
  'Nguyễn Thị Hoa 🌻',
];

/** So many people; the first is the host, and number `speaker` speaks. */
function people(count: number, speaker = 0): readonly GalleryPerson[] {
  return Array.from({ length: count }, (_, index) => ({
    name: NAMES[index] ?? `Guest ${index + 1}`,
    host: index === 0,
    speaks: index === speaker,
    muted: index % 4 === 2 && index !== speaker,
  }));
}

function sharing(count: number, speaker: number): readonly GalleryPerson[] {
  return people(count, speaker).map((person, index) => (index === 0 ? { ...person, screen: true } : person));
}

/** In the order of the page. */
export const SCENES: readonly GalleryScene[] = [
  { name: 'grid-2', caption: 'Two people.', layout: { policy: 'grid' }, people: people(2) },
  { name: 'grid-4', caption: 'Four fill the program.', layout: { policy: 'grid' }, people: people(4, 1) },
  { name: 'grid-5', caption: 'The last row is centred.', layout: { policy: 'grid' }, people: people(5, 3) },
  { name: 'grid-9', caption: 'Nine; names in seven scripts.', layout: { policy: 'grid' }, people: people(9, 5) },
  {
    name: 'grid-12',
    caption: 'Twelve, of whom nine have a place.',
    layout: { policy: 'grid', maxTiles: 9 },
    people: people(12, 4),
  },
  { name: 'grid-25', caption: 'A full grid.', layout: { policy: 'grid' }, people: people(25, 7) },
  { name: 'speaker-6', caption: 'Who speaks is large.', layout: { policy: 'speaker' }, people: people(6, 2) },
  {
    name: 'presentation-5',
    caption: 'A shared screen, whole, and people beside it.',
    layout: {},
    people: sharing(5, 0),
  },
  {
    name: 'single-3',
    caption: 'One person, with a lower third and a logo.',
    layout: { policy: 'single', more: false },
    annotation: { names: false, marks: false, lowerThird: { title: 'Rui Lima', text: 'Shore station, Porto' } },
    logo: true,
    people: people(3, 0),
  },
  {
    name: 'side-by-side-2',
    caption: 'An interview: both halves filled.',
    layout: { policy: 'side-by-side', fit: 'cover' },
    people: people(2, 1),
  },
  {
    name: 'side-by-side-3',
    caption: 'A shared screen and who speaks, whole.',
    layout: { policy: 'side-by-side', rules: [] },
    people: sharing(3, 1),
  },
  {
    name: 'picture-in-picture-4',
    caption: 'One fills the program, the others stand on top.',
    layout: { policy: 'picture-in-picture' },
    people: people(4, 0),
  },
  {
    name: 'portrait-4',
    caption: 'A program of 720x1280.',
    upright: true,
    layout: { policy: 'portrait', fit: 'cover' },
    title: 'Shore talk',
    annotation: { title: true },
    people: people(4, 1),
  },
  {
    name: 'portrait-3',
    caption: 'In the middle of a wide program, over a background picture.',
    layout: { policy: 'portrait' },
    background: true,
    people: people(3, 1),
  },
  {
    name: 'custom-4',
    caption: 'Regions of your own over a screen.',
    layout: {
      policy: 'custom',
      rules: [],
      more: false,
      regions: [
        { x: 0, y: 0, width: 1, height: 1, show: '@screen' },
        { x: 0.74, y: 0.68, width: 0.24, height: 0.29, show: '@speaker', z: 2, fit: 'cover' },
        { x: 0.78, y: 0.42, width: 0.2, height: 0.24, z: 1, fit: 'cover' },
        { x: 0.82, y: 0.2, width: 0.16, height: 0.2, z: 1, fit: 'cover' },
      ],
    },
    people: sharing(4, 2),
  },
  {
    name: 'states-9',
    caption: 'What is said of people: who hosts, speaks, is muted, has no camera, has paused, or is coming back.',
    layout: { policy: 'grid' },
    people: [
      { name: 'Rui Lima', host: true },
      { name: '佐藤 恵美', speaks: true },
      { name: 'Дмитрий Волков', muted: true },
      { name: 'आशा शर्मा', avatar: 'initials' },
      { name: 'Tomás Okafor', avatar: 'picture' },
      { name: 'Chloé Martin', avatar: 'initials', muted: true },
      { name: 'فاطمة الزهراء', state: 'paused' },
      { name: 'Θάνος Ρήγας', state: 'reconnecting' },
      { name: 'Maximiliane von Hohenstein-Brandenburg', host: true, muted: true },
    ],
  },
  {
    name: 'annotation-5',
    caption: 'Title, logo, lower third, capture times and a background picture.',
    title: 'Shore station, morning round',
    layout: { policy: 'grid' },
    annotation: {
      title: true,
      captureTime: true,
      lowerThird: { title: 'Дмитрий Волков', text: 'On the new pier and the two lost buoys' },
      logo: { corner: 'bottom-right', height: 0.09 },
    },
    logo: true,
    background: true,
    people: people(5, 2),
  },
  {
    name: 'slate-0',
    caption: 'Nobody is there, and the program goes on.',
    title: 'Shore station, morning round',
    layout: {},
    people: [],
  },
];
