import { setTimeout as sleep } from 'node:timers/promises';

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
