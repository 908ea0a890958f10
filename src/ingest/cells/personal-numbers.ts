/**
 * Remembers calls by id, as two 53-bit hashes each (id and content), so that a call exported twice counts
 * once. 5 million calls take about 130 MB.
 */
export class CallIds {
  private ids = new Float64Array(4096).fill(-1);
  private contents = new Float64Array(4096);
  private count = 0;

  /** 'new', 'same' (seen with the same content) or 'other' (seen with different content). */
  meet(id: number, content: number): 'new' | 'same' | 'other' {
    if (this.count * 5 >= this.ids.length * 4) this.grow();
    const slot = this.slotOf(id);
    if (this.ids[slot] === id) return this.contents[slot] === content ? 'same' : 'other';
    this.ids[slot] = id;
    this.contents[slot] = content;
    this.count += 1;
    return 'new';
  }

  private slotOf(id: number): number {
    const mask = this.ids.length - 1;
    let slot = (id % 4_294_967_291) & mask;
    while (this.ids[slot] !== -1 && this.ids[slot] !== id) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const { ids, contents } = this;
    this.ids = new Float64Array(ids.length * 2).fill(-1);
    this.contents = new Float64Array(ids.length * 2);
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[i] ?? -1;
      if (id === -1) continue;
      const slot = this.slotOf(id);
      this.ids[slot] = id;
      this.contents[slot] = contents[i] ?? 0;
    }
  }
}

/**
 * HalfSipHash-2-4 with 64 bits out (Aumasson and Bernstein 2012, the 32-bit variant of their reference
 * implementation), cut to 53 bits so that it is an exact number. Without the key nobody can go from a hash
 * back to a caller's number by trying numbers.
 */
type KeyedHash = (bytes: Uint8Array, start: number, end: number) => number;

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** The word of up to four bytes from `at` on, the lowest first; what lies beyond `end` is 0. */
const wordAt = (bytes: Uint8Array, at: number, end: number): number => {
  if (at + 4 <= end)
    return (
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)
    );
  let word = 0;
  for (let i = at; i < end; i += 1) word |= (bytes[i] as number) << (8 * (i - at));
  return word;
};

/** The two 32-bit words of the hash, low word first, in one exact number of 64 bits cut to 53. */
export const halfSipHash = (
  k0: number,
  k1: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): number => {
  let v0 = k0;
  let v1 = k1 ^ 0xee;
  let v2 = 0x6c796765 ^ k0;
  let v3 = 0x74656462 ^ k1;
  let low = 0;
  const words = ((end - start) >> 2) + 1;
  // Two rounds a word, then four for each half of the result: in one loop, as variables that a function shares are slow.
  for (let step = 0; step <= words + 1; step += 1) {
    let word = 0;
    if (step < words) {
      word = wordAt(bytes, start + 4 * step, end);
      if (step === words - 1) word |= (end - start) << 24;
      v3 ^= word;
    } else if (step === words) v2 ^= 0xee;
    else {
      low = (v1 ^ v3) >>> 0;
      v1 ^= 0xdd;
    }
    for (let left = step < words ? 2 : 4; left > 0; left -= 1) {
      v0 = (v0 + v1) | 0;
      v1 = rotate(v1, 5) ^ v0;
      v0 = rotate(v0, 16);
      v2 = (v2 + v3) | 0;
      v3 = rotate(v3, 8) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = rotate(v3, 7) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = rotate(v1, 13) ^ v2;
      v2 = rotate(v2, 16);
    }
    v0 ^= word;
  }
  return (((v1 ^ v3) >>> 0) & 0x1fffff) * 4_294_967_296 + low;
};

/** A hash under a secret of any length. */
export const keyedHash = (secret: string): KeyedHash => {
  const bytes = new TextEncoder().encode(secret);
  const seed = halfSipHash(0x68756177, 0x75686d61, bytes, 0, bytes.length);
  const again = halfSipHash(seed | 0, 0x5bd1e995, bytes, 0, bytes.length);
  const [k0, k1] = [seed | 0, again | 0];
  return (input, start, end) => halfSipHash(k0, k1, input, start, end);
};

/**
 * Persons' numbers (telephone, identity card) are never shown: of each at most the last two digits stay. Every pattern
 * takes time in proportion to the text.
 */

/** All digits but the last two hidden: for columns that hold persons' numbers. */
export const maskDigits = (text: string): string => {
  const digits = text.replaceAll(/\D/g, '').length;
  let seen = 0;
  return text.replaceAll(/\d/g, (digit) => ((seen += 1) > digits - 2 && digits > 4 ? digit : '*'));
};

/** Numbers that by their form are somebody's telephone or identity card. */
const surelyPersonal = [
  // identity card of the mainland: 17 digits and a check digit
  /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g,
  // with the country: +86 138 0013 8000, +1 (212) 555-0100
  /\+\d{1,3}[ -]?\(?\d{2,4}\)?(?:[ -]?\d{2,4}){1,4}(?!\d)/g,
  // a mainland mobile, also with 86 or 0 before it
  /(?<!\d)(?:86[ -]?|0)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g,
  // a landline with its area: 010-12345678, (0571) 8765 4321
  /(?<!\d)\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}(?!\d)/g,
  // North America: (212) 555-0100
  /(?<!\d)\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}(?!\d)/g,
] as const;

const plainRun = /(?<![\d.])\d{7,19}(?!\d|\.\d)/g;

/** A run of digits that is a date (20261123, also with its time) or seconds or milliseconds since 1970. */
const isTime = (run: string): boolean =>
  /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6}|\d{9})?$/.test(run) ||
  /^1\d{9}(?:\d{3})?$/.test(run);

/** The text with everything hidden that is certainly a person's number; what is left out stays as it was. */
export const maskPersonal = (said: string): string =>
  /\d{4}/.test(said) ? surelyPersonal.reduce((text, form) => text.replaceAll(form, maskDigits), said) : said;

/** The same, and every long run of digits that is no time: for cells of which nothing is known. */
export const maskLikelyPersonal = (text: string): string =>
  /\d{4}/.test(text)
    ? maskPersonal(text).replaceAll(plainRun, (run) => (isTime(run) ? run : maskDigits(run)))
    : text;
