const hex = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** SHA-256 of a text as 64 hexadecimal digits. */
export const contentHash = (plain: string): Promise<string> => hex(new TextEncoder().encode(plain));

/**
 * SHA-256 of plain data with arrays of numbers in it, as 64 hexadecimal digits: the same for two values that hold the
 * same, written in the same order. Infinity, NaN and undefined in a list count as what they are; fields that are
 * undefined as left out. What is no plain data (a map, a function) throws `TypeError`: two of them would look alike.
 */
export const contentHashOf = (value: unknown): Promise<string> => {
  const arrays: Uint8Array[] = [];
  const plain = JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'number') return Number.isFinite(part) ? part : ['#', String(part)];
    if (typeof part === 'function' || part instanceof Map || part instanceof Set)
      throw new TypeError('content that cannot be compared');
    if (!ArrayBuffer.isView(part)) return part;
    arrays.push(bytesOf(part));
    return ['#', Object.prototype.toString.call(part), part.byteLength];
  });
  const text = new TextEncoder().encode(plain);
  const all = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, text.length));
  all.set(text);
  let from = text.length;
  for (const bytes of arrays) {
    all.set(bytes, from);
    from += bytes.length;
  }
  return hex(all);
};

const bytesOfNan = Uint8Array.of(0, 0, 0, 0, 0, 0, 0xf8, 0x7f);

/** The bytes of an array of numbers; of a NaN those of one: which a computation leaves behind differs from run to run. */
const bytesOf = (part: ArrayBufferView): Uint8Array => {
  const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  if (!(part instanceof Float64Array) || !part.some(Number.isNaN)) return bytes;
  const copied = bytes.slice();
  part.forEach((value, i) => {
    if (Number.isNaN(value)) copied.set(bytesOfNan, 8 * i);
  });
  return copied;
};
