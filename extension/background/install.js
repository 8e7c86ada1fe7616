// After installing: the welcome page, once. After an update: nothing a person would notice.

/** Must run while the worker starts. */
export function welcome() {
  chrome.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === 'install')
      chrome.tabs.create({ url: chrome.runtime.getURL('welcome/welcome.html') });
  });
}
