import { paperText, type Paper } from '../../app/domain/paper.ts'
import type { Receipt } from '../../app/domain/receipt.ts'
import type { SeqrService, TerminalLogin } from '../seqr/service.ts'
import type { Storage } from '../storage/open.ts'
import type { OutboxItem } from '../storage/outbox.ts'
import { receiptById } from '../storage/receipts.ts'
import type { Sent } from './outbox.ts'

export interface ReceiptSenderOptions {
  readonly storage: Storage
  readonly seqr: Pick<SeqrService, 'submitPaymentReceipt'>
  readonly login: () => TerminalLogin | null
  readonly paperOf: (receipt: Receipt) => Paper
}

/** As wide as a phone shows it. */
const columns = 42

/** Sends a receipt to SEQR for the buyer's phone (submitPaymentReceipt); a failure never undoes the sale. */
export function receiptSender({ storage, seqr, login, paperOf }: ReceiptSenderOptions) {
  return async (item: OutboxItem, signal: AbortSignal): Promise<Sent> => {
    if (item.kind !== 'seqrReceipt') return { needsPerson: 'unknownKind' }
    const { ersReference, receiptId } = item.body as { ersReference: string; receiptId: string }
    const terminal = login()
    const receipt = receiptById(storage.read, receiptId)
    if (terminal === null || receipt === null) return { needsPerson: 'noTerminal' }
    const data = new TextEncoder().encode(paperText(paperOf(receipt), columns))
    const document = { mimeType: 'text/plain', data, receiptType: 'RECEIPT' }
    const answer = await seqr.submitPaymentReceipt(terminal, ersReference, document, signal)
    if (answer.kind === 'ok') return 'done'
    if (answer.kind === 'refused' && !answer.passing) return { needsPerson: `${answer.code} ${answer.name}` }
    return 'tryAgain'
  }
}
