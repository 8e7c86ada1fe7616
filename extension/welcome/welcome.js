// The welcome page: what the extension does, shown on a sample, and the access it needs.
import { byId } from '../shared/dom.js';
import { fold, write } from '../shared/sample.js';
import { defaults } from '../shared/settings.js';
import { fillIn, speak, text } from '../shared/words.js';

/** Only appeals that the standard settings fold. */
const GRADE = 2;
const EVERYWHERE = { origins: ['http://*/*', 'https://*/*'] };

/** @param {string} ready what to say where access is there */
async function drawAccess(ready) {
  const access = await chrome.permissions.contains(EVERYWHERE);
  byId('access').hidden = access;
  byId('ready').textContent = access ? text(ready) : '';
}

async function drawSample() {
  const moment = document.querySelector('input[name="moment"]:checked')?.getAttribute('value');
  if (moment === 'before') return write(byId('sample'), GRADE);
  // With the standard settings: this page shows what folding is.
  await fold(byId('sample'), defaults(), GRADE);
}

async function draw() {
  await speak();
  fillIn();
  document.title = `${text('welcome_title')} · ${text('name')}`;
  await drawAccess('welcome_ready');
  await drawSample();
}

for (const radio of document.querySelectorAll('input[name="moment"]'))
  radio.addEventListener('change', drawSample);
byId('grant').addEventListener('click', async () => {
  // Asked at once: after a pause the browser no longer sees the click.
  await chrome.permissions.request(EVERYWHERE);
  await drawAccess('welcome_granted');
});
chrome.permissions.onAdded.addListener(() => drawAccess('welcome_granted'));
draw();
