// Payment card numbers in free text, found however they are written and masked to the last four.
// The same rules as people/cards.py; people/tests/data/cards.json drives the tests of both.

export const MASK = "•••• ";

const ODD_DIGITS = // superscript, subscript, circled, in brackets: digits that are no decimals
  "\\u00b2\\u00b3\\u00b9\\u2070\\u2074-\\u2079\\u2080-\\u2089\\u2460-\\u249b\\u24ea\\u24f5-\\u24fd" +
  "\\u24ff\\u2776-\\u277e\\u2780-\\u2788\\u278a-\\u2792\\u3251-\\u325f\\u32b1-\\u32bf" +
  "\\u{1f100}-\\u{1f10c}";
const DIGITS = new RegExp(`[\\p{Nd}${ODD_DIGITS}]`, "gu");
const RUNS = new RegExp(`[\\p{Nd}${ODD_DIGITS}]+`, "gu");
const INVISIBLE =
  /[\u00ad\u034f\u061c\u0640\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]+/gu;
const GAP = // of spaces all or none
  /^(?:\s+(?!\s)|[^\p{L}\p{N}_\s•]|(?<!•)•(?!•)|[_xー]|dash|hyphen|minus|space|nbsp|br|dot|point|slash|then){0,10}$/iu;
const LONGEST_GAP = 64;
const DATED =
  /(?:^|[\s,;|])(?:\p{Nd}{1,2}([/.-])\p{Nd}{1,2}\1(?:\p{Nd}{4}|\p{Nd}{2})|\p{Nd}{4}([/.-])\p{Nd}{1,2}\2\p{Nd}{1,2}|\p{Nd}{1,2}:\p{Nd}{2}(?::\p{Nd}{2})?)(?=$|[\s,;|])/u;

const W = "[\\p{L}\\p{N}_]";
const GLUE = "[^\\p{L}\\p{N}_•]";
const CODE = "(?<code>\\p{Nd}(?:[ -]?\\p{Nd}){2,3})(?!\\p{Nd})";
const VERB = `${GLUE}{0,3}(?:(?:code|number|no|is|was)(?!${W})${GLUE}{0,3}){0,3}`;
const CODE_NAMED = new RegExp(
  `(?<!${W})(?:cvv|cvc|cvn|(?:card|cvv) (?:security|verification))(?:2(?!\\p{Nd}))?${VERB}${CODE}`,
  "dgiu",
);
const CODE_BESIDE = new RegExp(
  `(?<!${W})(?:(?:security|verification|sec|ver)\\.?(?: (?:code|number|value))|cvd|csc|cid|pin)` +
    `(?!${W})${VERB}${CODE}` +
    `|(?<!\\p{Nd})(?<!•••• )(?<before>\\p{Nd}{3,4})${GLUE}{1,3}` +
    `(?:is )?(?:the )?(?:cv[vc]2?|security code)(?!${W})`,
  "dgiu",
);
const CODE_AFTER = new RegExp(
  `•••• \\p{Nd}{4}${GLUE}{1,6}(?:(?:exp${W}*|valid${W}*|good)${GLUE}{0,3}` +
    `(?:thru|till|until)?${GLUE}{0,3})?(?:(?:0?[1-9]|1[0-2])${GLUE}{1,3}(?:20)?\\p{Nd}\\p{Nd}` +
    `${GLUE}{1,6}(?<code>\\p{Nd}{3,4})(?!${W})|(?<first>\\p{Nd}{3,4})` +
    `(?=${GLUE}{1,6}(?:0?[1-9]|1[0-2])/(?:20)?\\p{Nd}\\p{Nd}(?!\\p{Nd})|${GLUE}*(?:$|\\n)))`,
  "dgiu",
);

const ZEROS = [
  0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
  0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
  0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0,
  0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0,
  0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce,
  0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];
const ODD_ONES = [0x24f5, 0x2776, 0x2780, 0x278a]; // rows of 1 to 9 that have no plain form

// Issuers: [first, last, lengths, lengths when other digits are stuck to the number].
const LONG = [16, 17, 18, 19];
const MAESTRO = [16, 13, 14, 15, 17, 18, 19];
const ISSUERS = [
  [4, 4, [16, 13, 19], [16]],
  [51, 55, [16], [16]],
  [2221, 2720, [16], [16]],
  [34, 34, [15], [15]],
  [37, 37, [15], [15]],
  [6011, 6011, LONG, [16]],
  [644, 649, LONG, [16]],
  [65, 65, LONG, [16]],
  [300, 305, [14, 16, 17, 18, 19], [14]],
  [36, 36, [14, 15, 16, 17, 18, 19], [14]],
  [38, 38, [14, 16, 17, 18, 19], [14]],
  [39, 39, [14, 16, 17, 18, 19], []],
  [3528, 3589, LONG, [16]],
  [62, 62, LONG, [16]],
  [2200, 2204, [16], []],
  ...[5000, 5018, 5020, 5038, 5893, 6304, 6731, 6759, 6761, 6762, 6763, 6771, 6799].map((n) => [n, n, MAESTRO, []]),
  ...[5019, 5060, 5061, 5066, 5067, 5090, 6042, 6043, 6062, 6362, 6363, 9792].map((n) => [n, n, [16], []]),
  [5085, 5089, [16], []],
  [637, 639, [16], []],
  ...[6331, 6333, 6334, 6767].map((n) => [n, n, [16, 18, 19], []]),
];
const LENGTHS = new Map();
const STUCK = new Map();
for (const [first, last, lengths, stuck] of ISSUERS) {
  for (let n = +String(first).padEnd(4, "0"); n <= +String(last).padEnd(4, "9"); n += 1) {
    const key = String(n);
    LENGTHS.set(key, [...new Set([...(LENGTHS.get(key) ?? []), ...lengths])]);
    if (stuck.length) STUCK.set(key, stuck);
  }
}
const GROUPED = new Set(["4,4,4,4", "4,6,5", "4,6,4", "4,4,4,3", "4,4,4,2"]);

// The text with every card number as "•••• 1111" and every security code as bullets.
// allowed: numbers that are no cards, as {first, last, digits}. unfinished: also what may yet
// become a card's number at the end of the text, for what is kept while somebody types.
export function maskCards(text, allowed = [], { unfinished = false } = {}) {
  const found = [];
  let count = digitsIn(text);
  if (count < 3) return { text, found, codes: 0 };
  const known = new Set(allowed.map(({ first, last, digits }) => `${first} ${last} ${digits}`));
  while (count >= 13) {
    const edits = [...chainsOf(text)].flatMap((chain) => editsOf(chain, text, known, found));
    if (!edits.length) break;
    text = edited(text, edits);
    count = digitsIn(text);
  }
  if (unfinished && count >= 13) text = withoutUnfinished(text);
  return { ...withoutCodes(text), found };
}

function digitsIn(text) {
  return text.match(DIGITS)?.length ?? 0;
}

function* chainsOf(text) {
  let chain = newChain();
  let before = 0;
  for (const run of text.matchAll(RUNS)) {
    if (chain.digits.length && !joins(text.slice(before, run.index))) {
      if (chain.digits.length >= 13) yield closed(chain);
      chain = newChain();
    }
    chain.bounds.push(chain.digits.length);
    let at = run.index;
    for (const char of run[0]) {
      for (const digit of valueOf(char)) {
        chain.digits.push(+digit);
        chain.starts.push(at);
        chain.ends.push(at + char.length);
      }
      at += char.length;
    }
    before = at;
  }
  if (chain.digits.length >= 13) yield closed(chain);
}

function newChain() {
  return { digits: [], starts: [], ends: [], bounds: [] };
}

function closed(chain) {
  chain.bounds.push(chain.digits.length);
  return { ...chain, stream: chain.digits.join("") };
}

function joins(gap) {
  return gap.length <= LONGEST_GAP && GAP.test(gap.replace(INVISIBLE, ""));
}

function valueOf(char) {
  const code = char.codePointAt(0);
  if (code >= 0x30 && code <= 0x39) return char;
  if (/\p{Nd}/u.test(char)) {
    const zero = ZEROS.findLast((first) => first <= code);
    return String((code - zero) % 10);
  }
  const one = ODD_ONES.find((first) => first <= code && code < first + 9);
  if (one) return String(code - one + 1);
  return char.normalize("NFKC").replace(/[^0-9]/g, "") || "0";
}

function editsOf(chain, text, known, found) {
  const windows = windowsOf(chain, text, known);
  const covered = new Uint8Array(chain.stream.length);
  const taken = new Uint8Array(chain.stream.length);
  const chosen = new Map();
  windows.sort((a, b) => a.rank - b.rank || a.start - b.start || a.preference - b.preference);
  for (const { start, end } of windows) {
    covered.fill(1, start, end);
    if (taken.subarray(start, end).includes(1)) continue;
    taken.fill(1, start, end);
    chosen.set(start, end);
  }
  const edits = [];
  for (let at = 0; at < chain.stream.length; at += 1) {
    if (!covered[at]) continue;
    const end = chosen.get(at);
    if (end) {
      const last = chain.stream.slice(end - 4, end);
      found.push({ first: chain.stream.slice(at, at + 6), last, digits: end - at });
      edits.push([chain.starts[at], chain.ends[end - 1], MASK + last]);
      at = end - 1;
    } else {
      edits.push([chain.starts[at], chain.ends[at], "•"]);
    }
  }
  return edits;
}

function windowsOf(chain, text, known) {
  const { stream, digits, bounds, starts, ends } = chain;
  const edges = new Set(bounds);
  const windows = [];
  const passed = [];
  for (let start = 0; start + 13 <= stream.length; start += 1) {
    const table = edges.has(start) ? LENGTHS : STUCK;
    table.get(stream.slice(start, start + 4))?.forEach((length, preference) => {
      const end = start + length;
      if (end > stream.length || !passesLuhn(digits, start, end)) return;
      const isWhole = edges.has(start) && edges.has(end);
      if (!isWhole && !isStuck(stream, edges, start, end)) return;
      const number = `${stream.slice(start, start + 6)} ${stream.slice(end - 4, end)} ${length}`;
      if (known.has(number)) passed.push([start, end]);
      else if (!isRow(text, starts[start], ends[end - 1], length)) {
        windows.push({ rank: isWhole ? 0 : 1, start, preference, end });
      }
    });
  }
  return windows.filter((w) => !passed.some(([from, to]) => from <= w.start && w.end <= to));
}

function passesLuhn(digits, start, end) {
  let sum = 0;
  for (let place = end - 1, twice = false; place >= start; place -= 1, twice = !twice) {
    const worth = twice ? digits[place] * 2 : digits[place];
    sum += worth > 9 ? worth - 9 : worth;
  }
  return sum % 10 === 0;
}

function isStuck(stream, edges, start, end) {
  if (!(STUCK.get(stream.slice(start, start + 4)) ?? []).includes(end - start)) return false;
  const cuts = [start];
  for (let place = start + 1; place < end; place += 1) if (edges.has(place)) cuts.push(place);
  cuts.push(end);
  const pieces = cuts.slice(1).map((cut, n) => cut - cuts[n]);
  return pieces.length === 1 || GROUPED.has(pieces.join());
}

function isRow(text, start, end, length) {
  if (length === 13 && text[start - 1] === "+") return true;
  return end - start > length && DATED.test(text.slice(start, end));
}

function edited(text, edits) {
  let done = 0;
  let whole = "";
  for (const [start, end, instead] of edits) {
    whole += text.slice(done, start) + instead;
    done = end;
  }
  return whole + text.slice(done);
}

function withoutUnfinished(text) {
  const chain = [...chainsOf(text)].at(-1);
  if (!chain || !joins(text.slice(chain.ends.at(-1)))) return text;
  const { stream, bounds, starts, ends } = chain;
  const start = bounds.find((bound) => {
    const full = LENGTHS.get(stream.slice(bound, bound + 4))?.[0] ?? 0;
    return stream.length - bound >= 13 && stream.length - bound < full;
  });
  if (start === undefined) return text;
  return text.slice(0, starts[start]) + MASK + stream.slice(-4) + text.slice(ends.at(-1));
}

function withoutCodes(text) {
  let codes = 0;
  const hide = (pattern) => {
    const edits = [...text.matchAll(pattern)].map(({ indices: { groups } }) => {
      const [start, end] = Object.values(groups).find(Boolean);
      return [start, end, "•".repeat(end - start)];
    });
    codes += edits.length;
    text = edited(text, edits);
  };
  hide(CODE_NAMED);
  if (text.includes(MASK)) [CODE_BESIDE, CODE_AFTER].forEach(hide);
  return { text, codes };
}
