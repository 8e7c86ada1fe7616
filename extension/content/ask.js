// Messages to the background. A reply always comes back; a lost worker costs one retry.

const ANSWER_WITHIN = 8_000;

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
  for (let attempt = 0; attempt < 2 && alive(); attempt++) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    try {
      const late = new Promise((_, reject) => {
        timer = setTimeout(reject, ANSWER_WITHIN);
      });
      const reply = await Promise.race([chrome.runtime.sendMessage(message), late]);
      if (reply && typeof reply.ok === 'boolean') return reply;
    } catch {
      // the worker was stopped while it worked: asking again starts it
    } finally {
      clearTimeout(timer);
    }
  }
  return { ok: false, error: 'no_answer' };
}
