import { useAmounts, useWords } from '../../components/words-context.tsx'
import { EntryForm } from '../entry-form.tsx'
import { readAmount, typedAmount, type Read } from '../entry.ts'
import { useCurrency, useRun, useShop, useTill } from '../shop.tsx'
import { closeDialog } from '../ui-store.ts'

/** The final amount for the receipt at hand: at most what was reserved, and at most what is left to pay. */
export function TakeReservedDialog({ paymentId }: { readonly paymentId: string }) {
  const words = useWords()
  const currency = useCurrency()
  const amount = useAmounts(currency)
  const { pos, ui } = useShop()
  const running = useRun()
  const reservation = useTill(({ payments }) => payments?.reservations.find(({ id }) => id === paymentId))
  const receiptId = useTill(({ sale }) => sale?.receipt?.id ?? null)
  // A payment slip on the receipt is paid in cash only.
  const left = useTill(({ sale }) => sale?.receipt?.leftWithoutCashMinor ?? 0)
  const reservedMinor = reservation?.amountMinor ?? 0
  const money = (minor: number) => `${amount(minor)} ${currency}`
  const read = (text: string): Read<number> => {
    const typed = readAmount(words, text, currency)
    if (!typed.ok) return typed
    if (typed.value > reservedMinor)
      return { ok: false, says: words.reservation.tooMuch(money(reservedMinor)) }
    return typed.value > left ? { ok: false, says: words.reservation.moreThanLeft(money(left)) } : typed
  }
  const take = async (amountMinor: number) => {
    if (receiptId === null) return
    const request = () => pos.reservation.complete({ paymentId, receiptId, amountMinor })
    if ((await running.run('take', request, { quiet: true })) !== null) closeDialog(ui)
  }
  return (
    <EntryForm
      title={words.reservation.take}
      subject={words.reservation.takeLong(reservation?.label ?? '', money(reservedMinor), money(left))}
      label={words.reservation.final}
      unit={currency}
      filledIn={typedAmount(Math.min(left, reservedMinor), currency, words.numerals)}
      read={read}
      onDone={(amountMinor) => void take(amountMinor)}
      button={words.reservation.take}
      running={running}
    />
  )
}
