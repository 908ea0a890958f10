declare module '*.css';

declare module 'subset-font' {
  /** The font with the characters of a text alone; `variationAxes` fixes an axis at a value. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: {
      readonly targetFormat: 'woff2' | 'truetype';
      readonly variationAxes?: Readonly<Record<string, number>>;
    },
  ): Promise<Uint8Array>;
}
