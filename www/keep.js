// The site works without a network once it was opened; where the browser does not allow that, it does not.

export function keepCopy() {
  navigator.serviceWorker?.register(new URL('offline.js', import.meta.url)).catch(() => {});
}
