// Keyboard commands. The reader can change or remove the keys in the browser.
import { change, choose, isChosen, siteOf } from '../shared/settings.js';

export function listenForCommands() {
  chrome.commands.onCommand.addListener(act);
}

/** @param {string} command @param {chrome.tabs.Tab} [active] */
export async function act(command, active) {
  const [tab] = active ? [active] : await chrome.tabs.query({ active: true, currentWindow: true });
  if (tab?.id === undefined) return;
  const site = siteOf(tab.url ?? '');
  if (command === 'toggle-site' && site)
    await change((settings) => choose(settings, site, !isChosen(settings, site)));
  if (command === 'toggle-appeals')
    await chrome.tabs.sendMessage(tab.id, { type: 'toggle-all' }, { frameId: 0 }).catch(() => {
      // no content script there: nothing is folded
    });
}
