import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A piece of the page's font: its face as the page's styles have it, its file, and the characters that it has. */
interface Piece {
  readonly family: string;
  readonly face: string;
  readonly file: string;
  readonly spans: readonly (readonly [from: number, to: number])[];
}

/** U+4E00-4E0F, U+4E1?, U+4E2D. */
const spanOf = (range: string): readonly [number, number] => {
  const [from = '', to = from] = range.trim().slice(2).split('-');
  return [Number.parseInt(from.replaceAll('?', '0'), 16), Number.parseInt(to.replaceAll('?', 'F'), 16)];
};

const readPieces = async (appFolder: string): Promise<readonly Piece[]> => {
  const assets = join(appFolder, 'assets');
  const sheets = (await readdir(assets).catch((): string[] => [])).filter((name) => name.endsWith('.css'));
  const texts = await Promise.all(sheets.map((sheet) => readFile(join(assets, sheet), 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/@font-face\s*\{([^}]*)\}/g)].flatMap(([, face = '']) => {
      const family = /font-family:\s*['"]?([^;'"]+)/.exec(face)?.[1];
      const file = /url\(['"]?\/assets\/([^)'"]+)/.exec(face)?.[1];
      const range = /unicode-range:\s*([^;}]+)/.exec(face)?.[1];
      if (family === undefined || file === undefined || range === undefined) return [];
      return [{ family, face, file: join(assets, file), spans: range.split(',').map(spanOf) }];
    }),
  );
};

/** Pieces that have the characters, the page's own words first; a character is taken from one piece alone. */
const piecesFor = (characters: ReadonlySet<number>, pieces: readonly Piece[]): readonly Piece[] => {
  const left = new Set(characters);
  const ownFirst = pieces.toSorted(
    (one, other) => Number(other.family === ownWords) - Number(one.family === ownWords),
  );
  return ownFirst.filter(({ spans }) => {
    const has = [...left].filter((point) => spans.some(([from, to]) => point >= from && point <= to));
    for (const point of has) left.delete(point);
    return has.length > 0;
  });
};

const ownWords = 'Huawu Words';
/** From here on a font without Chinese may lack what is written. */
const firstBeyondLatin = 0x2e80;

/**
 * A page to be sent on, with the pieces of the font that its Chinese wants put into it, so that it is read on a machine
 * without Chinese and without network; as it is where it has none, or where the app's own page was not built.
 */
export const embedFonts = async (page: Uint8Array, appFolder: string): Promise<Uint8Array> => {
  const html = new TextDecoder().decode(page);
  const characters = new Set(
    [...html].map((character) => character.codePointAt(0) ?? 0).filter((point) => point >= firstBeyondLatin),
  );
  if (characters.size === 0) return page;
  const faces = await Promise.all(
    piecesFor(characters, await readPieces(appFolder)).map(async ({ face, file }) => {
      const data = (await readFile(file)).toString('base64');
      return `@font-face{${face.replace(/url\([^)]*\)/, () => `url(data:font/woff2;base64,${data})`)}}`;
    }),
  );
  if (faces.length === 0) return page;
  return new TextEncoder().encode(html.replace('</head>', () => `<style>${faces.join('')}</style></head>`));
};
