// The pictures of the stores' listings: what the extension shows, in a frame and with a sentence above.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { ROOT } from './harness.mjs';
import { draw } from './icons.mjs';

/** @typedef {import('./pictures.mjs').Shots} Shots */

const LANGUAGES = readdirSync(`${ROOT}src/cues`).length;
const FOLDER = `${ROOT}store/pictures`;
/** What the stores ask for. */
const SCREEN = { width: 1280, height: 800 };
const TILE = { width: 440, height: 280 };
const LOGO = 300;

const STYLE = `
  * { box-sizing: border-box; margin: 0 }
  body { width: 100vw; height: 100vh; overflow: hidden; background: linear-gradient(160deg, #eef3f9, #dfe8f2);
    color: #1b2230; font: 22px/1.4 system-ui, sans-serif }
  header { padding: 34px 60px 0; text-align: center }
  h1 { font-size: 38px; line-height: 1.15; letter-spacing: -0.5px }
  header p { margin-top: 8px; color: #566173 }
  .window { position: absolute; top: 160px; bottom: -12px; border: 1px solid #c6d0db; border-radius: 12px;
    background: #fff; overflow: hidden; box-shadow: 0 12px 40px #1b223026 }
  .bar { display: flex; align-items: center; gap: 8px; height: 40px; padding: 0 14px; background: #e3e8ee }
  .bar i { width: 11px; height: 11px; border-radius: 50%; background: #b6c0cc }
  .bar span { flex: 1; margin: 0 10px; padding: 3px 14px; border-radius: 12px; background: #fff; color: #566173;
    font-size: 14px; line-height: 20px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
  .bar b { position: relative; width: 22px; height: 22px }
  .bar b img { width: 22px; height: 22px; display: block }
  .bar em { position: absolute; right: -7px; bottom: -5px; padding: 0 4px; border-radius: 4px; background: #4a5568;
    color: #fff; font: 700 10px/14px system-ui, sans-serif }
  .window > img { display: block; width: 100% }
  .tag { position: absolute; top: 6px; right: 14px; padding: 0 16px; border-radius: 14px; background: #1b2230;
    color: #fff; font-size: 18px; line-height: 28px }
  .popup { position: absolute; border: 1px solid #c6d0db; border-radius: 12px; overflow: hidden;
    box-shadow: 0 14px 44px #1b22304d }
  .popup img { display: block; width: 360px }
  .tile { display: flex; flex-direction: column; justify-content: center; gap: 18px; height: 100vh; padding: 0 40px;
    background: #2b5a8c; color: #fff }
  .tile div { display: flex; align-items: center; gap: 18px; font: 700 38px/1 system-ui, sans-serif; letter-spacing: -0.5px }
  .tile img { width: 72px; height: 72px; border: 2px solid #ffffff40; border-radius: 17px }
  .tile p { font-size: 23px; line-height: 1.3; color: #e5eef8 }
`;

/** @param {Buffer} bytes @param {string} [type] */
const address = (bytes, type = 'image/png') => `data:${type};base64,${bytes.toString('base64')}`;
const icon = address(readFileSync(`${ROOT}extension/icons/icon.svg`), 'image/svg+xml');

/**
 * @param {Buffer} picture
 * @param {{ host: string, style: string, count?: number, tag?: string }} look without a count: the browser has no button
 */
function frame(picture, { host, style, count = 0, tag = '' }) {
  const button = count > 0 ? `<b><img src="${icon}"><em>${count}</em></b>` : '';
  return `<div class="window" style="${style}">
    <div class="bar"><i></i><i></i><i></i><span>${host}</span>${button}</div>
    <img src="${address(picture)}">${tag ? `<div class="tag"${count > 0 ? ' style="right:62px"' : ''}>${tag}</div>` : ''}</div>`;
}

/** @param {string} title @param {string} about @param {string[]} inside */
const scene = (title, about, inside) =>
  `<header><h1>${title}</h1><p>${about}</p></header>${inside.join('')}`;

const PAPER = 'vostrava-times.example';
const WIDE = 'left:60px;right:60px';

/** @param {Shots} shots @returns {Record<string, string>} */
function scenes(shots) {
  return {
    '1-folded': scene(
      'Read first. The appeal can wait.',
      '“Support us” messages on news pages become one quiet line.',
      [
        frame(shots.before, {
          host: PAPER,
          style: 'left:40px;width:590px',
          tag: 'before',
        }),
        frame(shots.after, {
          host: PAPER,
          style: 'right:40px;width:590px;background:#1d1d1d',
          count: 1,
          tag: 'after',
        }),
      ],
    ),
    '2-why': scene(
      'It says why, and shows it again',
      'One press unfolds the appeal, in its place. Another folds it again.',
      [frame(shots.why, { host: PAPER, style: 'left:150px;right:150px', count: 1 })],
    ),
    '3-popup': scene(
      'Nothing is taken away',
      'The toolbar button lists what was folded, and keeps the way to give.',
      [
        frame(shots.end, { host: PAPER, style: WIDE, count: 1 }),
        `<div class="popup" style="right:72px;top:206px"><img src="${address(shots.popup)}"></div>`,
      ],
    ),
    '4-settings': scene(
      'You decide how sure it must be',
      'A sample article shows at once what your choice does.',
      [frame(shots.settings, { host: 'Fold Appeals', style: WIDE })],
    ),
    '5-languages': scene(
      `At home in ${LANGUAGES} languages`,
      'On any site. There is no list of sites, and nothing leaves your browser.',
      [
        frame(shots.german, {
          host: 'lohrbacher-blatt.example',
          style: 'left:30px;width:400px',
          count: 1,
        }),
        frame(shots.spanish, {
          host: 'elcauce.example',
          style: 'left:440px;width:400px',
          count: 2,
        }),
        frame(shots.russian, { host: 'bereg.example', style: 'right:30px;width:400px', count: 1 }),
      ],
    ),
    tile: `<div class="tile"><div><img src="${icon}">Fold Appeals</div><p>Read first.<br>The appeal can wait.</p></div>`,
  };
}

/** @param {import('puppeteer-core').Page} page @param {Shots} shots */
export async function drawScenes(page, shots) {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, body] of Object.entries(scenes(shots))) {
    await page.setViewport({ ...(name === 'tile' ? TILE : SCREEN), deviceScaleFactor: 1 });
    await page.setContent(`<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${body}`);
    writeFileSync(`${FOLDER}/${name}.png`, await page.screenshot());
  }
  const file = `${FOLDER}/logo.png`;
  writeFileSync(file, await draw(page, { name: 'logo', file, state: 'on', size: LOGO }));
}
