// One frame's life: read the choices, look, watch, answer the popup, and leave without a trace.

/** @type {{ on: boolean, state: PageState, kind: PageKind | '', told: number }} */
const here = { on: false, state: 'starting', kind: '', told: 0 };
const site = location.hostname.replace(/^www\./, '');
const memoryKey = `seen:${site}`;

/** What the person chose for this site; anything unreadable counts as the default. @param {unknown} stored */
function chosen(stored) {
  const { enabled, sites } = /** @type {Partial<Settings>} */ (stored ?? {});
  if (enabled === false) return 'off';
  if (sites && typeof sites === 'object' && Object.hasOwn(sites, site) && sites[site] === false)
    return 'off_site';
  return 'on';
}

/** The folds changed: the badge follows. */
function changed() {
  const count = folds.list.filter((f) => f.seen && !f.shown).length;
  if (count === here.told) return;
  here.told = count;
  ask({ type: 'count', count });
}

/** @returns {PageReport} */
function report() {
  return {
    state: here.state,
    kind: here.kind,
    site,
    folds: folds.list
      .filter((f) => f.seen)
      .map(({ id, text, reasons, shown, overlay }) => ({ id, text, reasons, shown, overlay })),
  };
}

/** @param {ToPage} message @returns {PageReport} */
function obey(message) {
  if (message.type === 'frame-appeal' && here.on) foreign.heard(message.url, message.text);
  if (message.type === 'show-all') for (const fold of folds.list) if (!fold.shown) folds.show(fold);
  if (message.type === 'show' || message.type === 'hide') {
    const fold = folds.list.find((f) => f.id === message.id);
    if (fold && message.type === 'show') folds.show(fold);
    if (fold && message.type === 'hide') folds.hideAgain(fold);
  }
  return report();
}

/** Follows the person's choice, at once. @param {unknown} stored */
function applyChoice(stored) {
  const choice = chosen(stored);
  const on = choice === 'on';
  if (on !== here.on) {
    here.on = on;
    abandon();
    if (on) {
      here.state = 'starting';
      ask({ type: 'warm' });
      // While the parser works, only remembered appeals are worth watching for.
      if (memory.active) {
        sheet.want();
        watch.start();
      }
      if (dom.readyState(document) !== 'loading') look();
    } else {
      watch.stop();
      folds.forget();
      leave(/** @type {PageState} */ (choice));
    }
  } else if (!on) here.state = /** @type {PageState} */ (choice);
}

/** The document is there: what is remembered first, then the core. */
function look() {
  if (!here.on) return;
  watch.start();
  const body = dom.body(document);
  if (memory.active && body) folds.recall(memory.find([body]));
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
  watch.wakes = 0;
  watch.schedule();
}

/** The extension is gone, this script is not: nothing of it stays in the page. */
function retire() {
  here.on = false;
  abandon();
  watch.stop();
  folds.clear();
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
    if (changes[memoryKey] && !changes[memoryKey].newValue) memory.clear();
    if (changes.settings) applyChoice(changes.settings.newValue);
  });
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
  const stored = await chrome.storage.local.get(['settings', memoryKey]);
  memory.load(stored[memoryKey]);
  applyChoice(stored.settings);
}

// A frame that shares its parent's origin is walked by the parent.
if (window === window.top) start();
else if (window.frameElement === null) foreign.watchInside();
