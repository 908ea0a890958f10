import { strFromU8, unzipSync } from 'fflate';
import readSheets, { type CellValue } from 'read-excel-file/node';
import { expect } from 'vitest';

/** A sheet as a reader understands it that neither writes our workbooks nor takes in files. */
interface ReadSheet {
  readonly name: string;
  readonly rows: readonly (readonly (CellValue | null)[])[];
  /** The sheet's own part of the package. */
  readonly xml: string;
  readonly charts: readonly string[];
}

/** Every sheet of a workbook: its values and dates by read-excel-file, the rest as the format writes it. */
export const readBack = async (
  bytes: Uint8Array,
): Promise<{ readonly sheets: readonly ReadSheet[]; readonly styles: string }> => {
  const parts = unzipSync(bytes);
  const part = (name: string): string => strFromU8(parts[name] ?? new Uint8Array(0));
  const sheets = await readSheets(Buffer.from(bytes), { trim: false });
  return {
    styles: part('xl/styles.xml'),
    sheets: sheets.map(({ sheet, data }, at) => {
      const drawing = /drawings\/(drawing\d+)\.xml/.exec(
        part(`xl/worksheets/_rels/sheet${at + 1}.xml.rels`),
      )?.[1];
      const links = drawing === undefined ? '' : part(`xl/drawings/_rels/${drawing}.xml.rels`);
      return {
        name: sheet,
        rows: data,
        xml: part(`xl/worksheets/sheet${at + 1}.xml`),
        charts: [...links.matchAll(/charts\/(chart\d+\.xml)/g)].map(([, chart]) =>
          part(`xl/charts/${chart}`),
        ),
      };
    }),
  };
};

const letters = (column: number): string =>
  column < 26
    ? String.fromCodePoint(65 + column)
    : letters(Math.floor(column / 26) - 1) + letters(column % 26);

/** The formats of cells by number: bold or not, filled or not. */
const formatsOf = (styles: string): readonly { readonly bold: boolean; readonly filled: boolean }[] => {
  const fonts = styles.match(/<fonts.*?<\/fonts>/s)?.[0].match(/<font>.*?<\/font>/gs) ?? [];
  const fills = styles.match(/<fill>.*?<\/fill>/gs) ?? [];
  const formats = styles.match(/<cellXfs.*?<\/cellXfs>/s)?.[0].match(/<xf .*?(?:\/>|<\/xf>)/gs) ?? [];
  return formats.map((format) => ({
    bold: fonts[Number(/fontId="(\d+)"/.exec(format)?.[1])]?.includes('<b/>') === true,
    filled: fills[Number(/fillId="(\d+)"/.exec(format)?.[1])]?.includes('"solid"') === true,
  }));
};

/** What every workbook of ours keeps to, whoever reads it; gives its sheets back. */
export const expectReadable = async (bytes: Uint8Array): Promise<readonly ReadSheet[]> => {
  const { sheets, styles } = await readBack(bytes);
  const formats = formatsOf(styles);
  expect(sheets.length).toBeGreaterThan(1);
  for (const [at, { name, rows, xml, charts }] of sheets.entries()) {
    expect(name.length).toBeLessThanOrEqual(31);
    if (at === 0) continue;
    const [head = []] = rows;
    const last = `${letters(head.length - 1)}${Math.max(2, rows.length)}`;
    for (const [column, heading] of head.entries()) {
      expect(heading, `${name}: heading ${column + 1}`).toMatch(/\S/);
      const style = Number(new RegExp(`<c r="${letters(column)}1" s="(\\d+)"`).exec(xml)?.[1]);
      expect(formats[style], `${name}: ${String(heading)}`).toEqual({ bold: true, filled: true });
    }
    expect(xml).toMatch(/<pane [^>]*xSplit="1"[^>]*ySplit="1"[^>]*state="frozen"/);
    expect(xml).toContain(`<autoFilter ref="A1:${last}"`);
    for (const chart of charts) {
      const drawn = [
        ...chart.matchAll(/<c:val>.*?<c:f>(?:'([^']+)'|([^!<]+))!\$([A-Z]+)\$2:\$\3\$(\d+)<\/c:f>/gs),
      ];
      expect(drawn.length).toBeGreaterThan(0);
      for (const [, quoted, plain, column = '', until] of drawn) {
        expect(quoted ?? plain).toBe(name);
        expect(Number(until)).toBe(rows.length);
        const place = head.findIndex((_, i) => letters(i) === column);
        const values = rows.slice(1).map((row) => row[place]);
        expect(values.some((value) => typeof value === 'number')).toBe(true);
      }
      expect(chart).toMatch(/<c:title>/);
    }
  }
  return sheets;
};
