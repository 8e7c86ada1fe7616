// What a content script may ask for. Every message gets an answer, also when something fails.
import { because } from '../shared/reasons.js';
import { isOn, read, siteOf } from '../shared/settings.js';
import { speaker, wordsOf } from '../shared/words.js';
import { showCount, showState } from './badge.js';
import { judge, load } from './core.js';
import { correct } from './corrections.js';
import { remember } from './memory.js';
import { countFolds } from './statistics.js';
import { insertSheet } from './styles.js';

const UNSURE = 0.15; // a probability from which it is worth to see whether a block lies over the page
const MOST_UNSURE = 40;

/** @type {Record<string, (message: any, sender: chrome.runtime.MessageSender) => Promise<object>>} */
const HANDLERS = {
  async warm(_message, sender) {
    const settings = await read();
    const site = siteOf(sender.tab?.url ?? sender.url ?? '');
    const on = site !== null && isOn(settings, site);
    const { language } = settings;
    const [words] = await Promise.all([
      language === '' ? undefined : wordsOf(language, 'line_'),
      on ? load() : showState(sender.tab?.id, settings, site),
    ]);
    return { on, ...(words && { words }) };
  },

  async classify({ page, attr, labels }, sender) {
    const { blocks, ...verdict } = await judge(page, (await read()).certainty);
    // The sheet is in place before the page learns what to mark, so that marking hides at once.
    if (attr && verdict.folds.length > 0) await insertSheet(sender, attr);
    const unsure = (blocks ?? []).flatMap(({ label, score }, i) =>
      label !== 'appeal' && score >= UNSURE ? [i] : [],
    );
    const reply = { ...verdict, unsure: unsure.slice(0, MOST_UNSURE) };
    return { verdict: labels ? { ...reply, blocks } : reply };
  },

  async sheet({ attr, everywhere }, sender) {
    await insertSheet(sender, attr, everywhere === true);
    return {};
  },

  async remember({ fresh, wrong }, sender) {
    const site = siteOf(sender.url ?? '');
    if (site && !sender.tab?.incognito) await remember(site, fresh, wrong);
    return {};
  },

  async correct({ not, folds, undo }, sender) {
    const site = siteOf(sender.url ?? '');
    if (!site || sender.tab?.incognito) return {};
    await correct(site, { not, folds, undo });
    await remember(site, [], not);
    return {};
  },

  async why({ reasons, byHand }) {
    const { language } = await read();
    const { text, locale } = await speaker(language);
    return { sentence: because(reasons, byHand, text, locale) };
  },

  async 'frame-appeal'({ url, blocks }, sender) {
    const tabId = sender.tab?.id;
    if (tabId === undefined || !sender.frameId) return {};
    await chrome.tabs.sendMessage(tabId, { type: 'frame-appeal', url, blocks }, { frameId: 0 });
    return {};
  },

  async count({ count, fresh }, sender) {
    if (sender.frameId !== 0) return {};
    await showCount(sender.tab?.id, count);
    if (!sender.tab?.incognito) await countFolds(fresh);
    return {};
  },
};

/**
 * @param {any} message
 * @param {chrome.runtime.MessageSender} sender
 * @returns {Promise<Reply>}
 */
export async function answer(message, sender) {
  const type = message?.type;
  if (sender.id !== chrome.runtime.id || !sender.tab || !Object.hasOwn(HANDLERS, type))
    return { ok: false, error: 'refused' };
  try {
    return { ok: true, ...(await HANDLERS[type](message, sender)) };
  } catch (error) {
    return { ok: false, error: `${type}: ${error instanceof Error ? error.message : error}` };
  }
}

/** Must run while the worker starts, or the message that woke it is lost. */
export function listen() {
  chrome.runtime.onMessage.addListener((message, sender, respond) => {
    answer(message, sender).then(respond);
    return true;
  });
}
