// Starts the playground; everything else is Rust.

import { keepCopy } from './keep.js';
import init from './playground.js';

const refusal = document.getElementById('refusal');

/** @param {string} text */
function say(text) {
  if (!refusal) return;
  refusal.textContent = text;
  refusal.hidden = false;
}

// A trap in the wasm ends it for good; without a word the page would look alive.
addEventListener('error', (event) => {
  if (event.error instanceof WebAssembly.RuntimeError)
    say('The playground has stopped because of a fault in it. Reload the page to go on.');
});

try {
  await init({ module_or_path: new URL('playground_bg.wasm', import.meta.url) });
} catch (error) {
  say(`The playground could not start: ${error}`);
}
keepCopy();
