/** Rows of cells as text, columns aligned and set apart by a bar: what `frame.toString()` shows. */
const table = (rows) => {
  const cells = rows.map((row) => row.map((cell) => String(cell ?? '')));
  const widths = [];
  for (const row of cells) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  const line = (row) => row.map((cell, column) => cell.padEnd(widths[column])).join(' | ').trimEnd();
  return cells.map((row) => `${line(row)}\n`).join('');
};

module.exports = { table };
