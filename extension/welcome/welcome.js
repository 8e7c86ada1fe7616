// The welcome page: what the extension does, shown on a sample, and the access it needs.
import { byId } from '../shared/dom.js';
import { fold, write } from '../shared/sample.js';
import { defaults } from '../shared/settings.js';
import { fillIn, speak, text } from '../shared/words.js';
import { drawAccess, followAccess } from './access.js';

/** Only appeals that the standard settings fold. */
const GRADE = 2;

async function drawSample() {
  const moment = document.querySelector('input[name="moment"]:checked')?.getAttribute('value');
  if (moment === 'before') return write(byId('sample'), GRADE);
  // With the standard settings: this page shows what folding is.
  await fold(byId('sample'), defaults(), GRADE);
}

for (const radio of document.querySelectorAll('input[name="moment"]'))
  radio.addEventListener('change', drawSample);
followAccess();
await speak();
fillIn();
document.title = `${text('welcome_title')} · ${text('name')}`;
await drawAccess('welcome_ready');
await drawSample();
