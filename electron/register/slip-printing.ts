import type { IssuedStage } from '../../app/domain/issued-slip.ts'
import { formatPayId } from '../../app/domain/slip.ts'
import {
  hasTakenCash,
  issuedSlipPaper,
  slipProofPaper,
  type SlipPaperHead,
} from '../../app/domain/slip-paper.ts'
import { paperWords } from '../../app/words/paper.ts'
import { slipPaperWords } from '../../app/words/slip-paper.ts'
import type { PrintJob } from '../storage/print-jobs.ts'
import { receiptById } from '../storage/receipts.ts'
import type { IssuedSlipRecord } from '../storage/slips.ts'
import type { Desk } from './desk.ts'
import type { Printing } from './printing.ts'
import type { ShopSettings } from './settings.ts'
import type { TakenSlip } from './slip-moves.ts'

export type SlipPrinting = ReturnType<typeof createSlipPrinting>

/** The papers of slips, put on disk in the transaction that causes them. */
export function createSlipPrinting(
  desk: Desk,
  printing: Pick<Printing, 'queue' | 'head' | 'queueDrawer'>,
  settings: () => ShopSettings,
) {
  function head(copy: boolean): SlipPaperHead {
    const { language } = settings()
    const { copy: copyMark, practice } = paperWords[language]
    return { ...printing.head(copy), words: slipPaperWords[language], copyMark, practice }
  }

  function queueProof(slip: TakenSlip, copy: boolean): PrintJob | null {
    const { stage, receiptId } = slip
    if (!hasTakenCash(stage)) return null
    const receipt = receiptId === null ? null : receiptById(desk.storage.read, receiptId)
    const { language } = settings()
    const title = `${slipPaperWords[language].slip} ${formatPayId(slip.payId)}`
    const paper = slipProofPaper(stage, receipt?.number ?? null, head(copy))
    return printing.queue('slip', title, paper, receiptId === null ? {} : { receiptId })
  }

  return {
    queueSlip(slip: TakenSlip): void {
      queueProof(slip, false)
    },
    /** The proof once more, marked COPY; null for a slip that has taken no cash. */
    queueSlipCopy: (slip: TakenSlip): PrintJob | null => queueProof(slip, true),
    openDrawer: () => printing.queueDrawer(),
    queueIssued(issued: IssuedSlipRecord<IssuedStage>): PrintJob {
      const title = `${slipPaperWords[settings().language].slip} ${formatPayId(issued.payId)}`
      return printing.queue('slip', title, issuedSlipPaper(issued, head(false)))
    },
  }
}
