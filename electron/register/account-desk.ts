import type { contract } from '../../app/contract/contract.ts'
import type { Handlers } from '../../app/contract/define.ts'
import type { AccountPage } from '../../app/contract/journal-views.ts'
import { decimalOf } from '../../app/domain/money.ts'
import type { SeqrAccountLine } from '../storage/seqr-account.ts'
import { seqrAccountLines, seqrAccountSums } from '../storage/seqr-account.ts'
import { csvLines, csvStart } from './csv.ts'
import type { Desk } from './desk.ts'
import { timeIn } from './printing.ts'
import type { Session } from './session.ts'
import type { ShopSettings } from './settings.ts'
import { dayOf, periodOfDays } from './shop-days.ts'

const pageLines = 50
/** As many as are read and written in some tens of milliseconds. */
const partLines = 2000

const columns = ['time', 'kind', 'receipt', 'cashier', 'ersReference', 'amount', 'currency', 'settledByHand']

/** What somebody who is not signed in is shown. */
const nothing: AccountPage = {
  lines: [],
  hasMore: false,
  sums: { payments: 0, paidMinor: 0, refunds: 0, refundedMinor: 0 },
}

/** The till's own SEQR account: looked through, added up, and taken out as CSV. */
export function accountDesk(options: {
  readonly desk: Pick<Desk, 'storage' | 'clock'>
  readonly session: Pick<Session, 'person' | 'needs'>
  readonly settings: () => ShopSettings
}): Handlers<typeof contract>['account'] {
  const { desk, session, settings } = options
  const { read } = desk.storage

  function cells(one: SeqrAccountLine): readonly string[] {
    const { currency, timeZone } = settings()
    return [
      timeIn(one.atMs, timeZone),
      one.kind,
      one.receiptNumber === null ? '' : String(one.receiptNumber),
      one.cashier,
      one.ersReference,
      decimalOf(one.amountMinor, currency),
      currency,
      one.byHand ? 'yes' : '',
    ]
  }

  return {
    search({ fromDay, toDay, text, before }) {
      if (session.person() === null) return nothing
      const search = { ...periodOfDays(fromDay, toDay, settings().timeZone), text: text.trim() }
      const from = before === null ? {} : { before }
      const found = seqrAccountLines(read, { ...search, ...from, limit: pageLines + 1 })
      return {
        lines: found.slice(0, pageLines),
        hasMore: found.length > pageLines,
        sums: seqrAccountSums(read, search),
      }
    },
    exportPart({ fromDay, toDay, text, after }) {
      const refused = session.needs('closeShift')
      if (refused !== null) return refused
      const { timeZone } = settings()
      const search = { ...periodOfDays(fromDay, toDay, timeZone), text: text.trim(), after, limit: partLines }
      const lines = seqrAccountLines(read, search)
      const last = lines.length < partLines ? undefined : lines.at(-1)
      const heading = after === null ? csvStart + csvLines([columns]) : ''
      return {
        ok: true,
        fileName: `seqr-account-${dayOf(desk.clock.now(), timeZone)}.csv`,
        text: heading + csvLines(lines.map(cells)),
        next: last === undefined ? null : { atMs: last.atMs, id: last.id },
      }
    },
  }
}
