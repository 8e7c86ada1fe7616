// A service worker: keeps a copy of the site, so that it opens without a network too. What the network
// has is newer.

const KEPT = 'fold-appeals';
const FILES = [
  './',
  'index.html',
  'playground.html',
  'style.css',
  'landing.css',
  'landing.js',
  'keep.js',
  'playground.css',
  'boot.js',
  'playground.js',
  'playground_bg.wasm',
  'icon.svg',
  'before.png',
  'after.png',
];

async function keepAll() {
  const copy = await caches.open(KEPT);
  // The pictures are optional, and not every host has a page for a folder.
  await Promise.all(FILES.map((file) => copy.add(file).catch(() => {})));
}

/** @param {Request} request */
async function fetched(request) {
  try {
    const response = await fetch(request);
    if (response.ok) await (await caches.open(KEPT)).put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}

addEventListener('install', (event) => event.waitUntil(keepAll()));
addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const own = new URL('./', location.href).href;
  if (method === 'GET' && url.startsWith(own) && !url.endsWith('.zip'))
    event.respondWith(fetched(event.request));
});
