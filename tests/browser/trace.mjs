// What the extension costs a page in Chromium, read from a trace of the page's main thread.

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * @typedef {object} TraceEvent
 * @property {string} name
 * @property {string} ph
 * @property {number} pid
 * @property {number} tid
 * @property {number} ts microseconds
 * @property {number} [dur]
 * @property {number} [tdur] of the thread's own time: other programs on the machine do not count
 * @property {any} args
 *
 * @typedef {object} Cost
 * @property {number} time milliseconds of the main thread
 * @property {number} tasks
 * @property {number} longest milliseconds in one task
 * @property {number} shift layout shift of the page, whoever caused it
 */

const CATEGORIES = ['devtools.timeline', 'v8', 'loading', 'toplevel'];
const TASK = 'ThreadControllerImpl::RunTask';

/**
 * Traces what the page does meanwhile.
 * @param {Page} page
 * @param {() => Promise<void>} work
 * @returns {Promise<Cost>}
 */
export async function traced(page, work) {
  await page.tracing.start({ categories: CATEGORIES });
  await work();
  const trace = await page.tracing.stop();
  if (!trace) throw new Error('no trace');
  return costOf(JSON.parse(Buffer.from(trace).toString()).traceEvents);
}

/** @param {TraceEvent[]} events @returns {Cost} */
function costOf(events) {
  const shift = events
    .filter(({ name, args }) => name === 'LayoutShift' && !args.data?.had_recent_input)
    .reduce((sum, { args }) => sum + args.data.weighted_score_delta, 0);
  const ours = events.find(isOurs);
  if (!ours) return { time: 0, tasks: 0, longest: 0, shift };
  const thread = events
    .filter(({ ph, pid, tid }) => ph === 'X' && pid === ours.pid && tid === ours.tid)
    .sort((a, b) => a.ts - b.ts || lengthOf(b) - lengthOf(a));
  const calls = outermost(thread.filter(isOurs));
  const tasks = outermost(thread.filter(({ name }) => name === TASK));
  /** @type {Map<TraceEvent | undefined, number>} */
  const inTask = new Map();
  for (const call of calls) {
    const task = tasks.find(({ ts, dur = 0 }) => ts <= call.ts && call.ts < ts + dur);
    inTask.set(task, (inTask.get(task) ?? 0) + timeOf(call));
  }
  const times = [...inTask.values()];
  return {
    time: times.reduce((sum, time) => sum + time, 0),
    tasks: times.length,
    longest: Math.max(...times),
    shift,
  };
}

/** @param {TraceEvent} event */
function isOurs({ name, args }) {
  return (
    (name === 'EvaluateScript' && /^chrome-extension:/.test(args.data?.url)) ||
    (name === 'v8.callFunction' && args.worldName === 'Fold Appeals')
  );
}

/** @param {TraceEvent[]} events sorted */
function outermost(events) {
  let end = 0;
  return events.filter((event) => {
    if (event.ts < end) return false;
    end = event.ts + lengthOf(event);
    return true;
  });
}

/** @param {TraceEvent} event */
function lengthOf({ dur = 0 }) {
  return dur;
}

/** @param {TraceEvent} event */
function timeOf({ dur = 0, tdur = dur }) {
  return tdur / 1000;
}
