import { useEffect } from 'react'
import type { RowView } from '../../contract/views.ts'
import type { TillState } from '../till-store.ts'
import type { Words } from '../../words/en.ts'
import { askAndTell, useShop, useTill, useUi, type Shop } from '../shop.tsx'
import { tell } from '../ui-store.ts'

const noRows: readonly RowView[] = []

/** The row that keys and buttons act on; null when the receipt has none. */
export function useSelectedRow(): RowView | null {
  const rows = useTill(({ sale }) => sale?.receipt?.rows ?? noRows)
  const id = useUi((state) => state.selectedRowId)
  return rows.find((row) => row.id === id) ?? null
}

export function selectedRowOf(shop: Shop): RowView | null {
  const id = shop.ui.getState().selectedRowId
  return shop.till.getState().sale?.receipt?.rows.find((row) => row.id === id) ?? null
}

/** Keeps a row selected: the newest after one was added, the neighbour after one was removed. */
export function useSelectionFollows(): void {
  const { ui, till } = useShop()
  useEffect(() => {
    const follow = (now: TillState, before: TillState) => {
      const rows = rowsOf(now)
      if (rows === rowsOf(before) && now !== before) return
      const { selectedRowId } = ui.getState()
      const selected = selectionAfter(rowsOf(before), rows, selectedRowId)
      if (selected !== selectedRowId) ui.setState({ selectedRowId: selected })
    }
    follow(till.getState(), till.getState())
    // Told by the store itself, the row and its selection are painted in one go.
    return till.subscribe(follow)
  }, [ui, till])
}

function rowsOf({ sale }: TillState): readonly RowView[] {
  return sale?.receipt?.rows ?? noRows
}

/** Which row is selected once the rows have changed. A row whose quantity grew by another scan is the newest as well. */
export function selectionAfter(
  before: readonly RowView[],
  after: readonly RowView[],
  selectedId: string | null,
): string | null {
  if (after.length > before.length) return after.at(-1)?.id ?? null
  const changed = after.find((row, index) => before[index]?.id === row.id && before[index] !== row)
  if (changed !== undefined && after.length === before.length) return changed.id
  if (after.some((row) => row.id === selectedId)) return selectedId
  if (selectedId === null) return after.at(-1)?.id ?? null
  const index = before.findIndex((row) => row.id === selectedId)
  return after[Math.min(Math.max(index, 0), after.length - 1)]?.id ?? null
}

export function moveSelection(shop: Shop, by: 1 | -1): void {
  const rows = shop.till.getState().sale?.receipt?.rows ?? noRows
  const index = rows.findIndex((row) => row.id === shop.ui.getState().selectedRowId)
  const next = rows[Math.min(Math.max(index + by, 0), rows.length - 1)]
  if (next !== undefined) shop.ui.setState({ selectedRowId: next.id })
}

/** Takes the row away at once; the message offers the undo. */
export async function removeRow(shop: Shop, words: Words, row: RowView): Promise<void> {
  if (await askAndTell(shop, words, () => shop.pos.sale.removeRow({ rowId: row.id })))
    tell(shop.ui, 'plain', words.sale.removed(row.name), '', 'undo')
}
