import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Response } from 'express';

/** An answer as it goes out, kept with its packed form: packing a plan takes longer than all else about handing it out. */
export interface PackedText {
  readonly plain: Buffer;
  /** Undefined where packing would not pay. */
  readonly packed: Buffer | undefined;
}

/** Bytes from which packing pays. */
const packFrom = 2048;

export const packText = async (json: Promise<string>): Promise<PackedText> => {
  const plain = Buffer.from(await json);
  return { plain, packed: plain.length < packFrom ? undefined : await promisify(gzip)(plain) };
};

/** Sends JSON in the form that the request accepts. */
export const sendText = (response: Response, { plain, packed }: PackedText): void => {
  response.type('json').vary('Accept-Encoding');
  if (packed === undefined || response.req.acceptsEncodings('gzip') !== 'gzip') response.send(plain);
  else response.set('Content-Encoding', 'gzip').send(packed);
};
