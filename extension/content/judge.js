// One look at the document: collect, ask the core, settle the folds.

const SLICE = 8;
const MOST_AROUND = 12; // elements around a block that are asked for their position

/** What the last look saw; the same text gets the same answer without asking. @type {{ page: Page, verdict: Verdict } | null} */
let lastLook = null;
let generation = 0;

/** Whatever is on the way no longer counts. */
function abandon() {
  generation++;
  lastLook = null;
}

/** @returns {Promise<void>} */
function idle() {
  return new Promise((resolve) => {
    // a hidden page is never idle in time
    if (dom.hidden(document)) soon().then(resolve);
    else requestIdleCallback(() => resolve(), { timeout: 60 });
  });
}

/** @returns {Promise<Collector | null>} null when the question has lapsed */
async function collect() {
  const mine = generation;
  const began = performance.now();
  let spent = 0;
  const collector = new Collector(document);
  for (let from = began; ; from = performance.now()) {
    const done = collector.run(from + SLICE);
    spent += performance.now() - from;
    if (done) break;
    await idle();
    if (mine !== generation) return null;
  }
  watch.purse -= spent;
  return collector;
}

async function judge() {
  const mine = generation;
  const began = performance.now();
  const collector = await collect();
  if (!collector || mine !== generation || !here.on) return;
  if (collector.tooLarge) {
    watch.stop();
    return leave('too_large');
  }
  watch.include(collector.roots);
  watch.hollowToo(collector.hollow);
  if (collector.blocks.length === 0) return leave('nothing', 'empty');
  let page = collector.page();
  const before = lastLook && sameText(lastLook.page, page) ? lastLook : null;
  // with what was learned about it before
  if (before) page = before.page;
  let verdict = before ? before.verdict : await consult(page);
  if (!verdict || mine !== generation || !here.on) return;
  if (liesOver(verdict, page, collector.nodes)) verdict = await consult(page);
  if (!verdict || mine !== generation || !here.on) return;
  lastLook = { page, verdict };
  if (verdict.kind !== 'article' && verdict.kind !== 'other') {
    memory.learn(
      [],
      folds.list.filter((f) => !f.confirmed && !f.byHand),
    );
    return leave('left_alone', verdict.kind);
  }
  here.kind = verdict.kind;
  const wishes = wholeFrames(verdict.folds, page, collector.nodes);
  here.state = wishes.length > 0 ? 'working' : 'nothing';
  if (wishes.length > 0) {
    if (!sheet.ready) sheet.want();
    watch.attributesToo();
    if (collector.roots.some((r) => dom.nodeType(r) === Node.DOCUMENT_NODE))
      await frameSheets(verdict, collector);
  }
  folds.settle(wishes, collector.nodes, page.blocks, began);
  changed();
}

/**
 * Where the core is unsure, notes what style sheets take out of the flow: a Page knows inline styles only.
 * @param {Verdict} verdict @param {Page} page @param {Element[]} nodes
 * @returns {boolean} whether that is news to the core
 */
function liesOver({ unsure = [] }, { elements, blocks }, nodes) {
  let any = false;
  for (const block of unsure) {
    for (let i = blocks[block].e, n = 0; i > 0 && n < MOST_AROUND; i = elements[i].p, n++) {
      const hint = elements[i].h ?? 0;
      if (hint & HINT.fixed) break;
      if (!/fixed|sticky/.test(getComputedStyle(nodes[i]).position)) continue;
      if (!dom.matches(nodes[i], CONTENT) && dom.all(nodes[i], CONTENT).length === 0) {
        elements[i].h = hint | HINT.fixed;
        any = true;
      }
      break;
    }
  }
  // What is not loaded yet may say otherwise.
  if (unsure.length > 0 && dom.readyState(document) !== 'complete')
    dom.listen(window, 'load', () => watch.schedule(), { once: true });
  return any;
}

/** Asks the core. @param {Page} page @returns {Promise<Verdict | null>} null when the page is left alone */
async function consult(page) {
  const mine = generation;
  /** @type {Reply<{ verdict: Verdict }>} */
  const reply = await ask({ type: 'classify', page, ...(sheet.ready ? {} : { attr: ATTR }) });
  if (mine !== generation || !here.on) return null;
  if (!reply.ok) {
    if (!alive()) retire();
    else leave(reply.error === 'no_answer' ? 'no_answer' : 'core_failed');
    return null;
  }
  if (!isVerdict(reply.verdict, page)) {
    leave('core_failed');
    return null;
  }
  if (reply.verdict.folds.length > 0) sheet.arrived();
  return reply.verdict;
}

/**
 * What a frame of another origin told of itself is folded with the frame, or not at all.
 * @param {VerdictFold[]} folds @param {Page} page @param {Element[]} nodes @returns {VerdictFold[]}
 */
function wholeFrames(folds, { elements, blocks }, nodes) {
  /** Whether an element stands for one inside its frame. @param {number} i */
  const inside = (i) => frameBlocks.has(nodes[i]) && elements[i].t !== 'iframe';
  return folds.flatMap((fold) => {
    const [first] = fold.elements;
    if (!inside(first)) return [fold];
    const frame = nodes[first];
    const whole = blocks.every(({ e }, i) => nodes[e] !== frame || fold.blocks.includes(i));
    return whole ? [{ ...fold, elements: [elements[first].p] }] : [];
  });
}

/** Folds inside frames need the sheet there as well. @param {Verdict} verdict @param {Collector} collector */
async function frameSheets(verdict, { nodes }) {
  for (const fold of verdict.folds) {
    const doc = dom.document(nodes[fold.elements[0]]);
    if (doc === document || sheet.frames.has(doc)) continue;
    await sheet.want();
    sheet.frames.add(doc);
  }
}

/** Nothing is folded, for a reason. @param {PageState} state @param {PageKind | ''} [kind] */
function leave(state, kind = '') {
  here.state = state;
  here.kind = kind;
  folds.clear();
  changed();
}

/** @param {Page | undefined} a @param {Page} b */
function sameText(a, b) {
  return (
    a !== undefined &&
    a.url === b.url &&
    a.blocks.length === b.blocks.length &&
    a.elements.length === b.elements.length &&
    a.blocks.every((block, i) => block.t === b.blocks[i].t && block.e === b.blocks[i].e) &&
    a.elements.every((e, i) => e.p === b.elements[i].p && e.t === b.elements[i].t)
  );
}

/** Whether the core's answer fits the page that was asked about. @param {any} verdict @param {Page} page */
function isVerdict(verdict, page) {
  /** @param {unknown} list @param {number} end */
  const indices = (list, end) =>
    Array.isArray(list) && list.every((i) => Number.isInteger(i) && i >= 0 && i < end);
  return (
    typeof verdict?.kind === 'string' &&
    Array.isArray(verdict.folds) &&
    verdict.folds.every(
      (/** @type {any} */ fold) =>
        indices(fold?.elements, page.elements.length) &&
        fold.elements.length > 0 &&
        indices(fold.blocks, page.blocks.length) &&
        Array.isArray(fold.reasons),
    ) &&
    indices(verdict.unsure ?? [], page.blocks.length)
  );
}
