// Messages to the background. A reply always comes back; a lost background costs a retry.

// A message that reaches a background about to stop is lost: mostly the empty reply tells at once,
// sometimes nothing does, so patience ends and grows. Milliseconds.
const PATIENCE = 1_500;
const GIVE_UP = 15_000;
const PAUSE = 100;

/** Whether the extension that injected this script is still there. */
function alive() {
  try {
    return Boolean(chrome.runtime?.id);
  } catch {
    return false;
  }
}

/**
 * @template {object} T
 * @param {ToBackground} message
 * @returns {Promise<Reply<T>>}
 */
async function ask(message) {
  const end = performance.now() + GIVE_UP;
  for (let patience = PATIENCE; alive() && performance.now() < end; ) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      const late = new Promise((_, reject) => {
        timer = setTimeout(() => {
          patience *= 2;
          reject();
        }, patience);
      });
      const reply = await Promise.race([chrome.runtime.sendMessage(message), late]);
      if (reply && typeof reply.ok === 'boolean') return reply;
    } catch {
      // the worker was stopped while it worked: asking again starts it
    } finally {
      clearTimeout(timer);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  return { ok: false, error: 'no_answer' };
}
