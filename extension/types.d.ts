// Shapes shared by every context of the extension. Ambient: no import needed.

/** What the collector saw; the core's only input. */
interface Page {
  url: string;
  lang: string;
  title: string;
  og: string;
  elements: PageElement[];
  blocks: PageBlock[];
}
interface PageElement {
  /** Index of the parent, -1 for the root. */
  p: number;
  /** Tag. */
  t: string;
  /** Hint bits. */
  h?: number;
  /** "id class", cut. */
  n?: string;
}
interface PageBlock {
  /** Index of the owning element. */
  e: number;
  t: string;
  /** UTF-16 units inside links. */
  l?: number;
  /** UTF-16 units inside buttons. */
  b?: number;
  /** Raw href attributes of its links. */
  h?: string[];
}

/** A block of a frame, with the tag of its element. */
type FrameBlock = Omit<PageBlock, 'e'> & { tag: string };

type PageKind =
  | 'article'
  | 'other'
  | 'donation'
  | 'checkout'
  | 'account'
  | 'charity'
  | 'front'
  | 'app'
  | 'empty';

interface Reason {
  key: string;
  cues: string[];
}
interface VerdictFold {
  elements: number[];
  blocks: number[];
  score: number;
  overlay: boolean;
  reasons: Reason[];
}
interface BlockVerdict {
  label: 'appeal' | 'article' | 'other';
  score: number;
}
interface Verdict {
  kind: PageKind;
  /** Where they were asked for. */
  blocks?: BlockVerdict[];
  /** Blocks that may be of an appeal, for all the core knows. Added by the background. */
  unsure?: number[];
  folds: VerdictFold[];
}

/** The choices of a person. */
interface Settings {
  version: number;
  /** False: paused everywhere. */
  enabled: boolean;
  /** On all sites except those switched off, or only on those picked. */
  mode: 'except' | 'only';
  /** Choices for single sites, by host. */
  sites: Record<string, boolean>;
  /** False: nothing is left where an appeal was folded. */
  line: boolean;
  certainty: Certainty;
  /** The count on the toolbar button. */
  badge: boolean;
  /** A copy in the browser's own synchronisation. */
  sync: boolean;
  /** A folder of _locales; empty: the browser's choice. */
  language: string;
}
type Certainty = 'careful' | 'balanced' | 'bold';

/** From a content script to the background. */
type ToBackground =
  | { type: 'warm' }
  /** `attr` is present while the frame still lacks its user sheet. */
  | { type: 'classify'; page: Page; attr?: string; labels?: boolean }
  | { type: 'sheet'; attr: string; everywhere?: boolean }
  | { type: 'remember'; fresh: string[]; wrong: string[] }
  | { type: 'correct'; not: string[]; folds: string[]; undo: string[] }
  | { type: 'why'; reasons: Reason[]; byHand: boolean }
  | { type: 'frame-appeal'; url: string; blocks: FrameBlock[] }
  /** `fresh`: how many of them were never counted before. */
  | { type: 'count'; count: number; fresh: number };

type Reply<T = object> = ({ ok: true } & T) | { ok: false; error: string };

/** From the popup, or the background, to the content script of a tab's top frame. */
type ToPage =
  | { type: 'report' }
  | { type: 'show'; id: number }
  | { type: 'hide'; id: number }
  | { type: 'show-all' }
  | { type: 'toggle-all' }
  | { type: 'not-appeal'; id: number }
  | { type: 'fold-this'; selected: boolean; frame?: string }
  | { type: 'frame-appeal'; url: string; blocks: FrameBlock[] };

type PageState =
  | 'starting'
  | 'working'
  | 'nothing'
  | 'left_alone'
  | 'off'
  | 'off_site'
  | 'off_only'
  | 'too_large'
  | 'core_failed'
  | 'no_answer'
  | 'not_web';

interface FoldReport {
  id: number;
  text: string;
  reasons: Reason[];
  shown: boolean;
  overlay: boolean;
  /** Where readers can give, taken from the appeal. */
  support: string | null;
  /** Folded by the reader, not by the core. */
  byHand: boolean;
}
interface PageReport {
  state: PageState;
  kind: PageKind | '';
  site: string;
  folds: FoldReport[];
}

/** Firefox's name for what Chromium offers as chrome.dom.openOrClosedShadowRoot. */
interface Element {
  readonly openOrClosedShadowRoot?: ShadowRoot | null;
}
interface Document {
  readonly prerendering?: boolean;
}
