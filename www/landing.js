// The pictures are optional: a site built without them does without.

import { keepCopy } from './keep.js';

const pictures = document.getElementById('pictures');
for (const image of pictures?.querySelectorAll('img') ?? []) {
  if (image.complete && image.naturalWidth === 0) pictures?.remove();
  image.addEventListener('error', () => pictures?.remove());
}
keepCopy();
