// The settings page: drawn from what is stored, drawn again whenever that changes, here or elsewhere.
import { byId } from '../shared/dom.js';
import { readChecked } from '../shared/settings.js';
import { fillIn, speak, text } from '../shared/words.js';
import { drawSync, followBackup, listProblems } from './backup.js';
import { buildChoices, drawChoices } from './choices.js';
import { drawKept, followKept } from './kept.js';
import { drawPreview } from './preview.js';
import { drawSites, followSites } from './sites.js';

async function draw() {
  const { settings, problems, future } = await readChecked();
  await speak();
  fillIn();
  document.title = `${text('options_title')} · ${text('name')}`;
  byId('future').hidden = !future;
  /** @type {HTMLFieldSetElement} */ (byId('all')).disabled = future;
  byId('repaired').hidden = problems.length === 0;
  listProblems(/** @type {HTMLElement} */ (byId('repaired').querySelector('ul')), problems);
  drawChoices(settings);
  drawSites(settings);
  await Promise.all([drawKept(), drawSync(), drawPreview(settings)]);
}

// One drawing after the other, and the last one is of what is stored last.
/** @type {Promise<unknown>} */
let drawn = Promise.resolve();
function redraw() {
  drawn = drawn.then(draw);
}

buildChoices();
followSites();
followKept();
followBackup();
chrome.storage.onChanged.addListener((_changes, area) => {
  if (area === 'local') redraw();
});
redraw();
