import { useId } from 'react'
import { Icon, type IconName } from '../../components/icons.tsx'
import { Button, KeyCap, type ButtonKind } from '../../components/button.tsx'
import { useAmounts, useWords } from '../../components/words-context.tsx'
import type { TenderTypeView } from '../../contract/views.ts'
import type { Action } from '../../domain/rules.ts'
import { cashDialogFor } from '../commands.ts'
import { useCap, useCurrency, useShop, useTill } from '../shop.tsx'
import { openDialog, tell, type DialogState } from '../ui-store.ts'

/** How the customer pays. A key that cannot be used now says why, under it and when it is pressed. */
export function TenderKeys() {
  const words = useWords()
  const leftInCash = useTill(({ sale }) => sale?.receipt?.leftInCashMinor ?? 0)
  const types = useTill(({ sale }) => sale?.tenderTypes ?? noTypes)
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const isBegun = useTill(({ sale }) => (sale?.receipt?.rows.length ?? 0) > 0)
  const goesBack = leftInCash < 0
  const isEven = isBegun && leftInCash === 0
  const leftWithoutCash = useTill(({ sale }) => sale?.receipt?.leftWithoutCashMinor ?? 0)
  const caps = { cash: useCap('cash'), seqr: useCap('seqr'), other: useCap('otherTender') }
  return (
    <div className="tender-keys" role="group" aria-label={words.sale.tenders}>
      <TenderKey
        action="payCash"
        label={goesBack ? words.tender.giveBack : isEven ? words.tender.finish : words.tender.cash}
        icon="cash"
        kind="money"
        cap={caps.cash}
        note={amount(Math.abs(leftInCash))}
        dialog={cashDialogFor(leftInCash)}
      />
      <TenderKey
        action="paySeqr"
        label={words.tender.seqr}
        icon="phone"
        kind="strong"
        cap={caps.seqr}
        note={amount(leftWithoutCash)}
        dialog={{ kind: 'seqrAmount' }}
      />
      <TenderKey
        action="payOther"
        label={words.tender.other}
        icon="card"
        kind="plain"
        cap={caps.other}
        note={types.map(({ name }) => name).join(', ')}
        dialog={{ kind: 'otherTender' }}
      />
    </div>
  )
}

const noTypes: readonly TenderTypeView[] = []

interface TenderKeyProps {
  readonly action: Action
  readonly label: string
  readonly icon: IconName
  readonly kind: ButtonKind
  readonly cap: string | undefined
  /** What it would pay, or with what. */
  readonly note: string
  readonly dialog: DialogState
}

function TenderKey({ action, label, icon, kind, cap, note, dialog }: TenderKeyProps) {
  const words = useWords()
  const { ui, play } = useShop()
  const permit = useTill(({ sale }) => sale?.permits[action])
  const noteId = useId()
  const rule = permit === undefined ? 'noReceipt' : permit.allowed ? null : permit.rule
  const refuse = () => {
    if (rule === null) return
    play('attention')
    tell(ui, 'attention', words.rule[rule], words.ruleNext[rule])
  }
  return (
    <Button
      label={label}
      kind={kind}
      large
      className="tender-key"
      reason={rule === null ? null : words.rule[rule]}
      describedBy={noteId}
      onRefused={refuse}
      onPress={() => openDialog(ui, dialog)}
    >
      <Icon name={icon} size={32} />
      <span className="tender-text">
        <span className="tender-name">
          {label}
          {cap !== undefined && <KeyCap text={cap} />}
        </span>
        <span id={noteId} className="tender-note">
          {rule === null ? note : words.rule[rule]}
        </span>
      </span>
    </Button>
  )
}
