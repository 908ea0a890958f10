import { createHash } from 'node:crypto';
import { globSync, mkdirSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const font = dirname(
  createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/package.json'),
);

/** Where the page's words stand, and the names of the line that everybody begins with. */
const sources = ['src/words/**/*.{ts,json}', 'src/**/*-names.ts', 'models/*.json', 'data/demo.json'];

const charactersOf = (texts: readonly string[]): string[] =>
  [...new Set(texts.join(''))].filter((character) => (character.codePointAt(0) ?? 0) > 0x7f).sort();

/** A piece of the font: its file and the characters that it has. */
interface Piece {
  readonly file: string;
  readonly has: (character: string) => boolean;
}

const pieces = (): Piece[] =>
  [
    ...readFileSync(join(font, 'index.css'), 'utf8').matchAll(
      /url\(\.\/(files\/[^)]+)\)[^}]*unicode-range: ([^;]+);/g,
    ),
  ].map(([, file = '', range = '']) => {
    const spans = range.split(',').map((span) =>
      span
        .trim()
        .slice(2)
        .split('-')
        .map((point) => Number.parseInt(point, 16)),
    );
    return {
      file: join(font, file),
      has: (character) => {
        const point = character.codePointAt(0) ?? 0;
        return spans.some(([from = 0, to = from]) => point >= from && point <= to);
      },
    };
  });

const hex = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16)}`;

/** Of each piece the characters of the page's words alone, in one weight: some 170 kB instead of 700. */
const writeWordFont = async (folder: string, characters: readonly string[]): Promise<void> => {
  const faces: string[] = [];
  for (const { file, has } of pieces()) {
    const mine = characters.filter(has);
    if (mine.length === 0) continue;
    const subset = await subsetFont(readFileSync(file), mine.join(''), {
      targetFormat: 'woff2',
      variationAxes: { wght: 400 },
    });
    const name = `words-${faces.length + 1}.woff2`;
    writeFileSync(join(folder, name), subset);
    faces.push(
      `@font-face{font-family:'Huawu Words';font-weight:400;font-display:swap;src:url(./${name}) format('woff2');unicode-range:${mine.map(hex).join()}}`,
    );
  }
  writeFileSync(join(folder, 'words.css'), faces.join('\n'));
};

/**
 * `virtual:page-font.css`: the font of the page's own words for machines without Chinese, cut down when the page is
 * built. What stands in no table, such as names out of files, comes from the whole font, a piece at a time.
 */
export const pageFont = (): Plugin => ({
  name: 'page-font',
  resolveId: {
    filter: { id: /^virtual:page-font\.css$/ },
    handler: async () => {
      const texts = globSync(sources, { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8'));
      const characters = charactersOf(texts);
      const key = createHash('sha256').update(characters.join('')).digest('hex').slice(0, 16);
      const folder = join(root, 'node_modules', '.huawu-page-font', key);
      if (!existsSync(folder)) {
        const made = `${folder}.${process.pid}`;
        mkdirSync(made, { recursive: true });
        await writeWordFont(made, characters);
        if (existsSync(folder)) rmSync(made, { recursive: true });
        else renameSync(made, folder);
      }
      return join(folder, 'words.css');
    },
  },
});
