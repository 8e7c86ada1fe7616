// The reader's way in: the best link of a folded appeal for those who want to give after all.

const PAYMENT_HOSTS =
  /(?:^|\.)(?:patreon|paypal|ko-fi|buymeacoffee|opencollective|liberapay|steadyhq|donorbox|givebutter|betterplace|tipeee|boosty|patronite|zrzutka|fundrazr|every|givealittle|raisely|fundraiseup|helloasso|teaming|goteo|verkami|camp-fire|cloudtips|yoomoney|donationalerts|twint|vipps)\.[a-z]{2,4}$|(?:^|\.)paypal\.me$|^(?:donate|buy)\.stripe\.com$|^github\.com\/sponsors/;
/** Beginnings of words, in addresses and in the words of a link. */
const GIVING =
  /(?<!\p{L})(?:back(?:ing)?[ -]us|giv(?:e|ing)(?!\p{L})|chip-in|coffee|donat|donaci|doaç|doac|doe(?!\p{L})|don[soa]?(?![\p{L}'’])|doneer|donn(?:er|ez)|donazi|support|sustain|contribu|member|membr[eo]|mitglied|lid(?!\p{L})|word-lid|abo(?!\p{L})|abbon|abonn|subscri|suscri|assin|prenumer|join|patron|mecenas|spende|unterst|förder|foerder|souten|soutien|adhér|adher|apoya|apóya|apoi|colabora|soci[oa](?!\p{L})|sócio|sosten|sostien|steun|wesprz|wspier|wspar|darowizn|podpo|podrž|podrz|podpri|daruj|přispě|prispe|támog|tamog|susțin|sustin|donea|destek|bağış|bagis|støt|stott|stöd|tue(?!\p{L})|tuki|lahjoit|toeta|anneta|atbalst|ziedo|parem|mbësht|поддерж|пожертв|донат|підтрим|подкреп|дарен|подрж|донир|υποστήρι|ενίσχυ|δωρε|תמכ|תמיכ|תרומ|תרמ|ادعم|دعم|تبرع|حمایت|عطی|चंदा|सहयोग|समर्थन|সমর্থন|অনুদান|ஆதர|நன்கொட|สนับสนุน|บริจาค|ủng[ -]hộ|ung-ho|dukung|donasi|支援|寄付|応援|サポーター|支持|赞助|贊助|捐|후원|지원|기부)/iu;
const NOT_GIVING =
  /(?:remind|later|dismiss|close|log-?in|sign-?in|anmeld|einlogg|connexion|newsletter|feedback|unsubscrib|privacy|datenschutz|terms|faq|share|sharer|intent\/|submit\?|wa\.me|t\.me\/share|später|plus-tard|más-tarde|później|позже|пізніше)/iu;

/** @param {Fold} fold @returns {string | null} */
function supportOf({ elements, links }) {
  let best = null;
  let most = 0;
  for (const { href, words } of linksIn(elements, links)) {
    const url = absolute(href, elements[0]);
    if (!url) continue;
    const address = decoded(`${url.pathname} ${url.search}`);
    const label = normalWords(words);
    if (NOT_GIVING.test(`${url.host}${address}`) || NOT_GIVING.test(label)) continue;
    const points =
      (PAYMENT_HOSTS.test(url.hostname) || PAYMENT_HOSTS.test(url.host + url.pathname) ? 4 : 0) +
      (GIVING.test(`${url.hostname.replaceAll('.', ' ')} ${address}`) ? 2 : 0) +
      (GIVING.test(label) ? 1 : 0);
    if (points <= most) continue;
    most = points;
    best = url.href;
  }
  return best;
}

/**
 * The links in an appeal; where its elements show none (shadow roots, frames), those of its blocks.
 * @param {Element[]} elements @param {string[]} links
 */
function linksIn(elements, links) {
  /** @type {{ href: string, words: string }[]} */
  const found = [];
  for (const element of elements) {
    const inside = [...dom.all(element, 'a[href]')];
    if (dom.matches(element, 'a[href]')) inside.push(element);
    for (const a of inside)
      found.push({ href: dom.attribute(a, 'href') ?? '', words: dom.text(a) });
  }
  if (found.length > 0) return found;
  // the collector cuts long ones
  return links.filter((href) => href.length < 200).map((href) => ({ href, words: '' }));
}

/** @param {string} href @param {Element} element @returns {URL | null} of another page of the web */
function absolute(href, element) {
  try {
    const url = new URL(href.trim(), dom.baseURI(element));
    const here = location.href.split('#')[0];
    return /^https?:$/.test(url.protocol) && url.href.split('#')[0] !== here ? url : null;
  } catch {
    return null;
  }
}

/** @param {string} address */
function decoded(address) {
  try {
    return normalWords(decodeURIComponent(address));
  } catch {
    return normalWords(address);
  }
}

/** @param {string} words */
function normalWords(words) {
  return words.toLowerCase().replace(/\s+/g, ' ').replaceAll('_', '-');
}
