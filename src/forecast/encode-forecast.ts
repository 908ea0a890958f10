import type { QueueForecast } from './forecast-task.ts';

/**
 * A forecast as bytes for a cache: a JSON head in which every typed array is a reference, then the arrays.
 * Layout: 4 bytes little-endian length of the head, the head in UTF-8, padding to 8, the arrays.
 */

const kinds = { Float64Array, Float32Array, Uint8Array, Uint16Array, Int32Array } as const;
type Kind = keyof typeof kinds;
type Packed = InstanceType<(typeof kinds)[Kind]>;

interface Reference {
  readonly $array: Kind;
  readonly as: Kind;
  readonly at: number;
  readonly length: number;
}

const isPacked = (value: unknown): value is Packed =>
  ArrayBuffer.isView(value) && !(value instanceof DataView);

const kindOf = (value: Packed): Kind => value.constructor.name as Kind;

/** Counts are whole: two bytes each hold nearly all of them. */
const smallest = (value: Packed): Packed =>
  value instanceof Float64Array &&
  value.length > 10_000 &&
  value.every((v) => v >= 0 && v < 65_536 && v % 1 === 0)
    ? Uint16Array.from(value)
    : value;

const padded = (length: number): number => Math.ceil(length / 8) * 8;

/** Bytes of a forecast: the same forecast gives the same bytes. */
export const encodeForecast = (forecast: object): Uint8Array => {
  const arrays: Packed[] = [];
  let at = 0;
  const head = JSON.stringify(forecast, (_, value: unknown) => {
    if (!isPacked(value)) return typeof value === 'number' && Number.isNaN(value) ? '$nan' : value;
    const stored = smallest(value);
    const reference: Reference = { $array: kindOf(value), as: kindOf(stored), at, length: value.length };
    arrays.push(stored);
    at += padded(stored.byteLength);
    return reference;
  });
  const headBytes = new TextEncoder().encode(head);
  const start = padded(4 + headBytes.length);
  const bytes = new Uint8Array(start + at);
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, 4);
  let offset = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += padded(array.byteLength);
  }
  return bytes;
};

const isReference = (value: unknown): value is Reference =>
  typeof value === 'object' && value !== null && '$array' in value;

/** The forecast that `encodeForecast` wrote. Throws on bytes of another kind. */
export const decodeForecast = (bytes: Uint8Array): QueueForecast => decodeArrays(bytes) as QueueForecast;

/** Any object with arrays that it wrote. */
export const decodeArrays = (bytes: Uint8Array): unknown => {
  const copied = bytes.slice();
  const length = new DataView(copied.buffer).getUint32(0, true);
  const start = padded(4 + length);
  const head = new TextDecoder().decode(copied.subarray(4, 4 + length));
  return JSON.parse(head, (_, value: unknown) => {
    if (value === '$nan') return Number.NaN;
    if (!isReference(value)) return value;
    const stored = new kinds[value.as](copied.buffer, start + value.at, value.length);
    return new kinds[value.$array](stored);
  });
};
