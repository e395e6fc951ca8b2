import { stringify } from 'csv-stringify/sync'

/** A cell that a spreadsheet would run as a formula is marked as text; a plain number stays a number. */
function guarded(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell
}

/** The byte order mark by which a spreadsheet knows that letters such as å are UTF-8. */
export const csvStart = '\uFEFF'

/** Lines of CSV: commas, decimal points, CRLF. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  return rows.length === 0
    ? ''
    : stringify(
        rows.map((row) => row.map(guarded)),
        { record_delimiter: 'windows' },
      )
}
