import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/**
 * Asks until the answer is right; returns it.
 * @template T
 * @param {() => T | Promise<T>} question
 * @param {(answer: T) => unknown} right
 * @param {number} [limit] milliseconds
 * @returns {Promise<T>}
 */
export async function eventually(question, right, limit = 10_000) {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await question();
    if (right(answer)) return answer;
    if (Date.now() > end) {
      throw new Error(
        `not within ${limit} ms: ${right}; the last answer: ${JSON.stringify(answer)}`,
      );
    }
    await sleep(15);
  }
}

/**
 * Asks until the answer stays the same for a while.
 * @template T
 * @param {() => Promise<T>} question
 */
export async function calm(question) {
  let last = await question();
  for (let same = 0; same < 6; ) {
    await sleep(60);
    const now = await question();
    same = isDeepStrictEqual(now, last) ? same + 1 : 0;
    last = now;
  }
  return last;
}
