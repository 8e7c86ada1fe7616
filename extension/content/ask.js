// Messages to the background. A reply always comes back; a lost worker costs a retry.

// A message that reaches a background about to stop is lost, sometimes without an error: ask again
// soon, and be more patient each time. Milliseconds.
const ANSWER_WITHIN = [1_500, 3_000, 8_000];
const PAUSE = 150;

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
  for (const patience of ANSWER_WITHIN) {
    if (!alive()) break;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      const late = new Promise((_, reject) => {
        timer = setTimeout(reject, patience);
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
