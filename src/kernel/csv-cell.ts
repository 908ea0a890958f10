/** A cell of a CSV (RFC 4180): in quotes where it holds a comma, a quote or a line break, quotes in it doubled. */
export const csvCell = (plain: string): string =>
  /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;

/** The same for a file that people open: what a spreadsheet would run as a formula gets a leading apostrophe. */
export const sheetCell = (plain: string): string => csvCell(/^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain);
