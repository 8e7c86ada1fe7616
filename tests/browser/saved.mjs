// Saved pages and texts as something a browser can be served.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, normalize, sep } from 'node:path';

const TYPES = {
  '.css': 'text/css',
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/**
 * @param {string} file
 * @returns {import('./tab.mjs').Served}
 */
export function readArticle(file) {
  const bytes = readFileSync(file);
  const text = bytes.toString('utf8');
  const start = text.slice(0, 100_000);
  if (
    !/\.x?html?$/i.test(file) &&
    !/^\s*(<!--[\s\S]*?-->\s*)*<(!doctype|html|head|body)\b/i.test(start)
  ) {
    return { url: 'https://saved.example/article', html: articleOf(text, basename(file)) };
  }
  const declared = /<meta[^>]+charset/i.test(start) || text.includes('\uFFFD');
  return {
    url: addressOf(start) ?? `https://saved.example/${encodeURIComponent(basename(file))}`,
    html: bytes,
    type: declared ? 'text/html' : 'text/html; charset=utf-8',
  };
}

/**
 * Where a saved page came from, as far as it says so.
 * @param {string} html
 */
function addressOf(html) {
  const [, address] =
    /<!--\s*saved from url=\(\d+\)(\S+)/i.exec(html) ??
    /<link[^>]+rel=["']?canonical["']?[^>]+href=["']?([^"'\s>]+)/i.exec(html) ??
    /<meta[^>]+property=["']?og:url["']?[^>]+content=["']?([^"'\s>]+)/i.exec(html) ??
    [];
  return address && /^https?:/.test(address) && URL.canParse(address)
    ? new URL(address).href.split('#')[0]
    : undefined;
}

/**
 * A file that was saved beside a page, for the address the page asks for it under.
 * @param {string} page the saved page
 * @param {string} pageUrl
 * @param {string} url
 * @returns {import('./tab.mjs').Served | undefined}
 */
export function companion(page, pageUrl, url) {
  const base = new URL('.', pageUrl).href;
  if (!url.startsWith(base)) return undefined;
  const path = decodeURIComponent(new URL(url).pathname.slice(new URL(base).pathname.length));
  const folder = dirname(page);
  const file = normalize(join(folder, path));
  if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) {
    return undefined;
  }
  const type = /** @type {Record<string, string>} */ (TYPES)[extname(file).toLowerCase()];
  return type === undefined ? undefined : { url, html: readFileSync(file), type };
}

/**
 * A text as an article: one paragraph a line.
 * @param {string} text
 * @param {string} title
 */
function articleOf(text, title) {
  const escaped = (/** @type {string} */ words) =>
    words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  const paragraphs = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `<p>${escaped(line)}</p>`);
  return `<!doctype html>
<html><head><meta charset="utf-8"><title>${escaped(title)}</title>
<meta property="og:type" content="article">
<style>
  body { margin: 0; background: #fff; color: #222; font: 19px/1.6 Georgia, serif }
  article { max-width: 680px; margin: 40px auto; padding: 0 20px }
</style></head>
<body><article>
${paragraphs.join('\n')}
</article></body></html>`;
}
