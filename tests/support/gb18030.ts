const decoder = new TextDecoder('gb18030');

/** Two-byte codes of GB18030, found by decoding all of them: the platform decodes it but does not encode. */
const twoByteCodes = (): Map<string, readonly [number, number]> => {
  const codes = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if ([...character].length === 1 && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  return codes;
};

let codes: ReadonlyMap<string, readonly [number, number]> | undefined;

/** Text as GB18030; characters outside its two-byte part are refused. */
export const toGb18030 = (said: string): Buffer => {
  codes ??= twoByteCodes();
  const bytes = [...said].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    const pair = code < 0x80 ? [code] : codes?.get(character);
    if (pair === undefined) throw new Error(`${character} has no two-byte code`);
    return [...pair];
  });
  return Buffer.from(bytes);
};
