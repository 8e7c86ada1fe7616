// The sample article, judged with the settings as they are.
import { byId } from '../shared/dom.js';
import { fold, write } from '../shared/sample.js';
import { text } from '../shared/words.js';

/** What the sample was judged with: other changes leave it as the person has it. */
let drawn = '';

/** @param {Settings} settings */
export async function drawPreview(settings) {
  const { line, certainty, language } = settings;
  const wanted = JSON.stringify([line, certainty, language]);
  if (drawn === wanted) return;
  drawn = wanted;
  byId('preview-about').textContent = text(
    line ? 'options_preview_about' : 'options_preview_about_nothing',
  );
  const sample = byId('sample');
  try {
    const count = await fold(sample, settings);
    byId('preview-count').textContent =
      count === 1 ? text('options_preview_one') : text('options_preview_many', String(count));
  } catch (error) {
    write(sample);
    byId('preview-count').textContent = text('options_preview_failed', String(error));
  }
}
