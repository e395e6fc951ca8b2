import type { ReactElement } from 'react'
import { ArticleDialog } from './articles/article-dialog.tsx'
import { CategoryDialog } from './articles/category-dialog.tsx'
import { ExportDialog } from './articles/export-dialog.tsx'
import { ImportDialog } from './articles/import-dialog.tsx'
import { ChangePinDialog } from './people/change-pin-dialog.tsx'
import { PersonDialog } from './people/person-dialog.tsx'
import { CashDialog } from './cash/cash-dialog.tsx'
import { GiveBackDialog } from './cash/give-back-dialog.tsx'
import { OtherTenderDialog } from './cash/other-tender-dialog.tsx'
import { OpenPaymentsDialog } from './payment/open-payments-dialog.tsx'
import { SeqrAmountDialog } from './payment/seqr-amount-dialog.tsx'
import { ReservationsDialog } from './reservations/reservations-dialog.tsx'
import { ReserveDialog } from './reservations/reserve-dialog.tsx'
import { TakeReservedDialog } from './reservations/take-reserved-dialog.tsx'
import { RegisterTerminalDialog } from './terminal/register-terminal-dialog.tsx'
import { UnregisterTerminalDialog } from './terminal/unregister-terminal-dialog.tsx'
import { GiveBackSlipDialog } from './slips/give-back-slip-dialog.tsx'
import { IssueSlipDialog } from './slips/issue-slip-dialog.tsx'
import { IssuedSlipDialog } from './slips/issued-slip-dialog.tsx'
import { SlipDialog } from './slips/slip-dialog.tsx'
import { SlipMerchantDialog } from './slips/slip-merchant-dialog.tsx'
import type { DialogState } from './ui-store.ts'
import {
  FreeAmountDialog,
  OpenPriceDialog,
  PriceDialog,
  QuantityDialog,
  ReceiptDiscountDialog,
  WeighDialog,
} from './dialogs/entry-dialogs.tsx'
import { MenuDialog } from './dialogs/menu-dialog.tsx'
import {
  CancelReceiptDialog,
  ParkDialog,
  ParkedDialog,
  ReceiptNoteDialog,
  RowNoteDialog,
} from './dialogs/receipt-dialogs.tsx'
import { OpenShiftDialog } from './dialogs/open-shift-dialog.tsx'
import { PaperDialog } from './paper-dialog.tsx'
import { MoveCashDialog, OpenDrawerDialog } from './shift/cash-dialogs.tsx'
import { ShiftClosedDialog } from './shift/shift-closed-dialog.tsx'
import { StatusDialog } from './dialogs/status-dialog.tsx'

/** Every dialog by its name. A new one that is forgotten here does not compile. */
export function dialogFor(dialog: DialogState): ReactElement {
  switch (dialog.kind) {
    case 'menu':
      return <MenuDialog />
    case 'status':
      return <StatusDialog topic={dialog.topic} />
    case 'cash':
      return <CashDialog />
    case 'giveBack':
      return <GiveBackDialog />
    case 'otherTender':
      return <OtherTenderDialog />
    case 'seqrAmount':
      return <SeqrAmountDialog />
    case 'quantity':
      return <QuantityDialog rowId={dialog.rowId} />
    case 'price':
      return <PriceDialog rowId={dialog.rowId} tab={dialog.tab} />
    case 'receiptDiscount':
      return <ReceiptDiscountDialog />
    case 'openPrice':
      return <OpenPriceDialog article={dialog.article} />
    case 'freeAmount':
      return <FreeAmountDialog />
    case 'weigh':
      return <WeighDialog article={dialog.article} />
    case 'rowNote':
      return <RowNoteDialog rowId={dialog.rowId} />
    case 'receiptNote':
      return <ReceiptNoteDialog />
    case 'park':
      return <ParkDialog />
    case 'parked':
      return <ParkedDialog />
    case 'cancelReceipt':
      return <CancelReceiptDialog />
    case 'registerTerminal':
      return <RegisterTerminalDialog />
    case 'unregisterTerminal':
      return <UnregisterTerminalDialog />
    case 'openPayments':
      return <OpenPaymentsDialog />
    case 'reserve':
      return <ReserveDialog />
    case 'reservations':
      return <ReservationsDialog />
    case 'takeReserved':
      return <TakeReservedDialog paymentId={dialog.paymentId} />
    case 'slip':
      return <SlipDialog slipId={dialog.slipId} />
    case 'issueSlip':
      return <IssueSlipDialog />
    case 'issuedSlip':
      return <IssuedSlipDialog issuedId={dialog.issuedId} />
    case 'giveBackSlip':
      return <GiveBackSlipDialog slipId={dialog.slipId} />
    case 'slipMerchant':
      return <SlipMerchantDialog merchant={dialog.merchant} />
    case 'openShift':
      return <OpenShiftDialog />
    case 'article':
      return <ArticleDialog article={dialog.article} categoryId={dialog.categoryId} />
    case 'category':
      return <CategoryDialog category={dialog.category} />
    case 'importArticles':
      return <ImportDialog />
    case 'exportArticles':
      return <ExportDialog />
    case 'person':
      return <PersonDialog person={dialog.person} />
    case 'changePin':
      return <ChangePinDialog />
    case 'moveCash':
      return <MoveCashDialog move={dialog.move} />
    case 'openDrawer':
      return <OpenDrawerDialog />
    case 'paper':
      return <PaperDialog jobId={dialog.jobId} title={dialog.title} />
    case 'shiftClosed':
      return <ShiftClosedDialog jobId={dialog.jobId} number={dialog.number} verdict={dialog.verdict} />
  }
}
