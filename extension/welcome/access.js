// Access to web pages: Firefox may leave it out when installing, and a person can take it back.
import { byId } from '../shared/dom.js';
import { text } from '../shared/words.js';

const EVERYWHERE = { origins: ['http://*/*', 'https://*/*'] };

/** @param {'welcome_ready' | 'welcome_granted'} ready what to say where access is there */
export async function drawAccess(ready) {
  const access = await chrome.permissions.contains(EVERYWHERE);
  byId('access').hidden = access;
  byId('ready').textContent = access ? text(ready) : '';
}

export function followAccess() {
  byId('grant').addEventListener('click', async () => {
    // Asked at once: after a pause the browser no longer sees the click.
    await chrome.permissions.request(EVERYWHERE);
    await drawAccess('welcome_granted');
  });
  chrome.permissions.onAdded.addListener(() => drawAccess('welcome_granted'));
  chrome.permissions.onRemoved.addListener(() => drawAccess('welcome_ready'));
}
