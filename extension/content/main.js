// One frame's life: read the choices, look, watch, answer the popup, and leave without a trace.

const here = {
  on: false,
  /** @type {PageState} */
  state: 'starting',
  /** @type {PageKind | ''} */
  kind: '',
  /** The count that the badge was told. */
  told: 0,
  /** Prints of the appeals that the statistics have. @type {Set<string>} */
  counted: new Set(),
  /** Whether a line is left where an appeal was folded. */
  line: true,
  /** The line's words, where the reader chose another language than the browser's. @type {Record<string, string>} */
  words: {},
};
/** The choices that change how a page that is already open is folded. @type {Partial<Settings>} */
let choices = {};
const LATEST = 2;
const site = location.hostname.replace(/^www\./, '');
const memoryKey = `seen:${site}`;
const mineKey = `mine:${site}`;

/** What the person chose for this site; anything unreadable counts as the default. @param {unknown} stored */
function chosen(stored) {
  const { enabled, sites, mode } = readable(stored);
  if (enabled === false) return 'off';
  const known = sites && typeof sites === 'object' && Object.hasOwn(sites, site);
  const choice = known ? sites[site] : undefined;
  if (mode === 'only') return choice === true ? 'on' : 'off_only';
  return choice === false ? 'off_site' : 'on';
}

/** Choices of a later version are not guessed at. @param {unknown} stored @returns {Partial<Settings>} */
function readable(stored) {
  const choices = /** @type {Partial<Settings>} */ (stored ?? {});
  return Number(choices.version) > LATEST ? {} : choices;
}

/** The folds changed: the badge follows, and the statistics count each appeal once. */
function changed() {
  const folded = folds.list.filter((f) => f.seen && !f.shown);
  const before = here.counted.size;
  for (const fold of folded) here.counted.add(fold.print);
  const fresh = here.counted.size - before;
  if (folded.length === here.told && fresh === 0) return;
  here.told = folded.length;
  ask({ type: 'count', count: folded.length, fresh });
}

/** @returns {PageReport} */
function report() {
  const byHand = folds.list.some((f) => f.byHand);
  return {
    state: here.on && byHand ? 'working' : here.state,
    kind: here.kind,
    site,
    folds: folds.list.filter((f) => f.seen).map(reportOn),
  };
}

/** @param {Fold} fold @returns {FoldReport} */
function reportOn(fold) {
  const { id, text, reasons, shown, overlay, byHand } = fold;
  return { id, text, reasons, shown, overlay, byHand, support: supportOf(fold) };
}

/** @type {{ [T in ToPage['type']]?: (message: Extract<ToPage, { type: T }>) => unknown }} */
const ORDERS = {
  'frame-appeal': ({ url, blocks }) => here.on && foreign.heard(url, blocks),
  'show-all': showAll,
  'toggle-all'() {
    if (folds.list.some((f) => f.seen && !f.shown)) showAll();
    else for (const fold of folds.list) folds.hideAgain(fold);
  },
  show: ({ id }) => withFold(id, (fold) => folds.show(fold)),
  hide: ({ id }) => withFold(id, (fold) => folds.hideAgain(fold)),
  'not-appeal': ({ id }) => withFold(id, (fold) => folds.refuse(fold)),
};

function showAll() {
  for (const fold of folds.list) folds.show(fold, true);
}

/** @param {number} id @param {(fold: Fold) => void} act */
function withFold(id, act) {
  const fold = folds.list.find((f) => f.id === id);
  if (fold) act(fold);
}

/** @param {ToPage} message @returns {PageReport | { done: boolean }} */
function obey(message) {
  if (message.type === 'fold-this') {
    const done = corrections.foldThis(message.selected, message.frame);
    if (!done) refuse();
    return { done };
  }
  if (Object.hasOwn(ORDERS, message.type)) ORDERS[message.type]?.(/** @type {never} */ (message));
  return report();
}

/** Says why nothing was folded by hand. */
async function refuse() {
  const off = /^off/.test(here.state);
  // Where it is off, the words were not asked for.
  if (off) await warm();
  notice.say(says(off ? 'line_refused_off' : 'line_refused'));
}

/** Follows the person's choice, at once. @param {unknown} stored */
function applyChoice(stored) {
  const choice = chosen(stored);
  const on = choice === 'on';
  const before = choices;
  choices = readable(stored);
  here.line = choices.line !== false;
  if (on !== here.on) {
    here.on = on;
    abandon();
    if (on) {
      here.state = 'starting';
      warm();
      // While the parser works, only remembered appeals are worth watching for.
      if (memory.active) {
        sheet.want();
        watch.start();
        recallAll();
      }
      if (dom.readyState(document) !== 'loading') look();
    } else {
      watch.stop();
      folds.forget();
      folds.clear(true);
      leave(/** @type {PageState} */ (choice));
    }
  } else if (!on) here.state = /** @type {PageState} */ (choice);
  else {
    if (choices.language !== before.language) warm();
    if (choices.line !== before.line) folds.drawLines();
    if (choices.certainty !== before.certainty) {
      abandon();
      watch.schedule();
    }
  }
}

/** Starts the background, and learns in which words the lines speak. */
async function warm() {
  /** @type {Reply<{ words?: Record<string, string> }>} */
  const reply = await ask({ type: 'warm' });
  if (!reply.ok) return;
  here.words = reply.words ?? {};
  folds.drawLines();
}

/** Folds what is remembered in the document so far. */
function recallAll() {
  const body = dom.body(document);
  if (memory.active && body) folds.recall(memory.find(new Set([body])));
}

/** The document is there: what is remembered first, then the core. */
function look() {
  if (!here.on) return;
  watch.start();
  recallAll();
  watch.schedule();
  // Custom elements that are defined later fill themselves without a mutation out here.
  if (dom.allIn(document, ':not(:defined)').length > 0)
    dom.listen(window, 'load', () => watch.schedule(), { once: true });
}

/** The address changed without a new document. */
function navigated() {
  watch.url = address();
  abandon();
  folds.forget();
  here.counted.clear();
  watch.wakes = 0;
  watch.schedule();
}

/** The extension is gone, this script is not: nothing of it stays in the page. */
function retire() {
  here.on = false;
  abandon();
  watch.stop();
  folds.clear(true);
}

async function start() {
  chrome.runtime.onMessage.addListener((message, sender, respond) => {
    if (sender.id === chrome.runtime.id) respond(obey(message));
  });
  if (!/^(?:text\/html|application\/xhtml\+xml)$/.test(dom.contentType(document))) {
    here.state = 'not_web';
    return;
  }
  if (dom.prerendering(document))
    await new Promise((resolve) =>
      dom.listen(document, 'prerenderingchange', resolve, { once: true }),
    );
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area !== 'local') return;
    if (changes[memoryKey] && !changes[memoryKey].newValue) memory.load(null);
    if (changes[mineKey]) memory.loadMine(changes[mineKey].newValue);
    if (changes.settings) applyChoice(changes.settings.newValue);
  });
  corrections.listen();
  dom.listen(document, 'DOMContentLoaded', look);
  dom.listen(window, 'popstate', () => here.on && address() !== watch.url && navigated());
  dom.listen(document, 'visibilitychange', () => here.on && !alive() && retire());
  dom.listen(window, 'pageshow', (event) => event.persisted && returned());
  await readStorage();
}

/** Back from the back/forward cache: choices may have changed meanwhile, the badge was cleared. */
async function returned() {
  here.told = 0;
  await readStorage();
  changed();
}

async function readStorage() {
  const stored = await chrome.storage.local.get(['settings', memoryKey, mineKey]);
  memory.load(stored[memoryKey]);
  memory.loadMine(stored[mineKey]);
  applyChoice(stored.settings);
  // the toolbar button shows it
  if (!here.on) ask({ type: 'warm' });
}

// A frame that shares its parent's origin is walked by the parent.
if (window === window.top) start();
else if (window.frameElement === null) foreign.watchInside();

// For the tests, which ask from the extension's own world; a page does not see it.
Object.assign(globalThis, { folds, memory, supportOf });
