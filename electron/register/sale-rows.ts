import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { Done, Permission, Refusal } from '../../app/contract/views.ts'
import {
  withChangedRow,
  withDiscount,
  withPrice,
  withRow,
  withoutRow,
} from '../../app/domain/receipt-edit.ts'
import { wholeUnit } from '../../app/domain/numerals.ts'
import type { Receipt, Row } from '../../app/domain/receipt.ts'
import { thousandths } from '../../app/domain/receipt.ts'
import type { Action } from '../../app/domain/rules.ts'
import type { ArticleRecord } from '../storage/articles.ts'
import { articleById } from '../storage/articles.ts'
import { appendJournal } from '../storage/journal.ts'
import { saveSlip } from '../storage/slips.ts'
import type { Desk } from './desk.ts'
import type { Session } from './session.ts'
import type { TakenSlip } from './slip-moves.ts'
import { slipRow } from './slip-moves.ts'

/** Changes the active receipt, or says why not: allowed, saved, remembered for undo, shown. */
export type EditReceipt = (
  action: Action,
  work: (receipt: Receipt) => Receipt | Refusal,
  permission?: Permission,
) => Done

export interface SaleRowsOptions {
  readonly desk: Desk
  readonly session: Session
  readonly edit: EditReceipt
}

/** What the cashier does to the rows of a receipt, and to the receipt's own discount and note. */
export function saleRows({ desk, session, edit }: SaleRowsOptions) {
  function editRow(
    action: Action,
    rowId: string,
    work: (receipt: Receipt, row: Row) => Receipt | Refusal,
    permission?: Permission,
  ): Done {
    return edit(
      action,
      (receipt) => {
        const row = receipt.rows.find(({ id }) => id === rowId)
        return row === undefined ? { ok: false, reason: 'notFound' } : work(receipt, row)
      },
      permission,
    )
  }

  function articleRow(article: ArticleRecord, quantityThousandths: number, priceMinor: number): Row {
    return {
      id: desk.newId(),
      kind: 'article',
      articleId: article.id,
      code: article.code,
      name: article.name,
      quantityThousandths,
      unit: article.unit,
      unitDecimals: article.unitDecimals,
      unitPriceMinor: priceMinor,
      listPriceMinor: null,
      vatBasisPoints: article.vatBasisPoints,
      discount: null,
      note: '',
      slip: null,
      refundOfRowId: null,
    }
  }

  function addArticle(
    article: ArticleRecord,
    quantityThousandths: number,
    priceMinor = article.priceMinor,
  ): Done {
    if (priceMinor === null) return { ok: false, reason: 'invalid', field: 'price', problem: 'openPrice' }
    if (quantityThousandths === 0) return { ok: false, reason: 'invalid', field: 'quantity', problem: 'zero' }
    const permission = quantityThousandths < 0 ? 'returnGoods' : undefined
    return edit(
      'addRow',
      (receipt) => withRow(receipt, articleRow(article, quantityThousandths, priceMinor)),
      permission,
    )
  }

  /** A verified slip as a row; where `replacesId` is on the receipt it takes that slip's place. */
  function addSlip(slip: TakenSlip, replacesId: string | null): Done {
    const { stage } = slip
    if (stage.name !== 'verified') return { ok: false, reason: 'notFound' }
    return edit('addSlip', (receipt) => {
      saveSlip(desk.storage.write, { ...slip, receiptId: receipt.id })
      const replaced = receipt.rows.find((row) => row.slip !== null && row.slip.slipId === replacesId)
      const row = slipRow(slip, stage.slip, replaced?.id ?? desk.newId())
      return replaced === undefined ? withRow(receipt, row) : withChangedRow(receipt, replaced.id, row)
    })
  }

  /** A price other than the article's own: who gave it, in the journal. */
  function journalPrice(receipt: Receipt, row: Row, unitPriceMinor: number): void {
    appendJournal(desk.storage.write, {
      atMs: desk.clock.now(),
      kind: 'priceOverride',
      receiptId: receipt.id,
      body: { by: session.actor(), name: row.name, fromMinor: row.unitPriceMinor, toMinor: unitPriceMinor },
    })
  }

  const acts = {
    addArticle({ articleId, quantityThousandths = thousandths }) {
      const article = articleById(desk.storage.read, articleId)
      return article === null ? { ok: false, reason: 'notFound' } : addArticle(article, quantityThousandths)
    },
    addOpenRow({ name, priceMinor, vatBasisPoints, articleId }) {
      const row: Row = {
        id: desk.newId(),
        kind: 'open',
        articleId,
        code: null,
        name,
        quantityThousandths: thousandths,
        unit: wholeUnit,
        unitDecimals: 0,
        unitPriceMinor: priceMinor,
        listPriceMinor: null,
        vatBasisPoints,
        discount: null,
        note: '',
        slip: null,
        refundOfRowId: null,
      }
      return edit('addRow', (receipt) => withRow(receipt, row))
    },
    setQuantity({ rowId, quantityThousandths }) {
      const returns = quantityThousandths < 0 ? 'returnGoods' : undefined
      return editRow(
        'changeRow',
        rowId,
        (receipt, row) => {
          if (quantityThousandths === 0) return withoutRow(receipt, rowId)
          const step = 10 ** (3 - row.unitDecimals)
          if (row.kind === 'slip' || quantityThousandths % step !== 0)
            return { ok: false, reason: 'invalid', field: 'quantity', problem: 'tooManyDecimals' }
          return withChangedRow(receipt, rowId, { quantityThousandths })
        },
        returns,
      )
    },
    setPrice({ rowId, unitPriceMinor }) {
      return editRow(
        'changeRow',
        rowId,
        (receipt, row) => {
          if (row.kind === 'slip') return { ok: false, reason: 'invalid', field: 'price', problem: 'slip' }
          journalPrice(receipt, row, unitPriceMinor)
          return withPrice(receipt, rowId, unitPriceMinor)
        },
        'priceOverride',
      )
    },
    setRowDiscount({ rowId, discount }) {
      return editRow(
        'changeRow',
        rowId,
        (receipt, row) =>
          row.kind === 'slip'
            ? { ok: false, reason: 'invalid', field: 'discount', problem: 'slip' }
            : withChangedRow(receipt, rowId, { discount }),
        'discount',
      )
    },
    setRowNote: ({ rowId, note }) =>
      editRow('changeRow', rowId, (receipt) => withChangedRow(receipt, rowId, { note })),
    removeRow: ({ rowId }) => editRow('removeRow', rowId, (receipt) => withoutRow(receipt, rowId)),
    setDiscount: ({ discount }) =>
      edit('changeRow', (receipt) => withDiscount(receipt, discount), 'discount'),
    setNote: ({ note }) => edit('addRow', (receipt) => ({ ...receipt, note })),
  } satisfies Partial<Handlers<typeof contract>['sale']>

  return { acts, addArticle, addSlip }
}
