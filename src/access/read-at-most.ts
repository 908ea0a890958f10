/** An answer's body, from somebody who may send without end: throws once it is longer than that many bytes. */
export const readAtMost = async (answer: Response, bytes: number): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.byteLength;
    // Leaving the loop lets go of the connection.
    if (length > bytes) throw new RangeError(`an answer of more than ${bytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
};
