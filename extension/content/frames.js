// Frames of another origin. The script inside looks for what may be an appeal, and tells its text,
// through the background, to the top frame, where it is judged in its place on the page.

const SMALLEST_FRAME = 12_000; // square pixels
const MOST_FRAME_BLOCKS = 120;
const LONGEST_TOLD = 1_000;
const SECOND_LOOK = 1_000;
const MOST_FRAME_LOOKS = 4;
const PERHAPS = 0.5; // a probability, and the share of the text that must have it

const foreign = {
  /** In such a frame: looks once it is loaded, and again when its scripts have drawn something. */
  async watchInside() {
    if (dom.readyState(document) !== 'complete')
      await new Promise((resolve) => dom.listen(window, 'load', resolve, { once: true }));
    // One that is out of sight, or not laid out yet, gets its size later.
    while (innerWidth * innerHeight < SMALLEST_FRAME)
      await new Promise((resolve) => dom.listen(window, 'resize', resolve, { once: true }));
    /** @type {Reply<{ on: boolean }>} */
    const reply = await ask({ type: 'warm' });
    if (!reply.ok || !reply.on) return;
    for (let n = 0; n < MOST_FRAME_LOOKS && !(await this.lookInside()); n++) {
      await nextChange();
      await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK));
    }
  },

  /** @returns {Promise<boolean>} whether the question is settled */
  async lookInside() {
    const collector = new Collector(document);
    if (!collector.run(performance.now() + SLICE) || collector.tooLarge) return true;
    const page = collector.page();
    const { elements, blocks } = page;
    if (blocks.length === 0) return false;
    if (blocks.length > MOST_FRAME_BLOCKS) return true;
    // where one pays or signs in, nothing goes
    if (elements.some(({ h = 0 }) => h & (HINT.password | HINT.card | HINT.editable))) return true;
    /** @type {Reply<{ verdict: Verdict & { blocks: BlockVerdict[] } }>} */
    const reply = await ask({ type: 'classify', page, labels: true });
    if (!reply.ok || reply.verdict.blocks?.length !== blocks.length) return true;
    let all = 0;
    let perhaps = 0;
    blocks.forEach(({ t }, i) => {
      all += t.length;
      if (reply.verdict.blocks[i].score >= PERHAPS) perhaps += t.length;
    });
    if (perhaps < all * PERHAPS) return false;
    const told = blocks.map(({ e, ...block }) => {
      const tag = elements[e].t === 'body' ? 'div' : elements[e].t;
      return { ...block, tag, t: cut(block.t, LONGEST_TOLD) };
    });
    ask({ type: 'frame-appeal', url: location.href, blocks: told });
    return true;
  },

  /** In the top frame: what one of the frames below holds. @param {string} url @param {FrameBlock[]} blocks */
  heard(url, blocks) {
    const ours = [...dom.allIn(document, 'iframe')].filter(
      (frame) => addressOf(frame) === url.split('#')[0] && dom.frameDocument(frame) === null,
    );
    // Two frames of one address cannot be told apart.
    if (ours.length !== 1) return;
    frameBlocks.set(ours[0], blocks.slice(0, MOST_FRAME_BLOCKS));
    abandon();
    watch.schedule();
  },
};

/** Waits until something in the document changes. @returns {Promise<void>} */
function nextChange() {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** Where a frame element says its document comes from. @param {Element} frame */
function addressOf(frame) {
  if (dom.attribute(frame, 'srcdoc') !== null) return 'about:srcdoc';
  const src = dom.attribute(frame, 'src');
  if (!src) return 'about:blank';
  try {
    return new URL(src, dom.baseURI(document)).href.split('#')[0];
  } catch {
    return '';
  }
}
