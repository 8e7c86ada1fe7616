// Frames of another origin. Each is judged by the script inside it; one that holds nothing but an
// appeal says so, through the background, to the top frame, which folds the frame element.

const SMALLEST_FRAME = 12_000; // square pixels
const MOST_FRAME_BLOCKS = 120;
const SECOND_LOOK = 1_500;

const foreign = {
  /** Frame elements that hold nothing but an appeal, with its text. @type {Map<Element, string>} */
  appeals: new Map(),

  /** In such a frame: looks once it is loaded, and once more for what its scripts drew. */
  async watchInside() {
    if (dom.readyState(document) !== 'complete')
      await new Promise((resolve) => dom.listen(window, 'load', resolve, { once: true }));
    if (innerWidth * innerHeight < SMALLEST_FRAME) return;
    /** @type {Reply<{ on: boolean }>} */
    const reply = await ask({ type: 'warm' });
    if (!reply.ok || !reply.on || (await this.lookInside())) return;
    await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK));
    await this.lookInside();
  },

  /** @returns {Promise<boolean>} whether the question is settled */
  async lookInside() {
    const collector = new Collector(document);
    if (!collector.run(performance.now() + SLICE) || collector.tooLarge) return true;
    const page = collector.page();
    const { blocks } = page;
    if (blocks.length === 0) return false;
    if (blocks.length > MOST_FRAME_BLOCKS) return true;
    /** @type {Reply<{ verdict: Verdict & { blocks: BlockVerdict[] } }>} */
    const reply = await ask({ type: 'classify', page, labels: true });
    if (!reply.ok || reply.verdict.blocks?.length !== blocks.length) return true;
    let all = 0;
    let appeal = 0;
    blocks.forEach(({ t }, i) => {
      all += t.length;
      if (reply.verdict.blocks[i].label === 'appeal') appeal += t.length;
    });
    if (appeal < all * 0.9) return false;
    const text = blocks.map((b) => b.t).join('\n');
    ask({ type: 'frame-appeal', url: location.href, text: text.slice(0, 2_000) });
    return true;
  },

  /** In the top frame: one of the frames below holds an appeal. @param {string} url @param {string} text */
  heard(url, text) {
    const ours = [...dom.allIn(document, 'iframe')].filter(
      (frame) => addressOf(frame) === url.split('#')[0] && dom.frameDocument(frame) === null,
    );
    // Two frames of one address cannot be told apart.
    if (ours.length !== 1) return;
    this.appeals.set(ours[0], text);
    abandon();
    watch.schedule();
  },

  /** The folds these add to a verdict. @param {Element[]} nodes @returns {VerdictFold[]} */
  wishes(nodes) {
    /** @type {VerdictFold[]} */
    const wishes = [];
    for (const [frame, text] of this.appeals) {
      const index = nodes.indexOf(frame);
      if (index < 0) this.appeals.delete(frame);
      else
        wishes.push({
          elements: [index],
          blocks: [],
          text,
          score: 1,
          overlay: false,
          reasons: [{ key: 'asks', cues: [] }],
        });
    }
    return wishes;
  },
};

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
