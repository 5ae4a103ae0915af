/** Columns as wide as their widest cell; numbers stand right. The last column is never padded. */
export function tableText(head: string[], rows: string[][]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))));
  const right = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^[\d.,]+( [kMGT]?B)?$/.test(row[column] ?? '')),
  );
  return all
    .map((row) =>
      row
        .map((cell, column) => {
          const pad = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
          if (right[column]) return pad + cell;
          return column === row.length - 1 ? cell : cell + pad;
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function widthOf(text: string): number {
  return Array.from(text).length;
}

// Everything a site or an error says may be printed; a terminal must not take it for a command.
// oxlint-disable-next-line no-control-regex -- these are the characters to be taken out
const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that is safe to print on a terminal. */
export function printable(text: string): string {
  return text.replace(control, '\uFFFD');
}
